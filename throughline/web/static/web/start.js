// Starts what GOV.UK Frontend brings, and the few small habits of every page.
const here = document.querySelector("script[data-govuk]");

document.body.classList.add("js-enabled");
import(here.dataset.govuk).then((govuk) => {
  if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
  govuk.initAll();
});

// A menu closes when one looks elsewhere, and with Escape.
document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

document.querySelectorAll("[data-focus]").forEach((one) => one.focus());

// After signing in again in another tab the token of this page is old; the cookie holds the new one.
export function token() {
  return document.cookie.split("; ").find((one) => one.startsWith("csrftoken="))?.slice(10) ?? "";
}

document.addEventListener("submit", (event) => {
  const field = event.target.querySelector('input[name="csrfmiddlewaretoken"]');
  if (field && token()) field.value = token();
});
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});
