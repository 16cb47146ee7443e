// Saves each heading as it is written. Every heading has a version of its own; see actions/writing.py.
const QUIET = 1500; // after the last key
const LONGEST = 10000; // while someone types without a pause
const AGAIN = 10000; // after a failure

function token() {
  return document.cookie.split("; ").find((one) => one.startsWith("csrftoken="))?.slice(10) ?? "";
}

function begin(form) {
  const state = form.querySelector("[data-section-state]");
  let timer = null;
  let firstUnsaved = 0;
  let busy = false;
  let dirty = false;
  let stopped = false;

  function say(text, worried = false) {
    state.textContent = text;
    state.classList.toggle("tl-place__state--worried", worried);
  }

  function body() {
    const typed = new URLSearchParams();
    new FormData(form).forEach((value, name) => typed.append(name, value));
    typed.set("csrfmiddlewaretoken", token() || typed.get("csrfmiddlewaretoken"));
    return typed;
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    clearTimeout(timer);
    timer = null;
    if (busy || stopped || !dirty) return;
    busy = true;
    dirty = false;
    firstUnsaved = 0;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: body(),
        headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
        credentials: "same-origin",
        redirect: "error",
      });
      await read(answer);
    } catch {
      dirty = true;
      say("Not saved: no connection. Keep this page open.", true);
      later(AGAIN);
    } finally {
      busy = false;
      if (dirty && !timer && !stopped) later(QUIET);
    }
  }

  async function read(answer) {
    const told = await answer.json().catch(() => ({}));
    if (answer.ok && told.version) {
      form.elements.version.value = told.version;
      say(`Saved ${told.saved}`);
      document.dispatchEvent(new CustomEvent("throughline:signed-in"));
    } else if (answer.status === 409) {
      // Nothing is sent again by itself: a person looks at both.
      stopped = true;
      dirty = true;
      both(told.message);
    } else if (answer.status === 401) {
      dirty = true;
      say("Not saved: you are signed out. Your words are still here.", true);
      document.dispatchEvent(new CustomEvent("throughline:signed-out", { detail: { unsaved: true } }));
      later(AGAIN);
    } else if (answer.status === 422) {
      dirty = true;
      say(told.message, true);
    } else {
      dirty = true;
      say("Not saved yet. Trying again.", true);
      later(AGAIN);
    }
  }

  function both(message) {
    say(`${message} `, true);
    const button = document.createElement("button");
    button.type = "submit";
    button.className = "tl-link-button";
    button.textContent = "See both versions";
    state.append(button);
  }

  function typed() {
    if (stopped) return;
    dirty = true;
    const now = Date.now();
    firstUnsaved ||= now;
    say("Writing …");
    later(Math.max(0, Math.min(QUIET, firstUnsaved + LONGEST - now)));
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", () => { typed(); save(); });
  form.addEventListener("focusout", () => { if (dirty) save(); });
  form.addEventListener("submit", () => { stopped = true; dirty = false; clearTimeout(timer); });
  // The page goes away: what was typed since the last save goes with it.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !dirty || stopped || busy) return;
    fetch(form.action, { method: "POST", body: body(), keepalive: true, credentials: "same-origin", headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" } }).then(read, () => {});
    dirty = false;
  });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  rows(form, typed);
}

// Tables: one more row when it is wanted.
function rows(form, typed) {
  const list = form.querySelector("[data-rows]");
  const add = form.querySelector("[data-add-row]");
  if (!list || !add) return;
  add.hidden = false;
  add.addEventListener("click", () => {
    const all = list.querySelectorAll("[data-row]");
    const made = all[all.length - 1].cloneNode(true);
    made.querySelector("legend").textContent = made.querySelector("legend").textContent.replace(/\d+$/, all.length + 1);
    made.querySelectorAll("input, textarea, select").forEach((box) => {
      box.value = "";
      const [, , ...column] = box.name.split("-");
      const label = made.querySelector(`label[for="${box.id}"]`);
      box.name = `cell-${all.length}-${column.join("-")}`;
      box.id = `${form.action.split("/").slice(-3).join("-")}${box.name}`;
      label.htmlFor = box.id;
    });
    list.append(made);
    made.querySelector("input, textarea, select").focus();
    typed();
  });
}

document.querySelectorAll("form[data-section]").forEach(begin);
