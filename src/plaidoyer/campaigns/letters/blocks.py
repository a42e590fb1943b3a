# ruff: noqa: E501  the lines are sentences of a letter
"""The letter as it is typed in the browser: blocks in a fixed order, each with a complete text to begin with.

Blank lines part paragraphs; a line that begins with a hyphen is an item of a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plaidoyer.campaigns.letters.fields import MARK, Problem, named, problems_in


@dataclass(frozen=True, slots=True)
class Block:
    key: str
    label: str
    style: str
    text: str
    rows: int = 3
    help_text: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``note`` becomes a footnote at its end."""

    style: str
    text: str
    note: str = ""


LETTER = (
    Block("head", "En-tête", "head", "{{ collectif }}", 2, "Le nom de votre collectif, une adresse. Il paraît en haut de la première page."),
    Block("date", "Lieu et date", "date", "{{ commune }}, le {{ date }}", 1),
    Block("recipient", "Destinataire", "address", "{{ destinataire }}", 1),
    Block("object", "Objet", "object", "Objet : {{ nombre_de_questions }} aux listes candidates {{ a_commune }}", 1),
    Block("greeting", "Formule d’appel", "greeting", "{{ civilite }},", 1),
    Block(
        "opening",
        "Qui écrit, et pourquoi",
        "body",
        "{{ collectif }} réunit des associations qui accompagnent, {{ a_commune }} et alentour, des personnes à qui manquent un logement, un "
        "revenu, un droit. Nous ne soutenons aucune liste. Nous posons les mêmes questions à toutes, le même jour, et nous donnons à toutes la "
        "même place.\n\n"
        "Une commune ne peut pas tout. Elle peut pourtant beaucoup : loger, domicilier, nourrir les enfants de ses écoles, ouvrir ses guichets. "
        "Avant de voter, les habitants {{ de_commune }} voudront savoir ce que chacune et chacun compte y faire.",
        9,
        "Avec le nom des organisations membres en note de bas de page.",
    ),
    Block(
        "members",
        "Note : les organisations membres",
        "note",
        "Organisations membres : {{ organisations }}.",
        2,
        "Note de bas de page du premier paragraphe. Vide : pas de note.",
    ),
    Block(
        "local",
        "Paragraphe local",
        "body",
        "{{ paragraphe_local }}\n\n{{ fiche_communale }}",
        3,
        "Ce que chaque commune ajoute. Il disparaît là où il n’y en a pas.",
    ),
    Block("lead", "Annonce des questions", "body", "Voici {{ nombre_de_questions }} auxquelles nous vous demandons de répondre :", 2),
    Block("questions", "Questions", "questions", "{{ questions }}", 1, "Elles viennent de la page Questions, dans les mots de chaque commune."),
    Block(
        "deadline",
        "Délai",
        "body",
        "Nous vous remercions de nous répondre par écrit **avant le {{ date_limite }}**, point par point si vous le pouvez, à cette adresse : "
        "{{ lien_reponse }}. Vous pouvez aussi répondre par courriel ou par courrier, et corriger votre réponse jusqu’à cette heure. Une réponse qui arrive "
        "plus tard sera publiée aussi, avec sa date.",
        5,
    ),
    Block("publication", "Ce qui sera publié", "body", "{{ annonce_publication }}", 3),
    Block(
        "meeting",
        "Offre de rencontre",
        "body",
        "Nous serions heureux d’en parler de vive voix avec vous et avec des personnes concernées. Dites-nous quel jour vous conviendrait ; nous le proposons à "
        "toutes les listes.",
        3,
    ),
    Block("closing", "Formule de politesse", "body", "Nous vous prions d’agréer, {{ civilite }}, l’expression de notre considération.", 2),
    Block("signatories", "Signataires", "signature", "{{ signataires }}", 1),
    Block("attachments", "Pièces jointes", "small", "Pièces jointes : {{ pieces_jointes }}", 1, "La ligne disparaît quand il n’y en a pas."),
    Block(
        "data",
        "Vos données",
        "small",
        "Vos données. Responsable du traitement : {{ responsable }}. Nous vous écrivons pour comparer publiquement les réponses des listes, puis en "
        "suivre les engagements ; c’est notre intérêt légitime et celui des électeurs. Votre adresse vient de cette source : {{ source_adresse }} ; elle ne "
        "sera ni publiée ni transmise, et sera effacée trois mois après que l’élection sera définitive. Votre réponse est publique : elle est conservée avec "
        "ses versions et sa date. Vous pouvez demander l’accès à vos données, leur rectification, leur effacement quand la loi le prévoit, et vous opposer à ce que nous vous écrivions : "
        "{{ lien_opposition }}. S’y opposer n’est pas refuser de répondre, et ne sera jamais présenté ainsi. Réclamation : CNIL, www.cnil.fr.",
        9,
        "Les mentions que le règlement européen demande dans un premier courrier.",
    ),
)

REMINDER = (
    LETTER[0],
    LETTER[1],
    LETTER[2],
    Block("object", "Objet", "object", "Objet : rappel, {{ nombre_de_questions }} aux listes candidates {{ a_commune }}", 1),
    LETTER[4],
    Block(
        "opening",
        "Rappel",
        "body",
        "Le {{ date_lettre }}, nous vous avons écrit, comme à toutes les listes {{ de_commune }}. Nous n’avons pas encore reçu votre réponse ; peut-être "
        "est-elle en route, et alors ce message est sans objet.\n\n"
        "Il est encore temps de répondre, **avant le {{ date_limite }}** : {{ lien_reponse }}",
        6,
    ),
    Block("questions", "Questions", "questions", "{{ questions }}", 1, "Les mêmes, mot pour mot, que dans la lettre."),
    Block("publication", "Ce qui sera publié", "body", "{{ annonce_publication }}", 3),
    Block("closing", "Formule de politesse", "body", "Nous vous prions d’agréer, {{ civilite }}, l’expression de notre considération.", 2),
    Block("signatories", "Signataires", "signature", "{{ signataires }}", 1),
    Block(
        "data",
        "Vos données",
        "small",
        "Ce rappel est envoyé le même jour, dans les mêmes termes, à toutes les listes qui n’ont pas répondu. Pour ne plus recevoir nos messages : "
        "{{ lien_opposition }}. Ce ne sera pas présenté comme un refus de répondre.",
        3,
    ),
)

BLOCKS = {"letter": LETTER, "reminder": REMINDER}
LONGEST = 6_000


def default_texts(kind: str) -> dict[str, str]:
    return {block.key: block.text for block in BLOCKS[kind]}


def problems(kind: str, texts: Mapping[str, str]) -> list[Problem]:
    """Every block is looked at, so that all is named at once."""
    found = []
    for block in BLOCKS[kind]:
        for number, text in enumerate(split(texts.get(block.key, "")), start=1):
            found += problems_in(text, f"bloc « {block.label} », paragraphe {number}")
        if len(texts.get(block.key, "")) > LONGEST:
            found.append(Problem(f"bloc « {block.label} »", f"ce texte dépasse {LONGEST} caractères : une lettre se lit en deux pages."))
    return found


def split(text: str) -> list[str]:
    """Paragraphs, and the items of lists one by one; lines of one paragraph stay together."""
    found: list[str] = []
    for chunk in text.replace("\r", "").split("\n\n"):
        for line in chunk.strip().split("\n"):
            if not line.strip():
                continue
            if is_item(line) or not found or line is chunk.strip().split("\n")[0] or is_item(found[-1]):
                found.append(line.strip())
            else:
                found[-1] += "\n" + line.strip()
    return found


def is_item(line: str) -> bool:
    return line.lstrip().startswith(("- ", "– ", "• "))


def paragraphs(kind: str, texts: Mapping[str, str]) -> Iterator[Paragraph]:
    """In the order of the letter. The note hangs on the first paragraph of the opening."""
    note = texts.get("members", "").strip()
    for block in BLOCKS[kind]:
        if block.style == "note":
            continue
        for text in split(texts.get(block.key, "")):
            style, said = ("item", text.lstrip()[2:].strip()) if is_item(text) else (block.style, text)
            yield Paragraph(style, said, note if block.key == "opening" else "")
            note = "" if block.key == "opening" else note


def fields_in(text: str) -> frozenset[str]:
    return frozenset(name for found in MARK.finditer(text) if (name := named(found[1])))
