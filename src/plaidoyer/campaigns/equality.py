"""The ledger of equal treatment: for each list of a commune, what was sent, when, how, and until when it may answer; and what differs.

Read by the desk and by the public page. It states facts; a person gives the reasons.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from plaidoyer.campaigns.correction_models import CorrectionNotice, CorrectionWindow
from plaidoyer.campaigns.letter_models import Dispatch, Explanation, Meeting, Objection, Reopening
from plaidoyer.campaigns.letters import wording
from plaidoyer.campaigns.models import Campaign, CampaignCommune, Channel, Solicitation
from plaidoyer.elections.models import CandidateList, Contact, Standing

GONE = {Standing.State.WITHDRAWN, Standing.State.MERGED}


@dataclass(frozen=True, slots=True)
class Sending:
    """One line: the letter or a reminder. ``text`` is the hash of the common text, empty for what was written elsewhere."""

    kind: str
    on: datetime.date
    at: datetime.datetime
    channel: str
    outcome: str
    note: str
    text: str
    questions: int
    delivery: str

    @property
    def channel_name(self) -> str:
        return Channel(self.channel).label


@dataclass(frozen=True, slots=True)
class Row:
    """One list as it was treated."""

    candidate_list: CandidateList
    letter: Sending | None
    reminders: tuple[Sending, ...]
    deadline: datetime.datetime
    reopening: Reopening | None
    objection: Objection | None
    has_contact: bool
    has_answered: bool
    has_withdrawn: bool
    meetings: tuple[Meeting, ...]
    notice: CorrectionNotice | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not alike. ``code`` names it for good, so that its reason stays with it."""

    code: str
    sentence: str
    explanation: Explanation | None = None
    reason: str = ""

    @property
    def is_explained(self) -> bool:
        return bool(self.reason)


@dataclass(frozen=True, slots=True)
class Ledger:
    campaign: Campaign
    place: CampaignCommune
    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]
    correction: CorrectionWindow | None = None

    @property
    def unexplained(self) -> list[Difference]:
        return [one for one in self.differences if not one.is_explained]

    @property
    def is_equal(self) -> bool:
        return not self.differences


def ledger_of(place: CampaignCommune) -> Ledger:
    """Ten queries, whatever the number of lists."""
    campaign, commune = place.campaign, place.commune
    zone = ZoneInfo(commune.time_zone)
    deadline = campaign.deadline_in(commune) - datetime.timedelta(minutes=1)  # the last minute that is in time, as people say it
    sent = Solicitation.objects.filter(campaign=campaign).select_related("questionnaire").order_by("sent_at", "pk")
    lists = place.lists().prefetch_related(
        Prefetch("solicitations", queryset=sent.prefetch_related(Prefetch("dispatch", queryset=Dispatch.objects.all())), to_attr="sent"),
        Prefetch("reopenings", queryset=Reopening.objects.filter(campaign=campaign).order_by("-until"), to_attr="opened"),
        Prefetch("objections", queryset=Objection.objects.filter(campaign=campaign), to_attr="objected"),
        Prefetch("meetings", queryset=Meeting.objects.filter(campaign=campaign).exclude(state=Meeting.State.CANCELLED), to_attr="met"),
        Prefetch("contacts", queryset=Contact.objects.active().filter(collective=campaign.collective_id), to_attr="known"),
        Prefetch("standings", to_attr="places"),
    )
    answered = set(place.lists().filter(replies__campaign=campaign, replies__nature__in=("answer", "refusal")).values_list("pk", flat=True))
    window = CorrectionWindow.objects.filter(campaign=campaign, commune=commune).first()
    told = {one.candidate_list_id: one for one in window.notices.all()} if window else {}
    rows = tuple(row_of(one, zone, deadline, has_answered=one.pk in answered, notice=told.get(one.pk)) for one in lists)
    explained = {one.code: one for one in Explanation.objects.filter(campaign=campaign, commune=commune)}
    found = tuple(with_reason(one, explained) for one in differences(rows))
    return Ledger(campaign, place, rows, found, window)


def row_of(one: CandidateList, zone: ZoneInfo, deadline: datetime.datetime, *, has_answered: bool, notice: CorrectionNotice | None = None) -> Row:
    sendings = [sending_of(line, zone) for line in one.sent]
    return Row(
        candidate_list=one,
        letter=next((sending for sending in sendings if sending.kind == Solicitation.Kind.LETTER), None),
        reminders=tuple(sending for sending in sendings if sending.kind == Solicitation.Kind.REMINDER),
        deadline=one.opened[0].until if one.opened else deadline,
        reopening=one.opened[0] if one.opened else None,
        objection=one.objected[0] if one.objected else None,
        has_contact=bool(one.known),
        has_answered=has_answered,
        has_withdrawn=any(standing.state in GONE for standing in one.places),
        meetings=tuple(one.met),
        notice=notice,
    )


def sending_of(line: Solicitation, zone: ZoneInfo) -> Sending:
    dispatch = getattr(line, "dispatch", None)
    return Sending(
        kind=line.kind,
        on=line.sent_at.astimezone(zone).date(),
        at=line.sent_at,
        channel=line.channel,
        outcome=line.outcome,
        note=line.note,
        text=dispatch.text_sha256 if dispatch else "",
        questions=line.questionnaire.version,
        delivery=dispatch.delivery if dispatch else "",
    )


def with_reason(one: Difference, explained: dict[str, Explanation]) -> Difference:
    found = explained.get(one.code)
    return Difference(one.code, one.sentence, found, found.reason if found else one.reason)


def differences(rows: Iterable[Row]) -> list[Difference]:
    """Each thing that is not alike, list by list, against what most of the lists of the commune had."""
    asked = [row for row in rows if not row.has_withdrawn]
    if not any(row.letter for row in asked):
        return []
    found = []
    for row in asked:
        found += letter_differences(row, [other.letter for other in asked if other.letter])
        found += reminder_differences(row, asked)
        found += notice_differences(row, asked)
        if row.reopening:
            found.append(difference(row, "delai", f"peut répondre jusqu’au {wording.day(row.reopening.until.date())}.", row.reopening.reason))
    return found


def difference(row: Row, what: str, said: str, reason: str = "") -> Difference:
    return Difference(f"{what}:{row.candidate_list.key}", f"« {row.candidate_list.name} » {said}", None, reason)


def letter_differences(row: Row, letters: list[Sending]) -> list[Difference]:
    mine = row.letter
    if mine is None:
        return [
            difference(row, "lettre", "n’a pas reçu la lettre." if row.has_contact else "n’a pas reçu la lettre : aucune adresse n’a été trouvée.")
        ]
    found = []
    if mine.outcome == Solicitation.Outcome.FAILED:
        why = "La liste a demandé à ne plus recevoir de message." if row.objection else ""
        found.append(difference(row, "non-aboutie", "n’a pas reçu la lettre : l’envoi n’a pas abouti.", why))
    if (usual := most([one.on for one in letters])) != mine.on:
        found.append(
            difference(row, "jour", f"a reçu la lettre le {wording.day(mine.on)}, la plupart des listes le {wording.day(usual)}.", mine.note)
        )
    if most([one.channel for one in letters]) != mine.channel:
        found.append(difference(row, "voie", "a reçu la lettre par une autre voie que la plupart des listes.", mine.note))
    if most([one.questions for one in letters]) != mine.questions:
        found.append(difference(row, "questions", f"a reçu la version {mine.questions} des questions."))
    texts = [one.text for one in letters if one.text]
    if mine.text and most(texts) != mine.text:
        found.append(difference(row, "texte", "n’a pas reçu exactement le même texte que la plupart des listes."))
    return found


def reminder_differences(row: Row, rows: list[Row]) -> list[Difference]:
    """Lists that answered before a reminder are not behind: it was not for them."""
    if row.letter is None or row.has_answered:
        return []
    silent = [other for other in rows if other.letter and not other.has_answered]
    days = sorted({one.on for other in silent for one in other.reminders})
    mine = {one.on for one in row.reminders}
    reason = "La liste a demandé à ne plus recevoir de message." if row.objection else ""
    return [difference(row, f"relance-{day:%Y%m%d}", f"n’a pas reçu la relance du {wording.day(day)}.", reason) for day in days if day not in mine]


def notice_differences(row: Row, rows: list[Row]) -> list[Difference]:
    """A list that was never written to has that difference already: one reason is enough."""
    if row.letter is None or row.notice or not any(other.notice for other in rows):
        return []
    reason = "La liste a demandé à ne plus recevoir de message." if row.objection else ""
    return [difference(row, "relecture", "n’a pas été prévenue qu’elle pouvait relire avant publication.", reason)]


def most[T](values: list[T]) -> T | None:
    """The commonest, the first of them when several are."""
    return max(values, key=values.count, default=None)


def public_facts(ledger: Ledger) -> dict[str, object]:
    """The ledger as it is published: no contact, no name of a volunteer, nothing on who answered."""
    campaign, commune = ledger.campaign, ledger.place.commune
    return {
        "commune": {"code": commune.pk, "name": commune.name, "slug": commune.slug, "time_zone": commune.time_zone},
        "campaign": {"slug": campaign.slug, "name": campaign.name},
        "collective": campaign.collective.name,
        "is_fictional": campaign.collective.is_fictional or commune.is_fictional,
        "deadline": (campaign.deadline_in(commune) - datetime.timedelta(minutes=1)).isoformat(),
        "correction": public_window(ledger.correction, ZoneInfo(commune.time_zone)) if ledger.correction else None,
        "lists": [public_row(row) for row in ledger.rows],
        "differences": [{"code": one.code, "sentence": one.sentence, "reason": one.reason} for one in ledger.differences],
    }


def public_window(window: CorrectionWindow, zone: ZoneInfo) -> dict[str, object]:
    """The last minute that was in time, on the commune's own clock."""
    return {"opened_at": window.opened_at.astimezone(zone).isoformat(timespec="minutes"), "closes_at": window.closes_at.astimezone(zone).isoformat()}


def public_row(row: Row) -> dict[str, object]:
    one = row.candidate_list
    return {
        "key": one.key,
        "name": one.name,
        "slug": one.slug,
        "panel": one.panel,
        "letter": public_sending(row.letter) if row.letter else None,
        "reminders": [public_sending(sending) for sending in row.reminders],
        "deadline": row.deadline.isoformat(),
        "reopened_because": row.reopening.reason if row.reopening else "",
        "has_withdrawn": row.has_withdrawn,
        "shown_on": row.notice.told_at.date().isoformat() if row.notice else None,
        "meetings": [{"on": meeting.starts_at.date().isoformat(), "state": meeting.get_state_display()} for meeting in row.meetings],
    }


def public_sending(sending: Sending) -> dict[str, object]:
    return {
        "on": sending.on.isoformat(),
        "channel": sending.channel_name,
        "reached": sending.outcome != Solicitation.Outcome.FAILED,
        "text_sha256": sending.text,
        "questions_version": sending.questions,
    }
