// The review desk. Without this file every gesture is a form; with it, the same forms answer to a key, a finger or a selection.
// The server counts code points, the browser UTF-16 units: points() and units() convert, nothing else does.
"use strict";
(() => {
  const main = document.getElementById("contenu");
  const help = document.getElementById("keys");
  document.documentElement.classList.add("js");

  const points = (words) => Array.from(words).length;
  const units = (words, count) => Array.from(words).slice(0, count).join("").length;
  const $ = (selector, root = main) => root.querySelector(selector);
  const all = (selector, root = main) => Array.from(root.querySelectorAll(selector));
  const LEVELS = { f: "firm", c: "conditional", i: "intention", r: "refusal", b: "past", l: "none" };
  const STANCES = { n: "skips", p: "partial", t: "refers", v: "refuses" };

  let cursor = null; // {q, key}: a card, or a question when key is ""
  let picked = null; // {text, start, end, key}: the span being chosen
  let busy = false;

  // == the cursor
  const spots = () => all(".qc").flatMap((cell) => [cell, ...all(".card", cell)]);
  const spotOf = (at) => at && $(at.key ? `.card[data-key="${at.key}"][data-q="${at.q}"]` : `.qc[data-q="${at.q}"]`);
  const whereIs = (spot) => ({ q: spot.dataset.q, key: spot.dataset.key || "" });
  const current = () => spotOf(cursor);

  function point(spot, { scroll = true } = {}) {
    all(".cur").forEach((one) => one.classList.remove("cur"));
    if (!spot) { cursor = null; return; }
    cursor = whereIs(spot);
    all(".qc").forEach((cell) => { if (cell.dataset.q !== cursor.q) cell.open = false; });
    $(`.qc[data-q="${cursor.q}"]`).open = true;
    spot.classList.add("cur");
    const runs = cursor.key ? all(`[data-k~="${cursor.key}"]`) : [];
    runs.forEach((run) => run.classList.add("cur"));
    if (!scroll) return;
    reveal(spot.matches(".qc") ? spot.firstElementChild : spot);
    if (runs.length && !stacked()) reveal(runs[0]);
  }
  const stacked = () => matchMedia("(max-width:63.99rem)").matches;
  const reveal = (node) => node.scrollIntoView({ block: "nearest" });

  function step(by) {
    const list = spots();
    const at = list.indexOf(current());
    const next = list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + by))];
    if (document.activeElement.matches("summary")) document.activeElement.blur();  // else Enter would fold the question just clicked
    if (next) point(next);
  }

  // The next thing that the machine doubts, wherever it is; round again after the last one.
  function doubt(by) {
    const list = spots(), size = list.length, at = list.indexOf(current());
    const from = at < 0 ? (by > 0 ? -1 : size) : at;
    for (let n = 1; n <= size; n += 1) {
      const spot = list[(((from + by * n) % size) + size) % size];
      if (spot.matches(".card.check")) { point(spot); return; }
    }
    say("Il ne reste rien à vérifier dans cette réponse.");
  }

  // == talking to the server
  async function send(fields) {
    if (busy) return;
    const form = document.getElementById("g");
    if (!form) return;
    busy = true;
    main.setAttribute("aria-busy", "true");
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    Object.entries(fields).forEach(([name, value]) => data.set(name, value));
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
      if (answer.redirected || ![200, 422].includes(answer.status)) { location.reload(); return; }
      show(await answer.text(), fields, answer.ok);
    } catch {
      say("La connexion est coupée : rien n’a été enregistré. Réessayez dans un instant.");
    } finally {
      busy = false;
      main.removeAttribute("aria-busy");
    }
  }

  function say(sentence) {
    all(".said").forEach((old) => old.remove());
    const box = document.createElement("div");
    box.className = "said";
    box.setAttribute("role", "alert");
    box.append(Object.assign(document.createElement("p"), { className: "error", textContent: sentence }));
    main.prepend(box);
  }

  function show(html, fields, went) {
    const kept = all(".panes>section").map((pane) => pane.scrollTop);
    const before = spots().map(whereIs);
    const at = before.findIndex((one) => cursor && one.q === cursor.q && one.key === cursor.key);
    main.innerHTML = html;
    all(".panes>section").forEach((pane, index) => { pane.scrollTop = kept[index] || 0; });
    picked = null;
    dress();
    if (!went) reveal(main.firstElementChild);
    const open = $(".qc[open]");
    const made = went && fields.gesture === "pick" && all(".card.kept").find((card) => !before.some((one) => one.key === card.dataset.key));
    if (made) { point(made); return; }
    if (!fields.q && open) { point(open); return; }
    if (!fields.q && went && cursor && cursor.q !== "0" && $("#finish .btn.main")) { point(null); $("#finish .btn").focus(); return; }
    const same = spotOf(cursor);
    const later = before.slice(at + 1).filter((one) => one.q === fields.q).map(spotOf).find(Boolean);
    point(same && fields.do !== undefined && /^(relabel|nature)/.test(fields.do) ? same : nextAfter(same, later, open), { scroll: true });
  }

  // After a card is kept, the next one still proposed; when none is left, the question itself, for its stance.
  function nextAfter(same, later, open) {
    const cell = cursor ? $(`.qc[data-q="${cursor.q}"]`) : open;
    if (!cell) return open || spots()[0];
    if (later && !later.classList.contains("kept")) return later;
    const proposed = $(".card:not(.kept)", cell);
    return proposed || (same && same.matches(".qc") ? same : cell);
  }

  const act = (gesture, key, q, more = {}) => send({ do: `${gesture}:${key}:${q}`, q: more.next ? "" : q, ...more.fields });

  // == gestures
  function keep() {
    const spot = current();
    if (!spot) return;
    const { q, key } = cursor;
    if (!key) { settleWhole(spot, q); return; }
    if (spot.classList.contains("kept")) { step(1); return; }
    act("keep", key, q, { fields: levelOf(spot) });
  }

  function settleWhole(cell, q) {
    if (q === "0") { step(1); return; }
    // What the machine doubts is looked at before the next question: folded away, it would be forgotten.
    if ($("[data-enter]", cell)) { act("keep_sure", "", q, { next: !hasDoubts(cell) }); return; }
    if ($(".stance input:checked", cell)) { nextQuestion(q); return; }
    if ($(".card.kept", cell)) { act("settle", "", q, { next: true, fields: { stance: "answers" } }); return; }
    step(1);
  }

  const hasDoubts = (cell) => Boolean(cell && $(".card.check", cell));

  function nextQuestion(q) {
    const cells = all(".qc");
    const next = cells[cells.findIndex((cell) => cell.dataset.q === q) + 1];
    if (next) point(next);
  }

  const levelOf = (spot) => {
    const chosen = $(".lv input:checked", spot);
    return chosen ? { level: chosen.value } : {};
  };

  function levelKey(level) {
    if (picked) { pickForm().elements.level.value = level; return; }
    const spot = current();
    if (!spot || !cursor.key) return;
    act("relabel", cursor.key, cursor.q, { fields: { level } });
  }

  function numberKey(number) {
    if (picked) { const choice = pickForm().elements.question; if ([...choice.options].some((one) => one.value === number)) choice.value = number; return; }
    if (cursor && cursor.key && number !== cursor.q) { act("reassign", cursor.key, number, { fields: { q: cursor.q } }); return; }  // stay where one reads
    const cell = $(`.qc[data-q="${number}"]`);
    if (cell) point(cell);
  }

  function stanceKey(stance) {
    if (cursor && cursor.q !== "0") act("settle", "", cursor.q, { next: true, fields: { stance } });
  }

  // == choosing words
  const pickForm = () => document.getElementById("pick");
  const runsOf = (sheet) => all("[data-s]", sheet).map((node) => ({ node, start: Number(node.dataset.s), words: node.textContent, end: Number(node.dataset.s) + points(node.textContent) }));

  function wordsOf(sheet) {
    return all(".blk", sheet).flatMap((block) => {
      const runs = runsOf(block);
      const text = runs.map((run) => run.words).join("");
      return [...text.matchAll(/\S+/gu)].map((match) => {
        const start = runs[0].start + points(text.slice(0, match.index));
        return [start, start + points(match[0])];
      });
    });
  }

  function offsetAt(node, offset, isEnd) {
    const run = (node.nodeType === 3 ? node.parentElement : node).closest("[data-s]");
    if (!run) return null;
    const inside = node.nodeType === 3 ? points(node.data.slice(0, offset)) : (isEnd && offset ? points(run.textContent) : 0);
    return Number(run.dataset.s) + inside;
  }

  // The browser's selection as a span of the text, or null when it is elsewhere.
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const sheet = (range.startContainer.nodeType === 3 ? range.startContainer.parentElement : range.startContainer).closest(".sheet");
    if (!sheet || !sheet.contains(range.endContainer)) return null;
    const touched = all("[data-s]", sheet).filter((run) => range.intersectsNode(run));
    if (!touched.length) return null;
    const first = touched[0], last = touched[touched.length - 1];
    const start = offsetAt(range.startContainer, range.startOffset, false) ?? Number(first.dataset.s);
    const end = offsetAt(range.endContainer, range.endOffset, true) ?? Number(last.dataset.s) + points(last.textContent);
    return end > start ? { text: sheet.dataset.text, start, end } : null;
  }

  function sheetOf(text) { return $(`.sheet[data-text="${text}"]`); }

  // Whole words only: a commitment never begins in the middle of one.
  function rounded(span) {
    const words = wordsOf(sheetOf(span.text)).filter(([start, end]) => start < span.end && span.start < end);
    return words.length ? { ...span, start: words[0][0], end: words[words.length - 1][1] } : null;
  }

  function paint(span) {
    const runs = runsOf(sheetOf(span.text));
    const first = runs.find((run) => span.start < run.end), last = [...runs].reverse().find((run) => run.start < span.end);
    if (!first || !last) return;
    const from = units(first.words, Math.max(0, span.start - first.start)), to = units(last.words, span.end - last.start);
    getSelection().setBaseAndExtent(first.node.firstChild, from, last.node.firstChild, Math.min(to, last.words.length));
    reveal(last.node);
  }

  const quoteOf = (span) => runsOf(sheetOf(span.text)).filter((run) => run.start < span.end && span.start < run.end)
    .map((run) => Array.from(run.words).slice(Math.max(0, span.start - run.start), span.end - run.start).join("")).join(" ").replace(/\s+/g, " ");

  function choose(span, key, { painted = false } = {}) {
    const form = pickForm();
    if (!form || !span) return;
    picked = { ...span, key };
    const card = key && $(`.card[data-key="${key}"]`);
    if (!form.classList.contains("is-on")) {
      form.elements.question.value = (card || { dataset: { q: cursor ? cursor.q : "0" } }).dataset.q;
      const chosen = card && $(".lv input:checked", card);
      form.elements.level.value = chosen ? chosen.value : "none";
    }
    form.elements.key.value = key;
    ["text", "start", "end"].forEach((name) => { form.elements[name].value = span[name]; });
    form.elements.quote.value = quoteOf(span);
    form.elements.quote.readOnly = true;
    $(".pick-title b", form).textContent = key ? "Ajuster ce passage" : "Ajouter un passage";
    $("[data-split]", form).hidden = !key.startsWith("e");
    form.classList.add("is-on");
    if (!painted) paint(span);
  }

  function letGo() {
    picked = null;
    const form = pickForm();
    if (form) form.classList.remove("is-on");
    getSelection().removeAllRanges();
  }

  function adjust(spot) {
    const runs = all(`[data-k~="${spot.dataset.key}"]`).map((node) => ({ node, start: Number(node.dataset.s), end: Number(node.dataset.s) + points(node.textContent) }));
    if (!runs.length) return;
    point(spot);
    choose({ text: runs[0].node.closest(".sheet").dataset.text, start: runs[0].start, end: runs[runs.length - 1].end }, spot.dataset.key);
  }

  function extract() {
    const run = (cursor && cursor.key && $(`[data-k~="${cursor.key}"]`)) || $(".blk [data-s]");
    if (!run) return;
    const sheet = run.closest(".sheet"), at = Number(run.dataset.s);
    const word = wordsOf(sheet).find(([start]) => start >= at);
    if (word) choose({ text: sheet.dataset.text, start: word[0], end: word[1] }, "");
  }

  function move(edge, by) {
    if (!picked) return;
    const words = wordsOf(sheetOf(picked.text));
    let first = words.findIndex(([, end]) => end > picked.start), last = words.findLastIndex(([start]) => start < picked.end);
    if (edge === "start") first = Math.min(last, Math.max(0, first + by));
    else last = Math.max(first, Math.min(words.length - 1, last + by));
    choose({ text: picked.text, start: words[first][0], end: words[last][1] }, picked.key);
  }

  function moveBlock(by) {
    const blocks = all(".blk", sheetOf(picked.text));
    const at = blocks.findIndex((block) => runsOf(block).some((run) => run.start < picked.end && picked.start < run.end));
    const next = blocks[at + by];
    if (!next) return;
    const runs = runsOf(next);
    choose({ text: picked.text, start: runs[0].start, end: runs[runs.length - 1].end }, picked.key);
  }

  const EDGES = { "start-back": ["start", -1], "start-on": ["start", 1], "end-back": ["end", -1], "end-on": ["end", 1] };

  function submitPick(gesture) {
    const form = pickForm();
    if (!picked) return;
    const { question, level } = form.elements;
    send({ gesture, key: picked.key, text: picked.text, start: picked.start, end: picked.end, question: question.value, level: level.value, q: question.value === "0" && cursor ? cursor.q : question.value });
  }

  // == what the page looks like once the script is there
  function dress() {
    all(".pick-ends,[data-cancel]").forEach((node) => { node.hidden = false; });
    const form = pickForm();
    if (form && form.elements.key.value) {
      const card = $(`.card[data-key="${form.elements.key.value}"]`);
      if (card) adjust(card);
    }
  }

  // == listening
  main.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    if (button) {
      event.preventDefault();
      const [gesture, key, q] = button.value.split(":");
      const spot = button.closest(".card");
      if (spot) point(spot, { scroll: false });
      if (gesture === "keep") act(gesture, key, q, { fields: levelOf(spot) });
      else act(gesture, key, q || (cursor ? cursor.q : ""), { next: gesture === "refuse_all" || (gesture === "keep_sure" && !hasDoubts($(`.qc[data-q="${q}"]`))) });
      return;
    }
    const link = event.target.closest("[data-adjust]");
    if (link && pickForm()) { event.preventDefault(); adjust(link.closest(".card")); return; }
    const edge = event.target.closest("[data-move]");
    if (edge) { move(...EDGES[edge.dataset.move]); return; }
    if (event.target.closest("[data-cancel]")) { event.preventDefault(); letGo(); return; }
    const chip = event.target.closest(".chip");
    if (chip) { event.preventDefault(); point($(chip.getAttribute("href"))); return; }
    const run = event.target.closest("[data-k]");
    if (run && getSelection().isCollapsed) { const spot = $(`.card[data-key="${run.dataset.k.split(" ").pop()}"]`); if (spot) point(spot); return; }
    const summary = event.target.closest(".qc>summary");
    if (summary && !summary.parentElement.open) { event.preventDefault(); point(summary.parentElement); return; }
    const card = event.target.closest(".card");
    if (card && !event.target.closest("label,input")) point(card, { scroll: false });
  });

  main.addEventListener("change", (event) => {
    const { name, value } = event.target;
    const cell = event.target.closest(".qc");
    if (!cell || !document.getElementById("pick")) return;
    if (name.startsWith("stance-")) act("settle", "", cell.dataset.q, { next: value !== "answers" || !$(".card:not(.kept)", cell), fields: { stance: value } });
    const card = event.target.closest(".card.kept");
    if (card && name.startsWith("level-")) { point(card, { scroll: false }); act("relabel", card.dataset.key, cell.dataset.q, { fields: { level: value } }); }
  });

  main.addEventListener("submit", (event) => {
    if (event.target.id === "pick" && picked) { event.preventDefault(); submitPick(event.submitter ? event.submitter.value : "pick"); }
    if (event.target.id === "g") event.preventDefault();
  });

  function afterSelecting() {
    const span = selected();
    if (!span || !pickForm()) return;
    const whole = rounded(span);
    if (!whole || (picked && whole.start === picked.start && whole.end === picked.end)) return;
    choose(whole, picked ? picked.key : "", { painted: true });
  }
  main.addEventListener("mouseup", () => setTimeout(afterSelecting));
  main.addEventListener("touchend", () => setTimeout(afterSelecting, 200));

  const typing = (node) => node.matches("textarea:not([readonly]),select,input:not([type=radio])");

  document.addEventListener("keydown", (event) => {
    if (event.altKey || help.open || typing(event.target) || !$("#g")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if ((event.ctrlKey || event.metaKey) && (key === "z" || key === "y")) {
      event.preventDefault();
      const redo = key === "y" || event.shiftKey;
      if ($(`button[value="${redo ? "redo" : "undo"}::"]`)) act(redo ? "redo" : "undo", "", "", { fields: { q: cursor ? cursor.q : "" } });
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    if (key === "?") { help.showModal(); event.preventDefault(); return; }
    const readOnly = !pickForm();
    if (!readOnly && picked && whilePicking(key, event)) { event.preventDefault(); return; }
    if (key === "j" || key === "k") { event.preventDefault(); step(key === "j" ? 1 : -1); return; }
    if (key === "d") { event.preventDefault(); doubt(event.shiftKey ? -1 : 1); return; }
    if (readOnly) return;
    if (key === "Enter") { if (event.target.closest("button,a,summary,label")) return; event.preventDefault(); keep(); return; }
    if (key === "x" && cursor && cursor.key) { act("reject", cursor.key, cursor.q); return; }
    if (key === "a" && cursor && cursor.key) { event.preventDefault(); adjust(current()); return; }
    if (key === "e") { event.preventDefault(); extract(); return; }
    if (/^\d$/.test(key)) { numberKey(key); return; }
    if (LEVELS[key]) { levelKey(LEVELS[key]); return; }
    if (STANCES[key]) stanceKey(STANCES[key]);
  });

  function whilePicking(key, event) {
    if (key === "Escape") letGo();
    else if (key === "Enter") submitPick("pick");
    else if (key === "ArrowLeft" || key === "ArrowRight") move(event.shiftKey ? "start" : "end", key === "ArrowRight" ? 1 : -1);
    else if (key === "ArrowUp" || key === "ArrowDown") moveBlock(key === "ArrowDown" ? 1 : -1);
    else return false;
    return true;
  }

  const opener = document.querySelector("[data-keys]");
  if (opener) opener.addEventListener("click", () => help.showModal());

  dress();
  const asked = $(".qc[open]");
  if (asked && pickForm() && !picked) point(asked, { scroll: false });
})();
