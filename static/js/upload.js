// Sends files one by one, two at a time, with progress; the page works without it too.
"use strict";
(() => {
  const form = document.querySelector("[data-upload]");
  if (!form) return;
  const list = form.querySelector("[data-uploads]");
  const drop = form.querySelector("[data-drop]");
  const done = form.querySelector("[data-done]");
  const mostBytes = Number(form.dataset.mostBytes);
  const waiting = [];
  let running = 0;
  let leaving = false;
  form.classList.add("is-scripted");
  form.querySelectorAll("[data-with-script]").forEach((el) => { el.hidden = false; });
  form.querySelectorAll("[data-without-script]").forEach((el) => { el.hidden = true; });

  const row = (name) => {
    const item = document.createElement("li");
    item.className = "upload";
    const label = document.createElement("span");
    label.className = "upload__name";
    label.textContent = name;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    const note = document.createElement("p");
    note.className = "upload__note soft";
    note.textContent = form.dataset.waiting;
    item.append(label, bar, note);
    list.append(item);
    return { item, bar, note };
  };

  const fail = (view, sentence) => {
    view.item.classList.add("upload--refused");
    view.bar.remove();
    view.note.classList.remove("soft");
    view.note.textContent = sentence;
  };

  const send = ({ file, view }) => {
    running += 1;
    view.note.textContent = form.dataset.sending;
    const body = new FormData();
    body.append("files", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("HX-Current-URL", location.href);
    request.setRequestHeader("X-CSRFToken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) view.bar.value = event.loaded / event.total;
    });
    request.upload.addEventListener("load", () => {
      view.bar.value = 1;
      view.note.textContent = form.dataset.checking;
    });
    request.addEventListener("load", () => {
      // An expired session answers with where to sign in, as htmx would follow it.
      const to = request.getResponseHeader("HX-Redirect");
      if (to) { leaving = true; location.assign(to); return; }
      const template = document.createElement("template");
      template.innerHTML = request.responseText.trim();
      const answer = template.content.querySelector(".upload");
      if (request.status !== 200 || !answer) { fail(view, form.dataset.failed); return; }
      view.item.replaceWith(answer);
      if (answer.classList.contains("upload--taken")) done.hidden = false;
    });
    for (const name of ["error", "abort"]) {
      request.addEventListener(name, () => fail(view, form.dataset.failed));
    }
    request.addEventListener("loadend", () => { running -= 1; next(); });
    request.send(body);
  };

  const next = () => { while (!leaving && running < 2 && waiting.length) send(waiting.shift()); };

  const take = (files) => {
    for (const file of files) {
      const view = row(file.name);
      // The server says the same, but only after the last byte has travelled.
      if (file.size > mostBytes) fail(view, form.dataset.tooLarge);
      else waiting.push({ file, view });
    }
    next();
  };

  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    take(event.target.files);
    event.target.value = "";
  });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("is-over"); });
  }
  drop.addEventListener("dragleave", (event) => {
    if (!drop.contains(event.relatedTarget)) drop.classList.remove("is-over");
  });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    take(event.dataTransfer.files);
  });
  // A file dropped beside the field would otherwise open in place of the page.
  for (const name of ["dragover", "drop"]) {
    window.addEventListener(name, (event) => {
      if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (running || waiting.length)) event.preventDefault();
  });
})();
