// Sends files one by one, two at a time, with progress; the page works without it too.
"use strict";
(() => {
  const form = document.querySelector("[data-upload]");
  if (!form) return;
  const list = form.querySelector("[data-uploads]");
  const drop = form.querySelector("[data-drop]");
  const done = form.querySelector("[data-done]");
  const waiting = [];
  let running = 0;
  form.querySelectorAll("[data-with-script]").forEach((el) => { el.hidden = false; });

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
    note.textContent = form.dataset.sending;
    item.append(label, bar, note);
    list.append(item);
    return { item, bar, note };
  };

  const fail = (view) => {
    view.item.classList.add("upload--refused");
    view.bar.remove();
    view.note.textContent = form.dataset.failed;
  };

  const send = ({ file, view }) => {
    running += 1;
    const body = new FormData();
    body.append("files", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("X-CSRFToken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) view.bar.value = event.loaded / event.total;
      if (event.loaded === event.total) view.note.textContent = form.dataset.checking;
    });
    request.addEventListener("load", () => {
      const to = request.getResponseHeader("HX-Redirect");
      if (to) { location.assign(to); return; }
      if (request.status !== 200 || !request.responseText.includes("upload__note")) { fail(view); return; }
      const template = document.createElement("template");
      template.innerHTML = request.responseText.trim();
      view.item.replaceWith(template.content);
      done.hidden = false;
    });
    request.addEventListener("error", () => fail(view));
    request.addEventListener("abort", () => fail(view));
    request.addEventListener("loadend", () => { running -= 1; next(); });
    request.send(body);
  };

  const next = () => { while (running < 2 && waiting.length) send(waiting.shift()); };

  const take = (files) => {
    for (const file of files) waiting.push({ file, view: row(file.name) });
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
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files); });
})();
