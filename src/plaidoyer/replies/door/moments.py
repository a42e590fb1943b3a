"""What a list may do now on its page, and why, in words: before the deadline, after it, inside the silence, once published, once withdrawn."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from plaidoyer.campaigns.letter_models import Reopening
from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import CandidateList, Standing
from plaidoyer.elections.silence import current_window
from plaidoyer.replies.models import DoorSending, Release, Reply
from plaidoyer.replies.publish_checks import spoken

GONE = {Standing.State.WITHDRAWN, Standing.State.MERGED}


@dataclass(frozen=True, slots=True)
class Moment:
    """``can_send`` is all that the acts ask; ``sentences`` says why, for the page."""

    can_send: bool
    is_past: bool
    sentences: tuple[str, ...]
    limit: str  # the last minute at which a reply is on time, in words
    is_silent: bool = False
    silence_ends_at: datetime.datetime | None = None
    published_at: datetime.datetime | None = None

    @property
    def is_late(self) -> bool:
        return self.can_send and self.is_past


def moment_of(campaign: Campaign, one: CandidateList, now: datetime.datetime) -> Moment:
    zone = ZoneInfo(one.commune.time_zone)
    reopening = Reopening.objects.filter(campaign=campaign, candidate_list=one).order_by("-until").first()
    deadline = campaign.deadline_in(one.commune) - datetime.timedelta(minutes=1)
    deadline = max(deadline, reopening.until) if reopening else deadline
    is_past = now >= deadline + datetime.timedelta(minutes=1)
    answered = has_answered(campaign, one)
    window = current_window(campaign.election, one.commune, now)
    release = Release.objects.public().filter(campaign=campaign, commune=one.commune_id).first()
    limit = f"{spoken(deadline.astimezone(zone))} (heure de {one.commune.name})"
    gone = sentence_of_the_gone(one, campaign)
    if gone:
        said, can_send = [gone], False
    elif campaign.state == Campaign.State.CLOSED:
        said, can_send = ["La campagne est close : cette page ne reçoit plus de réponse." + write_to(campaign)], False
    else:
        can_send = not (is_past and answered)
        said = [about_the_deadline(limit, is_past=is_past, answered=answered, campaign=campaign)]
        if reopening and not is_past:
            said.append(f"Le délai est rouvert pour votre liste. Raison, publique elle aussi : {reopening.reason}")
    if window:
        said.append(about_the_silence(spoken(window.ends_at.astimezone(zone)), can_send=can_send))
    if release:
        said.append(about_publication(spoken(release.published_at.astimezone(zone)), can_send=can_send))
    return Moment(
        can_send, is_past, tuple(said), limit, window is not None, window.ends_at if window else None, release.published_at if release else None
    )


def has_answered(campaign: Campaign, one: CandidateList) -> bool:
    """By any way: on this page, by mail, on paper."""
    said = [Reply.Nature.ANSWER, Reply.Nature.REFUSAL]
    return Reply.objects.filter(campaign=campaign, candidate_list=one, nature__in=said).exclude(state=Reply.State.SET_ASIDE).exists()


def last_sending(campaign: Campaign, one: CandidateList) -> DoorSending | None:
    return DoorSending.objects.filter(campaign=campaign, candidate_list=one).select_related("reply").order_by("-version").first()


def sentence_of_the_gone(one: CandidateList, campaign: Campaign) -> str:
    last = Standing.objects.filter(candidate_list=one, state__in=GONE).order_by("-pk").first()
    if last is None:
        return ""
    return f"Votre liste est notée « {last.get_state_display()} » : cette page n’attend plus de réponse." + write_to(campaign, "Si c’est une erreur")


def write_to(campaign: Campaign, when: str = "Pour nous écrire") -> str:
    address = campaign.collective.contact_email
    return f" {when} : {address}." if address else ""


def about_the_deadline(limit: str, *, is_past: bool, answered: bool, campaign: Campaign) -> str:
    if not is_past:
        return (
            f"Vous pouvez répondre jusqu’au {limit}, et corriger votre réponse jusqu’à cette même heure. La dernière version envoyée est celle "
            "qui sera publiée ; les précédentes restent lisibles, avec leur date."
        )
    if answered:
        return f"Le délai est passé depuis le {limit}. La dernière version reçue est celle qui est publiée : elle ne se corrige plus ici." + write_to(
            campaign
        )
    return (
        f"Le délai est passé depuis le {limit}. Vous pouvez encore répondre, une fois : votre réponse aura la même place que les autres, avec sa "
        "date et la mention « reçue hors délai »."
    )


def about_the_silence(until: str, *, can_send: bool) -> str:
    here = "Vous pouvez écrire et envoyer ici, mais rien" if can_send else "Rien"
    law = "ne sera publié, corrigé ni envoyé par nous avant (article L49 du code électoral)."
    return f"C’est la période de silence électoral, jusqu’au {until}. {here} {law}"


def about_publication(when: str, *, can_send: bool) -> str:
    if can_send:
        return f"Les réponses de votre commune ont été publiées le {when}. Ce que vous enverrez maintenant y sera ajouté par une correction, datée."
    return f"Les réponses de votre commune ont été publiées le {when}."
