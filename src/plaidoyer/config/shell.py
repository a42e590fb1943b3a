"""The frame of every desk page: where one can go, for whom one acts, what waits in the tray. Config may look at every room; no room looks here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from plaidoyer.accounts.models import Collective, Membership, Role
from plaidoyer.replies.models import Reply

PEOPLE = frozenset({"campaigns:people", "campaigns:invite", "campaigns:role", "campaigns:suspend", "campaigns:card"})
RECEIVERS = frozenset({Role.COORDINATOR})  # those who attach unknown letters: a local group sees its communes only


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    url: str
    is_here: bool
    count: int = 0
    counted: str = ""


class Desk:
    """Asked once per page, and only by pages that show the frame."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def roles(self) -> list[Membership]:
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        return list(Membership.objects.active().filter(user=user).select_related("collective"))

    @property
    def collective(self) -> Collective | None:
        """The collective whose people and journal the frame leads to; with several, those pages offer the others."""
        return self.roles[0].collective if self.roles else None

    @cached_property
    def waiting(self) -> int:
        mine = [role.collective_id for role in self.roles if role.role in RECEIVERS]
        return Reply.objects.in_tray().filter(campaign__collective__in=mine).count() if mine else 0

    @property
    def entries(self) -> list[Entry]:
        slug = [self.collective.slug] if self.collective else None
        places = [
            ("Campagnes", "campaigns:home", [], self.room == "campaigns" and self.page not in {"campaigns:journal", *PEOPLE}),
            ("Réponses", "replies:home", [], self.room == "replies"),
            ("Listes", "elections:home", [], self.room == "elections"),
            ("Courriel", "mailbox:outbox", [] if any(role.role == Role.COORDINATOR for role in self.roles) else None, self.room == "mailbox"),
            ("Journal", "campaigns:journal", slug, self.page == "campaigns:journal"),
            ("Personnes", "campaigns:people", slug, self.page in PEOPLE),
        ]
        return [
            Entry(label, url, here, self.waiting if label == "Réponses" else 0, "à rattacher")
            for label, name, args, here in places
            if args is not None and (url := address(name, args))
        ]

    @property
    def page(self) -> str:
        match = getattr(self.request, "resolver_match", None)
        return match.view_name if match else ""

    @property
    def room(self) -> str:
        return self.page.split(":")[0]


def address(name: str, args: list[str]) -> str:
    """The address of a page, or nothing while its room has not built it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def desk(request: HttpRequest) -> dict[str, Any]:
    return {"desk": Desk(request)}
