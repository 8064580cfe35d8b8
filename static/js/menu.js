// The menu of a program's pages on narrow screens: Escape closes it and leaves the focus where it began, as in menus of the device.
const menu = document.querySelector(".menu");

menu?.addEventListener("keydown", (event) => {
  const summary = menu.querySelector("summary");
  if (event.key !== "Escape" || !menu.open || summary.checkVisibility?.() === false) return;
  menu.open = false;
  summary.focus();
});
