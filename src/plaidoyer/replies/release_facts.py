"""What is true of a commune and of each list on the day of publication (docs/release-format.md)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from plaidoyer.campaigns.models import Campaign, Question, Solicitation
from plaidoyer.elections.models import CandidateList, Contest, Draw, Standing
from plaidoyer.replies.models import Answer, ReleasedList, Reply, Stance
from plaidoyer.replies.questionnaire import questionnaire_of
from plaidoyer.territories.models import Commune

type Json = dict[str, Any]
Status = ReleasedList.Status
ROUNDS = {1: "Premier tour", 2: "Second tour"}


def local(moment: datetime.datetime | None, zone: ZoneInfo) -> str | None:
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None


def day(moment: datetime.datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%d/%m/%Y")


def of_release(campaign: Campaign, commune: Commune, questions: Sequence[Question], lists: Sequence[CandidateList], now: datetime.datetime) -> Json:
    contests = list(campaign.election.contests.filter(commune=commune).order_by("polling_on", "round", "pk"))
    version = questionnaire_of(campaign)
    return {
        "format": 1,
        "campaign": {key: getattr(campaign, key) for key in ("slug", "name", "introduction", "method")},
        "collective": of_collective(campaign),
        "commune": {
            "code": commune.pk, "slug": commune.slug, "name": commune.name, "time_zone": commune.time_zone, "is_fictional": commune.is_fictional,
            "departement": commune.departement.name if commune.departement else "",
        },
        "election": {key: getattr(campaign.election, key) for key in ("slug", "name", "year")},
        "contests": [of_contest(contest) for contest in contests],
        "deadline": (campaign.deadline_in(commune) - datetime.timedelta(minutes=1)).isoformat(timespec="seconds"),
        "questionnaire_version": version.version if version else 0,
        "questions": [of_question(question) for question in questions],
        "order": of_order(campaign, commune, lists),
        "calendar": calendar(campaign, commune, contests, lists, now),
    }  # fmt: skip


def of_collective(campaign: Campaign) -> Json:
    collective = campaign.collective
    known = {key: getattr(collective, key) for key in ("slug", "name", "url", "contact_email", "publication_director", "is_fictional")}
    names = collective.collectivemember_set.select_related("organisation").values_list("organisation__name", flat=True)
    return {**known, "organisations": list(names)}


def of_contest(contest: Contest) -> Json:
    return {
        "round": contest.round, "polling_on": contest.polling_on.isoformat(), "body": contest.body, "body_name": contest.get_body_display(),
        "sector": contest.sector,
    }  # fmt: skip


def of_question(question: Question) -> Json:
    parts = [{"letter": chr(96 + part.number), "title": part.title, "text": part.text} for part in question.sub_questions]
    return {
        "number": question.number, "title": question.title, "text": question.wording, "theme": question.theme,
        "competent_body": question.competent_body, "competent_body_name": question.get_competent_body_display(),
        "lever": question.lever, "lever_name": question.get_lever_display(), "is_local": question.campaign_commune_id is not None,
        "has_local_wording": question.has_local_wording, "parts": parts,
    }  # fmt: skip


def of_order(campaign: Campaign, commune: Commune, lists: Sequence[CandidateList]) -> Json:
    if lists and all(one.panel is not None for one in lists):
        return {"by": "panel", "sentence": "Listes dans l'ordre des panneaux officiels.", "draw": None}
    draw = Draw.objects.filter(election=campaign.election, commune=commune).order_by("-drawn_at", "-pk").first()
    if draw and any(one.draw_position is not None for one in lists):
        zone = ZoneInfo(commune.time_zone)
        facts = {"seed": draw.seed, "drawn_at": local(draw.drawn_at, zone), "witness": draw.witness}
        return {"by": "draw", "sentence": f"Listes dans l'ordre d'un tirage au sort fait le {day(draw.drawn_at, zone)}.", "draw": facts}
    return {"by": "name", "sentence": "Listes dans l'ordre alphabétique, en attendant les panneaux officiels.", "draw": None}


def calendar(campaign: Campaign, commune: Commune, contests: Sequence[Contest], lists: Sequence[CandidateList], now: datetime.datetime) -> list[Json]:
    zone = ZoneInfo(commune.time_zone)
    steps = [*sends(campaign, lists, zone)]
    deadline = campaign.deadline_in(commune) - datetime.timedelta(minutes=1)
    steps.append(step("deadline", deadline, zone, "Date limite de réponse"))
    steps.append(step("published", now, zone, "Publication de toutes les listes"))
    days = {contest.polling_on: contest.round for contest in contests}
    steps.extend({"kind": "vote", "at": None, "on": on.isoformat(), "label": ROUNDS[number]} for on, number in days.items())
    return sorted(steps, key=lambda one: one["on"])


def sends(campaign: Campaign, lists: Sequence[CandidateList], zone: ZoneInfo) -> list[Json]:
    """One line per day on which letters, or reminders, left for lists of this commune."""
    days: dict[tuple[str, datetime.date], list[Solicitation]] = {}
    for one in Solicitation.objects.delivered().filter(campaign=campaign, candidate_list__in=lists).order_by("sent_at", "pk"):
        days.setdefault((one.kind, one.sent_at.astimezone(zone).date()), []).append(one)
    found = []
    for (kind, _), group in days.items():
        number = len({one.candidate_list_id for one in group})
        to = "aux" if number > 1 else "à"
        what = "Lettre envoyée" if kind == Solicitation.Kind.LETTER else "Relance envoyée"
        found.append(
            step(
                "sent" if kind == Solicitation.Kind.LETTER else "reminder",
                group[0].sent_at,
                zone,
                f"{what} {to} {number} liste{'s' if number > 1 else ''}",
            )
        )
    return found


def step(kind: str, at: datetime.datetime, zone: ZoneInfo, label: str) -> Json:
    here = at.astimezone(zone)
    return {"kind": kind, "at": here.isoformat(timespec="seconds"), "on": here.date().isoformat(), "label": label}


def status_of(reply: Reply | None, stances: Counter[str], asked: int, solicitations: Sequence[Solicitation]) -> str:
    """Never a guess: a refusal is written, a silence is a letter that arrived, and nothing else is called either."""
    if reply is None:
        if any(one.outcome != Solicitation.Outcome.FAILED for one in solicitations):
            return Status.SILENT
        return Status.UNREACHED if solicitations else Status.UNSOLICITED
    if reply.nature == Reply.Nature.PROMISE:
        return Status.PROMISED
    if asked and stances[Stance.REFUSES] == asked:
        return Status.REFUSED
    return Status.ANSWERED if stances[Stance.ANSWERS] == asked else Status.PARTIAL


def of_list(
    one: CandidateList, campaign: Campaign, reply: Reply | None, answers: Sequence[Answer], asked: int, now: datetime.datetime
) -> tuple[str, Json]:
    """The status, and the facts beside it."""
    zone = ZoneInfo(one.commune.time_zone)
    sent = list(campaign.solicitations.filter(candidate_list=one).order_by("sent_at", "pk"))
    stances = Counter(answer.stance for answer in answers)
    status = status_of(reply, stances, asked, sent)
    arrived = [row for row in sent if row.outcome != Solicitation.Outcome.FAILED]
    facts = {
        **identity(one), **standing(one), "asked": asked,
        "answered": stances[Stance.ANSWERS] + stances[Stance.PARTIAL], "stances": {value: stances[value] for value in Stance.values},
        "solicited_at": local(arrived[0].sent_at, zone) if arrived else None, "solicited_by": arrived[0].get_channel_display() if arrived else "",
        "reminders": [local(row.sent_at, zone) for row in arrived[1:]],
        "failed_at": local(sent[-1].sent_at, zone) if status == Status.UNREACHED else None,
        "as_of": now.astimezone(zone).date().isoformat(), **arrival(reply, zone),
    }  # fmt: skip
    facts["sentence"] = sentence(status, facts, reply, arrived, sent, now, zone)
    return str(status), facts


def identity(one: CandidateList) -> Json:
    said = {"words": one.etiquette, "source": one.etiquette_source, "on": one.etiquette_on.isoformat() if one.etiquette_on else None}
    given = {"code": one.nuance, "source": one.nuance_source, "on": one.nuance_on.isoformat() if one.nuance_on else None}
    keys = ("name", "short_name", "slug", "key", "panel", "draw_position", "head_name", "website")
    return {
        **{key: getattr(one, key) for key in keys},
        "etiquette": None if one.etiquette is None else said, "nuance": None if one.nuance is None else given,
    }  # fmt: skip


def standing(one: CandidateList) -> Json:
    last = (
        Standing.objects.filter(candidate_list=one).select_related("merged_into").order_by("-contest__polling_on", "-contest__round", "-pk").first()
    )
    return {
        "standing": last.state if last else "", "standing_name": last.get_state_display() if last else "",
        "merged_into": last.merged_into.slug if last and last.merged_into else None,
        "merged_from": list(one.merged_from.order_by("slug").values_list("slug", flat=True)),
    }  # fmt: skip


def arrival(reply: Reply | None, zone: ZoneInfo) -> Json:
    if reply is None:
        absent = dict.fromkeys(("received_at", "promised_at"))
        return {**absent, "channel": "", "channel_name": "", "is_late": False, "answered_by": "", "capacity": "", "letter_kind": ""}
    at = local(reply.received_at, zone)
    return {
        "received_at": at, "promised_at": at if reply.nature == Reply.Nature.PROMISE else None, "channel": reply.channel,
        "channel_name": reply.get_channel_display(), "is_late": reply.is_late, "answered_by": reply.answered_by, "capacity": reply.capacity,
        "letter_kind": str(reply.nature),
    }  # fmt: skip


def sentence(
    status: str,
    facts: Json,
    reply: Reply | None,
    arrived: Sequence[Solicitation],
    sent: Sequence[Solicitation],
    now: datetime.datetime,
    zone: ZoneInfo,
) -> str:
    today = day(now, zone)
    if status == Status.SILENT:
        again = "".join(f", relancée le {day(row.sent_at, zone)}" for row in arrived[1:])
        return f"Aucune réponse reçue au {today} (sollicitée le {day(arrived[0].sent_at, zone)}{again})."
    if status == Status.UNREACHED:
        return f"Sollicitation non aboutie (dernier envoi le {day(sent[-1].sent_at, zone)})."
    if status == Status.UNSOLICITED:
        return f"Non sollicitée au {today}."
    received = day(reply.received_at, zone)
    if status == Status.PROMISED:
        return f"A annoncé une réponse le {received}. Aucune réponse reçue au {today}."
    late = f" Reçue hors délai, le {received}." if reply.is_late else ""
    if status == Status.REFUSED:
        return f"Refuse de répondre (lettre du {received}).{late}"
    return answered_sentence(facts) + late


def answered_sentence(facts: Json) -> str:
    asked, answered, partly = facts["asked"], facts["answered"], facts["stances"][Stance.PARTIAL]
    if not answered:
        refers = facts["stances"][Stance.REFERS]
        return "A écrit en renvoyant à son programme." if refers else "A écrit sans répondre aux questions posées."
    of = f"Répond à {answered} question{'s' if answered > 1 else ''} sur {asked}"
    if answered == asked:
        of = f"Répond aux {asked} questions" if asked > 1 else "Répond à la question"
    return f"{of}, dont {partly} en partie." if partly else f"{of}."
