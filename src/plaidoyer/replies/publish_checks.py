"""What stands between a commune and its publication, in sentences that name it. An obstacle is for everybody the same: it has no override."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from plaidoyer.campaigns.correction_models import CorrectionWindow
from plaidoyer.campaigns.equality import ledger_of
from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.elections.silence import SilenceWindow, current_window
from plaidoyer.replies.models import Redaction, Remark, Reply
from plaidoyer.replies.questionnaire import asked_in
from plaidoyer.territories.models import Commune

DRAW = "replies:draw"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """``page`` is the name of the desk page that removes it, for ``reply`` or else for the commune; empty when there is none."""

    sentence: str
    reply: Reply | None = None
    page: str = ""
    place: CampaignCommune | None = None

    @property
    def address(self) -> str:
        if self.reply:
            return reverse(self.page, args=[self.reply.pk])
        return reverse(self.page, args=[self.place.campaign.slug, self.place.commune_id]) if self.place else ""

    @property
    def is_draw(self) -> bool:
        return self.page == DRAW


def replies_in(campaign: Campaign, commune: Commune) -> list[Reply]:
    """Every reply attached to a list of this commune, newest first; those set aside are no replies."""
    found = Reply.objects.filter(campaign=campaign, candidate_list__commune=commune).exclude(state=Reply.State.SET_ASIDE)
    return list(found.select_related("candidate_list__commune", "campaign__collective", "claimed_by").order_by("-received_at", "-pk"))


def obstacles(campaign: Campaign, commune: Commune, now: datetime.datetime) -> list[Obstacle]:
    found: list[Obstacle] = []
    window = current_window(campaign.election, commune, now)
    if window:
        found.append(Obstacle(silence(window)))
    questions = asked_in(campaign, commune)
    if not questions:
        found.append(Obstacle("Cette campagne n’a pas encore de questions."))
    twice = sorted(number for number, count in Counter(question.number for question in questions).items() if count > 1)
    found += [Obstacle(f"Deux questions portent le numéro {number} à {commune.name} : changez le numéro de la question locale.") for number in twice]
    place = campaign.communes.filter(commune=commune).first()
    if place is None or not place.lists().exists():
        found.append(Obstacle(f"Aucune liste n’est connue à {commune.name}."))
    else:
        found += undrawn(place) + unequal(place)
        found += unheard(place, now)
    for reply in replies_in(campaign, commune):
        found += doubted(reply) + obstacles_of(reply, {question.pk: question.number for question in questions})
    return found + in_the_tray(campaign, commune)


def undrawn(place: CampaignCommune) -> list[Obstacle]:
    """Lists stand in an order that nobody here has chosen: the panels, or a draw."""
    lists = list(place.lists())
    if len(lists) < 2 or all(one.panel is not None for one in lists) or any(one.draw_position is not None for one in lists):
        return []
    said = "Les panneaux officiels ne sont pas connus : tirez au sort l’ordre des listes, ou saisissez leurs panneaux."
    return [Obstacle(said, page=DRAW, place=place)]


def unequal(place: CampaignCommune) -> list[Obstacle]:
    """Each difference between the lists is made good, or has a reason that will be public."""
    return [
        Obstacle(
            f"{one.sentence[:1].upper()}{one.sentence[1:]} Traitez-la comme les autres, ou dites pourquoi.", page="campaigns:equality", place=place
        )
        for one in ledger_of(place).unexplained
    ]


def unheard(place: CampaignCommune, now: datetime.datetime) -> list[Obstacle]:
    """What lists may still say, or have said and nobody has answered. One promise to all of them, kept to the minute."""
    window = CorrectionWindow.objects.filter(campaign=place.campaign_id, commune=place.commune_id).first()
    if window is None:
        return []
    page = "replies:corrections"
    waiting = Remark.objects.waiting().filter(window=window).select_related("candidate_list", "question")
    found = [
        Obstacle(f"Répondre à la remarque de « {one.candidate_list} », {f'question {one.question.number}' if one.question else 'sur l’ensemble'}.",
                 page=page, place=place)
        for one in waiting
    ]  # fmt: skip
    if window.is_open_at(now):
        until = spoken(window.closes_at.astimezone(ZoneInfo(place.commune.time_zone)))
        found.append(Obstacle(f"Les listes peuvent relire jusqu’au {until} : attendez ce moment.", page=page, place=place))
    return found


def obstacles_of(reply: Reply, numbers: dict[int, int]) -> list[Obstacle]:
    """A letter about something else needs nobody's grid; it still needs somebody to have said so."""
    of = f"la réponse de « {reply.candidate_list} »"
    if reply.is_awaiting_scan and reply.state != Reply.State.REVIEWED:
        return [Obstacle(f"Numériser ou taper la lettre sur papier de « {reply.candidate_list} ».", reply, "replies:reply")]
    found = []
    if reply.state != Reply.State.REVIEWED:
        left = sorted(number for pk, number in numbers.items() if pk not in set(reply.answers.values_list("question_id", flat=True)))
        why = (
            f" : {'question' if len(left) == 1 else 'questions'} {', '.join(map(str, left))} à régler"
            if left
            else " : la relecture n’est pas terminée"
        )
        found.append(Obstacle(f"Relire {of}{why if reply.nature == Reply.Nature.ANSWER else ''}.", reply, "replies:desk"))
    if reply.nature != Reply.Nature.OTHER and reply.redaction_seen_at is None:
        proposed = reply.redactions.filter(state=Redaction.State.PROPOSED).count()
        many = f" ({proposed} proposé{'s' if proposed > 1 else ''})" if proposed else ""
        found.append(Obstacle(f"Voir les masquages de {of}{many}.", reply, "replies:redaction"))
    return found


def in_the_tray(campaign: Campaign, commune: Commune) -> list[Obstacle]:
    """A letter that may come from a list of this commune would make its silence a lie."""
    here = Q(suggested_list__commune=commune) | Q(list_suggestions__candidate_list__commune=commune)
    found = Reply.objects.in_tray().filter(here, campaign=campaign).select_related("suggested_list__commune").distinct()
    return [Obstacle(f"Rattacher {whose(reply, commune)}.", reply, "replies:reply") for reply in found.order_by("pk")]


def whose(reply: Reply, commune: Commune) -> str:
    if reply.suggested_list and reply.suggested_list.commune_id == commune.pk:
        return f"le courrier qui semble venir de « {reply.suggested_list} »"
    return f"le courrier du {timezone.localtime(reply.received_at):%d/%m/%Y}, qui vient peut-être d’une liste de {commune.name}"


def doubted(reply: Reply) -> list[Obstacle]:
    """A mail whose sender nobody has vouched for is not published as the word of a list."""
    if not reply.mails.to_check().exists():
        return []
    return [Obstacle(f"Vérifier qui a écrit le courrier rattaché à « {reply.candidate_list} ».", reply, "replies:reply")]


def still_in_tray(campaign: Campaign) -> int:
    """Letters of nobody yet: no obstacle, but worth a look before a list is called silent."""
    return Reply.objects.in_tray().filter(campaign=campaign).count()


def silence(window: SilenceWindow) -> str:
    zone = ZoneInfo(window.contest.commune.time_zone)
    starts, ends = (spoken(moment.astimezone(zone)) for moment in (window.starts_at, window.ends_at))
    return (
        f"Période de silence électoral à {window.contest.commune.name}, du {starts} au {ends} (heure de la commune) : "
        "rien ne peut être publié, corrigé ni retiré (article L49 du code électoral)."
    )


def spoken(moment: datetime.datetime) -> str:
    hour = f"{moment.hour} h" + (f" {moment.minute:02}" if moment.minute else "")
    number = "1er" if moment.day == 1 else str(moment.day)
    return f"{DAYS[moment.weekday()]} {number} {MONTHS[moment.month - 1]} {moment.year} à {hour}"
