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
