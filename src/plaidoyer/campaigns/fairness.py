"""Equal treatment: same letter, same day, same channel, same reminders for every list of a commune.

This names what is not equal; a person decides.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from plaidoyer.campaigns.models import Campaign, Solicitation
from plaidoyer.elections.models import CandidateList
from plaidoyer.kit.templatetags.french import plural


def inequalities(campaign: Campaign, chosen: Iterable[CandidateList], *, kind: str, channel: str, sent_at: datetime.datetime) -> list[str]:
    """French sentences, one for each difference between the lists of one commune that this sending would make. Empty: all alike."""
    chosen = list(chosen)
    communes = {one.commune_id for one in chosen}
    siblings = campaign.lists().still_standing().filter(commune__in=communes).select_related("commune")
    ledger: dict[int, list[Solicitation]] = {}
    for row in campaign.solicitations.filter(candidate_list__commune__in=communes).order_by("sent_at", "pk"):
        ledger.setdefault(row.candidate_list_id, []).append(row)
    concerned = siblings if kind == Solicitation.Kind.LETTER else siblings.filter(pk__in=to_remind(campaign))
    by_commune: dict[str, list[CandidateList]] = {}
    for one in concerned:
        by_commune.setdefault(one.commune_id, []).append(one)
    picked = {one.pk for one in chosen}
    return [sentence for lists in by_commune.values() for sentence in in_commune(lists, picked, ledger, kind=kind, channel=channel, sent_at=sent_at)]


def to_remind(campaign: Campaign) -> QuerySet[CandidateList]:
    """Those that were written to and have not answered: the others have nothing to be reminded of."""
    answered = CandidateList.objects.filter(replies__campaign=campaign, replies__nature__in=("answer", "refusal")).values("pk")
    asked = campaign.solicitations.filter(kind=Solicitation.Kind.LETTER).values("candidate_list")
    return campaign.lists().filter(pk__in=asked).exclude(pk__in=answered)


def in_commune(
    lists: list[CandidateList], picked: set[int], ledger: dict[int, list[Solicitation]], *, kind: str, channel: str, sent_at: datetime.datetime
) -> list[str]:
    commune = lists[0].commune
    zone = ZoneInfo(commune.time_zone)
    day = sent_at.astimezone(zone).date()
    found = []
    for one in lists:
        if one.pk in picked:
            continue
        same = [row for row in ledger.get(one.pk, []) if row.kind == kind]
        if not same:
            found.append(f"{commune.name} : « {one.name} » ne reçoit pas {article(kind)}.")
            continue
        last = same[-1]
        if last.sent_at.astimezone(zone).date() != day:
            found.append(
                f"{commune.name} : « {one.name} » a reçu {article(kind)} le {last.sent_at.astimezone(zone):%d/%m/%Y}, pas le {day:%d/%m/%Y}."
            )
        if last.channel != channel:
            found.append(f"{commune.name} : « {one.name} » a reçu {article(kind)} par une autre voie ({last.get_channel_display()}).")
    return found + uneven_reminders(lists, picked, ledger, kind)


def uneven_reminders(lists: list[CandidateList], picked: set[int], ledger: dict[int, list[Solicitation]], kind: str) -> list[str]:
    """Lists reminded a different number of times, once this sending is counted."""
    if kind != Solicitation.Kind.REMINDER:
        return []
    counts = {
        one.name: sum(row.kind == kind for row in ledger.get(one.pk, [])) + (one.pk in picked)
        for one in lists
        if one.pk in picked or ledger.get(one.pk)
    }
    if len(set(counts.values())) < 2:
        return []
    most = max(counts.values())
    return [
        f"{lists[0].commune.name} : « {name} » aura reçu {plural(count, 'relance,relances')}, une autre liste {most}."
        for name, count in counts.items()
        if 0 < count < most
    ]


def article(kind: str) -> str:
    return "la lettre" if kind == Solicitation.Kind.LETTER else "cette relance"
