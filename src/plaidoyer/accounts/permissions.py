"""Who may do what, in one place. A refusal to see is a 404, so that nobody learns what exists; a refusal to act is a 403."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from plaidoyer.accounts.models import Collective, Membership, Role, User

# What each role may do, beyond looking. docs/roles.md says the same in prose.
MAY: dict[str, frozenset[str]] = {
    Role.COORDINATOR: frozenset({"campaign", "local", "send", "lists", "receive", "review", "publish", "people"}),
    Role.LOCAL: frozenset({"local", "lists", "receive", "review"}),
    Role.READER: frozenset({"review"}),
    Role.OBSERVER: frozenset(),
}


def membership(user: User, collective: Collective) -> Membership | None:
    return Membership.objects.active().filter(user=user, collective=collective).prefetch_related("communes").first()


def verbs(user: User, collective: Collective, commune_code: str = "") -> frozenset[str]:
    """All that ``user`` may do for ``collective``, and in this commune when one is given."""
    role = membership(user, collective)
    if role is None:
        return frozenset()
    codes = role.commune_codes()
    return MAY[role.role] if codes is None or not commune_code or commune_code in codes else frozenset()


def may(user: User, verb: str, collective: Collective, commune_code: str = "") -> bool:
    return verb in verbs(user, collective, commune_code)


def require(user: User | None, verb: str, collective: Collective, commune_code: str = "") -> None:
    """For acts: 404 to strangers, 403 to members whose role does not allow it. ``None`` is the machine itself (imports, demo)."""
    if user is None:
        return
    if membership(user, collective) is None:
        raise Http404
    if not may(user, verb, collective, commune_code):
        raise PermissionDenied("Votre rôle ne permet pas cet acte. Adressez-vous à la coordination du collectif.")


def visible_to(user: User, collective_path: str, commune_path: str = "") -> Q:
    """The condition "this row is in a collective, and a commune, that ``user`` may look at", for every ``for_user``."""
    condition = Q(pk__in=[])
    for role in Membership.objects.active().filter(user=user).prefetch_related("communes"):
        part = Q(**{f"{collective_path}": role.collective_id})
        codes = role.commune_codes()
        if commune_path and codes is not None:
            part &= Q(**{f"{commune_path}__in": codes})
        condition |= part
    return condition
