// Small comforts of the desk. Every page works without them.
(() => {
  "use strict";

  const button = (words) => Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: words });

  // A long list of boxes: tick or untick them all at once.
  for (const group of document.querySelectorAll("[data-all]")) {
    const boxes = () => [...group.querySelectorAll("input[type=checkbox]")];
    if (boxes().length < 2) continue;
    const turn = button("");
    const say = () => { turn.textContent = boxes().every((box) => box.checked) ? "Tout décocher" : "Tout cocher"; };
    turn.addEventListener("click", () => {
      const wanted = !boxes().every((box) => box.checked);
      for (const box of boxes()) box.checked = wanted;
      say();
    });
    group.addEventListener("change", say);
    say();
    group.querySelector("[data-all-here]")?.append(" ", turn);
  }

  // An address to hand over: one press copies it.
  for (const field of document.querySelectorAll("[data-copy]")) {
    const copy = button("Copier l’adresse");
    copy.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        copy.textContent = "Adresse copiée";
      } catch {
        copy.textContent = "Adresse sélectionnée : Ctrl C";
      }
    });
    field.after(copy);
  }

  // Words typed and not yet saved are not lost by a wrong press.
  for (const form of document.querySelectorAll("form.form")) {
    if (!form.querySelector("textarea")) continue;
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  }
})();
