// The page of a list. Every button works without this; it numbers the saves of this page, so that an old one never overtakes a new one.
(() => {
  "use strict";

  const form = document.querySelector("#answers");
  if (!form) return;
  const count = form.querySelector("[name=tab_save]");
  let changed = false;

  const next = () => {
    count.value = String(Number(count.value || 0) + 1);
    return count.value;
  };
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { next(); changed = false; });

  // htmx has gathered the fields already: the number goes into what it sends, the chosen files stay for the button.
  document.body.addEventListener("htmx:configRequest", (event) => {
    event.detail.parameters.set ? event.detail.parameters.set("tab_save", next()) : (event.detail.parameters.tab_save = next());
    event.detail.parameters.delete ? event.detail.parameters.delete("files") : delete event.detail.parameters.files;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) changed = false; });
  // A save that did not pass says so; the words stay on the page.
  document.body.addEventListener("htmx:responseError", () => say());
  document.body.addEventListener("htmx:sendError", () => say());
  const say = () => {
    const place = form.querySelector("#saved");
    const revision = place.querySelector("[name=revision]");
    place.textContent = "L’enregistrement n’a pas abouti. Ne fermez pas cette page : appuyez sur « Enregistrer » dans un instant.";
    place.prepend(revision);
  };
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
})();
