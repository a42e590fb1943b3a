"""Before publication: every list of a commune is shown our reading, may object until one same minute, and each objection is answered."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts.links import open_links
from plaidoyer.campaigns.correction_models import CorrectionNotice, CorrectionWindow
from plaidoyer.campaigns.letter_links import reply_doors
from plaidoyer.campaigns.models import CampaignCommune, Channel, Question
from plaidoyer.campaigns.sending_rules import account_of, by_mail, plan_of
from plaidoyer.elections.models import CandidateList, Contact
from plaidoyer.elections.silence import current_window
from plaidoyer.kit.templatetags.french import plural
from plaidoyer.mailbox import acts as mailbox
from plaidoyer.mailbox.drafts import Draft
from plaidoyer.mailbox.models import MailAccount
from plaidoyer.replies.door.assembling import clean
from plaidoyer.replies.mails import correction_notice
from plaidoyer.replies.models import Release, Remark
from plaidoyer.replies.publish_checks import obstacles_of, replies_in
from plaidoyer.replies.questionnaire import asked_in

SHORTEST = datetime.timedelta(hours=24)
LONGEST_REMARK = 4_000


@dataclass(slots=True)
class Opened:
    """The window (None in a rehearsal), how many lists were written to, and those to be told another way."""

    window: CorrectionWindow | None
    told: int = 0
    others: list[CandidateList] = field(default_factory=list)


def open_corrections(*, actor: User | None, campaign_commune: CampaignCommune, closes_at: datetime.datetime) -> Opened:
    """The same message and the same last minute for every list still standing, whether it has answered or not."""
    campaign, commune = campaign_commune.campaign, campaign_commune.commune
    require(actor, "send", campaign.collective)
    now, plan = timezone.now(), plan_of(campaign)
    refuse_too_soon(campaign_commune, closes_at, now)
    lists = campaign_commune.lists().still_standing()
    reached = by_mail(lists, campaign)
    account = account_of(plan)
    if account is None and reached.exists():
        raise ActRefusedError("Aucun compte de courriel n’est réglé : la page « Courriel » l’explique. Rien n’est parti.")
    with transaction.atomic():
        window = None if plan.is_rehearsal else make_window(actor, campaign_commune, closes_at, now)
        told = write_to(actor, campaign_commune, window, list(reached.select_related("commune")), account, closes_at)
        others = list(lists.exclude(pk__in=reached.values("pk")).select_related("commune"))
        sentence = f"Relecture par les listes de {commune.name} ouverte jusqu’au {timezone.localtime(closes_at):%d/%m/%Y à %H h %M}"
        if window is None:
            sentence = f"Répétition de l’avis de relecture de {commune.name}, rien n’est ouvert"
        journal.write(
            actor=actor, collective=campaign.collective, verb="correction.opened", target=window or campaign_commune, commune_code=commune.pk,
            sentence=f"{sentence} : {plural(told, 'liste prévenue,listes prévenues')} par courriel, {len(others)} à prévenir autrement.",
        )  # fmt: skip
    return Opened(window, told, others)


def refuse_too_soon(place: CampaignCommune, closes_at: datetime.datetime, now: datetime.datetime) -> None:
    campaign, commune = place.campaign, place.commune
    if Release.objects.filter(campaign=campaign, commune=commune).exists():
        raise ActRefusedError("Cette commune est déjà publiée : les listes ont maintenant le droit de réponse.")
    numbers = {question.pk: question.number for question in asked_in(campaign, commune)}
    left = [one.sentence for reply in replies_in(campaign, commune) for one in obstacles_of(reply, numbers)]
    if left:
        raise ActRefusedError("Terminez d’abord notre lecture, pour la montrer entière à chaque liste. " + " ".join(left[:5]))
    refuse_bad_end(place, closes_at, now)


def refuse_bad_end(place: CampaignCommune, closes_at: datetime.datetime, now: datetime.datetime) -> None:
    if closes_at < now + SHORTEST:
        raise ActRefusedError("Laissez au moins vingt-quatre heures aux listes.")
    if current_window(place.campaign.election, place.commune, now) or current_window(place.campaign.election, place.commune, closes_at):
        raise ActRefusedError("Ce délai touche à la période de silence électoral : choisissez-le tout entier avant, ou après le vote.")


def make_window(actor: User | None, place: CampaignCommune, closes_at: datetime.datetime, now: datetime.datetime) -> CorrectionWindow:
    try:
        with transaction.atomic():
            return CorrectionWindow.objects.create(
                campaign=place.campaign, commune=place.commune, opened_at=now, opened_by=actor, closes_at=closes_at
            )
    except IntegrityError as error:
        raise ActRefusedError("La relecture par les listes est déjà ouverte ici : prolongez-la, pour toutes, s’il le faut.") from error


def write_to(
    actor: User | None, place: CampaignCommune, window: CorrectionWindow | None, lists: list[CandidateList], account: MailAccount | None,
    closes_at: datetime.datetime,
) -> int:  # fmt: skip
    if not lists or account is None:
        return 0
    campaign, batch = place.campaign, f"campagne-{place.campaign_id}-relecture-{place.commune_id}"
    if window:
        open_links(actor=actor, campaign=campaign, lists=place.lists().still_standing())
    mine = place.lists().filter(pk__in=[one.pk for one in lists])
    doors = reply_doors(campaign, mine, is_rehearsal=window is None)
    addresses = first_addresses(place, lists)
    stem = f"campagne:{campaign.pk}:relecture:{window.pk if window else f'essai{timezone.now():%Y%m%d%H%M%S%f}'}"
    drafts: list[Draft] = [
        correction_notice(campaign, one, addresses[one.pk], doors.get(one.pk), closes_at, f"{stem}:liste:{one.pk}") for one in lists
    ]
    queued = mailbox.queue(
        actor=actor, account=account, drafts=drafts, batch=batch, is_rehearsal=window is None, title=f"Avant publication, {place.commune.name}"
    )
    refused = {key for key, _ in queued.rejected}
    told = [(one, draft) for one, draft in zip(lists, drafts, strict=True) if draft.key not in refused]
    if window:
        CorrectionNotice.objects.bulk_create(
            CorrectionNotice(window=window, candidate_list=one, channel=Channel.EMAIL, key=draft.key, told_by=actor) for one, draft in told
        )
    return len(told)


def first_addresses(place: CampaignCommune, lists: list[CandidateList]) -> dict[int, str]:
    """The address first found is the one that the letters use."""
    known = Contact.objects.active().filter(collective=place.campaign.collective_id, candidate_list__in=lists, kind=Contact.Kind.EMAIL)
    return dict(known.order_by("-pk").values_list("candidate_list", "value"))


@transaction.atomic
def note_told(*, actor: User, window: CorrectionWindow, candidate_list: CandidateList, channel: str) -> CorrectionNotice:
    """A list without electronic address was told by post, by hand, by telephone."""
    require(actor, "send", window.campaign.collective)
    if channel not in Channel.values:
        raise ActRefusedError("Choisissez par quelle voie cette liste a été prévenue.")
    made, is_new = CorrectionNotice.objects.get_or_create(
        window=window, candidate_list=candidate_list, defaults={"channel": channel, "told_at": timezone.now(), "told_by": actor}
    )
    if not is_new:
        raise ActRefusedError("Cette liste est déjà notée comme prévenue.")
    tell(actor, window, "correction.told", f"« {candidate_list} » prévenue de la relecture, {Channel(channel).label}.")
    return made


@transaction.atomic
def extend_corrections(*, actor: User, window: CorrectionWindow, closes_at: datetime.datetime, reason: str) -> CorrectionWindow:
    """Later, never sooner, and for all the lists at once."""
    require(actor, "send", window.campaign.collective)
    if not reason.strip():
        raise ActRefusedError("Dites pourquoi le délai est prolongé : la raison reste au journal.")
    if closes_at <= window.closes_at or closes_at <= timezone.now():
        raise ActRefusedError("Le nouveau délai doit être plus tard que l’ancien, et à venir.")
    if current_window(window.campaign.election, window.commune, closes_at):
        raise ActRefusedError("Ce délai finit pendant le silence électoral : choisissez une heure avant, ou après le vote.")
    CorrectionWindow.objects.filter(pk=window.pk).update(closes_at=closes_at)
    window.refresh_from_db()
    until = f"{timezone.localtime(closes_at):%d/%m/%Y à %H h %M}"
    said = f"Relecture par les listes de {window.commune.name} prolongée jusqu’au {until}. Raison : {reason.strip()}"
    tell(actor, window, "correction.extended", said)
    return window


@transaction.atomic
def remark(
    *, actor: User | None, window: CorrectionWindow, candidate_list: CandidateList, question: Question | None, text: str, channel: str = Channel.FORM
) -> Remark:
    """By the list's own page (``actor`` None), or noted by a person from a mail. The same words twice are one remark."""
    require(actor, "receive", window.campaign.collective, window.commune_id)
    words, now = clean(text), timezone.now()
    if not words:
        raise ActRefusedError("Écrivez ce qui n’est pas juste.")
    if len(words) > LONGEST_REMARK:
        raise ActRefusedError(f"Cette remarque est trop longue ({len(words)} signes, {LONGEST_REMARK} au plus).")
    if not window.is_open_at(now):
        raise ActRefusedError("Le délai pour relire est passé. Après la publication, vous aurez le droit de réponse.")
    if candidate_list.commune_id != window.commune_id or candidate_list.election_id != window.campaign.election_id:
        raise ActRefusedError("Cette liste n’est pas de cette commune.")
    known = Remark.objects.filter(window=window, candidate_list=candidate_list, question=question, text=words).first()
    if known:
        return known
    made = Remark.objects.create(
        window=window, candidate_list=candidate_list, question=question, text=words, channel=channel, made_at=now, entered_by=actor
    )
    on = f"la question {question.number}" if question else "l’ensemble"
    tell(actor, window, "correction.remark", f"« {candidate_list} » fait une remarque sur notre lecture, {on}.")
    return made


@transaction.atomic
def answer_remark(*, actor: User, remark: Remark, is_accepted: bool, answer: str) -> Remark:
    """Kept with its reason, which the list reads on its page. What has to change is changed at the desk, like any other gesture."""
    window = remark.window
    require(actor, "review", window.campaign.collective, window.commune_id)
    words = clean(answer)
    if not words:
        raise ActRefusedError("Répondez à la liste : ce qui a été changé, ou pourquoi rien ne l’est.")
    state = Remark.State.ACCEPTED if is_accepted else Remark.State.DECLINED
    moved = Remark.objects.waiting().filter(pk=remark.pk)
    if not moved.update(state=state, answer=words, answered_at=timezone.now(), answered_by=actor):
        raise ActRefusedError("Quelqu’un a déjà répondu à cette remarque : rechargez la page.")
    remark.refresh_from_db()
    tell(actor, window, "correction.answered", f"Remarque de « {remark.candidate_list} » {remark.get_state_display()} : {words}")
    return remark


def tell(actor: User | None, window: CorrectionWindow, verb: str, sentence: str) -> None:
    journal.write(actor=actor, collective=window.campaign.collective, verb=verb, target=window, commune_code=window.commune_id, sentence=sentence)
