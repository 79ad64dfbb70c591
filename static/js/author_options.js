// Options and rows: Enter adds the next, Alt+arrows and drags move, pasted lines become many.
"use strict";
(() => {
  const author = window.author;
  if (!author) return;
  let made = 0;
  const group = (element) => element.closest("[data-choices]");
  const list = (element) => group(element).querySelector("[data-choices-list]");
  const textOf = (row) => row.querySelector("[data-choice-text]");
  const changed = (element) => author.touch(element.closest("form"));
  const saveNow = (element) => { changed(element); author.save(); };

  const add = (fieldset, after = null, text = "") => {
    made += 1;
    const template = document.createElement("template");
    template.innerHTML = fieldset.querySelector("[data-choice-template]").innerHTML.replaceAll("__code__", `+${made}`);
    const row = template.content.querySelector("[data-choice]");
    textOf(row).value = text;
    if (after) after.after(row); else list(fieldset).append(row);
    return row;
  };
  const move = (row, by) => {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    const focus = document.activeElement;
    if (by < 0) other.before(row); else other.after(row);
    (row.contains(focus) ? focus : textOf(row)).focus();
    changed(row);
  };
  const remove = (row) => {
    const next = row.nextElementSibling || row.previousElementSibling;
    const fieldset = group(row);
    row.remove();
    (next ? textOf(next) : fieldset.querySelector("[data-add-choice]")).focus();
    saveNow(fieldset);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !group(button)) return;
    const row = button.closest("[data-choice]");
    if (button.matches("[data-add-choice]")) {
      event.preventDefault();
      textOf(add(group(button))).focus();
    } else if (row && button.matches("[data-choice-up], [data-choice-down]")) {
      event.preventDefault();
      move(row, button.matches("[data-choice-up]") ? -1 : 1);
    } else if (row && button.matches("[data-choice-remove]")) {
      event.preventDefault();
      remove(row);
    }
  });

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest && event.target.closest("[data-choice]");
    if (!row || event.isComposing || event.ctrlKey || event.metaKey) return;
    const isText = event.target.matches("[data-choice-text]");
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(row, event.key === "ArrowUp" ? -1 : 1);
    } else if (isText && event.key === "Enter") {
      event.preventDefault();
      if (event.target.value.trim()) textOf(add(group(row), row)).focus();
    } else if (isText && event.key === "Backspace" && !event.target.value && !event.repeat) {
      event.preventDefault();
      const before = row.previousElementSibling;
      remove(row);
      if (before) textOf(before).focus();
    }
  });

  document.addEventListener("paste", (event) => {
    if (!event.target.matches || !event.target.matches("[data-choice-text]")) return;
    const lines = event.clipboardData.getData("text").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    let row = event.target.closest("[data-choice]");
    if (!event.target.value.trim()) event.target.value = lines.shift();
    lines.forEach((line) => { row = add(group(row), row, line); });
    textOf(row).focus();
    saveNow(row);
  });

  // A drag begins at the grip, so that text can still be marked with the mouse.
  let dragged = null;
  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest && event.target.closest("[data-grip]");
    if (grip) grip.closest("[data-choice]").draggable = true;
  });
  document.addEventListener("dragstart", (event) => { dragged = event.target.matches && event.target.matches("[data-choice]") ? event.target : null; });
  document.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest && event.target.closest("[data-choice]");
    if (!over || over === dragged || group(over) !== group(dragged)) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (event.clientY > box.top + box.height / 2) over.after(dragged); else over.before(dragged);
  });
  document.addEventListener("drop", (event) => { if (dragged) event.preventDefault(); });
  document.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.draggable = false;
    saveNow(dragged);
    dragged = null;
  });
})();
