// Says calmly that the sign-in has ended, and what is safe; goes away once someone has signed in again.
const banner = document.querySelector("[data-signed-out]");

document.addEventListener("throughline:signed-out", (event) => {
  if (!banner) return;
  const saved = event.detail?.saved;
  const unsaved = event.detail?.unsaved;
  let text = "";
  if (saved) text = `What you wrote up to ${saved} is saved. `;
  else if (unsaved) text = "What you have written is still on this page, and is not saved yet. ";
  if (saved && unsaved) text += "What came after it is still on this page.";
  banner.querySelector("[data-signed-out-text]").textContent = text;
  if (banner.hidden) {
    banner.hidden = false;
    banner.scrollIntoView({ block: "nearest" });
  }
});

document.addEventListener("throughline:signed-in", () => {
  if (banner) banner.hidden = true;
});

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) document.dispatchEvent(new CustomEvent("throughline:signed-out"));
});
