// The review desk's keys, its zoom, and new item lines; every key has its button.
"use strict";
(() => {
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const viewer = desk.querySelector("[data-viewer]");
  const steps = ["", "is-zoomed-2", "is-zoomed-3"];
  let step = 0;
  const zoom = () => {
    if (steps[step]) viewer.classList.remove(steps[step]);
    step = (step + 1) % steps.length;
    if (steps[step]) viewer.classList.add(steps[step]);
  };
  desk.querySelector("[data-zoom]").addEventListener("click", zoom);

  const open = (name) => {
    const panel = desk.querySelector(`[data-panel="${name}"]`);
    panel.open = true;
    panel.scrollIntoView({ block: "center" });
    panel.querySelector("select").focus();
  };
  desk.querySelectorAll("[data-open]").forEach((link) => {
    link.addEventListener("click", (event) => { event.preventDefault(); open(link.dataset.open); });
  });

  const add = desk.querySelector("[data-add-item]");
  const rows = desk.querySelector("[data-items]");
  const total = desk.querySelector("[name=items-TOTAL_FORMS]");
  if (add && rows && total) {
    add.hidden = false;
    add.addEventListener("click", () => {
      const template = document.createElement("template");
      const html = desk.querySelector("[data-item-template]").innerHTML;
      template.innerHTML = html.replaceAll("__prefix__", total.value);
      rows.append(template.content);
      total.value = Number(total.value) + 1;
      rows.lastElementChild.querySelector("input").focus();
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inField = event.target.matches("input, select, textarea");
    if (event.key === "Escape" && inField) { event.target.blur(); return; }
    if (inField) return;
    if (event.key === "z") { zoom(); return; }
    const target = desk.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (target) { event.preventDefault(); target.click(); }
  });
})();
