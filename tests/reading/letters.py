"""Short invented letters for the reader's tests: one questionnaire, one call, hand-written expectations."""

from __future__ import annotations

from plaidoyer.reading import Document, Question, Reading, Source, read

QUESTIONS = (
    Question("Q1", "Vous engagez-vous à construire 25 % de logements sociaux, dont un tiers de PLAI ?"),
    Question("Q2", "Vous engagez-vous à ce que le CCAS domicilie toute personne sans domicile stable qui en fait la demande ?"),
    Question("Q3", "Êtes-vous favorable à un repas de cantine à 1 € pour les familles les plus modestes ?"),
    Question("Q4", "Ouvrirez-vous un lieu d'accueil de nuit pour les personnes sans abri pendant l'hiver ?"),
)


def read_letter(text: str, questions: tuple[Question, ...] = QUESTIONS) -> Reading:
    reading = read(Document(text, Source("", "text/plain"), "txt"), questions)
    for commitment in reading.commitments:
        assert text[commitment.start : commitment.end] == commitment.quote
    return reading


def level_of(text: str, words: str) -> str:
    """The level of the commitment that holds these words; « nothing » when none does."""
    place = text.index(words)
    for commitment in read_letter(text).commitments:
        if commitment.start <= place < commitment.end:
            return commitment.level.value
    return "nothing"


def sure_quotes(text: str) -> list[str]:
    return [c.quote for c in read_letter(text).commitments if c.tier == "sure" and c.level != "past"]
