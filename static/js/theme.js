// Before the first paint: the theme that was chosen, if one was.
"use strict";
(() => {
  const key = "panel-portal-theme";
  let chosen = null;
  try { chosen = localStorage.getItem(key); } catch { /* storage may be off */ }
  if (chosen) document.documentElement.dataset.theme = chosen;
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem(key, root.dataset.theme); } catch { /* as above */ }
  });
})();
