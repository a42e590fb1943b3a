# ruff: noqa: E501 — a style sheet and its markup
"""The self-contained page of ``plaidoyer read --html``: the letter as a sheet, questions on its left, our reading on its right."""

from __future__ import annotations

from html import escape
from typing import Any

LEVELS = {"firm": "ferme", "conditional": "conditionnel", "intention": "intention", "refusal": "refus", "past": "déjà fait"}
STYLE = """
:root{color-scheme:light;--paper:#f5efe4;--sheet:#fffdf8;--ink:#221c15;--ink-2:#5a5044;--rule:#d3c7b3;--sienna:#8c3c12;--wash:#f4dfb6;
--theirs:Literata,Georgia,"Times New Roman",serif;--ours:"Atkinson Hyperlegible Next",system-ui,sans-serif}
@media (prefers-color-scheme:dark){:root{color-scheme:dark;--paper:#171410;--sheet:#25201a;--ink:#efe7da;--ink-2:#b8ac9b;--rule:#3d352b;--sienna:#eba76f;--wash:#4d3714}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 var(--ours)}
main{max-width:62rem;margin:0 auto;padding:2rem clamp(1rem,4vw,2.5rem) 4rem}h1{font-size:1.6rem;line-height:1.15;margin:0 0 .4rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2.5rem 0 .6rem}.note{color:var(--ink-2);max-width:44rem;margin:.2rem 0}
dl{display:grid;grid-template-columns:3rem 1fr;gap:.35rem .6rem;margin:0 0 1.5rem}dt{color:var(--sienna);font-weight:700}dd{margin:0}
.legend{display:flex;flex-wrap:wrap;gap:.4rem 1.4rem;padding:0;list-style:none;margin:.8rem 0 1.2rem}
.sheet{background:var(--sheet);padding:clamp(1rem,4vw,2.5rem);border:1px solid var(--rule)}
.p{display:grid;grid-template-columns:4.2rem minmax(0,1fr);gap:0 1rem;margin:0 0 1.1rem}.p>.q{font-weight:700;color:var(--sienna);font-size:.9rem;padding-top:.35rem}
.p>.w{font:1.1rem/1.62 var(--theirs);white-space:pre-wrap;overflow-wrap:anywhere}.p.question>.w,.p.other>.w{color:var(--ink-2)}
.p>details{grid-column:2;font-size:.875rem;color:var(--ink-2)}summary{cursor:pointer}
.c{text-decoration:underline 2px var(--sienna);text-underline-offset:.24em;text-decoration-skip-ink:none;background:none;color:inherit}
.c.conditional{text-decoration-style:dashed}.c.intention{text-decoration-style:dotted}.c.past{text-decoration:underline 1px var(--ink-2)}
.c.refusal{text-decoration:underline double 1px var(--ink);text-underline-offset:.2em}.c.check{background:var(--wash)}
.lvl{font:700 .8rem/1 var(--ours);color:var(--sienna);white-space:nowrap}
@media (max-width:40rem){.p{grid-template-columns:1fr}.p>details{grid-column:1}}
@media print{:root{--paper:#fff;--sheet:#fff;--ink:#000;--ink-2:#333;--rule:#bbb;--sienna:#6d2c0a}details{display:none}}
"""


def page(name: str, reading: Any, questions: Any) -> str:
    """The whole page, styles inside, nothing fetched."""
    rows = "\n".join(_paragraph(reading, passage) for passage in reading.passages)
    asked = "\n".join(f"<dt>{escape(q.code)}</dt><dd>{escape(q.text)}{_state(reading, q.code)}</dd>" for q in questions)
    notices = "".join(f'<p class="note">{escape(n.sentence)}</p>' for n in reading.notices)
    legend = "".join(f'<li><span class="c {level}">{word}</span></li>' for level, word in LEVELS.items())
    return f"""<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Lecture proposée : {escape(name)}</title><style>{STYLE}</style></head>
<body><main><h1>Lecture proposée : {escape(name)}</h1>
<p class="note">La machine propose, une personne décide. Leurs mots sont sur la feuille, à la lettre ; les nôtres autour. Fond jaune : à vérifier.</p>{notices}
<h2>Les questions</h2><dl>{asked}</dl>
<h2>La réponse</h2><ul class="legend">{legend}<li><span class="c check">à vérifier</span></li></ul>
<div class="sheet">{rows}</div>
<p class="note">Empreinte de l’original : {escape(reading.document.source.sha256[:16])}… · {escape(reading.engine)}</p>
</main></body></html>
"""


def _state(reading: Any, code: str) -> str:
    spoken = any(code in p.questions for p in reading.passages if p.role != "question")
    return "" if spoken else " <strong>— n’est pas abordée, semble-t-il</strong>"


def _paragraph(reading: Any, passage: Any) -> str:
    codes = " ".join(passage.questions) or "—"
    words = _marked(reading, passage.start, passage.end)
    return (
        f'<div class="p {passage.role}"><div class="q">{escape(codes)}</div><div class="w">{words}</div>'
        f"<details><summary>Pourquoi ? (confiance {min(99, round(100 * passage.score))} %)</summary>{escape(passage.why)}{_reasons(reading, passage)}</details></div>"
    )


def _reasons(reading: Any, passage: Any) -> str:
    own = [c for c in reading.commitments if passage.start <= c.start < passage.end]
    return "".join(f"<br>« {escape(' '.join(c.quote.split())[:60])}… » : {escape(c.why)}" for c in own)


def _marked(reading: Any, start: int, end: int) -> str:
    text, parts, last = reading.document.text, [], start
    for c in reading.commitments:
        if c.start < last or c.end > end or c.start < start:
            continue
        doubt = " check" if c.tier.value == "check" else ""
        parts.append(escape(text[last : c.start]))
        parts.append(
            f'<mark class="c {c.level.value}{doubt}">{escape(text[c.start : c.end])}</mark> <b class="lvl">{LEVELS[c.level.value]}{" ?" if doubt else ""}</b>'
        )
        last = c.end
    return "".join(parts) + escape(text[last:end])
