// The review desk's keys, its zoom, and its item lines; every key has its button.
"use strict";
(() => {
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const steps = ["", "is-zoomed-2", "is-zoomed-3"];
  let step = 0;
  const zoom = () => {
    const viewer = desk.querySelector("[data-viewer]");
    if (!viewer) return;
    if (steps[step]) viewer.classList.remove(steps[step]);
    step = (step + 1) % steps.length;
    if (steps[step]) viewer.classList.add(steps[step]);
  };
  // The picture is swapped when it was checked, its buttons with it.
  desk.addEventListener("click", (event) => { if (event.target.closest("[data-zoom]")) zoom(); });

  const open = (name) => {
    const panel = desk.querySelector(`[data-panel="${name}"]`);
    panel.open = true;
    panel.scrollIntoView({ block: "center" });
    panel.querySelector("select").focus();
  };
  desk.querySelectorAll("[data-open]").forEach((link) => {
    link.addEventListener("click", (event) => { event.preventDefault(); open(link.dataset.open); });
  });
  // What came back with an error is where the reviewer goes on.
  const refused = desk.querySelector("[data-desk-form] [aria-invalid=true]");
  if (refused) {
    refused.focus({ preventScroll: true });
    refused.scrollIntoView({ block: "center" });
  }

  const add = desk.querySelector("[data-add-item]");
  const rows = desk.querySelector("[data-items]");
  const total = desk.querySelector("[name=items-TOTAL_FORMS]");
  if (add && rows && total) {
    const most = Number(rows.dataset.most);
    add.hidden = Number(total.value) >= most;
    add.addEventListener("click", () => {
      const template = document.createElement("template");
      const number = Number(total.value);
      template.innerHTML = desk.querySelector("[data-item-template]").innerHTML
        .replaceAll("__prefix__", number)
        .replaceAll("__number__", number + 1);
      rows.append(template.content);
      total.value = number + 1;
      rows.lastElementChild.querySelector("input").focus();
      add.hidden = number + 1 >= most;
    });
  }

  // A negative amount may be a discount's or a void's; others hardly ever are.
  if (rows) {
    rows.addEventListener("input", (event) => {
      if (!event.target.name.endsWith("-amount")) return;
      const kind = event.target.closest("[data-item]").querySelector("[data-kind]");
      const isPlain = kind.querySelector("select").value === "item";
      kind.hidden = isPlain && !event.target.value.trim().startsWith("-");
    });
  }

  // A second press while the first is on its way would decide on what comes next.
  const form = desk.querySelector("[data-desk-form]");
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
    setTimeout(() => { sent = false; }, 5000);
  });
  window.addEventListener("pageshow", () => { sent = false; });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.repeat || event.isComposing || event.defaultPrevented) return;
    const inField = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && inField) { inField.blur(); return; }
    if (inField) return;
    const key = event.key.toLowerCase();
    if (key === "z") { zoom(); return; }
    const target = desk.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (target) { event.preventDefault(); target.click(); }
  });
})();
