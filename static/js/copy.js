// Buttons that copy a text. Without script the text can be marked and copied by hand, and there are none.
const wake = () => document.querySelectorAll("button[data-copy]").forEach((button) => { button.hidden = false; });

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // an address without TLS has no clipboard
  }
  const said = button.nextElementSibling;
  said.textContent = button.dataset.copied;
  setTimeout(() => { said.textContent = ""; }, 4000);
});

document.addEventListener("tenggat:fresh", wake);
wake();
