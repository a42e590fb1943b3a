"""How a campaign writes: rehearsal or real sending, its account, its reminders to come, and what the mailbox tells of them."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts.waves import send_wave
from plaidoyer.campaigns.letter_models import Dispatch, LetterKind, SendingPlan, Wave
from plaidoyer.campaigns.models import Campaign, Channel, Solicitation
from plaidoyer.campaigns.sending_rules import account_of, plan_of
from plaidoyer.mailbox import acts as mailbox
from plaidoyer.mailbox.models import OutgoingMessage

State = OutgoingMessage.State
# What never reached the list. An objection too: it was not asked, and that is neither silence nor refusal.
LOST = {State.REFUSED, State.BOUNCED, State.SOFT_BOUNCED, State.FAULTY, State.EXPIRED, State.CANCELLED, State.OBJECTED}
SURE = "ENVOI REEL"


@transaction.atomic
def settle_plan(*, actor: User | None, campaign: Campaign, **facts: Any) -> SendingPlan:
    """``facts``: account, attaches_pdf, reminder_cap, grace_days. The same for all the lists."""
    require(actor, "send", campaign.collective)
    SendingPlan.objects.get_or_create(campaign=campaign)
    if (account := facts.get("account")) and account.collective_id != campaign.collective_id:
        raise ActRefusedError("Ce compte de courriel est celui d’un autre collectif.")
    SendingPlan.objects.filter(campaign=campaign).update(**facts)
    _told(actor, campaign, "send.plan", "a réglé les envois")
    return plan_of(campaign)


@transaction.atomic
def switch_to_real(*, actor: User | None, campaign: Campaign, typed: str) -> SendingPlan:
    """The second of two steps: the words are typed by hand, since what leaves after this cannot be called back."""
    require(actor, "send", campaign.collective)
    if typed.strip().upper().replace("É", "E") != SURE:
        raise ActRefusedError("Écrivez « envoi réel » pour confirmer. Rien n’a changé.")
    if account_of(plan_of(campaign)) is None:
        raise ActRefusedError("Réglez d’abord un compte de courriel et essayez-le.")
    SendingPlan.objects.get_or_create(campaign=campaign)
    if not SendingPlan.objects.filter(campaign=campaign, is_rehearsal=True).update(is_rehearsal=False, real_since=timezone.now(), real_by=actor):
        raise ActRefusedError("L’envoi réel est déjà ouvert.")
    _told(actor, campaign, "send.real", "a ouvert l’envoi réel : les prochains messages iront aux listes")
    return plan_of(campaign)


@transaction.atomic
def back_to_rehearsal(*, actor: User | None, campaign: Campaign) -> SendingPlan:
    require(actor, "send", campaign.collective)
    if not SendingPlan.objects.filter(campaign=campaign, is_rehearsal=False).update(is_rehearsal=True, real_since=None, real_by=None):
        raise ActRefusedError("La campagne est déjà en répétition.")
    _told(actor, campaign, "send.rehearsal", "est revenu(e) à la répétition : les prochains messages reviendront à la personne qui envoie")
    return plan_of(campaign)


@transaction.atomic
def plan_reminder(*, actor: User | None, campaign: Campaign, planned_at: datetime.datetime) -> Wave:
    """A reminder for the same hour to all who will not have answered by then. It is sent by the machine on the day."""
    require(actor, "send", campaign.collective)
    plan = plan_of(campaign)
    last_day = campaign.deadline_on + datetime.timedelta(days=plan.grace_days)
    if planned_at <= timezone.now():
        raise ActRefusedError("Cette heure est passée : choisissez-en une à venir, ou envoyez la relance maintenant.")
    if timezone.localdate(planned_at) > last_day:
        raise ActRefusedError(f"Une relance ne part plus après le {last_day:%d/%m/%Y} (délai et jours de grâce).")
    live = campaign.waves.filter(kind=LetterKind.REMINDER).exclude(state=Wave.State.CANCELLED).exclude(state=Wave.State.QUEUED, is_rehearsal=True)
    if live.count() >= plan.reminder_cap:
        raise ActRefusedError(f"{plan.reminder_cap} relance(s) au plus, les mêmes pour toutes les listes : annulez-en une d’abord.")
    made = Wave.objects.create(
        campaign=campaign, kind=LetterKind.REMINDER, channel=Channel.EMAIL, planned_at=planned_at, asked_by=actor, is_rehearsal=plan.is_rehearsal
    )
    _told(actor, campaign, "send.plan", f"a prévu une relance le {timezone.localtime(planned_at):%d/%m/%Y à %H h %M}")
    return made


@transaction.atomic
def cancel_wave(*, actor: User | None, wave: Wave, reason: str) -> Wave:
    """A planned reminder, or what has not left yet of a wave. What left stays."""
    require(actor, "send", wave.campaign.collective)
    if not reason.strip():
        raise ActRefusedError("Dites pourquoi : la raison reste au registre.")
    if Wave.objects.filter(pk=wave.pk, state=Wave.State.PLANNED).update(state=Wave.State.CANCELLED, ended_because=reason):
        _told(actor, wave.campaign, "send.cancel", f"a annulé la relance prévue le {timezone.localtime(wave.planned_at):%d/%m/%Y}. Raison : {reason}")
    else:
        account = account_of(plan_of(wave.campaign))
        stopped = mailbox.cancel(actor=actor, account=account, messages=OutgoingMessage.objects.in_batch(wave.batch), reason=reason) if account else 0
        if not stopped:
            raise ActRefusedError("Tous les messages de cet envoi sont déjà partis.")
        pull_deliveries(actor=None, wave=wave)
    wave.refresh_from_db()
    return wave


def send_due(*, actor: User | None, moment: datetime.datetime) -> list[tuple[Wave, str]]:
    """The reminders whose hour has come, each in its own transaction; what became of each, in a sentence."""
    done = []
    for wave in Wave.objects.due(moment).select_related("campaign__collective", "campaign__election", "asked_by").order_by("planned_at"):
        try:
            sent = send_wave(
                actor=actor,
                campaign=wave.campaign,
                kind=wave.kind,
                wave=wave,
                reason=wave.reason or "Relance prévue, à toutes les listes joignables.",
            )
            done.append((wave, f"{sent.made} messages mis en file"))
        except ActRefusedError as refusal:
            Wave.objects.filter(pk=wave.pk, state=Wave.State.PLANNED).update(state=Wave.State.CANCELLED, ended_because=str(refusal)[:300])
            done.append((wave, str(refusal)))
    return done


@transaction.atomic
def pull_deliveries(*, actor: User | None, wave: Wave) -> int:  # noqa: ARG001  whoever looks at the page, the news is the mailbox's
    """What the mailbox knows by now of the messages of ``wave``; how many moved. The room below never calls: this one asks."""
    known = {row.key: row for row in wave.dispatches.select_related("solicitation")}
    latest = max((row.told_at for row in known.values()), default=None)
    messages = OutgoingMessage.objects.in_batch(wave.batch)
    fresh = messages.changed_since(latest) if latest else messages
    moved = 0
    for key, state, changed_at, accepted_at, said in fresh.values_list("key", "state", "changed_at", "accepted_at", "relay_said"):
        row = known.get(key)
        if row is None or (row.delivery == state and row.told_at >= changed_at):
            continue
        Dispatch.objects.filter(pk=row.pk).update(delivery=state, told_at=changed_at)
        if row.solicitation_id:
            settle(row, state, accepted_at, said)
        moved += 1
    return moved


def settle(row: Dispatch, state: str, accepted_at: datetime.datetime | None, said: str) -> None:
    """The line of the ledger follows its message. A person's own note is never written over."""
    line = Solicitation.objects.filter(pk=row.solicitation_id)
    if state == State.ACCEPTED and accepted_at:
        line.update(sent_at=accepted_at, outcome=Solicitation.Outcome.SENT)
    elif state in LOST:
        why = State(state).label + (f" : {said}" if said else "")
        line.filter(outcome=Solicitation.Outcome.SENT).update(outcome=Solicitation.Outcome.FAILED, note=why[:300])


def _told(actor: User | None, campaign: Campaign, verb: str, did: str) -> None:
    sentence = f"{journal.signature_of(actor)} {did}, « {campaign.name} »."
    journal.write(actor=actor, collective=campaign.collective, verb=verb, target=campaign, sentence=sentence)
