// The outline's keys and drags; each has its button in the editor, too.
"use strict";
(() => {
  const author = window.author;
  if (!author) return;
  const outline = () => document.querySelector("[data-outline]");
  const links = () => [...outline().querySelectorAll("[data-nav]")];

  const command = (does, item, more = {}) => {
    author.save();
    const data = new FormData();
    const { placeKind, placeKey } = author.toolbar().dataset;
    data.set("do", does);
    data.set("place_kind", item ? item.dataset.kind || "texts" : placeKind);
    data.set("place_key", item ? item.dataset.key || "" : placeKey);
    Object.entries(more).forEach(([name, value]) => data.set(name, value));
    return author.send("POST", author.toolbar().dataset.command, () => data);
  };

  // One stop for Tab: the arrows go on within.
  const rove = () => {
    const all = links();
    const stop = all.find((one) => one === document.activeElement) || all.find((one) => one.hasAttribute("aria-current")) || all[0];
    all.forEach((one) => { one.tabIndex = one === stop ? 0 : -1; });
  };
  document.addEventListener("focusin", (event) => { if (event.target.matches("[data-nav]")) rove(); });
  document.addEventListener("htmx:afterSettle", rove);
  rove();

  document.addEventListener("keydown", (event) => {
    const link = event.target.closest("[data-nav]");
    if (!link || event.ctrlKey || event.metaKey || event.isComposing) return;
    const all = links(), at = all.indexOf(link);
    const isItem = link.matches("[data-item]");
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.altKey) {
      if (isItem && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
        event.preventDefault();
        command(event.key === "ArrowUp" ? "up" : "down", link);
      }
      return;
    }
    if (to !== undefined) {
      event.preventDefault();
      if (all[to]) all[to].focus();
      return;
    }
    if (event.repeat || event.shiftKey) return;
    const key = event.key.toLowerCase();
    if (key === "n" || key === "p") {
      event.preventDefault();
      command(key === "n" ? "add_question" : "add_page", isItem ? link : null);
    }
    if ((key === "delete" || key === "backspace") && isItem) {
      event.preventDefault();
      command("remove", link);
    }
  });

  // The outline is swapped with each change: it stays folded, and scrolled where it was.
  const narrow = matchMedia("(max-width: 60rem)");
  let isOpen = !narrow.matches || author.toolbar().dataset.placeKind === "texts";
  let scrolled = 0;
  const keep = () => {
    outline().querySelector("[data-fold]").open = isOpen || !narrow.matches;
    outline().scrollTop = scrolled;
  };
  document.addEventListener("scroll", (event) => { if (event.target === outline()) scrolled = outline().scrollTop; }, true);
  document.addEventListener("toggle", (event) => { if (event.target.matches("[data-fold]")) isOpen = event.target.open; }, true);
  document.addEventListener("htmx:oobAfterSwap", (event) => { if (event.detail.target.id === "outline") keep(); });
  keep();

  // Drag and drop ----------------------------------------------------------------------
  let dragged = null;
  const clear = () => outline().querySelectorAll(".is-above, .is-below").forEach((one) => one.classList.remove("is-above", "is-below"));
  const target = (event) => {
    const over = event.target.closest && event.target.closest("[data-item]");
    if (!over || !dragged || over === dragged || !outline().contains(over)) return null;
    if (dragged.dataset.kind === "page" && over.dataset.kind !== "page") return null;
    const box = over.getBoundingClientRect();
    return { over, below: event.clientY > box.top + box.height / 2 };
  };
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest && event.target.closest("[data-item]");
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const found = target(event);
    if (!outline().contains(event.target)) return;
    clear();
    if (!found) return;
    event.preventDefault();
    found.over.classList.add(found.below || found.over.dataset.kind !== dragged.dataset.kind ? "is-below" : "is-above");
  });
  document.addEventListener("dragend", () => { clear(); dragged = null; });
  document.addEventListener("drop", (event) => {
    const found = target(event);
    if (!found) return;
    event.preventDefault();
    clear();
    const others = (selector) => [...outline().querySelectorAll(selector)].filter((one) => one !== dragged);
    if (dragged.dataset.kind === "page") {
      const pages = others('[data-kind="page"]');
      command("move", dragged, { position: pages.indexOf(found.over) + (found.below ? 1 : 0) });
    } else if (found.over.dataset.kind === "page") {
      command("move", dragged, { page: found.over.dataset.key, position: 0 });
    } else {
      const page = found.over.dataset.page;
      const questions = others(`[data-kind="question"][data-page="${CSS.escape(page)}"]`);
      command("move", dragged, { page, position: questions.indexOf(found.over) + (found.below ? 1 : 0) });
    }
    dragged = null;
  });
})();
