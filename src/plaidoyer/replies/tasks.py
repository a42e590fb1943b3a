"""Slow work, run at once by default and by workers on a host that has some."""

from __future__ import annotations

import contextlib

from django.tasks import task


@task
def read_reply(reply_pk: int) -> None:
    from plaidoyer.replies.acts.read import read
    from plaidoyer.replies.models import Reply

    read(actor=None, reply=Reply.objects.get(pk=reply_pk))


@task
def learn(version_pk: int, actor_pk: int | None) -> None:
    from plaidoyer.accounts.models import User
    from plaidoyer.accounts.refusals import ActRefusedError
    from plaidoyer.replies.acts.learning import learn as act
    from plaidoyer.replies.models import ReaderVersion

    version = ReaderVersion.objects.get(pk=version_pk)
    with contextlib.suppress(ActRefusedError):  # another process learns: this one has nothing to do
        act(actor=User.objects.get(pk=actor_pk) if actor_pk else None, version=version)
