// Drag across the picture of the journey to look closer: the page is asked for again between the two days.
const DAY = 86400000;

function day(figure, svg, event) {
  const box = svg.getBoundingClientRect();
  const width = Number(figure.dataset.width);
  const left = Number(figure.dataset.left);
  const x = ((event.clientX - box.left) / box.width) * width;
  const share = Math.min(Math.max((x - left) / (width - left - 10), 0), 1);
  const start = Date.parse(figure.dataset.start);
  const end = Date.parse(figure.dataset.end);
  return { x, date: new Date(start + share * (end - start)) };
}

function text(date) {
  return date.toISOString().slice(0, 10);
}

function bind(figure) {
  const svg = figure.querySelector("svg");
  if (!svg || figure.dataset.bound) return;
  figure.dataset.bound = "yes";
  // Where the picture is wider than the screen, today is what one came for.
  const scroll = figure.querySelector(".tl-picture__scroll");
  scroll.scrollLeft = scroll.scrollWidth;
  const hint = figure.querySelector("[data-drag-hint]");
  if (hint) hint.hidden = false;
  let from = null;
  let shade = null;
  svg.addEventListener("pointerdown", (event) => {
    // A finger scrolls; a mark is a link.
    if (event.pointerType === "touch" || event.target.closest("a")) return;
    from = day(figure, svg, event);
    shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    shade.setAttribute("class", "tl-picture__shade");
    shade.setAttribute("y", "22");
    shade.setAttribute("height", String(svg.viewBox.baseVal.height));
    svg.append(shade);
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = day(figure, svg, event);
    shade.setAttribute("x", String(Math.min(from.x, to.x)));
    shade.setAttribute("width", String(Math.abs(to.x - from.x)));
  });
  svg.addEventListener("pointerup", (event) => {
    if (!from) return;
    const to = day(figure, svg, event);
    const days = [from.date, to.date].sort((a, b) => a - b);
    shade.remove();
    from = null;
    if (days[1] - days[0] < 3 * DAY) return;
    const address = new URL(window.location.href);
    address.searchParams.delete("window");
    address.searchParams.set("from", text(days[0]));
    address.searchParams.set("to", text(days[1]));
    window.location.assign(address);
  });
}

document.querySelectorAll("[data-picture]").forEach(bind);
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
