// The public pages read without this file. It adds: expand all, next question, search as you type, filter, print.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const picks = all(".pick input");

  const step = (by) => {
    const next = picks[(picks.findIndex((pick) => pick.checked) + by + picks.length) % picks.length];
    next.checked = true;
    document.querySelector(".pick").scrollIntoView();
    next.focus();
  };

  // On a narrow screen one question is shown at a time: an address that points into another one brings it up.
  const follow = () => {
    const aim = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const body = aim && aim.closest(".qq");
    const pick = body && picks.find((one) => one.dataset.question === body.id);
    if (!pick || pick.checked) return;
    pick.checked = true;
    aim.scrollIntoView();
  };

  addEventListener("click", (event) => {
    const expand = event.target.closest("[data-all]");
    const turn = event.target.closest("[data-step]");
    if (event.target.closest("[data-print]")) print();
    if (expand) {
      const folds = all("details", expand.closest("tbody"));
      const open = folds.some((fold) => !fold.open);
      folds.forEach((fold) => { fold.open = open; });
      expand.textContent = open ? "Tout replier" : "Tout déplier";
    }
    if (turn) {
      event.preventDefault();
      step(Number(turn.dataset.step));
    }
  });
  addEventListener("hashchange", follow);
  follow();
  all(".qq").forEach((body) => { if (!body.querySelector("details")) body.querySelector("[data-all]")?.remove(); });

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  all("[data-filter]").forEach((field) => field.addEventListener("input", () => {
    const wanted = plain(field.value.trim());
    all("li", document.getElementById(field.dataset.filter)).forEach((line) => { line.hidden = !plain(line.textContent).includes(wanted); });
  }));

  // The same page, asked again for each pause in the typing: what it finds replaces what was found.
  const field = document.querySelector("form[role=search] input[name=commune]");
  const found = document.getElementById("trouvees");
  if (!field || !found) return;
  let waiting = 0;
  let asked = "";
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const words = field.value.trim();
      asked = words;
      if (words.length < 2) { found.replaceChildren(); return; }
      const address = new URL(field.form.action);
      address.searchParams.set("commune", words);
      const answer = await fetch(address, { credentials: "omit" }).catch(() => null);
      if (!answer || !answer.ok || asked !== words) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      found.replaceChildren(...page.getElementById("trouvees").childNodes);
    }, 180);
  });
})();
