// The marks on the review desk's picture: shown, picked, moved, drawn, by mouse and keys.
"use strict";
(() => {
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const SVG = "http://www.w3.org/2000/svg";
  const viewer = () => desk.querySelector("[data-viewer]");
  const list = () => desk.querySelector("[data-marks-list]");
  const rows = () => [...desk.querySelectorAll("[data-mark-row]")];
  const rowOf = (name) => desk.querySelector(`[data-mark-row="${name}"]`);
  const shapeOf = (name) => desk.querySelector(`[data-mark="${name}"]`);
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const canChange = () => { const card = desk.querySelector("[data-marks-card]"); return card && !card.disabled; };
  let picked = null, drag = null, lastKind = null;

  // Corners: "x,y x,y x,y x,y" in pixels of the page's picture.
  const cornersOf = (row) => field(row, "corners").value.trim().split(/\s+/).map((pair) => pair.split(",").map(Number));
  const asText = (corners) => corners.map(([x, y]) => `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`).join(" ");
  const sizeOf = (svg) => [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height];
  const inside = (svg, [x, y]) => {
    const [width, height] = sizeOf(svg);
    return [Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))];
  };
  const place = (row, corners) => {
    const shape = shapeOf(row.dataset.markRow);
    if (!shape) return;
    const text = asText(corners.map((corner) => inside(shape.ownerSVGElement, corner)));
    field(row, "corners").value = text;
    shape.setAttribute("points", text);
    if (picked === row.dataset.markRow) handles();
  };

  // How a row looks is how its shape looks.
  const show = (row) => {
    const shape = shapeOf(row.dataset.markRow);
    const gone = field(row, "DELETE");
    row.classList.toggle("is-gone", Boolean(gone && gone.checked));
    if (!shape) return;
    shape.classList.toggle("mark--off", !field(row, "is_painted").checked);
    shape.classList.toggle("is-gone", Boolean(gone && gone.checked));
  };

  const handles = () => {
    desk.querySelectorAll(".mark-handle").forEach((handle) => handle.remove());
    const row = picked && rowOf(picked);
    const shape = picked && shapeOf(picked);
    if (!row || !shape || !canChange()) return;
    const svg = shape.ownerSVGElement;
    const radius = 6 * sizeOf(svg)[0] / Math.max(1, svg.getBoundingClientRect().width);
    cornersOf(row).forEach(([x, y], number) => {
      const handle = document.createElementNS(SVG, "circle");
      handle.setAttribute("cx", x);
      handle.setAttribute("cy", y);
      handle.setAttribute("r", radius);
      handle.setAttribute("vector-effect", "non-scaling-stroke");
      handle.setAttribute("class", "mark-handle");
      handle.dataset.corner = number;
      svg.append(handle);
    });
  };
  const pick = (name, { scrolls = true } = {}) => {
    picked = name;
    rows().forEach((row) => row.classList.toggle("is-picked", row.dataset.markRow === name));
    desk.querySelectorAll("[data-mark]").forEach((shape) => shape.classList.toggle("is-picked", shape.dataset.mark === name));
    handles();
    if (!name || !scrolls) return;
    rowOf(name).scrollIntoView({ block: "nearest" });
    if (shapeOf(name) && viewer()) see(shapeOf(name));
  };
  // In the part of the picture that the page shows now; else the page goes there, too.
  const RIM = 80;
  const see = (shape) => {
    const window_ = viewer(), frame = window_.getBoundingClientRect();
    let top = Math.max(frame.top, RIM), bottom = Math.min(frame.bottom, innerHeight - RIM);
    if (bottom - top < 2 * RIM) { top = frame.top; bottom = frame.bottom; }
    let box = shape.getBoundingClientRect();
    if (box.top < top || box.bottom > bottom) window_.scrollTop += box.top - top - (bottom - top) / 3;
    if (box.left < frame.left || box.right > frame.right) window_.scrollLeft += box.left - frame.left - frame.width / 3;
    box = shape.getBoundingClientRect();
    if (box.top < RIM || box.bottom > innerHeight - RIM) window.scrollBy(0, box.top - innerHeight / 3);
  };
  // The list alone: the page must stay where it is under a pointer that drags.
  const showInList = (row) => {
    const box = row.getBoundingClientRect(), frame = list().getBoundingClientRect();
    if (box.top < frame.top) list().scrollTop += box.top - frame.top;
    if (box.bottom > frame.bottom) list().scrollTop += box.bottom - frame.bottom;
  };
  const step = (by) => {
    const names = rows().filter((row) => !row.classList.contains("is-gone")).map((row) => row.dataset.markRow);
    if (!names.length) return;
    const at = names.indexOf(picked);
    pick(names[at < 0 ? (by > 0 ? 0 : names.length - 1) : (at + by + names.length) % names.length]);
  };

  const add = (svg, corners) => {
    const total = desk.querySelector("[name=marks-TOTAL_FORMS]");
    const number = Number(total.value);
    const template = document.createElement("template");
    template.innerHTML = desk.querySelector("[data-mark-template]").innerHTML
      .replaceAll("__prefix__", number)
      .replaceAll("__number__", number + 1);
    list().append(template.content);
    total.value = number + 1;
    const row = list().lastElementChild;
    field(row, "position").value = svg.closest("[data-sheet]").dataset.sheet;
    field(row, "is_painted").checked = true;
    if (lastKind) field(row, "kind").value = lastKind;
    const shape = document.createElementNS(SVG, "polygon");
    shape.setAttribute("class", "mark");
    shape.setAttribute("vector-effect", "non-scaling-stroke");
    shape.dataset.mark = row.dataset.markRow;
    svg.append(shape);
    place(row, corners);
    reveal();
    pick(row.dataset.markRow, { scrolls: false });
    showInList(row);
    return row;
  };
  const rectangle = ([x0, y0], [x1, y1]) => {
    const [left, right] = [Math.min(x0, x1), Math.max(x0, x1)];
    const [top, bottom] = [Math.min(y0, y1), Math.max(y0, y1)];
    return [[left, top], [right, top], [right, bottom], [left, bottom]];
  };
  // In the middle of what is in view: the arrow keys take it from there.
  const addInView = () => {
    const window_ = viewer();
    const frame = window_.getBoundingClientRect();
    const middle = frame.top + frame.height / 2;
    const svgs = [...desk.querySelectorAll("[data-marks]")];
    const svg = svgs.find((one) => { const box = one.getBoundingClientRect(); return box.top <= middle && box.bottom >= middle; }) || svgs[0];
    if (!svg) return;
    const [x, y] = point(svg, { clientX: frame.left + frame.width / 2, clientY: middle });
    const wide = sizeOf(svg)[0] / 6, high = sizeOf(svg)[0] / 40;
    add(svg, rectangle([x - wide, y - high], [x + wide, y + high]));
    window_.focus({ preventScroll: true });
  };
  const point = (svg, event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return inside(svg, [at.x, at.y]);
  };

  const draws = (on) => {
    const button = desk.querySelector("[data-draw]");
    if (!button) return;
    button.setAttribute("aria-pressed", String(on));
    viewer().classList.toggle("is-drawing", on);
  };
  const reveal = () => {
    desk.querySelectorAll("[data-draw], [data-pick], [data-before], [data-marks-help]").forEach((one) => { one.hidden = false; });
    desk.querySelectorAll("[data-no-script]").forEach((one) => { one.hidden = true; });
    const some = rows().length > 0;
    const none = desk.querySelector("[data-no-marks]"), buttons = desk.querySelector("[data-marks-do]");
    if (none) none.hidden = some;
    if (buttons && some) buttons.hidden = false;
    rows().forEach(show);
  };

  desk.addEventListener("click", (event) => {
    const draw = event.target.closest("[data-draw]");
    // A key's click has no pointer behind it, so it can't be followed by a drag.
    if (draw) { if (event.detail === 0) addInView(); else draws(draw.getAttribute("aria-pressed") !== "true"); return; }
    const before = event.target.closest("[data-before]");
    if (before) {
      const below = before.getAttribute("aria-pressed") !== "true";
      before.setAttribute("aria-pressed", String(below));
      desk.querySelectorAll("[data-below], [data-marks]").forEach((one) => { one.toggleAttribute("hidden", !below); });
      desk.querySelectorAll("[data-after]").forEach((one) => { one.hidden = below; });
      const note = desk.querySelector("#kept-note");
      if (note) note.hidden = below;
      handles();
      return;
    }
    const button = event.target.closest("[data-pick]");
    if (button) pick(button.closest("[data-mark-row]").dataset.markRow);
  });
  desk.addEventListener("change", (event) => {
    const row = event.target.closest("[data-mark-row]");
    if (!row) return;
    if (event.target.name.endsWith("-kind")) lastKind = event.target.value;
    show(row);
  });

  desk.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !canChange()) return;
    const svg = event.target.closest("[data-marks]");
    if (!svg) return;
    const at = point(svg, event);
    const corner = event.target.dataset.corner;
    if (corner !== undefined && picked) {
      drag = { svg, row: rowOf(picked), corner: Number(corner) };
    } else if (event.target.dataset.mark) {
      pick(event.target.dataset.mark, { scrolls: false });
      showInList(rowOf(picked));
      drag = { svg, row: rowOf(picked), from: at, corners: cornersOf(rowOf(picked)) };
    } else if (viewer().classList.contains("is-drawing")) {
      drag = { svg, start: at };
    } else { return; }
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const at = point(drag.svg, event);
    if (drag.start) {
      const far = Math.hypot(at[0] - drag.start[0], at[1] - drag.start[1]);
      if (!drag.row && far < sizeOf(drag.svg)[0] / 100) return;
      if (!drag.row) drag.row = add(drag.svg, rectangle(drag.start, at));
      place(drag.row, rectangle(drag.start, at));
    } else if (drag.corner !== undefined) {
      const corners = cornersOf(drag.row);
      corners[drag.corner] = at;
      place(drag.row, corners);
    } else {
      place(drag.row, drag.corners.map(([x, y]) => [x + at[0] - drag.from[0], y + at[1] - drag.from[1]]));
    }
  });
  const drop = () => { if (drag && drag.start && drag.row) draws(false); drag = null; };
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === "Escape") { draws(false); pick(null); return; }
    const arrow = ARROWS[event.key];
    const row = picked && rowOf(picked);
    if (arrow && row && shapeOf(picked) && canChange()) {
      event.preventDefault();
      const by = sizeOf(shapeOf(picked).ownerSVGElement)[0] / 200;
      const corners = cornersOf(row);
      // Shift moves the right or the lower side alone.
      const moved = event.shiftKey ? (arrow[0] ? [1, 2] : [2, 3]) : [0, 1, 2, 3];
      moved.forEach((n) => { corners[n] = [corners[n][0] + arrow[0] * by, corners[n][1] + arrow[1] * by]; });
      place(row, corners);
      return;
    }
    if (event.shiftKey || event.repeat) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") { event.preventDefault(); step(key === "j" ? 1 : -1); }
    if (key === "x" && row && canChange()) {
      const box = field(row, "is_painted");
      box.checked = !box.checked;
      show(row);
    }
    if (key === "delete" && row && canChange()) {
      const gone = field(row, "DELETE");
      if (gone) { gone.checked = !gone.checked; show(row); }
    }
  });

  window.addEventListener("resize", handles);
  // What was painted first is what the reviewer wants to see first.
  const showPainted = () => {
    const row = rows().find((one) => field(one, "is_painted").checked);
    const after = row && desk.querySelector(`[data-sheet="${field(row, "position").value}"] [data-after]`);
    if (!after) return;
    const top = Math.min(...cornersOf(row).map(([, y]) => y)) / Number(after.getAttribute("height"));
    const sheet = after.closest("[data-sheet]");
    viewer().scrollTop = sheet.offsetTop + top * sheet.clientHeight - viewer().clientHeight / 3;
  };
  document.body.addEventListener("htmx:oobAfterSwap", () => { picked = null; reveal(); showPainted(); });
  reveal();
})();
