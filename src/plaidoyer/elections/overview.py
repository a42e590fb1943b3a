"""Counts for the screens: one query each, whatever the number of communes."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from plaidoyer.accounts.models import User
from plaidoyer.elections.models import CandidateList, Contact, Election
from plaidoyer.territories.models import Commune


def elections_with_counts(user: User) -> QuerySet[Election]:
    found = Election.objects.for_user(user).order_by("-first_round_on", "pk")
    return found.annotate(list_count=Count("lists", distinct=True), commune_count=Count("lists__commune", distinct=True))


def communes_with_counts(election: Election, user: User) -> QuerySet[Commune]:
    """Communes that have lists in this election: how many, with a panel number, and with no contact that the user may see."""
    known = Contact.objects.for_user(user).active().filter(candidate_list=OuterRef("lists__pk"))
    here = Q(lists__election=election)
    found = Commune.objects.filter(here).select_related("departement")
    return found.annotate(
        list_count=Count("lists", filter=here, distinct=True),
        panel_count=Count("lists", filter=here & Q(lists__panel__isnull=False), distinct=True),
        drawn_count=Count("lists", filter=here & Q(lists__draw_position__isnull=False), distinct=True),
        silent_count=Count("lists", filter=here & ~Exists(known), distinct=True),
    ).order_by("name", "pk")


def lists_without_contact(election: Election, user: User) -> QuerySet[CandidateList]:
    found = election.lists.with_contacts_of(user).still_standing().filter(contact_count=0)
    return found.select_related("commune__departement").in_official_order().order_by("commune__name", "commune_id", "panel", "name", "pk")
