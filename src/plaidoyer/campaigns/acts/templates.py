"""The text of letters is written here. A faulty template is refused with every fault and its place; a text that has left is kept."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.letter_models import LetterKind, LetterTemplate
from plaidoyer.campaigns.letter_texts import text_in_force
from plaidoyer.campaigns.letters import blocks, word_template
from plaidoyer.campaigns.letters.fields import TemplateRefusedError
from plaidoyer.campaigns.models import Campaign


@transaction.atomic
def write_blocks(*, actor: User | None, campaign: Campaign, kind: str, texts: Mapping[str, str]) -> LetterTemplate:
    """The letter as typed. Raises ``TemplateRefusedError`` with every fault."""
    require(actor, "campaign", campaign.collective)
    kept = {block.key: texts.get(block.key, "").strip() for block in blocks.BLOCKS[kind]}
    if problems := blocks.problems(kind, kept):
        raise TemplateRefusedError(problems)
    if not any(kept.values()):
        raise ActRefusedError("La lettre est vide.")
    made = version_to_write(campaign, kind)
    made.texts, made.file, made.file_name = kept, "", ""
    return _written(actor, made, f"a écrit la {LetterKind(kind).label}")


@transaction.atomic
def upload_word(*, actor: User | None, campaign: Campaign, kind: str, name: str, content: bytes) -> LetterTemplate:
    """A Word file takes the place of the blocks, which stay as they were. Raises ``TemplateRefusedError`` with every fault."""
    require(actor, "campaign", campaign.collective)
    template = word_template.compiled(content)
    if not template.text.strip():
        raise ActRefusedError("Ce modèle ne contient aucun texte.")
    made = version_to_write(campaign, kind)
    made.file_name = name[-200:]
    made.file.save(f"{campaign.slug[:60]}-{kind}.docx", ContentFile(content), save=False)
    return _written(actor, made, f"a déposé un modèle Word pour la {LetterKind(kind).label} ({made.file_name})")


@transaction.atomic
def back_to_blocks(*, actor: User | None, campaign: Campaign, kind: str) -> LetterTemplate:
    require(actor, "campaign", campaign.collective)
    if not text_in_force(campaign, kind).file:
        raise ActRefusedError("La lettre est déjà celle des blocs.")
    made = version_to_write(campaign, kind)
    made.file, made.file_name = "", ""
    return _written(actor, made, f"est revenu(e) aux blocs pour la {LetterKind(kind).label}")


def version_to_write(campaign: Campaign, kind: str) -> LetterTemplate:
    """The version in force while nothing left with it; after that, the next one."""
    found = text_in_force(campaign, kind)
    if not found.pk:
        return found
    found = LetterTemplate.objects.select_for_update().get(pk=found.pk)
    if not found.waves.exclude(state="cancelled").exists():
        return found
    found.pk, found._state.adding = None, True
    found.version += 1
    return found


def _written(actor: User | None, template: LetterTemplate, did: str) -> LetterTemplate:
    template.written_at, template.written_by = timezone.now(), actor
    template.save()
    version = f" (version {template.version})" if template.version > 1 else ""
    journal.write(
        actor=actor,
        collective=template.campaign.collective,
        verb="letter.write",
        target=template,
        sentence=f"{journal.signature_of(actor)} {did}, « {template.campaign.name} »{version}.",
    )
    return template
