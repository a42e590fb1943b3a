"""Slow work, run at once by default and by workers on a host that has some."""

from __future__ import annotations

from django.tasks import task


@task
def read_reply(reply_pk: int) -> None:
    from plaidoyer.replies.acts.read import read
    from plaidoyer.replies.models import Reply

    read(actor=None, reply=Reply.objects.get(pk=reply_pk))
