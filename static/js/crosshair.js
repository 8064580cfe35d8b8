// A cross-hair for charts whose data table tells where each row stands: it names the date, the values and the source of the nearest row,
// as the table has them. By pointer, or by keyboard: a chart can be reached with the tab key, arrows go from row to row, Home and End to
// the first and the last, Escape puts it away. Without script the table says the same.
const hair = document.createElement("div");
hair.className = "hair";
hair.setAttribute("aria-hidden", "true");
hair.hidden = true;
const box = hair.appendChild(document.createElement("dl"));
document.body.append(hair);

const at = new Map(); // of a chart's id, the row that was shown last
let shown = null;

const rowsOf = (plot) => [...plot.closest("figure").querySelectorAll("tr[data-x]:not([data-x=''])")];

// entries are a row's cells with the heads of their columns; nobody needs to be told of an empty one.
function entries(row) {
  const heads = [...row.closest("table").tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  return [...row.cells].map((cell, i) => [heads[i], cell.textContent.trim()]).filter(([, value]) => value !== "");
}

function say(plot, rows, i) {
  const values = entries(rows[i]);
  plot.setAttribute("aria-valuenow", i + 1);
  plot.setAttribute("aria-valuetext", values.map(([head, value], n) => n ? head + " " + value : value).join(", "));
  return values;
}

function show(plot, rows, i) {
  const values = say(plot, rows, i);
  at.set(plot.id, i);
  box.replaceChildren(...values.flatMap(([head, value], n) => {
    const [name, said] = [document.createElement("dt"), document.createElement("dd")];
    name.textContent = n ? head : "";
    said.textContent = value;
    return n ? [name, said] : [said];
  }));
  const frame = plot.getBoundingClientRect();
  const x = frame.left + frame.width * rows[i].dataset.x / 100;
  hair.style.left = x + scrollX + "px";
  hair.style.top = frame.top + scrollY + "px";
  hair.style.height = frame.height + "px";
  hair.hidden = false;
  // A line that rises leaves room below it on the right and above it on the left; on a narrow screen the note goes below the chart.
  const [narrow, rightward] = [frame.width < 460, x < frame.left + frame.width / 2];
  const left = rightward ? Math.min(x + 10, document.documentElement.clientWidth - box.offsetWidth - 4) : Math.max(4, x - box.offsetWidth - 10);
  box.style.left = left - x + "px";
  box.style.top = (narrow ? frame.height : rightward ? Math.max(0, frame.height - box.offsetHeight - 34) : 0) + "px";
  shown = plot;
}

function hide() {
  hair.hidden = true;
  shown = null;
}

// nearest is the row whose place is nearest to a share of the width.
function nearest(rows, share) {
  return rows.reduce((best, row, i) => Math.abs(row.dataset.x - share) < Math.abs(rows[best].dataset.x - share) ? i : best, 0);
}

function equip() {
  hide();
  for (const plot of document.querySelectorAll("figure .plot[id]")) {
    const rows = rowsOf(plot);
    if (rows.length === 0 || plot.tabIndex === 0) continue;
    const picture = plot.querySelector("[role=img]");
    plot.tabIndex = 0;
    plot.setAttribute("role", "slider");
    for (const name of ["aria-labelledby", "aria-describedby"]) plot.setAttribute(name, picture.getAttribute(name));
    plot.setAttribute("aria-valuemin", 1);
    plot.setAttribute("aria-valuemax", rows.length);
    picture.setAttribute("aria-hidden", "true"); // the control has its name and its sentence now
    say(plot, rows, rows.length - 1);
  }
}

const equipped = (event) => event.target instanceof Element ? event.target.closest("figure .plot[role=slider]") : null;

for (const kind of ["pointermove", "pointerdown"]) {
  document.addEventListener(kind, (event) => {
    const plot = equipped(event);
    if (!plot) return shown && !shown.matches(":focus-visible") && hide();
    const [rows, frame] = [rowsOf(plot), plot.getBoundingClientRect()];
    show(plot, rows, nearest(rows, (event.clientX - frame.left) / frame.width * 100));
  });
}

document.addEventListener("focusin", (event) => {
  const plot = equipped(event);
  if (!plot || !plot.matches(":focus-visible")) return;
  const rows = rowsOf(plot);
  show(plot, rows, Math.min(at.get(plot.id) ?? rows.length - 1, rows.length - 1));
});
document.addEventListener("focusout", (event) => equipped(event) && hide());

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && shown) return hide();
  const plot = equipped(event);
  if (!plot || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = rowsOf(plot);
  const last = rows.length - 1;
  const now = Math.min(at.get(plot.id) ?? last, last);
  const next = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, PageUp: now + 10, PageDown: now - 10, Home: 0, End: last }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  show(plot, rows, Math.max(0, Math.min(last, next)));
});

addEventListener("resize", hide);
document.addEventListener("tenggat:fresh", equip);
equip();
