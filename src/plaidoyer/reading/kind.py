# ruff: noqa: E501, PLR0911 — one gate after the other, each with its evidence
"""What sort of paper this is. Doubtful papers are replies: the gate only closes on plain evidence."""

from __future__ import annotations

import re

from plaidoyer.reading.lexicon import fold
from plaidoyer.reading.skeleton import Frame
from plaidoyer.reading.types import Kind

AUTOMATIC = re.compile(
    r"\breponse automatique|\bmessage automatique|automatic reply|out of office|absente? du bureau|autoreply|accuse de reception automatique"
    r"|merci de ne pas repondre a ce (?:message|mail|courriel)|nous avons bien recu votre (?:message|demande|courriel) et .{0,60}(?:traite|repond)"
)
ASKER = re.compile(
    r"\b(?:vous etes|vous conduisez|vous avez fait connaitre|votre intention d'etre|vous vous presentez).{0,60}(?:candidat|liste|election)"
    r"|\bnous vous (?:soumettons|demandons de|invitons a (?:repondre|signer))|\b(?:vos|les) reponses (?:seront|recues)|\bvotre reponse avant le|\bnous publierons"
    r"|\binterpellation des candidat"
)
PLEDGE = re.compile(r"\b(?:contrat d'engagement|charte|pacte|serment|je soussigne|nous, soussignes)\b")
SIGNED = re.compile(r"\b(?:je soussignee?,? \w+ \w+|fait a \w[\w -]+,? le \d|lu et approuve|signature\s*:\s*\w{3,}|nom\s*:\s*[a-z]{3,})")
BOXES = re.compile(r"☐|□|\[ \]|_{5,}|\.{8,}|…{3,}")
TICKED = re.compile(r"☑|☒|✓|✔|\[[xX]\]|⊠")
REPORTED = re.compile(
    r"\b(?:a declare|a affirme|explique-t-(?:il|elle)|selon (?:le|la|les|l')|rapporte|a annonce|souligne-t-(?:il|elle)|redaction|journaliste|abonnes)\b"
)
CANDIDATE = re.compile(r"\b(?:vous|votre|vos|listes?|candidate?s?|programme|election\w*|electeurs?)\b")
UNNUMBERED = re.compile(r"engagement(?!s?\s*(?:n\s?°\s*)?\d)")  # « (engagement 9) » cites a programme
OURSELVES = re.compile(r"\b(?:je|j'|nous|on|notre|nos|mon|ma|mes)\b")


def kind(text: str, frames: list[Frame]) -> Kind:
    """The sort of paper, from its form and a few plain signs."""
    folded = fold(text)
    words = max(1, sum(len(f.words) for f in frames))
    asked = sum(len(f.words) for f in frames if f.role == "question" and not f.quoted)
    answers = [f for f in frames if f.role in ("", "heading") and f.words]
    said = " ".join(f.folded for f in answers)
    promises = sum(1 for f in answers for w in f.words if (v := w.verb("fc")) and set(v.persons) & set("14"))
    if len(folded) < 1500 and AUTOMATIC.search(folded):
        return Kind.AUTO_REPLY
    boxes, ticked = len(BOXES.findall(text)), len(TICKED.findall(text))
    if asked >= 0.25 * words and ticked >= 2:
        return Kind.FILLED_FORM
    after = _after_first_question(frames)
    greeted = any(f.role in ("greeting", "closing") for f in frames)
    if asked >= 0.3 * words and (boxes >= 2 or after < 6 or after < 0.02 * asked) and not promises and not ticked:
        return Kind.ASKER_LETTER if ASKER.search(folded) and boxes < 2 else Kind.BLANK_FORM
    if (
        PLEDGE.search(folded)
        and not promises
        and not greeted
        and folded.count("objectif") + len(UNNUMBERED.findall(folded)) >= 4
        and not re.search(r"\b(?:notre|votre) (?:liste|lettre|programme)", said)
    ):
        return Kind.PLEDGE if SIGNED.search(folded) or ticked else Kind.BLANK_FORM
    if len(ASKER.findall(said)) >= 2 and promises <= 1:
        return Kind.ASKER_LETTER
    ours = len(OURSELVES.findall(said))
    if words >= 150 and not greeted and not promises and not any(f.numbers for f in frames) and _reports(answers, said, ours, words):
        return Kind.ARTICLE
    if (
        words >= 300
        and not greeted
        and not asked
        and not re.search(r"\b(?:votre|vos|vous)\b", said)
        and len(re.findall(r"\b(?:mesure|proposition|action)\s*(?:n\s?°\s*)?\d", said)) >= 5
    ):
        return Kind.PROGRAMME
    return Kind.REPLY


def _reports(answers: list[Frame], said: str, ours: int, words: int) -> bool:
    """Prose about others: reporter's verbs, or full sentences without a « nous » and without a future of any person."""
    if ours > 0.006 * words:
        return False
    futures = sum(1 for f in answers for w in f.words if w.verb("f"))
    present = sum(1 for f in answers for w in f.words if w.verb("pm") and not w.has("N") and not w.has("A"))
    return bool(REPORTED.search(said)) or (not CANDIDATE.search(said) and futures <= words / 300 and present >= words / 70)


def _after_first_question(frames: list[Frame]) -> int:
    """Words said by somebody else than the asker once the questions have begun."""
    begun, count = False, 0
    for frame in frames:
        begun = begun or (frame.role == "question" and not frame.quoted)
        if begun and frame.role in ("", "heading"):
            count += sum(not w.is_mark for w in frame.words)
    return count


SILENT = frozenset({Kind.BLANK_FORM, Kind.ASKER_LETTER, Kind.AUTO_REPLY, Kind.ARTICLE})
SENTENCES = {
    Kind.BLANK_FORM: "Ce document semble être un formulaire vierge : personne ne s'y engage.",
    Kind.ASKER_LETTER: "Ce document semble être la lettre du collectif, non une réponse.",
    Kind.AUTO_REPLY: "Ce message semble être une réponse automatique.",
    Kind.ARTICLE: "Ce document semble être un article : ses phrases ne sont pas attribuées à la liste.",
    Kind.PLEDGE: "Ce document semble être une charte signée : enregistrez plutôt une signature.",
    Kind.PROGRAMME: "Ce document semble être un programme, non une réponse à vos questions.",
    Kind.FILLED_FORM: "Ce document semble être le questionnaire rempli : les cases cochées sont à lire à l'œil.",
}
