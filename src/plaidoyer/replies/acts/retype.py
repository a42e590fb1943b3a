"""What no machine can read, a person types. The original stays beside it."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.reading import types
from plaidoyer.replies.acts.receive import back_to_the_machine, read_later
from plaidoyer.replies.models import Extract, Original, Reply, TextOfRecord


def type_text(*, actor: User, reply: Reply, original: Original, text: str) -> TextOfRecord:
    """A new text of record, beside the one of the machine. ActRefusedError once somebody has kept words of the text before it."""
    require(actor, "review", reply.campaign.collective, reply.candidate_list.commune_id if reply.candidate_list else "")
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise ActRefusedError("Tapez le texte de la pièce avant d’enregistrer.")
    if not reply.parts.filter(original=original).exists():
        raise ActRefusedError("Cette pièce n’est pas dans cette réponse.")
    if Extract.objects.filter(text__original=original).exists():
        raise ActRefusedError("Des passages de cette pièce sont déjà gardés : retirez-les d’abord, puis tapez le nouveau texte.")
    with transaction.atomic():
        made = TextOfRecord.objects.create(
            original=original, maker=TextOfRecord.Maker.TYPED, state=types.State.READ.value, text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(), made_by=actor, made_at=timezone.now(),
        )  # fmt: skip
        back_to_the_machine(reply)
        journal.write(
            actor=actor, collective=reply.campaign.collective, verb="reply.typed", target=reply,
            sentence=f"Texte de la pièce « {original.name} » tapé à la main.",
            commune_code=reply.candidate_list.commune_id if reply.candidate_list else "", data={"sha256": made.sha256},
        )  # fmt: skip
    reply.refresh_from_db()
    read_later(reply)
    return made
