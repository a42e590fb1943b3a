"""The text of a campaign's letters: the version in force, made ready to be merged, and what a reader would miss in it."""

from __future__ import annotations

import functools

from plaidoyer.campaigns.letter_models import LetterKind, LetterTemplate
from plaidoyer.campaigns.letters import blocks, word_template, word_writer
from plaidoyer.campaigns.letters.word_template import WordTemplate
from plaidoyer.campaigns.models import Campaign

# What each letter must say for equal treatment to be real (domain dossier, 1.7 and 2.3), and how to say it.
EXPECTED = {
    "questions": "Les questions ne sont pas dans la lettre : ajoutez {{ questions }}.",
    "date_limite": "La lettre ne dit pas jusqu’à quand répondre : ajoutez {{ date_limite }}.",
    "lien_reponse": "La lettre ne dit pas où répondre : ajoutez {{ lien_reponse }}.",
    "lien_opposition": "La lettre ne dit pas comment ne plus recevoir vos messages : ajoutez {{ lien_opposition }}.",
    "signataires": "La lettre n’est pas signée : ajoutez {{ signataires }}.",
}


def text_in_force(campaign: Campaign, kind: str) -> LetterTemplate:
    """The last version; before any, an unsaved one with the default text and what the campaign page already holds."""
    found = campaign.letter_templates.filter(kind=kind).order_by("-version").first()
    return found or LetterTemplate(campaign=campaign, kind=kind, texts=first_texts(campaign, kind))


def first_texts(campaign: Campaign, kind: str) -> dict[str, str]:
    texts = blocks.default_texts(kind)
    if kind == LetterKind.LETTER and campaign.letter_opening.strip():
        texts["opening"] = campaign.letter_opening.strip()
    if kind == LetterKind.LETTER and campaign.letter_closing.strip():
        texts |= {"publication": campaign.letter_closing.strip(), "meeting": ""}
    return texts


def ready(template: LetterTemplate, *, has_members: bool) -> WordTemplate:
    """Compiled once per version and process: a version never changes."""
    if not template.pk:
        return from_blocks(template.kind, template.texts, has_members=has_members)
    return compiled_version(template.pk, template.written_at.isoformat(), has_members)


@functools.lru_cache(maxsize=32)
def compiled_version(pk: int, _written_at: str, has_members: bool) -> WordTemplate:  # noqa: FBT001  lru_cache wants plain arguments
    template = LetterTemplate.objects.get(pk=pk)
    if template.file:
        with template.file.open("rb") as file:
            return word_template.compiled(file.read())
    return from_blocks(template.kind, template.texts, has_members=has_members)


def from_blocks(kind: str, texts: dict[str, str], *, has_members: bool) -> WordTemplate:
    return word_template.compiled(as_word(kind, texts, has_members=has_members))


def as_word(kind: str, texts: dict[str, str], *, has_members: bool = True) -> bytes:
    """The blocks as a Word file with its fields: what people download to go on in Word."""
    said = texts if has_members else texts | {"members": ""}
    return word_writer.written(blocks.paragraphs(kind, said), LetterKind(kind).label.capitalize())


def advice(used: frozenset[str], kind: str) -> list[str]:
    """What a letter should say and does not; nothing of it stops a sending."""
    needed = EXPECTED if kind == LetterKind.LETTER else {name: said for name, said in EXPECTED.items() if name != "questions"}
    return [said for name, said in needed.items() if name not in used]
