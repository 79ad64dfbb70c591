// A security key that was refused, or not touched in time, says so on the page.
"use strict";
(() => {
  const show = (isShown) => {
    const note = document.querySelector("[data-key-error]");
    if (note) note.hidden = !isShown;
  };
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show(true);
  });
  // Captured: before the button's own listener, whose failure may come at once.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[id^='mfa_webauthn']")) show(false);
  }, true);
})();
