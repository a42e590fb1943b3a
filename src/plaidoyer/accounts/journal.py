"""Writing and checking the journal. Every act calls ``write`` inside its own transaction."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from plaidoyer.accounts.journal_models import JournalEntry, JournalHead

if TYPE_CHECKING:
    from plaidoyer.accounts.models import Collective, User

MACHINE = "Plaidoyer"  # the actor's name when no person acts: an import, a scheduled task


def write(
    *,
    actor: User | None,
    collective: Collective | None,
    verb: str,
    sentence: str,
    target: models.Model | None = None,
    commune_code: str = "",
    data: dict[str, Any] | None = None,
) -> JournalEntry:
    """Add one sealed line. Must run inside the transaction of the act that it tells about: both last, or neither."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A journal line is written inside the transaction of its act.")
    chain = chain_of(collective)
    JournalHead.objects.get_or_create(chain=chain)
    head = JournalHead.objects.select_for_update().get(chain=chain)
    entry = JournalEntry(
        collective=collective,
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=actor,
        actor_name=signature_of(actor),
        verb=verb,
        sentence=sentence,
        target_type=target._meta.label_lower if target else "",
        target_id=str(target.pk) if target else "",
        commune_code=commune_code,
        data=data or {},
        previous_seal=head.seal,
    )
    entry.seal = seal_of(entry)
    entry.save(force_insert=True)
    JournalHead.objects.filter(pk=head.pk).update(sequence=entry.sequence, seal=entry.seal)
    return entry


def signature_of(actor: User | None) -> str:
    """Under which name an act stands in the journal."""
    return actor.full_name if actor else MACHINE


def chain_of(collective: Collective | None) -> str:
    return str(collective.pk) if collective else "installation"


def seal_of(entry: JournalEntry) -> str:
    """SHA-256 over the line and the seal before it, so that no line can change, move or vanish unseen."""
    facts = [
        entry.previous_seal,
        entry.collective_id,
        entry.sequence,
        entry.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.verb,
        entry.sentence,
        entry.target_type,
        entry.target_id,
        entry.commune_code,
        entry.data,
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def first_break(collective: Collective | None) -> int | None:
    """The number of the first line that does not hold, or None when the whole chain does."""
    seal, expected = "", 1
    for entry in JournalEntry.objects.filter(collective=collective).order_by("sequence").iterator():
        if entry.sequence != expected or entry.previous_seal != seal or entry.seal != seal_of(entry):
            return expected
        seal, expected = entry.seal, expected + 1
    head = JournalHead.objects.filter(chain=chain_of(collective)).first()
    return expected if head and head.sequence >= expected else None
