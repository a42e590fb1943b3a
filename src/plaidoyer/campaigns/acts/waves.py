"""A wave: the same text to many lists. Its messages, its lines of the ledger and its journal are written in one transaction, or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts.links import open_links
from plaidoyer.campaigns.acts.questions import lock
from plaidoyer.campaigns.fairness import inequalities
from plaidoyer.campaigns.letter_mail import Envelope, draft_of
from plaidoyer.campaigns.letter_models import Dispatch, LetterKind, LetterTemplate, SendingPlan, Wave
from plaidoyer.campaigns.letter_texts import text_in_force
from plaidoyer.campaigns.models import Campaign, Channel, Solicitation
from plaidoyer.campaigns.sending_rules import Calendar, account_of, by_mail, plan_of, under_cap, waiting_lists
from plaidoyer.elections.models import CandidateList, CandidateListQuerySet
from plaidoyer.kit.templatetags.french import plural
from plaidoyer.mailbox import acts as mailbox
from plaidoyer.mailbox.drafts import Draft, DraftRefusedError, checked_recipient
from plaidoyer.mailbox.models import MailAccount

AT_ONCE = 500
JOURNAL_BY_COMMUNE = 200  # over that many communes, one line tells the wave: its dispatches tell the rest


@dataclass(slots=True)
class Sent:
    """What a wave did: its row, how many letters, and the lists that it could not reach with the reason."""

    wave: Wave
    made: int = 0
    unreached: list[str] = field(default_factory=list)


@transaction.atomic
def send_wave(
    *, actor: User | None, campaign: Campaign, kind: str, lists: Iterable[CandidateList] | None = None, reason: str = "", wave: Wave | None = None
) -> Sent:
    """Queue the letter or a reminder to ``lists`` (all that wait for one, when None). A rehearsal while the campaign is one."""
    require(actor, "send", campaign.collective)
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # two people who press at once: the second finds that nobody waits any more
    plan, now = plan_of(campaign), timezone.now()
    account = account_of(plan)
    if account is None:
        raise ActRefusedError("Aucun compte de courriel n’est réglé : la page « Courriel » l’explique. Rien n’est parti.")
    refuse_out_of_time(campaign, kind, plan, now)
    chosen = chosen_lists(campaign, kind, lists, plan)
    reason = reason.strip() or (PLANNED if wave else "")
    unequal = _refuse_unexplained(campaign, chosen, kind, now, reason) if not plan.is_rehearsal else []
    reason = reason if unequal else ""
    wave = _opened(actor, campaign, kind, plan, reason, now, wave)
    if not plan.is_rehearsal:
        open_links(actor=actor, campaign=campaign, lists=chosen)
    told = _queued(actor, wave, account, plan, chosen)
    if not plan.is_rehearsal:
        Campaign.objects.filter(pk=campaign.pk, state=Campaign.State.DRAFT).update(state=Campaign.State.OPEN)
    _write_journal(actor, wave, told, unequal)
    return told


def refuse_out_of_time(campaign: Campaign, kind: str, plan: SendingPlan, now: datetime.datetime) -> None:
    if campaign.state == Campaign.State.CLOSED:
        raise ActRefusedError("La campagne est close. Rouvrez-la pour écrire aux listes.")
    last_day = campaign.deadline_on + datetime.timedelta(days=plan.grace_days if kind == LetterKind.REMINDER else 0)
    if timezone.localdate(now) > last_day:
        said = "et les jours de grâce aussi" if kind == LetterKind.REMINDER else "déplacez-le d’abord, pour toutes les listes"
        raise ActRefusedError(f"Le délai de réponse est passé, {said}.")


def chosen_lists(campaign: Campaign, kind: str, lists: Iterable[CandidateList] | None, plan: SendingPlan) -> CandidateListQuerySet:
    """Always among those who wait: nobody gets two letters, nobody who answered is reminded."""
    waiting = campaign.lists().still_standing() if plan.is_rehearsal else waiting_lists(campaign, kind)
    chosen = waiting if lists is None else waiting.filter(pk__in=[one.pk for one in lists])
    chosen = by_mail(chosen, campaign)
    if kind == LetterKind.REMINDER and not plan.is_rehearsal:
        chosen = under_cap(chosen, campaign, plan.reminder_cap)
    if not chosen.exists():
        raise ActRefusedError(NOBODY[kind])
    return chosen


PLANNED = "Relance prévue d’avance ; les listes sans adresse électronique sont relancées par une autre voie."
NOBODY = {
    LetterKind.LETTER: "Aucune liste n’attend cette lettre : toutes l’ont reçue, ou n’ont pas d’adresse électronique.",
    LetterKind.REMINDER: "Aucune liste à relancer : toutes ont répondu, ont reçu le nombre de relances prévu, ou n’ont pas d’adresse électronique.",
}


def _refuse_unexplained(campaign: Campaign, chosen: CandidateListQuerySet, kind: str, now: datetime.datetime, reason: str) -> list[str]:
    if kind == LetterKind.LETTER and not campaign.solicitations.exists() and chosen.count() == campaign.lists().count():
        return []  # the first letter, to every list at once: nothing to compare, and fifty thousand lists are not read for it
    unequal = inequalities(campaign, chosen.select_related("commune"), kind=kind, channel=Channel.EMAIL, sent_at=now)
    if unequal and not reason:
        said = " ".join(unequal[:20])
        raise ActRefusedError(f"Cet envoi ne traite pas toutes les listes de la même façon : complétez-le, ou dites pourquoi. {said}")
    return unequal


def _opened(actor: User | None, campaign: Campaign, kind: str, plan: SendingPlan, reason: str, now: datetime.datetime, planned: Wave | None) -> Wave:
    """The wave's row, with the exact text and questions that it sends; the first real letter locks both."""
    template = _saved_text(actor, campaign, kind)
    questionnaire = campaign.latest_questionnaire() if kind == LetterKind.LETTER else campaign.questionnaire_in_force()
    if not plan.is_rehearsal and not questionnaire.locked_at:
        lock(questionnaire)
    facts = {
        "is_rehearsal": plan.is_rehearsal, "state": Wave.State.QUEUED, "queued_at": now, "template": template, "questionnaire": questionnaire,
        "reason": reason,
    }  # fmt: skip
    if planned is None:
        return Wave.objects.create(campaign=campaign, kind=kind, channel=Channel.EMAIL, planned_at=now, asked_by=actor, **facts)
    if not Wave.objects.filter(pk=planned.pk, state=Wave.State.PLANNED).update(**facts):
        raise ActRefusedError("Cet envoi est déjà parti ou annulé.")
    planned.refresh_from_db()
    return planned


def _saved_text(actor: User | None, campaign: Campaign, kind: str) -> LetterTemplate:
    """What leaves is kept, the default text too."""
    text = text_in_force(campaign, kind)
    if not text.pk:
        text.written_by = actor
        text.save()
    return text


def _queued(actor: User | None, wave: Wave, account: MailAccount, plan: SendingPlan, chosen: CandidateListQuerySet) -> Sent:
    told = Sent(wave)
    outcome = mailbox.queue(
        actor=actor, account=account, drafts=drafts(wave, plan, chosen, told), batch=wave.batch, is_rehearsal=wave.is_rehearsal, title=str(wave),
    )  # fmt: skip
    if outcome.rejected or outcome.already:
        raise ActRefusedError(f"{outcome.rejected[0][1] if outcome.rejected else 'Une de ces lettres est déjà en file.'} Rien n’est parti.")
    if not told.made:
        raise ActRefusedError("Aucune lettre n’a pu être préparée. " + " ".join(told.unreached[:5]))
    return told


def drafts(wave: Wave, plan: SendingPlan, chosen: CandidateListQuerySet, told: Sent) -> Iterator[Draft]:
    """One by one, so that fifty thousand take no more memory than five hundred; the lines of the ledger are written on the way."""
    envelope, calendar, now = Envelope(wave, plan), Calendar.of(wave.campaign), wave.queued_at
    rows: list[Dispatch] = []
    for one in envelope.streamed(chosen):
        facts = envelope.facts_of(one)
        try:
            refuse_bad(facts.contact.value if facts.contact else "", calendar, one, now)
        except DraftRefusedError as refusal:
            told.unreached.append(f"« {one.name} » ({one.commune.name}) : {refusal}")
            continue
        draft, row = draft_of(envelope, facts, not_after=calendar.last_moment(one, now, envelope.limit_in(one)))
        rows.append(row)
        told.made += 1
        if len(rows) >= AT_ONCE:
            keep(wave, rows)
            rows = []
        yield draft
    keep(wave, rows)


def refuse_bad(address: str, calendar: Calendar, one: CandidateList, now: datetime.datetime) -> None:
    checked_recipient(address)
    if calendar.is_silent(one, now):
        raise DraftRefusedError("c’est la période de silence électoral : rien ne part avant la fermeture du dernier bureau de vote.")


def keep(wave: Wave, rows: list[Dispatch]) -> None:
    """A rehearsal leaves no line in the ledger."""
    if not wave.is_rehearsal:
        made = Solicitation.objects.bulk_create(
            Solicitation(
                campaign=wave.campaign, questionnaire=wave.questionnaire, candidate_list_id=row.candidate_list_id, kind=wave.kind,
                channel=wave.channel, sent_at=wave.queued_at, note=wave.reason, entered_by=wave.asked_by,
            )
            for row in rows
        )  # fmt: skip
        for row, solicitation in zip(rows, made, strict=True):
            row.solicitation = solicitation
    Dispatch.objects.bulk_create(rows)


def _write_journal(actor: User | None, wave: Wave, told: Sent, unequal: list[str]) -> None:
    what = f"la {wave.get_kind_display()}"
    by_commune: dict[str, int] = {}
    if not wave.is_rehearsal:
        for code in wave.dispatches.values_list("candidate_list__commune", flat=True):
            by_commune[code] = by_commune.get(code, 0) + 1
    why = f" Raison de l’écart : {wave.reason}" if unequal else ""
    rehearsed = ", en répétition : les messages reviennent à la personne qui envoie" if wave.is_rehearsal else ""
    journal.write(
        actor=actor, collective=wave.campaign.collective, verb="send.wave", target=wave,
        data={"unequal": unequal[:200], "unreached": told.unreached[:200], "made": told.made},
        sentence=(
            f"{journal.signature_of(actor)} met en file {what} à {plural(told.made, 'liste,listes')}, « {wave.campaign.name} »{rehearsed}.{why}"
        ),
    )  # fmt: skip
    for code, count in by_commune.items() if len(by_commune) <= JOURNAL_BY_COMMUNE else ():
        journal.write(
            actor=actor, collective=wave.campaign.collective, verb=f"send.{wave.kind}", target=wave.campaign, commune_code=code,
            sentence=f"{journal.signature_of(actor)} met en file {what} à {plural(count, 'liste,listes')} de la commune, par courriel.{why}",
        )  # fmt: skip
