// A box for words grows with them, where the browser does not do so by itself.
if (!CSS.supports("field-sizing", "content")) {
  const grow = (box) => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 4}px`;
  };
  document.querySelectorAll("textarea[data-grows]").forEach((box) => {
    grow(box);
    box.addEventListener("input", () => grow(box));
  });
}

// "Today" and "yesterday" fill the boxes of a date.
document.querySelectorAll("[data-recent]").forEach((line) => {
  line.hidden = false;
  line.addEventListener("click", (event) => {
    const ago = event.target.dataset.daysAgo;
    if (ago === undefined) return;
    const day = new Date();
    day.setDate(day.getDate() - Number(ago));
    const boxes = line.parentElement.querySelectorAll(".govuk-date-input__input");
    [day.getDate(), day.getMonth() + 1, day.getFullYear()].forEach((value, place) => { boxes[place].value = value; });
    boxes[0].dispatchEvent(new Event("input", { bubbles: true }));
  });
});

document.querySelectorAll("[data-print]").forEach((button) => {
  if (!button.hidden) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
