"""Each gesture at the desk is a step that can be undone and redone, in order, by whoever holds the claim."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts.models import User
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies.acts.claim import hold, require_reader
from plaidoyer.replies.grid_snapshot import give_back, snapshot
from plaidoyer.replies.models import Reply, ReviewStep


@contextmanager
def gesture(actor: User, reply: Reply, sentence: str) -> Iterator[None]:
    """One transaction: the claim is renewed, the grid before is kept, the change is made. A refusal inside leaves nothing behind."""
    require_reader(actor, reply)
    with transaction.atomic():
        hold(actor, reply)
        before = snapshot(reply)
        reply.steps.exclude(undone_at=None).update(is_forgotten=True)
        ReviewStep.objects.create(reply=reply, sentence=sentence[:300], before=before, made_by=actor, made_at=timezone.now())
        yield
    reply.refresh_from_db()


def undo(*, actor: User, reply: Reply) -> ReviewStep:
    """Take back the last gesture, whoever made it."""
    require_reader(actor, reply)
    with transaction.atomic():
        hold(actor, reply)
        step = last_step(reply)
        if step is None:
            raise ActRefusedError("Il n’y a plus rien à annuler.")
        step.after = snapshot(reply)
        step.undone_at = timezone.now()
        step.save(update_fields=["after", "undone_at"])
        give_back(reply, step.before)
    reply.refresh_from_db()
    return step


def redo(*, actor: User, reply: Reply) -> ReviewStep:
    require_reader(actor, reply)
    with transaction.atomic():
        hold(actor, reply)
        step = next_step(reply)
        if step is None:
            raise ActRefusedError("Il n’y a rien à rétablir.")
        give_back(reply, step.after)
        step.undone_at, step.after = None, None
        step.save(update_fields=["after", "undone_at"])
    reply.refresh_from_db()
    return step


def last_step(reply: Reply) -> ReviewStep | None:
    return reply.steps.filter(undone_at=None).order_by("-pk").first()


def next_step(reply: Reply) -> ReviewStep | None:
    return reply.steps.exclude(undone_at=None).filter(is_forgotten=False).order_by("pk").first()
