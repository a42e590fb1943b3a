# ruff: noqa: SIM905 — lists of words read better as words
"""Elementary clauses of a sentence: what can bind its author, or not, by itself.

A cut falls where a strong mark stands, or where a comma or a coordination is followed by a predicate of its own.
Cuts are generous: the chain that judges clauses can join a clause to the one before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from plaidoyer.reading.lexicon import Analysis, fold
from plaidoyer.reading.words import Word

CLITICS = frozenset("ne n' se s' me m' te t' y en l' le la les lui leur nous vous".split())
ALWAYS = frozenset("est sont ont sera seront serait doit peut faut va vont avons sommes suis ai etes avez etait fait font veut".split())
RELATIVES = frozenset("qui que qu' dont ou lequel laquelle lesquels lesquelles duquel auquel".split())
SUBORDINATORS = frozenset("si s' quand lorsque lorsqu' puisque puisqu' comme parce quoique tandis bien".split())
WITH_QUE = frozenset("pour afin sans avant apres des tant sauf alors pendant dès".split())
COORDINATORS = frozenset("et mais ou car donc puis or ni".split())
DETERMINERS = frozenset(
    """le la les l' un une des du d' de au aux ce cet cette ces mon ma mes ton son sa ses notre nos votre vos leur leurs chaque
    aucun aucune plusieurs tout toute tous toutes quelques quel quelle a en par sur sous dans pour sans vers chez entre""".split()
)
STRONG = frozenset(";:–—•·▪")
Span = tuple[int, int]
OPENERS = frozenset("la le les notre nos enfin ensuite".split())


@dataclass(slots=True)
class Clause:
    """A run of words of one sentence; ``verbs`` are the indexes of its finite verbs in ``words``."""

    words: list[Word]
    verbs: list[int] = field(default_factory=list)
    joint: str = ""  # the mark or word before it: "", ",", "et", ";", ":" …
    kind: str = "main"  # main, sub (relative or subordinate), bare (no finite verb)

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


AGREES = {"je": "1", "j'": "1", "tu": "2", "il": "3", "elle": "3", "on": "3", "nous": "4", "vous": "5", "ils": "6", "elles": "6"}
USUAL = frozenset(
    """rester demeurer passer baisser augmenter ouvrir fermer compter porter marcher monter aider travailler manquer commencer continuer
    viser ecouter accueillir gerer couter figurer suffire exister""".split()
)


def _pronoun_before(words: list[Word], i: int, persons: str) -> bool:
    """Whether a subject pronoun that agrees stands before the verb, over its clitics."""
    for k in range(i - 1, max(-1, i - 6), -1):
        name = words[k].folded
        if AGREES.get(name, "x") in persons or name in ("qui", "cela", "ca", "ceci", "c'"):
            return True
        if name not in CLITICS:
            return False
    return False


def finite(words: list[Word], i: int) -> Analysis | None:  # noqa: PLR0911 — one piece of evidence after the other
    """The finite reading of word ``i``, when its neighbours allow it to be a verb."""
    word = words[i]
    reading = next((a for mood in "fcpmsjy" for a in word.readings if a.part == "V" and a.mood == mood), None)
    if reading is None or word.is_mark:
        return None
    if word.folded == "a" and word.raw != "a":
        return None
    if reading.mood in "fc" or word.folded in ALWAYS:
        return reading
    persons = "".join(a.persons for a in word.readings if a.part == "V" and a.mood in "pmsj")
    if _pronoun_before(words, i, persons):
        return reading
    run = i - 1
    while run >= 0 and words[run].folded in CLITICS and run > i - 4:
        run -= 1
    if any(words[k].folded in ("ne", "n'", "se", "s'", "y", "me", "m'") for k in range(run + 1, i)):
        return reading
    if words[i - 1].folded in ("ce", "c'") and i and fold(reading.lemma) in ("etre", "devoir", "pouvoir"):
        return reading
    if reading.mood in "jy":
        return None
    return _beside_noun(words, i, reading)


def _beside_noun(words: list[Word], i: int, reading: Analysis) -> Analysis | None:
    """A form without a pronoun: sure when it can only be a verb, else judged by what stands around it."""
    word = words[i]
    previous = words[i - 1] if i else None
    if word.folded == "a":
        follows = words[i + 1 : i + 4]
        return reading if any(w.verb("q") for w in follows) or (previous is not None and previous.has("N") and bool(follows)) else None
    if (previous is not None and previous.folded in DETERMINERS) or word.folded in ("ce", "contre", "entre", "sous", "est", "lors"):
        return None
    ambiguous = any(a.part in "NADRB" or (a.part == "V" and a.mood == "q") for a in word.readings)
    if not ambiguous:
        return reading
    if previous is None or previous.is_mark or not (previous.has("N") or previous.folded == "pas"):
        return None
    return reading if _governs(words, i) or fold(reading.lemma) in USUAL else None


def _governs(words: list[Word], i: int) -> bool:
    """Whether an ambiguous form after a noun is followed by what a verb governs (a determiner, a preposition, an infinitive)."""
    if i + 1 >= len(words):
        return False
    after = words[i + 1]
    return after.folded in DETERMINERS or after.folded in ("pas", "plus", "que", "qu'") or after.verb("i") is not None


def _is_cut(words: list[Word], i: int) -> bool:
    """Whether word ``i`` may part two clauses."""
    word = words[i]
    if word.raw in STRONG:
        return not (word.raw == ":" and i and words[i - 1].raw.isdigit() and i + 1 < len(words) and words[i + 1].raw.isdigit())
    if word.raw == "-" and 0 < i < len(words) - 1:
        return words[i - 1].end < word.start and word.end < words[i + 1].start
    if word.raw == "," or (word.folded in COORDINATORS and i > 0 and word.raw.lower() != "où"):
        return True
    return bool(i) and i <= 3 and words[i - 1].folded in ("oui", "non") and not word.is_mark and any(finite(words, k) for k in range(i, len(words)))


def subordinate(words: list[Word], i: int) -> bool:
    """Whether word ``i`` opens a subordinate: « si », « quand », « dès que », « même si », « s'il »."""
    word, after = words[i], words[i + 1].folded if i + 1 < len(words) else ""
    if word.folded == "s'":
        return after in ("il", "ils")
    if word.folded == "meme":
        return after in ("si", "s'", "quand")
    if word.folded == "bien":
        return after in ("que", "qu'")
    return word.folded in SUBORDINATORS or (word.folded in WITH_QUE and after in ("que", "qu'"))


def relative(words: list[Word], i: int) -> bool:
    word = words[i]
    return word.raw.lower() == "où" if word.folded == "ou" else word.folded in RELATIVES


def _chunks(words: list[Word], cited: Sequence[Span]) -> list[tuple[str, list[int]]]:
    """Runs of word indexes between possible cuts, with the joint before each; brackets and citations are never cut."""
    runs: list[tuple[str, list[int]]] = []
    joint, depth = "", 0
    current: list[int] = []
    for i, word in enumerate(words):
        depth += word.raw == "("
        depth -= word.raw == ")" and depth > 0
        whole = any(start < word.start < end for start, end in cited)
        if depth == 0 and not whole and word.raw != ")" and _is_cut(words, i):
            if current:
                runs.append((joint, current))
            elif joint in ("et", "mais", ";", ":"):
                continue
            joint, current = word.folded, ([i] if word.folded in COORDINATORS else [])
        else:
            current.append(i)
    if current:
        runs.append((joint, current))
    return runs


def _leads(words: list[Word], start: int) -> bool:
    """Whether a run begins with a subordinator or a relative."""
    return subordinate(words, start) or relative(words, start)


def _across_asides(words: list[Word], runs: list[tuple[str, list[int]]]) -> list[tuple[str, list[int]]]:
    """The runs, with a subject sewn to its verb over what stands between them: an aside, or a relative of two verbs."""
    result: list[tuple[str, list[int]]] = []
    i = 0
    while i < len(runs):
        joint, run = runs[i]
        width = _sewn(words, runs[i : i + 3])
        result.append((joint, list(range(run[0], runs[i + width - 1][1][-1] + 1))))
        i += width
    return result


def _sewn(words: list[Word], runs: list[tuple[str, list[int]]]) -> int:
    """How many of these runs are one: « et chaque refus, s'il en reste, sera notifié » is three, « qui vend | ou loue sera invité » two."""
    (_, run), verbs = runs[0], [k for k in runs[0][1] if finite(words, k)]
    if len(runs) > 2 and not verbs and runs[1][0] == runs[2][0] == "," and _leads(words, runs[1][1][0]):
        after = runs[2][1]
        verb = next((k for k in after if finite(words, k)), None)
        if verb is not None and _begins_with_verb(words, after, verb) and any(words[k].has("N") for k in run):
            return 3
    if not verbs and (width := _subjects(words, runs)):
        return width
    if len(runs) > 1 and verbs and runs[1][0] in ("et", "ou") and not _own_verb(words, run, verbs):
        others = [k for k in runs[1][1] if finite(words, k)]
        if len(others) > 1 and others[0] == runs[1][1][0] + 1:
            return 2
    return 1


PLURAL = frozenset("les des nos vos leurs ces mes ses plusieurs quelques deux trois quatre cinq six nous ils elles".split())


def _subjects(words: list[Word], runs: list[tuple[str, list[int]]]) -> int:
    """How many runs are the subjects of one plural verb (« L'accueil et le quotient seront votés », « entre la place et la gare »), else 0."""
    if runs[0][0] not in ("", ".", ";", ":") or _leads(words, runs[0][1][0]):
        return 0
    for i, (joint, run) in enumerate(runs[1:], 1):
        verb = next((k for k in run if finite(words, k)), None)
        if verb is None and joint in (",", "et"):
            continue
        after = [k for k in run if not words[k].is_mark and words[k].folded not in COORDINATORS]
        reading = finite(words, verb) if verb is not None else None
        alone = bool(after) and words[after[0]].folded not in PLURAL and not relative(words, after[0]) and not subordinate(words, after[0])
        plural = reading is not None and ("6" in reading.persons or any(words[k].folded == "entre" for k in runs[0][1]))
        return i + 1 if joint == "et" and plural and alone and verb != after[0] else 0
    return 0


CLOSE = 2  # characters between a number and the end of its bracket
LONG_ENOUGH = 3  # words of an adjunct that may stand or fall by itself


def clauses(words: list[Word], cited: Sequence[Span] = ()) -> list[Clause]:
    """The clauses of one sentence, in order; every word but the cutting marks belongs to one.

    ``cited`` are the spans where numbered measures are named: none is cut, and what a second one opens
    stands by itself (« , la 7 une prime de 3 000 euros »).
    """
    merged: list[tuple[str, list[int]]] = []
    pending: tuple[str, list[int]] | None = None
    for mark, own in _across_asides(words, _chunks(words, cited)):
        joint, run = mark, own
        if pending is not None and _names_another(words, pending[1], own, cited):
            merged.append(pending)
            pending = None
        elif pending is not None:
            joint, run, pending = pending[0], list(range(pending[1][0], own[-1] + 1)), None
        verbs = [i for i in run if finite(words, i)]
        opens = not merged or joint in STRONG
        comma = run[-1] + 1 < len(words) and words[run[-1] + 1].raw == ","
        if opens and comma and (not verbs or subordinate(words, run[0])) and not _stands_alone(words, run):
            pending = (joint, run)
        elif merged and _belongs_before(words, joint, run, verbs) and not _names_another(words, merged[-1][1], run, cited):
            merged[-1] = (merged[-1][0], list(range(merged[-1][1][0], run[-1] + 1)))
        else:
            merged.append((joint, run))
    if pending is not None:
        merged.append(pending)
    return [_clause(words, joint, run) for joint, run in merged]


def _belongs_before(words: list[Word], joint: str, run: list[int], verbs: list[int]) -> bool:
    """A run that cannot stand by itself: a short adjunct, an item of a list, or a verb cut from its subject by a comma."""
    if joint in STRONG or joint == "":
        return False
    if verbs:
        if joint in ("et", "ou", "ni") and not _own_verb(words, run, verbs):
            return True
        return joint == "," and _begins_with_verb(words, run, verbs[0])
    size = sum(not words[i].is_mark for i in run)
    return (joint in COORDINATORS and words[run[0]].folded not in ("mais", "car")) or size < LONG_ENOUGH


def _names_another(words: list[Word], before: list[int], run: list[int], cited: Sequence[Span]) -> bool:
    """Whether a run that cites a measure of the programme stands by itself after one that cited another.

    It opens with its number, or the number before closed a bracket: « , la 7 une prime », « (mesure 12) et une bourse (mesure 13) ».
    """
    first, last = words[before[0]].start, words[before[-1]].end
    head = [i for i in run if not words[i].is_mark and words[i].folded not in COORDINATORS and words[i].folded not in OPENERS]
    earlier = [end for start, end in cited if first <= start <= last]
    if not head or not earlier or len(run) <= LONG_ENOUGH:
        return False
    opens = any(words[run[0]].start <= start <= words[head[0]].start for start, _ in cited)
    closed = words[before[-1]].raw in ")]" and last - earlier[-1] <= CLOSE
    return opens or (closed and any(words[head[0]].start < start <= words[run[-1]].end for start, _ in cited))


def _own_verb(words: list[Word], run: list[int], verbs: list[int]) -> bool:
    """Whether a run has a verb outside the relatives of its nouns (« et familiale dont ce sera le métier » has none)."""
    first = run[0] + (words[run[0]].folded in COORDINATORS)
    opened = [i for i in run if i > first and relative(words, i)]
    if not opened or opened[0] > verbs[0] or _leads(words, min(first, run[-1])):
        return True
    single = [v for v in verbs if words[v - 1].folded not in ("et", "ou")]  # « qui vend ou loue »: one relative, two verbs
    return len(single) > len(opened)


def _stands_alone(words: list[Word], run: list[int]) -> bool:
    return any(words[i].folded in ("oui", "non", "favorable", "favorables", "ok", "defavorable") for i in run[:4])


def _begins_with_verb(words: list[Word], run: list[int], verb: int) -> bool:
    """A run after a comma that opens on its verb: its subject stands before the comma (« la mesure 15, qui…, pourrait »)."""
    return all(words[i].folded in CLITICS for i in run if i < verb) and words[run[0]].folded not in ("nous", "vous")


def _clause(words: list[Word], joint: str, run: list[int]) -> Clause:
    own = [words[i] for i in range(run[0], run[-1] + 1)]
    verbs = [i - run[0] for i in range(run[0], run[-1] + 1) if finite(words, i)]
    skip = 1 if own[0].folded in COORDINATORS and len(own) > 1 else 0
    kind = "bare" if not verbs else "sub" if _leads(own, skip) else "main"
    return Clause(own, verbs, joint, kind)
