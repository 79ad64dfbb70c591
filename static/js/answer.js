// Makes a survey's page quicker by hand; every question works without it too.
"use strict";
(() => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];

  // "None of these" takes the others away, and they take it away.
  const exclude = (box) => {
    if (box.type !== "checkbox" || !box.checked) return;
    const others = all(box.closest("fieldset"), `input[name="${CSS.escape(box.name)}"]`);
    others.forEach((other) => {
      if (other !== box && (box.dataset.exclusive !== undefined || other.dataset.exclusive !== undefined)) other.checked = false;
    });
  };

  // The field of an "other" is there while its option is chosen.
  const showOthers = (root) => all(root, "[data-other]").forEach((field) => {
    field.hidden = !document.getElementById(field.dataset.other).checked;
  });

  // Ranking by tapping in order; the selects stay what is sent.
  const rank = (list) => {
    const selects = all(list, "select");
    const buttons = new Map();
    const inOrder = () => selects.filter((select) => select.value).sort((a, b) => a.value - b.value);
    const draw = () => buttons.forEach((button, select) => {
      button.setAttribute("aria-pressed", String(Boolean(select.value)));
      button.querySelector(".rank__place").textContent = select.value || "–";
    });
    selects.forEach((select) => {
      const label = select.labels[0];
      const button = document.createElement("button");
      const place = document.createElement("span");
      const text = document.createElement("span");
      button.type = "button";
      button.className = "rank__button";
      place.className = "rank__place";
      text.textContent = label.textContent;
      button.append(place, text);
      button.addEventListener("click", () => {
        const left = inOrder().filter((one) => one !== select);
        const room = select.options.length - 1;
        if (!select.value && left.length < room) left.push(select);
        selects.forEach((one) => { one.value = ""; });
        left.forEach((one, index) => { one.value = String(index + 1); });
        draw();
        select.dispatchEvent(new Event("change", { bubbles: true }));
      });
      buttons.set(select, button);
      select.closest(".rank").append(button);
      label.hidden = true;
      select.hidden = true;
    });
    draw();
    const help = list.closest("fieldset").querySelector("[data-rank-help]");
    if (help) help.textContent = help.dataset.scripted;
  };

  // Suggestions of a brand picker, a moment after typing.
  let asking;
  const suggest = (input) => {
    const list = input.list;
    if (!list || !list.dataset.names) return;
    clearTimeout(asking);
    if (!input.value.trim()) return;
    asking = setTimeout(async () => {
      // Not in the address, which servers write down.
      const body = new FormData();
      body.set("text", input.value);
      body.set("csrfmiddlewaretoken", input.form.elements.csrfmiddlewaretoken.value);
      const response = await fetch(list.dataset.names, { method: "POST", body });
      if (response.ok) list.innerHTML = await response.text();
    }, 200);
  };

  // One more field for one more brand.
  const moreBrands = (input) => {
    const box = input.closest("[data-brands]");
    const fields = box ? all(box, "input") : [];
    const last = fields[fields.length - 1];
    if (fields.length < 2 || last !== input || !input.value || fields.length >= Number(box.dataset.most)) return;
    const field = input.parentElement.cloneNode(true);
    const next = field.querySelector("input");
    next.value = "";
    next.id = input.id.replace(/\d+$/, String(fields.length + 1));
    const label = field.querySelector("label");
    label.htmlFor = next.id;
    label.textContent = label.textContent.replace(/\d+/, String(fields.length + 1));
    box.append(field);
  };

  const prepare = () => {
    const survey = document.querySelector("[data-survey]");
    if (!survey) return;
    showOthers(survey);
    all(survey, "[data-ranks]").forEach(rank);
  };

  document.addEventListener("change", (event) => {
    const survey = event.target.closest("[data-survey]");
    if (!survey) return;
    exclude(event.target);
    showOthers(survey);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.closest("[data-survey]")) return;
    suggest(event.target);
    moreBrands(event.target);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "survey") return;
    prepare();
    window.scrollTo(0, 0);
    const focus = document.querySelector("#survey [data-focus-first]") || document.querySelector("#survey [data-focus]");
    if (focus) focus.focus();
  });
  prepare();
})();
