"""Fetching the mailboxes of a collective and taking its letters: run at once by default, by workers on a host that has some."""

from __future__ import annotations

from django.tasks import task

from plaidoyer.accounts.models import Collective, User
from plaidoyer.mailbox import intake
from plaidoyer.mailbox.fetcher import fetch
from plaidoyer.mailbox.models import MailAccount
from plaidoyer.replies.acts.pull import pull


def fetch_and_pull(collective: Collective, actor: User | None = None, *, fetches: bool = True) -> list[str]:
    """French sentences: what was taken, and what the mailboxes said."""
    accounts = MailAccount.objects.active().filter(collective=collective).select_related("collective") if fetches else ()
    troubles = [f"{one.name} : {told.trouble}" for one in accounts if one.can_receive and (told := fetch(one)).trouble]
    intake.sort_waiting(collective)
    return [pull(actor=actor, collective=collective).sentence(), *troubles]


@task
def pull_mail(collective_pk: int, actor_pk: int | None = None) -> list[str]:
    actor = User.objects.filter(pk=actor_pk).first()
    return fetch_and_pull(Collective.objects.get(pk=collective_pk), actor)
