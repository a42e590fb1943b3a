"""One invented letter, its facts changed from list to list, for every tool alike."""

from __future__ import annotations

from plaidoyer.campaigns.letters import blocks, plain, word_template, word_writer
from plaidoyer.campaigns.letters.filling import filled
from plaidoyer.campaigns.letters.values import Line, Value

QUESTIONS = [
    "Vous engagez-vous à ce que le CCAS domicilie toute personne sans domicile stable ayant un lien avec la commune ?",
    "Combien de logements sociaux ferez-vous construire pendant le mandat, dont combien en PLAI, et dans quels quartiers ?",
    "Quel sera le prix de la cantine pour une famille sous le seuil de pauvreté ?",
    "Quels lieux ouvrirez-vous le jour aux personnes qui vivent dehors, et avec quels moyens ?",
    "Comment associerez-vous les personnes concernées aux décisions du CCAS ?",
]


def facts(number: int) -> dict[str, Value]:
    """The ``number``-th list: another commune, another head, another address."""
    commune = f"Bourg-Fictif-{number}"
    return {
        "commune": commune,
        "a_commune": f"à {commune}",
        "de_commune": f"de {commune}",
        "departement": "Haute-Fiction",
        "civilite": "Madame la candidate",
        "destinataire": (Line(f"Madame Inès Carpentras {number}"), Line(f"tête de la liste « Liste {number} »")),
        "liste": f"Liste {number}",
        "tete_de_liste": f"Inès Carpentras {number}",
        "date": "9 février 2026",
        "date_limite": "vendredi 6 mars 2026 à 23 h 59",
        "annonce_publication": "Toutes les réponses reçues seront publiées mot pour mot, à la même minute, et communiquées à la presse.",
        "nombre_de_questions": "cinq questions",
        "questions": tuple(Line(text, f"{rank}.") for rank, text in enumerate(QUESTIONS, start=1)),
        "collectif": "Un toit à Bourg-Fictif",
        "organisations": "Secours de l’Ourse ; Habitat partagé ; La Table ouverte",
        "signataires": (Line("Amina Test\nprésidente, Secours de l’Ourse"), Line("Bruno Test\nbénévole, Habitat partagé")),
        "pieces_jointes": "Fiche logement",
        "lien_reponse": f"https://plaidoyer.example/repondre/{number:032x}",
        "lien_opposition": f"https://plaidoyer.example/opposition/{number:032x}",
        "responsable": "Un toit à Bourg-Fictif, bonjour@untoit.example",
        "source_adresse": "site de la liste",
    }


def template() -> word_template.WordTemplate:
    return word_template.compiled(as_word())


def as_word() -> bytes:
    return word_writer.written(blocks.paragraphs("letter", blocks.default_texts("letter")), "Lettre")


def set_blocks(ready: word_template.WordTemplate, number: int) -> list[dict[str, object]]:
    """The merged paragraphs with their looks: bold words, small print, indents, the note."""
    return list(filled(ready.sheet.blocks, facts(number)))


def words(ready: word_template.WordTemplate, number: int) -> list[str]:
    """The merged paragraphs, for the tools that set their own."""
    return plain.mail_text(ready.sheet, facts(number)).strip().split("\n\n")
