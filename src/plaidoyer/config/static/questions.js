// Questions are put in order by dragging, or by the keyboard. Without this script the buttons « Monter » and « Descendre » do it.
(() => {
  "use strict";

  const GRIP = '<svg viewBox="0 0 7 10" aria-hidden="true"><path d="M1 0h1.5v2H1zM4.5 0H6v2H4.5zM1 4h1.5v2H1zM4.5 4H6v2H4.5zM1 8h1.5v2H1zM4.5 8H6v2H4.5z"/></svg>Déplacer';
  const HELP = "Espace pour saisir, flèches pour déplacer, Espace pour poser, Échap pour annuler.";
  const EDGE = 70; // pixels from the edge of the window where the page begins to follow the hand

  let list = document.querySelector("[data-reorder]");
  if (!list || list.children.length < 2) return;

  const voice = Object.assign(document.createElement("p"), { className: "hidden" });
  voice.setAttribute("role", "status");
  voice.setAttribute("aria-live", "assertive");
  document.querySelector("main").prepend(voice);
  const say = (words) => { voice.textContent = words; };

  let held = null; // the question in hand, and where it was
  const items = () => [...list.children];
  const rank = (item) => items().indexOf(item) + 1;
  const title = (item) => item.querySelector("h3").textContent.trim();
  const where = (item) => `rang ${rank(item)} sur ${items().length}`;

  function hold(item) {
    held = { item, next: item.nextElementSibling, rank: rank(item) };
    item.classList.add("is-held");
    item.querySelector(".grip").setAttribute("aria-pressed", "true");
  }

  function release() {
    const { item } = held;
    held = null;
    item.classList.remove("is-held");
    item.querySelector(".grip").setAttribute("aria-pressed", "false");
    document.body.classList.remove("is-dragging");
    return item;
  }

  function number() {
    items().forEach((item, at) => { item.querySelector(".no").textContent = at + 1; });
  }

  function cancel() {
    list.insertBefore(held.item, held.next);
    number();
    const item = release();
    item.querySelector(".grip").focus();
    say(`« ${title(item)} » est revenue au ${where(item)}. Rien n’a changé.`);
  }

  async function drop() {
    const was = held.rank;
    const item = release();
    if (rank(item) === was) return say(`« ${title(item)} » reste au ${where(item)}.`);
    const sent = new FormData();
    sent.set("rank", rank(item));
    sent.set("csrfmiddlewaretoken", item.querySelector("[name=csrfmiddlewaretoken]").value);
    list.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(item.dataset.place, { method: "POST", body: sent });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = fresh.querySelector("main");
      if (!answer.ok || !main) throw new Error("no page came back");
      settle(main, item.id);
    } catch {
      location.reload(); // what the server holds is what must be seen
    }
  }

  // The page as the server knows it now: numbers, buttons, what it has to say; and no grip where nothing moves any more.
  function settle(main, id) {
    const said = main.querySelector(".said");
    document.querySelector("main").replaceWith(main);
    list = main.querySelector("[data-reorder]");
    main.prepend(voice);
    if (list) furnish();
    const item = document.getElementById(id);
    (item?.querySelector(".grip") || main).focus({ preventScroll: true });
    say(said ? said.textContent.trim() : `« ${title(item)} » est placée au ${where(item)}.`);
  }

  function step(by) {
    const { item } = held;
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (other) {
      list.insertBefore(item, by < 0 ? other : other.nextElementSibling);
      number();
      item.querySelector(".grip").focus();
      item.scrollIntoView({ block: "nearest" });
    }
    say(`« ${title(item)} », ${where(item)}.`);
  }

  function byKeyboard(event) {
    const item = event.currentTarget.closest("li");
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (held) return drop();
      hold(item);
      say(`« ${title(item)} » saisie, ${where(item)}. Flèches pour déplacer, Espace pour poser, Échap pour annuler.`);
    } else if (held && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      step(event.key === "ArrowUp" ? -1 : 1);
    } else if (held && event.key === "Escape") {
      event.preventDefault();
      cancel();
    } else if (held && event.key === "Tab") {
      drop();
    }
  }

  function byHand(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    if (held) cancel();
    const grip = event.currentTarget;
    grip.focus({ preventScroll: true });
    hold(grip.closest("li"));
    document.body.classList.add("is-dragging");
    // On the document: moving the question in the page would let go of a capture held by its own button.
    const ending = new AbortController();
    const on = (name, done) => document.addEventListener(name, done, { signal: ending.signal });
    on("pointermove", follow);
    on("pointerup", () => { ending.abort(); drop(); });
    on("pointercancel", () => { ending.abort(); cancel(); });
    on("keydown", (key) => { if (key.key === "Escape") { ending.abort(); cancel(); } });
  }

  function follow(event) {
    if (!held) return;
    if (event.clientY < EDGE) scrollBy(0, -16);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, 16);
    const { item } = held;
    const passed = (other) => { const box = other.getBoundingClientRect(); return event.clientY > box.top + box.height / 2; };
    const others = items().filter((other) => other !== item);
    const next = others.find((other) => !passed(other)) || null;
    if (next === item.nextElementSibling) return;
    list.insertBefore(item, next);
    number();
  }

  function furnish() {
    for (const item of items()) {
      const grip = Object.assign(document.createElement("button"), { type: "button", className: "btn small grip", innerHTML: GRIP, title: HELP });
      grip.insertAdjacentHTML("beforeend", `<span class="hidden"> la question ${rank(item)}. ${HELP}</span>`);
      grip.setAttribute("aria-pressed", "false");
      grip.addEventListener("keydown", byKeyboard);
      grip.addEventListener("pointerdown", byHand);
      item.querySelector(".moves").prepend(grip);
    }
  }

  furnish();
})();
