# ruff: noqa: SIM905 — lists of words read better as words
"""What can be seen of a clause: its verb (mood, person), its subject, its negation, the named signs, where it stands.

The clues are names; the learned head gives each a weight for each level. Nothing is decided here.
"""

from __future__ import annotations

import functools
import pathlib
import re
import tomllib
from collections.abc import Sequence
from itertools import pairwise

from plaidoyer.reading.actors import TOWN, opens
from plaidoyer.reading.actors import subject as who
from plaidoyer.reading.clauses import DETERMINERS, Clause, Span, clauses, finite
from plaidoyer.reading.company import Candidate, in_company
from plaidoyer.reading.layout import bulk, lines, placing, quoting, settings, tone
from plaidoyer.reading.lexicon import fold
from plaidoyer.reading.measures import citations
from plaidoyer.reading.rules import ASKS_FIRM, ASKS_OPINION, fired, flatten
from plaidoyer.reading.skeleton import MARKS, Frame, by_sentence
from plaidoyer.reading.types import Question
from plaidoyer.reading.words import Word, content, tokens

__all__ = ["Candidate", "candidates"]
SKIPPED = ("page", "history", "question", "greeting", "address", "signature")
BULLET = re.compile(r"\s*(?:[-–—•·‣▪◦*✓✔☑👉➡→]|\d{1,2}[.)])\s")
NEGATIONS = frozenset("pas plus jamais rien aucun aucune ni guere nullement".split())
ADVERBS = frozenset("deja toujours encore bientot ensuite enfin surtout seulement egalement aussi".split())


@functools.cache
def _kinds() -> dict[str, str]:
    """The kind of act that each verb names (lexicon/verbs.toml)."""
    table = tomllib.loads(pathlib.Path(__file__).with_name("lexicon").joinpath("verbs.toml").read_text(encoding="utf-8"))
    return {verb: kind for kind, verbs in table.items() for verb in verbs.split()}


SUFFIXES = ("tion", "sion", "ment", "age", "ure", "ance", "ence", "ien", "ite", "te", "eur", "isme")


def _suffix(word: Word) -> str:
    """The ending that makes a noun of a verb (« création », « maintien », « doublement »)."""
    single = word.lemma
    return next((s for s in SUFFIXES if single.endswith(s) and len(single) > len(s) + 2), "other") if word.has("N") else "none"


def _main(clause: Clause) -> int | None:
    """The index of the verb that carries the clause: the first one that is not inside a relative or a subordinate."""
    inside = False
    for i in range(len(clause.words)):
        if i in clause.verbs:
            if not inside:
                return i
            inside = False
        elif opens(clause.words, i):
            inside = True
    return clause.verbs[0] if clause.verbs else None


def _participle(words: list[Word], verb: int) -> Word | None:
    after = words[verb + 1 : verb + 8]
    for i, word in enumerate(after):
        if word.folded == "d'" and i + 1 < len(after) and after[i + 1].folded in ("ailleurs", "abord", "ores", "emblee"):
            continue  # « j'ai d'ailleurs écrit »
        if word.is_mark and word.raw not in "*_":
            return None
        if word.verb("q") and word.folded not in NEGATIONS and word.folded not in ADVERBS:
            return word
        if word.verb("i") or (word.folded in DETERMINERS and word.folded not in ("tous", "tout", "en")):
            return None
    return None


def _tense(words: list[Word], verb: int) -> tuple[str, str, str]:
    """(tense name, person, lemma of the verb that carries the sense)."""
    reading = finite(words, verb)
    if reading is None:
        return "none", "", ""
    past = _participle(words, verb) if reading.lemma in ("être", "avoir") else None
    lemma = fold(reading.lemma)
    if past is not None:
        return f"{lemma}+pp:{reading.mood}", reading.persons, past.lemma
    follower = next((w for w in words[verb + 1 : verb + 6] if w.verb("i")), None)
    if lemma == "aller" and reading.mood == "p" and follower is not None:
        return "f", reading.persons, follower.lemma
    return reading.mood, reading.persons, lemma


def _verbless(clause: Clause, folded: str, *, denied: bool) -> list[str]:
    """A clause without a finite verb: what its first word is, and whether something is denied."""
    words = clause.words
    head = next((w for w in words if not w.is_mark), words[0])
    part = "i" if head.verb("i") else "N" if head.has("N") else "A" if head.has("A") or head.verb("q") else "D" if head.has("D") else "x"
    joint = f"joint:{clause.joint}"
    clues = ["verbless", f"verbless:{part}", f"first:{head.folded}", f"verbless:{part}+{joint}", f"{joint}+first:{head.folded}"]
    if any(w.verb("g") and not w.has("A") and not w.has("N") for w in words):
        clues.append("verbless:participle")
    clues.append(f"head:{_suffix(head)}")
    if head.folded in DETERMINERS and sum(not w.is_mark for w in words) <= 4 and not any(w.raw[0].isdigit() for w in words):
        clues.append("names")  # « Les locaux. », « Le numérique. »: a subject, not a promise
    if infinitive := head.verb("i"):
        clues.append(f"act:{_kinds().get(fold(infinitive.lemma), 'other')}:i")
    return clues + (["verbless:denied"] if denied or "non" in folded.split() else [])


def _verbal(clause: Clause, folded: str) -> list[str]:
    """The verb that carries the clause, its subject, its negation, what it governs."""
    words, main = clause.words, _main(clause)
    denied = sorted(NEGATIONS & {w.folded for w in words})
    if main is None:
        return _verbless(clause, folded, denied=bool(denied))
    particle = any(w.folded in ("ne", "n'") for w in words)
    no = "neg" if (particle and denied) else "aff"
    tense, persons, lemma = _tense(words, main)
    subject = who(words, main, persons)
    if subject == "elle" and any(w.folded in TOWN for w in words[:main]):
        subject = "town"
    clues = [f"tense:{tense}", f"subject:{subject}", f"{subject}+{tense}", f"{no}+{tense}", f"{subject}+{tense}+{no}", f"lemma:{lemma}"]
    clues += [f"lemma:{lemma}:{tense.split(':')[0]}:{no}", f"joint:{clause.joint}+subject:{subject}", f"kind:{clause.kind}+joint:{clause.joint}"]
    clues += [f"person:{p}:{tense}" for p in persons]
    clues += [f"denied:{d}:{tense}" for d in denied if particle] + ([f"denied:{no}"] if denied else [])
    if any(w.folded in ("se", "s'") for w in words[max(0, main - 3) : main]):
        clues.append(f"reflexive:{subject}:{tense}")  # « le bourg se videra »: nobody does it
    act = _kinds().get(lemma, "other")
    clues += [f"act:{act}", f"act:{act}:{tense}", f"act:{act}:{tense}:{subject}", f"act:{act}:{tense}:{no}"]
    governed = next((w for w in words[main + 1 : main + 8] if w.verb("i") and not w.has("N")), None)
    if governed is not None and (infinitive := governed.verb("i")):
        kind = _kinds().get(fold(infinitive.lemma), "other")
        clues += ["governs", f"governs:{lemma}", f"act:{act}>{kind}", f"act:{act}>{kind}:{subject}"]
    return [*clues, "verbs:many"] if len(clause.verbs) > 1 else clues


def _standing(text: str, clause: Clause, frame: Frame, sentence: tuple[int, int], order: int) -> list[str]:
    start, end = sentence
    opens = clause.start == frame.start
    clues = [f"joint:{clause.joint}", f"kind:{clause.kind}", f"role:{frame.role or 'prose'}", f"lead:{frame.lead_kind}" if opens else "lead:no"]
    clues += quoting(text[frame.start : clause.start], text[clause.start]) + tone(text[start:end], order)
    if BULLET.match(text, start) or (start and BULLET.match(text, text.rfind("\n", 0, start) + 1)):
        clues.append("bullet")
    if frame.lead and frame.lead_kind != "sentence" and clause.end <= frame.lead[-1].end + 2:
        clues += ["announces", f"announces:{frame.lead_kind}"]
    if start - frame.start < 12:
        clues.append("opens-paragraph")
    return clues + bulk(text, clause)


def _asked(questions: list[Question]) -> list[str]:
    clues = []
    for question in questions:
        folded = fold(question.text)
        if ASKS_FIRM.search(folded):
            clues.append("asked:act")
        if ASKS_OPINION.search(folded):
            clues.append("asked:opinion")
    return clues or ["asked:none"]


@functools.lru_cache(maxsize=256)
def _stems(text: str) -> frozenset[str]:
    return frozenset(w.lemma[:5] for w in content(tokens(text)))


@functools.lru_cache(maxsize=256)
def _verbs_of(text: str) -> frozenset[str]:
    found = frozenset(fold(a.lemma) for w in tokens(text) for a in w.readings if a.part == "V")
    return found - {"etre", "avoir", "pouvoir", "devoir", "vouloir", "souhaiter", "savoir", "falloir"}


def _asked_verbs(asked: list[Question]) -> set[str]:
    return {lemma for q in asked for lemma in _verbs_of(q.text)}


def _verbs(clause: Clause) -> set[str]:
    """The verbs of a clause: its finite ones, and what they govern."""
    near = {i + k for i in clause.verbs for k in range(5)}
    return {fold(a.lemma) for i in near if i < len(clause.words) for a in clause.words[i].readings if a.part == "V" and a.mood in "ifqp"}


def _clues(text: str, clause: Clause, frame: Frame, sentence: tuple[int, int], order: int, asked: list[Question]) -> tuple[list[str], list[str]]:
    folded = flatten(text[clause.start : clause.end])
    rules = fired(MARKS.sub("", folded))
    asked_stems = {stem for q in asked for stem in _stems(q.text)}
    own = content(clause.words)
    common = sum(w.lemma[:5] in asked_stems for w in own) / max(1, len(own))
    near = "near:" + ("no" if common < 0.1 else "some" if common < 0.4 else "much")
    clues = [f"rule:{r}" for r in rules] + _verbal(clause, folded) + _standing(text, clause, frame, sentence, order)
    clues += ["answers" if asked else "aside", near]
    if any(c.startswith("neg+") for c in clues) and _asked_verbs(asked) & _verbs(clause):
        clues.append("denies-asked")
    clues += [f"{near}+{c}" for c in clues if c.startswith("neg+")] + [
        f"{near}+rule:{r}" for r in rules if r in ("ne-fera-pas", "pas-de", "impossible", "nuire")
    ]
    bare = "verbless" in clues
    clues += [f"{c}+{'answers' if asked else 'aside'}" for c in clues if c.startswith(("verbless", "tense:", "rule:"))]
    if bare:
        clues += [f"{c}+verbless" for c in clues if c in ("bullet", "digits", "first", "opens-paragraph", "kind:bare")]
        clues += [f"{c}+joint{clause.joint}" for c in ("verbless",)]
        clues += [f"{r}+verbless" for r in (f"rule:{x}" for x in rules)]
    tense = next((c for c in clues if c.startswith("tense:")), "")
    subject = next((c for c in clues if c.startswith("subject:")), "")
    clues += [f"rule:{r}+{tense}" for r in rules if tense]
    clues += [f"rule:{r}+{subject}" for r in rules if subject]
    clues += [f"rule:{a}+rule:{b}" for i, a in enumerate(rules) for b in rules[i + 1 :]]
    if "oui" in rules or "favorable" in rules:
        clues += [f"yes+{c}" for c in _asked(asked)]
    first = next((w.folded for w in clause.words if not w.is_mark), "")
    said = [w for w in clause.words if not w.is_mark]
    clues += [f"w:{w.lemma}" for w in said] + [f"w:{a.folded}_{b.folded}" for a, b in pairwise(said)]
    return [*clues, f"opening:{first}"], rules


def _under(clause: Clause, clues: list[str], heading: list[str]) -> list[str]:
    """What a heading or an introduction (« Ce que nous ferons : ») says of the items below it."""
    if "bullet" in clues or "verbless" in clues or clause.kind == "bare":
        return [f"under:{h}" for h in heading]
    return []


def _placed(clues: list[str], place: list[str]) -> list[str]:
    """The clues of place, alone and with what the clause is: a verbless line, a present, a future."""
    what = "verbless" if "verbless" in clues else next((c for c in clues if c.startswith("tense:")), "tense:no")
    return [*place, *(f"{p}+{what}" for p in place)]


OPENING = 12  # characters before the number of a measure with which a clause still opens (« et la 31 finance… », « notre mesure 12 »)


def _cited(text: str, clause: Clause, begins: int) -> list[str]:
    """Whether the author's own programme is cited by number, here and before in the same sentence, which ``begins`` there."""
    cited = citations(text)
    before = any(begins <= c.start < clause.start for c in cited)
    here = [c for c in cited if clause.start <= c.start < clause.end]
    if not here:
        return ["cited-before"] if before else []
    opens = ["cites-first"] if here[0].start - clause.start <= OPENING else []
    return ["cites", *opens, *(["cites-again"] if before else [])]


def _introduces(text: str, span: tuple[int, int], frame: Frame, found: list[Candidate]) -> list[str] | None:
    """The signs of a sentence that announces what follows: a heading, or words that end with a colon before a line end."""
    closing = text[span[0] : span[1]].rstrip(" *_")
    if not (closing.endswith(":") or frame.role == "heading"):
        return None
    own = [c for x in found if x.sentence == span for c in x.clues if c.startswith(("rule:", "tense:", "denied:")) and "+" not in c]
    return list(dict.fromkeys(own))


def _without_number(words: list[Word], frame: Frame, span: tuple[int, int]) -> list[Word]:
    """The words without the number of the question at the head of a paragraph (« 2. Oui »)."""
    if frame.anchor not in ("numbered", "roman", "letter") or span[0] - frame.start > 12:
        return words
    mark = next((i for i, w in enumerate(words[:4]) if w.is_mark and i), None)
    return words[mark + 1 :] if mark is not None and len(words) > mark + 1 else words


def _by_line(text: str, words: list[Word], cited: Sequence[Span]) -> list[Clause]:
    """The clauses of a sentence; a line that its author began on purpose begins a clause, but none begins inside « n° 60 »."""
    result: list[Clause] = []
    for line in lines(text, words, cited):
        own = clauses(line, cited)
        if result and own:
            own[0].joint = "line"
        result += own
    return result


def candidates(text: str, frames: list[Frame], answered: list[tuple[str, ...]], questions: list[Question]) -> list[Candidate]:
    """Every clause of the letter that may bind its author; ``answered`` holds the questions of each frame."""
    by_code = {q.code: q for q in questions}
    settled = settings(text, frames, answered)
    cited = [(c.start, c.end) for c in citations(text)]
    result: list[Candidate] = []
    heading: list[str] = []
    for number, (frame, codes) in enumerate(zip(frames, answered, strict=True)):
        if frame.role in SKIPPED:
            continue
        asked = [by_code[c] for c in codes]
        for span, own in by_sentence(text, frame):
            if span in frame.echoed:
                continue
            words = _without_number(own, frame, span)
            for order, clause in enumerate(_by_line(text, words, cited)):
                clues, rules = _clues(text, clause, frame, span, order, asked)
                clues += _under(clause, clues, heading) + _cited(text, clause, span[0]) + (["cites", "item"] if frame.measure else [])
                clues += _placed(clues, placing(text, frame, settled[number], span, (clause.start, clause.end)))
                result.append(Candidate(clause, ["bias", *dict.fromkeys(clues)], rules, order == 0, number, span, _asked(asked)))
            said = _introduces(text, span, frame, result[-8:])
            heading = said if said is not None else heading
    return in_company(result)
