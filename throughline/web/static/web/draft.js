// Saves what is being written, as it is written. See core/drafts.
const form = document.querySelector("form[data-draft]");
const QUIET = 1200; // after the last key
const LONGEST = 8000; // while someone types without a pause
const AGAIN = 10000; // after a failure

function token() {
  return document.cookie.split("; ").find((one) => one.startsWith("csrftoken="))?.slice(10) ?? "";
}

function begin() {
  const state = document.querySelector("[data-draft-state]");
  let timer = null;
  let firstUnsaved = 0;
  let busy = false;
  let dirty = false;
  let sent = false;
  let signedOut = false;
  let saved = state?.textContent.match(/\d\d:\d\d/)?.[0] ?? "";
  let abort = null;

  function body() {
    const typed = new URLSearchParams();
    new FormData(form).forEach((value, name) => {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") typed.append(name, value);
    });
    return typed;
  }

  function say(text, worried = false) {
    if (!state || state.textContent === text) return;
    state.textContent = text;
    state.classList.toggle("tl-save__state--worried", worried);
  }

  async function save() {
    clearTimeout(timer);
    if (busy || sent || !dirty) return;
    busy = true;
    dirty = false;
    firstUnsaved = 0;
    abort = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: body(),
        headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
        credentials: "same-origin",
        redirect: "error",
        signal: abort.signal,
      });
      await read(answer);
    } catch {
      if (!sent) failed(saved ? `Saved up to ${saved}; no connection now. Keep this page open.` : "Not saved: no connection. Keep this page open.");
    } finally {
      busy = false;
      if (dirty && !timer && !sent) later(QUIET);
    }
  }

  async function read(answer) {
    const told = await answer.json().catch(() => ({}));
    if (answer.ok && told.saved) {
      saved = told.saved;
      say(`Draft, saved ${saved}`);
      if (signedOut) {
        signedOut = false;
        document.dispatchEvent(new CustomEvent("throughline:signed-in"));
      }
    } else if (answer.ok) {
      say("This was sent already. Open the form again to write another.", true);
    } else if (answer.status === 401) {
      signedOut = true;
      failed(saved ? `Draft, saved ${saved}. You are signed out.` : "Not saved: you are signed out.");
      document.dispatchEvent(new CustomEvent("throughline:signed-out", { detail: { saved, unsaved: true } }));
    } else {
      failed(told.message ?? (saved ? `Saved up to ${saved}. Trying again.` : "Not saved yet. Trying again."));
    }
  }

  function failed(text) {
    dirty = true;
    say(text, true);
    later(AGAIN);
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(() => { timer = null; save(); }, wait);
  }

  function typed() {
    if (sent) return;
    dirty = true;
    const now = Date.now();
    firstUnsaved ||= now;
    later(Math.max(0, Math.min(QUIET, firstUnsaved + LONGEST - now)));
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", (event) => {
    if (signedOut) {
      event.preventDefault();
      document.dispatchEvent(new CustomEvent("throughline:signed-out", { detail: { saved, unsaved: dirty } }));
      save();
      return;
    }
    sent = true;
    clearTimeout(timer);
    abort?.abort();
  });
  window.addEventListener("focus", () => { if (signedOut) save(); });
  // The page goes away: what was typed since the last save goes with a beacon.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !dirty || sent) return;
    const last = body();
    last.append("csrfmiddlewaretoken", token());
    navigator.sendBeacon(form.dataset.draft, last);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
}

if (form) begin();
