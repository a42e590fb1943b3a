// Files on their way in: drop them, see them go. Without this file the form sends them all the same.
"use strict";
(() => {
  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  const zone = form.querySelector(".drop"), input = form.querySelector("input[type=file]"), list = form.querySelector(".going");
  const several = form.querySelector("[data-several]");

  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1024))} ko` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} Mo`);

  function tell() {
    several.hidden = input.files.length < 2;
    list.replaceChildren(...Array.from(input.files, (file) => {
      const line = document.createElement("li"), bar = document.createElement("progress");
      bar.max = file.size; bar.value = 0; bar.hidden = true; bar.setAttribute("aria-label", `Envoi de ${file.name}`);
      const name = Object.assign(document.createElement("span"), { className: "name", textContent: file.name });
      const note = Object.assign(document.createElement("span"), { className: "note", textContent: size(file.size) });
      line.append(name, bar, note);
      return line;
    }));
  }

  ["dragenter", "dragover"].forEach((kind) => zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("is-over"); }));
  ["dragleave", "drop"].forEach((kind) => zone.addEventListener(kind, () => zone.classList.remove("is-over")));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    const all = new DataTransfer();
    [...input.files, ...event.dataTransfer.files].forEach((file) => all.items.add(file));
    input.files = all.files;
    tell();
  });
  input.addEventListener("change", tell);

  // Bytes leave in the order of the files: each bar fills after the one before.
  function progress(loaded) {
    let left = loaded;
    list.querySelectorAll("progress").forEach((bar) => {
      bar.hidden = false;
      bar.value = Math.max(0, Math.min(bar.max, left));
      left -= bar.max;
    });
  }

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]"), words = button.textContent;
    const request = new XMLHttpRequest();
    request.open("POST", location.href);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.upload.addEventListener("progress", (sent) => { progress(sent.loaded); if (sent.loaded === sent.total) button.textContent = "La machine lit…"; });
    request.addEventListener("load", () => {
      if (request.status === 200 && (request.getResponseHeader("Content-Type") || "").includes("json")) { location.assign(JSON.parse(request.responseText).address); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.getElementById("contenu").replaceWith(page.getElementById("contenu") || document.getElementById("contenu"));
      if (request.status !== 422) location.reload();
      else window.scrollTo(0, 0);
    });
    request.addEventListener("error", () => { button.disabled = false; button.textContent = words; alert("La connexion est coupée : rien n’a été envoyé. Réessayez dans un instant."); });
    button.disabled = true;
    button.textContent = "Envoi…";
    request.send(new FormData(form));
  });

  tell();
})();
