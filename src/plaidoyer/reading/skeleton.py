"""The letter's own skeleton: greetings, closings, headings, numbers, « S'agissant de… », the asker's words repeated.

Everything is found by form, nothing by meaning; the alignment weighs these facts, it does not obey them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from plaidoyer.reading.clauses import finite
from plaidoyer.reading.lexicon import fold
from plaidoyer.reading.measures import flat
from plaidoyer.reading.measures import lines as measure_lines
from plaidoyer.reading.paragraphs import Paragraph
from plaidoyer.reading.sentences import sentences
from plaidoyer.reading.words import Word, content, tokens

GREETING = re.compile(r"(?:madame|monsieur|mesdames|messieurs|cher|chere|cheres|chers|bonjour|bonsoir|coucou|salut|hello|a l'attention|aux?\b|a\b)")
CLOSING = re.compile(
    r"(?:veuillez|croyez|je vous prie|nous vous prions|recevez|agreez|bien (?:a vous|cordial|fraternel|respectueu|sincere|amical)"
    r"|cordial|salutation|fraternel|amical|avec (?:notre|mon|nos|toute)|dans l'attente|en vous remerciant|esperant|solidairement"
    r"|restant a|sincerement|respectueusement|vous (?:remerciant|souhaitant)|merci (?:d'avance|encore|de votre|pour)|a (?:bientot|tres vite)"
    r"|bonne (?:soiree|journee|nuit|continuation|lecture)|en esperant|bisous|citoyennement|republicainement)"
)
ADDRESS = re.compile(
    r"@|\bt[ée]l[ .:]|^(?:objet|de|à|a|envoy[ée]|r[ée]f|n/r[ée]f|v/r[ée]f|date|cc|from|to|subject)\s?:|^[\w' -]{2,40},? le \d{1,2}",
    re.IGNORECASE | re.MULTILINE,
)
PAGE = re.compile(r"(?:page\s*\d+|\bp\.\s*\d+|^\W*\d{1,2}\W*$|ne pas jeter)", re.IGNORECASE)
HISTORY = re.compile(r"a écrit\s*:|message d'origine|message transféré|original message|^-{3,}.*message", re.IGNORECASE)
MARKS = re.compile(r"^[\s>*#_•·‣▪◦☐☑✓✔👉📰🍽🚶️\-–—~=+]*(?:\[[^\]\n]{2,30}\]\s*)?")
GENERIC = re.compile(r"(?:sujet|theme|thematique|objet|question|demande|point|rubrique|domaine|intitule)s?\s?(?:n°\s?)?\d{0,2}\s?:\s")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
ORDINAL = {
    "premier": 1, "premiere": 1, "premierement": 1, "deuxieme": 2, "second": 2, "seconde": 2, "deuxiemement": 2,
    "secondement": 2, "troisieme": 3, "troisiemement": 3, "quatrieme": 4, "quatriemement": 4, "cinquieme": 5,
    "cinquiemement": 5, "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10,
}  # fmt: skip
NOUN = r"(?:questions?|points?|demandes?|interrogations?|sujets?|propositions?|items?|rubriques?|preoccupations?|engagements?)"
SERIES = r"(\d{1,2}(?:\s*(?:,|et|&|/|-|a)\s*\d{1,2})*)"
NUMBERED = re.compile(
    r"(?:q\.?\s?|n°\s?|§\s?|(?:reponse|rep\.?|r|pt\.?|quest\.?|ad|theme|axe|volet|sujet|article|art\.?)\s?(?:n°\s?)?)?[(\[]?(\d{1,2})"
    r"(?:\s?[.,]\s?\d{1,2}|\s?[a-h]\b)?\s?(?:[.)°/:\]|=](?!\d)|->|→|[-–—]|\.-|er?\b|\s(?=(?:oui|non|ok|d'accord|favorable|defavorable)\b))"
)
ROMANED = re.compile(r"(i{1,3}|iv|vi{0,3}|ix|x)\s?(?:[.)/:]|[-–—])\s")
LETTERED = re.compile(r"([a-h])\s?(?:\)|[./]\s|[-–—]\s)")
THEIRS = r"\b(?! (?:de|du) (?:notre |mon |nos |leur )?(?:programme|projet|liste|document))"
NAMED = re.compile(rf"{NOUN}\s*(?:n°|numero|no\.?)?\s*{SERIES}{THEIRS}")
SHORT = re.compile(rf"(?:sur|pour|a|reponse a|concernant)?\s*(?:la|les|le|n°|numero)\s*{SERIES}\s*(?:[,:.-]|\bje\b|\bc'est\b|\bon\b|$)")
ORDERED = re.compile(rf"\b({'|'.join(ORDINAL)}|dernier|derniere)s?\s+(?:et derniere?s?\s+)?{NOUN}")
NAMED_Q = re.compile(r"q\.?\s?(\d{1,2})\b")
EACH = re.compile(r"(?:\b(?:la|le|au|question|point|pour la|pour le) |^|[;,(] ?)(\d{1,2})(?:er|ere|e|eme|nde?|re)\b")
MENTION = re.compile(
    rf"\b(votre |vos |ta |tes |la |les |le |aux? |du |cette |ces )\s*"
    rf"(?:{NOUN}\s*(?:n°|numero)?\s*{SERIES}{THEIRS}"
    rf"|({'|'.join(ORDINAL)}|derniere?)(?: et (?:la |le )?({'|'.join(ORDINAL)}|derniere?))?s? {NOUN})"
)
THIS_ONE = re.compile(r"\b(?:c'est|pour|sur|a|quant a) (?:la|le) (?:n°\s?|numero )?(\d{1,2})(?:e|eme|ere|er)?(?=\s?[.,;:)!]|$)")
CIRCLED = {0xFE0F: "", 0x20E3: ")"} | {first + n: f"{n + 1}) " for first in (0x2460, 0x2776, 0x2780, 0x278A) for n in range(10)}
EARLY = 240  # letters of a paragraph within which a question named in passing is the one that is answered
PROGRAMME = re.compile(r"\b(?:mesures|propositions|engagements|actions|idees|priorites)\b")
ADVERB = re.compile(r"(premierement|deuxiemement|secondement|troisiemement|quatriemement|cinquiemement)\b")
OPENER = re.compile(
    r"(?:s'agissant d\w*|concernant|pour ce qui (?:est|concerne)|en matiere d\w*|quant (?:a|aux?)|sur|cote|a propos d\w*|au sujet d\w*"
    r"|en ce qui concerne|relativement a|au chapitre|pour|reste|venons-en a\w*|commencons par|vient ensuite|enfin|dans le domaine d\w*)\b"
)
CONTINUES = re.compile(
    r"(?:de plus|par ailleurs|d'ailleurs|en outre|en effet|aussi|egalement|enfin|de meme|ainsi|en revanche|par contre|mais|c'est pourquoi"
    r"|a cet egard|dans (?:ce|le meme)|pour cela|cela|ces?\b|cette|ceci|nous y|il s'agit|d'autre part|ensuite|puis|toutefois|cependant)"
)


@dataclass(slots=True)
class Frame:
    """What the form of one paragraph says."""

    start: int
    end: int
    words: list[Word]
    folded: str
    role: str = ""  # greeting, closing, address, page, history, signature, heading, question or ""
    numbers: tuple[int, ...] = ()
    mentions: tuple[int, ...] = ()  # questions named in passing, anywhere in the paragraph
    anchor: str = ""  # how the numbers were written: named, numbered, roman, letter, ordinal
    lead: list[Word] = field(default_factory=list)  # heading, label or opening words that announce a subject
    lead_kind: str = ""  # heading, label, opener, sentence
    echo: tuple[int, float] = (0, 0.0)  # question (1-based) whose words are repeated, share of the paragraph
    echoed: list[tuple[int, int]] = field(default_factory=list)  # spans of the sentences that repeat a question
    quoted: bool = False
    continues: bool = False
    item: int = 0  # the number before the line, whatever it counts
    measure: str = ""  # the number of the programme's measure that the line says, « 31 » or « 2.1 »


ACCENTED_A = re.compile(r"\bà\b")
FOOTER = re.compile(r"^.*(?:[-–—•|]\s*page\s*\d+|\bpage \d+\s*(?:/|sur)\s*\d+|\bp\.\s*\d+\s*/\s*\d+).*$", re.IGNORECASE | re.MULTILINE)


def _clean(text: str, words: list[Word], *, bare: bool) -> list[Word]:
    """The words without page feet caught in the middle of a sentence; without accents, « a » is « à » unless a participle follows."""
    if words:
        feet = [m.span() for m in FOOTER.finditer(text, words[0].start, words[-1].end) if len(m.group()) <= 120]
        whole = words[-1].end - words[0].start
        if feet and sum(e - s for s, e in feet) < whole - 20:
            words = [w for w in words if not any(s <= w.start < e for s, e in feet)]
    if bare:
        for i, word in enumerate(words):
            if word.raw == "a" and not any(w.verb("q") for w in words[i + 1 : i + 3]):
                words[i] = Word(word.start, word.end, "à", "a", "a", ())
    return words


def _numbers(series: str, count: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(n) for n in re.findall(r"\d+", series) if 1 <= int(n) <= count))


def _anchor(head: str, count: int) -> tuple[tuple[int, ...], str]:  # noqa: PLR0911 — one way of numbering after the other
    """Numbers of questions at the head of a paragraph and the way in which they are written."""
    each = tuple(dict.fromkeys(int(n) for n in EACH.findall(head) if 1 <= int(n) <= count))
    if len(each) >= 3:  # « le 1er, c'est oui ; le 2e, non ; le 3e, à voir »
        return each, "named"
    if (m := NAMED_Q.match(head)) and (found := _numbers(m.group(1), count)):
        return found, "named"
    if (m := NAMED.search(head[:90])) and (found := _numbers(m.group(1), count)):
        return found, "named"
    if m := NUMBERED.match(head):
        return _numbers(m.group(1), count), "numbered"
    if (m := SHORT.match(head)) and (found := _numbers(m.group(1), count)):
        return found, "named"
    if m := ORDERED.search(head[:90]):
        value = count if m.group(1).startswith("dernier") else ORDINAL[m.group(1)]
        return ((value,) if value <= count else ()), "ordinal"
    if m := ADVERB.match(head):
        return _numbers(str(ORDINAL[m.group(1)]), count), "ordinal"
    if m := ROMANED.match(head):
        return _numbers(str(ROMAN[m.group(1)]), count), "roman"
    if m := LETTERED.match(head):
        return _numbers(str(ord(m.group(1)) - 96), count), "letter"
    return (), ""


def _mentions(said: str, count: int) -> tuple[int, ...]:
    """Questions named in passing: « votre deuxième question », « je relie vos points 3 et 5 », « c'est la 5 »."""
    found: list[int] = []
    for m in MENTION.finditer(said):
        if m.group(1).startswith("v") or m.start() < EARLY:
            found += _numbers(m.group(2) or "", count)
            found += [count if word.startswith("dernier") else ORDINAL[word] for word in m.group(3, 4) if word]
    found += [int(n) for n in THIS_ONE.findall(said[:EARLY])]
    return tuple(dict.fromkeys(n for n in found if 1 <= n <= count))


def _role(frame: Frame, position: int, total: int, raw: str) -> str:
    short = len(frame.words) <= 30
    head = frame.folded
    if short and PAGE.search(raw) and len(frame.words) <= 18 and not any(w.verb("fc") for w in frame.words):
        return "page"
    if HISTORY.search(raw) and short:
        return "history"
    acts = any(finite(frame.words, i) for i in range(len(frame.words)))
    if position <= 6 and short and GREETING.match(head) and len(frame.words) <= 16 and not (acts and head.startswith("a")):
        return "greeting"
    if (position <= 5 or position >= total - 3) and short and not any(w.verb("fc") for w in frame.words) and ADDRESS.search(raw):
        return "address"
    if position >= total / 2 and CLOSING.match(head) and len(frame.words) <= 45:
        return "closing"
    return ""


def _signs(frame: Frame) -> bool:
    """Names and titles under a closing: few words, half of them with a capital, nobody who acts."""
    said = [w for w in frame.words if not w.is_mark]
    capitals = sum(w.raw[0].isupper() for w in said)
    return len(said) <= 25 and not any(w.verb("fc") for w in said) and (capitals >= 0.4 * len(said) or len(said) <= 4)


def _heading(raw: str, frame: Frame, *, is_last: bool) -> bool:
    words = [w for w in frame.words if not w.is_mark]
    if is_last or not words or len(words) > 16 or frame.quoted:
        return False
    if raw.startswith("#"):
        return True
    if "\n" in raw and GENERIC.match(frame.folded):
        return False  # « SUJET : … POSITION : … » answers, it does not announce
    if {"oui", "non", "c'", "j'", "je"} & {w.folded for w in words}:
        return False
    ends = raw.rstrip("*_ ")[-1:]
    return ends not in ".!;,…" and not any(w.verb("fc") for w in words) and len(words) <= 14


LABELLED = re.compile(r"[^.!?\n:=|\t]{3,80}?\s?(?::|=+>?|→|->|\||\t)(?=\s)")
TITLE = re.compile(r"[^\n]{3,70}[^\n.,;:…-](?=[ \t]*\n\s*[A-ZÀ-Ý0-9«\"(•☑☒✓–—-])")


def _lead(raw: str, frame: Frame, offset: int) -> tuple[list[Word], str]:
    """The words that announce the subject of a paragraph."""
    if frame.role == "heading":
        return frame.words, "heading"
    if subject := GENERIC.match(frame.folded):
        stop = offset + len(raw.split("\n", 1)[0])
        return [w for w in frame.words if offset + subject.end() <= w.start < stop], "label"
    label = LABELLED.match(raw)
    if label and len(label.group().split()) <= 9:
        return [w for w in frame.words if w.start < offset + label.end()], "label"
    title = TITLE.match(raw)
    if title and len(title.group().split()) <= 10 and "." not in title.group().rstrip("."):
        return [w for w in frame.words if w.start < offset + title.end()], "title"
    if OPENER.match(frame.folded):
        stop = next((w.end for w in frame.words[1:] if w.raw in ",.:;" or w.verb("f")), frame.words[-1].end)
        return [w for w in frame.words if w.end <= stop][:14], "opener"
    stop = next((w.end for w in frame.words if w.raw in (".", "!", "?", ":", ";")), frame.words[-1].end)
    return [w for w in frame.words if w.end <= stop][:24], "sentence"


def _echo(lemmas: list[set[str]], words: list[Word]) -> tuple[int, float, float]:
    """(question, share of these words found in it, share of it found in these words), the best question."""
    own = {w.lemma for w in content(words)}
    if len(own) < 3:
        return 0, 0.0, 0.0
    shares = [(len(own & q) / len(own), len(own & q) / max(1, len(q)), i + 1) for i, q in enumerate(lemmas)]
    share, cover, number = max(shares) if shares else (0.0, 0.0, 0)
    return number, share, cover


def _asks(text: str, start: int, end: int, words: list[Word]) -> bool:
    """A question by its mark, or words said to « vous »."""
    return text[start:end].rstrip(' *_»"').endswith("?") or any(a.persons == "5" for w in words for a in w.readings)


def by_sentence(text: str, frame: Frame) -> list[tuple[tuple[int, int], list[Word]]]:
    """The sentences of a paragraph with their words, in one pass."""
    starts = [w.start for w in frame.words]
    spans = sentences(text, frame.start, frame.end)
    return [(span, frame.words[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]) for span in spans]


def _mark_echo(text: str, frame: Frame, lemmas: list[set[str]]) -> None:
    number, share, cover = _echo(lemmas, frame.words)
    asks = _asks(text, frame.start, frame.end, frame.words)
    if frame.quoted and share >= 0.55 and cover >= 0.3:
        frame.role, frame.echo = "question", (number, share)
        return
    if share >= 0.8 and ((cover >= 0.8 and len(content(frame.words)) >= 8) or (cover >= 0.2 and (asks or frame.quoted))):
        frame.role, frame.echo = "question", (number, share)
        return
    size = 0
    for (start, end), words in by_sentence(text, frame):
        which, inside, covers = _echo(lemmas, words)
        if inside >= 0.8 and len(content(words)) >= 4 and covers >= 0.2 and _asks(text, start, end, words):
            frame.echoed.append((start, end))
            size += len(words)
            frame.echo = (which, size / len(frame.words))


def _number(frame: Frame, count: int) -> None:
    """What numbers this paragraph: at its head, else a question named in its course; and the number of a line, whatever it counts."""
    frame.numbers, frame.anchor = _anchor(frame.folded, count)
    mentions = () if frame.anchor == "named" else _mentions(frame.folded, count)
    if mentions and not frame.numbers:
        frame.numbers, frame.anchor = mentions, "named"
    else:
        frame.mentions = mentions
    if frame.anchor == "numbered" and (number := NUMBERED.match(frame.folded)):
        frame.item = int(number.group(1))


def frames(text: str, paragraphs: list[Paragraph], questions: list[str]) -> list[Frame]:
    """One frame per paragraph. ``questions`` are the wordings, in order."""
    lemmas = [{w.lemma for w in content(tokens(q))} for q in questions]
    result: list[Frame] = []
    ended, bare = False, not ACCENTED_A.search(text)
    numbered = measure_lines(flat(text))
    for position, paragraph in enumerate(paragraphs):
        words = _clean(text, tokens(text, paragraph.start, paragraph.end), bare=bare)
        if not words:
            continue
        raw = MARKS.sub("", text[paragraph.start : paragraph.end])
        offset = paragraph.end - len(raw)
        frame = Frame(paragraph.start, paragraph.end, words, fold(raw.translate(CIRCLED)), quoted=paragraph.quoted)
        _mark_echo(text, frame, lemmas)
        if not frame.role:
            frame.role = _role(frame, position, len(paragraphs), raw)
        if paragraph.role in ("header", "footer", "page"):
            frame.role = "page"
        if paragraph.quoted and frame.role != "question":
            frame.role = "history"
        if not frame.role and ended and _signs(frame):
            frame.role = "signature"
        ended = (ended or (frame.role == "closing" and len(words) <= 25)) and (frame.role != "" or len(words) <= 25)
        if not frame.role and _heading(raw, frame, is_last=position + 1 == len(paragraphs)):
            frame.role = "heading"
        counts = numbered.get(text.rfind("\n", 0, paragraph.start) + 1, "")
        if frame.role == "heading" and (counts or paragraph.line or (_follows(text, result, frame) and result[-1].item)):
            frame.role = ""  # one item of a list among others, not a heading
        _number(frame, len(questions))
        if counts:
            frame.numbers, frame.anchor, frame.measure = (), "", counts
        frame.lead, frame.lead_kind = _lead(raw, frame, offset)
        frame.continues = bool(CONTINUES.match(frame.folded))
        result.append(frame)
    _own_history(text, result)
    _free_items(text, result)
    _free_lesser(result)
    _free_programme(result, len(questions))
    return result


def _own_history(text: str, found: list[Frame]) -> None:
    """A mail that quotes its author's earlier answer, not the asker's letter: nobody asks there, and « je » or « nous » will do things."""
    quoted = [f for f in found if f.quoted]
    if not quoted or any(f.role == "question" for f in quoted):
        return
    asks = any("?" in text[f.start : f.end] for f in quoted)
    says = sum(1 for f in quoted for w in f.words if w.folded in ("je", "j'", "nous", "on"))
    acts = any(w.verb("f") for f in quoted for w in f.words)
    if not asks and acts and says >= 3:
        for frame in quoted:
            frame.role = ""


def _follows(text: str, before: list[Frame], frame: Frame) -> bool:
    """Whether a frame is the next line of the same block."""
    return bool(before) and text[before[-1].end : frame.start].count("\n") == 1


def _free_items(text: str, found: list[Frame]) -> None:
    """« Question 3 : trois choses : 1. … 2. … »: the lines under a numbered line that ends with a colon count something else."""
    is_owned = False
    for i, frame in enumerate(found):
        if is_owned and _follows(text, found[:i], frame) and frame.anchor in ("numbered", "letter", "roman"):
            frame.numbers, frame.anchor, frame.item = (), "", 0
            continue
        is_owned = bool(frame.numbers) and text[frame.start : frame.end].rstrip("*_ ").endswith(":")


def _free_lesser(found: list[Frame]) -> None:
    """« Question 2 : a) … b) … »: where two ways of counting meet, the questions are counted by the plainer, or by the first."""
    kinds: dict[str, set[int]] = {}
    for frame in found:
        for kind in (frame.anchor,) if frame.numbers and not frame.quoted else ():
            kinds.setdefault(kind, set()).update(frame.numbers)
    counting = [kind for kind in kinds if kind in ("numbered", "roman", "letter")]
    kept = {"named"} if len(kinds.get("named", ())) >= 2 else set(counting[:1])
    for frame in found:
        if frame.anchor in counting and frame.anchor not in kept:
            frame.numbers, frame.anchor, frame.item = (), "", 0


def _free_programme(found: list[Frame], count: int) -> None:
    """A series that counts further than the questions is a list of measures: its numbers name no question."""
    items = [f for f in found if f.item]
    rising = sum(b.item > a.item for a, b in pairwise(items))
    if len({f.item for f in items}) < count + 3 or rising < 0.8 * (len(items) - 1):
        return
    before = " ".join(f.folded for f in found if f.start < items[0].start)
    for frame in items:
        frame.numbers, frame.anchor = (), ""
        frame.measure = str(frame.item) if PROGRAMME.search(before) else ""
