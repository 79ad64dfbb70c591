// The survey builder: saves by itself, sends one change after the other, keeps the focus.
"use strict";
window.author = (() => {
  const builder = () => document.querySelector("[data-builder]");
  if (!builder()) return null;
  const toolbar = () => document.querySelector("#toolbar");
  const revision = () => toolbar().dataset.revision;

  const say = (text, isProblem = false) => {
    const said = document.createElement("span");
    said.textContent = text;
    if (isProblem) said.className = "is-problem";
    document.querySelector("#announce").replaceChildren(said);
  };

  // One request at a time: each must know the revision that the one before made.
  let tail = Promise.resolve();
  let inFlight = 0;
  const send = (verb, url, values = () => new FormData()) => {
    inFlight += 1;
    if (verb === "POST") say(document.querySelector("#announce").dataset.saving);
    tail = tail.then(async () => {
      const data = values();
      if (verb === "POST" && !data.has("keeps-revision")) data.set("revision", revision());
      data.delete("csrfmiddlewaretoken");
      try {
        await htmx.ajax(verb, url, { source: builder(), target: builder(), swap: "none", values: data });
      } catch {
        say(document.querySelector("#announce").dataset.lost, true);
      }
      inFlight -= 1;
    });
    return tail;
  };

  // What is wrong with a change, or who was quicker, is shown like any other answer.
  let answered = 0;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    answered = xhr.status;
    if ([409, 422].includes(xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
    if ([200, 422].includes(xhr.status)) {
      document.querySelectorAll("#editor [data-error]").forEach((one) => { if (one.hasChildNodes()) one.replaceChildren(); });
      document.querySelectorAll("#editor [aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
    }
  });
  document.addEventListener("htmx:responseError", () => say(document.querySelector("#announce").dataset.lost, true));
  document.addEventListener("htmx:sendError", () => say(document.querySelector("#announce").dataset.lost, true));

  // Saving by itself ---------------------------------------------------------------
  const PAUSE = 1200;
  let dirty = null, timer = 0, typing = null;
  const touch = (form) => { dirty = form; clearTimeout(timer); timer = setTimeout(save, PAUSE); };
  const valuesOf = (form, isWhole = false) => () => {
    const data = new FormData(form);
    form.querySelectorAll("[data-not-saved]").forEach((one) => data.delete(one.name));
    // A new option gets its code from its text, so that must be typed to its end.
    if (!isWhole && typing && form.contains(typing) && typing.name.includes("-+")) data.delete(typing.name);
    return data;
  };
  const save = () => {
    clearTimeout(timer);
    const form = dirty;
    dirty = null;
    if (!form) return tail;
    const values = valuesOf(form);
    return send("POST", form.getAttribute("action"), values).then(() => {
      if (![200, 422, 409].includes(answered)) dirty = dirty || form;
    });
  };
  const autosaved = (element) => element.closest && element.closest("form[data-autosave]");
  document.addEventListener("input", (event) => {
    const form = autosaved(event.target);
    if (!form || event.target.closest("[data-not-saved]")) return;
    if (event.target.name && event.target.name.includes("-+")) { typing = event.target; dirty = form; clearTimeout(timer); return; }
    touch(form);
  });
  document.addEventListener("change", (event) => {
    typing = null;
    const form = autosaved(event.target);
    if (form && !event.target.closest("[data-not-saved]")) { dirty = form; save(); }
  });
  addEventListener("pagehide", () => {
    if (!dirty) return;
    const data = valuesOf(dirty, true)();
    data.set("revision", revision());
    navigator.sendBeacon(dirty.getAttribute("action"), data);
    dirty = null;
  });
  addEventListener("beforeunload", (event) => { if (inFlight) event.preventDefault(); });

  // Buttons and links ----------------------------------------------------------------
  const go = (url) => { save(); return send("GET", url); };
  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (!builder().contains(form)) return;
    if (autosaved(form)) {
      event.preventDefault();
      const does = button && button.value;
      if (!does) { dirty = form; save(); return; }
      clearTimeout(timer);
      dirty = null;
      send("POST", form.getAttribute("action"), () => { const data = new FormData(form); data.set("do", does); return data; });
      return;
    }
    if (!form.matches("[data-send]")) return;
    event.preventDefault();
    if (button && button.getAttribute("aria-disabled") === "true") return;
    save();
    const data = new FormData(form);
    if (button && button.name) data.set(button.name, button.value);
    const verb = form.method.toUpperCase();
    send(verb, form.getAttribute("action"), () => data);
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("[data-nav], [data-nav-link]");
    if (link && builder().contains(link)) {
      event.preventDefault();
      const byKey = event.detail === 0;
      const narrow = matchMedia("(max-width: 60rem)").matches;
      go(link.getAttribute("href")).then(() => {
        const fold = document.querySelector("[data-fold]");
        if (narrow && fold) fold.open = false;
        if (byKey || link.matches("[data-nav-link]")) focusEditor();
        else if (narrow) document.querySelector("#editor").scrollIntoView();
      });
    }
    if (event.target.closest("[data-save-mine]")) saveMine();
    const theirs = event.target.closest("[data-take-theirs]");
    if (theirs) { event.preventDefault(); takeTheirs(theirs.getAttribute("href")); }
  });
  document.addEventListener("change", (event) => {
    const select = event.target.closest("[data-send-on-change]");
    if (select) select.form.requestSubmit();
    const line = event.target.closest("[data-refresh]");
    if (line) {
      const form = line.form;
      send("POST", form.getAttribute("action"), () => { const data = new FormData(form); data.set("do", "refresh"); return data; });
    }
  });

  // Somebody else was quicker --------------------------------------------------------
  const form = () => document.querySelector("#editor form[data-autosave], #editor form[data-condition]");
  const saveMine = () => {
    const mine = form();
    toolbar().dataset.revision = document.querySelector("[data-conflict]").dataset.conflict;
    document.querySelector("#conflict").replaceChildren();
    if (!mine) return;
    if (mine.matches("[data-autosave]")) { dirty = mine; save(); } else mine.requestSubmit();
    focusEditor();
  };
  const takeTheirs = (url) => {
    dirty = null;
    clearTimeout(timer);
    const mine = form();
    const typed = [];
    if (mine) {
      mine.querySelectorAll("input[type=text], input[type=number], textarea").forEach((one) => {
        if (one.value.trim() && one.value !== one.defaultValue) typed.push([one.getAttribute("aria-label") || (one.labels[0] && one.labels[0].textContent) || one.name, one.value]);
      });
    }
    const words = document.querySelector("[data-typed]");
    send("GET", url).then(() => {
      if (typed.length) {
        const list = words.querySelector("[data-typed-list]");
        typed.forEach(([label, value]) => {
          const term = document.createElement("dt"), told = document.createElement("dd");
          term.textContent = label;
          told.textContent = value;
          list.append(term, told);
        });
        words.hidden = false;
        words.className = "callout";
        document.querySelector("#conflict").replaceChildren(words);
      }
      focusEditor();
    });
  };

  // Focus ----------------------------------------------------------------------------
  const FIRST = "textarea:not([data-not-saved]), input:not([type=hidden]):not([type=checkbox]), select";
  const focusEditor = () => {
    const editor = document.querySelector("#editor");
    (editor.querySelector("[data-condition] select, [data-autosave] :is(textarea, input[type=text])") || editor.querySelector(FIRST) || editor).focus();
  };
  // A part that is swapped takes the focus with it; it comes back to what stands there.
  let held = null, hasActed = false;
  ["keydown", "pointerdown"].forEach((name) => document.addEventListener(name, () => { hasActed = true; }, true));
  document.addEventListener("htmx:beforeSwap", () => { hasActed = false; });
  document.addEventListener("focusin", (event) => { held = event.target.id || null; });
  document.addEventListener("htmx:afterSettle", () => {
    reveal();
    if (document.activeElement && document.activeElement !== document.body) return;
    const same = held && document.getElementById(held);
    if (same) same.focus({ preventScroll: true });
    else document.querySelector("#editor").focus({ preventScroll: true });
  });
  document.addEventListener("author:focus", (event) => {
    const target = document.getElementById(event.detail.value);
    // Whoever went on since the answer came isn't called back.
    if (!target || hasActed) return;
    target.focus();
    if (target.matches("input[type=text], textarea")) target.select();
  });

  // A new option's code is known when it is saved: its fields are called by it then.
  document.addEventListener("author:coded", (event) => {
    Object.entries(event.detail).forEach(([temporary, code]) => {
      if (temporary === "elt") return;
      document.querySelectorAll(`#editor [value="${CSS.escape(temporary)}"]`).forEach((hidden) => {
        const row = hidden.closest("[data-choice]"), name = hidden.name;
        hidden.value = code;
        row.querySelectorAll("[name], [id]").forEach((one) => {
          ["name", "id", "value"].forEach((what) => {
            const told = one.getAttribute(what);
            if (told && what !== "value" && told.startsWith(`${name}-${temporary}-`)) one.setAttribute(what, told.replace(`-${temporary}-`, `-${code}-`));
            if (told && what === "value" && one.matches("button") && told.endsWith(`-${temporary}`)) one.setAttribute(what, told.slice(0, -temporary.length) + code);
          });
        });
        const shown = row.querySelector(".choice__code");
        if (shown) shown.textContent = code;
      });
    });
  });

  const reveal = () => {
    document.querySelectorAll("[data-no-script]").forEach((one) => { one.hidden = true; });
    document.querySelectorAll("[data-save-mine]").forEach((one) => { one.hidden = false; });
    document.querySelectorAll("#editor .field__errors").forEach((one) => {
      if (!one.hasChildNodes()) return;
      const field = document.getElementById(one.id.replace(/_error$/, ""));
      if (field) { field.setAttribute("aria-invalid", "true"); field.setAttribute("aria-describedby", one.id); }
    });
  };

  document.addEventListener("keydown", (event) => {
    if (!builder() || event.isComposing || event.defaultPrevented) return;
    const inText = event.target.closest("textarea, input:not([type=checkbox]):not([type=radio])");
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && (key === "z" || key === "y")) {
      // Within a text the browser takes back what was typed, as everywhere.
      if (inText && !(inText.value === inText.defaultValue && !dirty)) return;
      event.preventDefault();
      const redoes = key === "y" || event.shiftKey;
      document.querySelector(redoes ? "#redo" : "#undo").click();
    }
    if (event.key === "Escape" && event.target.closest("#editor")) {
      const now = document.querySelector("[data-outline] [aria-current]") || document.querySelector("[data-nav]");
      const fold = document.querySelector("[data-fold]");
      if (fold) fold.open = true;
      if (now) now.focus();
    }
  });

  document.addEventListener("DOMContentLoaded", reveal);
  reveal();
  return { send, go, save, toolbar, touch };
})();
