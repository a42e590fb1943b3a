"""That a letter or a reminder went out: the ledger of equal treatment. The first letter locks the questionnaire."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts.questions import lock
from plaidoyer.campaigns.fairness import inequalities
from plaidoyer.campaigns.models import Campaign, Questionnaire, Solicitation
from plaidoyer.elections.models import CandidateList
from plaidoyer.kit.templatetags.french import plural

SENT = Solicitation.Outcome.SENT


@transaction.atomic
def record_sent(
    *,
    actor: User | None,
    campaign: Campaign,
    lists: Sequence[CandidateList],
    kind: str,
    channel: str,
    sent_at: datetime.datetime,
    outcome: str = SENT,
    note: str = "",
) -> list[Solicitation]:
    """One row for each list. A sending that treats lists unequally needs its reason in ``note``."""
    require(actor, "send", campaign.collective)
    refuse_impossible(campaign, lists, kind, sent_at)
    unequal = inequalities(campaign, lists, kind=kind, channel=channel, sent_at=sent_at)
    if unequal and not note:
        raise ActRefusedError("Cet envoi ne traite pas toutes les listes de la même façon : dites pourquoi. " + " ".join(unequal))
    questionnaire = campaign.latest_questionnaire()
    if not questionnaire.locked_at:
        lock(questionnaire)
    made = [
        Solicitation.objects.create(
            campaign=campaign,
            questionnaire=questionnaire,
            candidate_list=one,
            kind=kind,
            channel=channel,
            sent_at=sent_at,
            outcome=outcome,
            note=note,
            entered_by=actor,
        )
        for one in lists
    ]
    Campaign.objects.filter(pk=campaign.pk, state=Campaign.State.DRAFT).update(state=Campaign.State.OPEN)
    _write_lines(actor, campaign, made, unequal)
    return made


def refuse_impossible(campaign: Campaign, lists: Sequence[CandidateList], kind: str, sent_at: datetime.datetime) -> None:
    if not lists:
        raise ActRefusedError("Choisissez au moins une liste.")
    if sent_at > timezone.now() + datetime.timedelta(minutes=1):
        raise ActRefusedError("La date d’envoi est dans l’avenir : on inscrit ici ce qui est déjà parti.")
    if Campaign.objects.filter(pk=campaign.pk, state=Campaign.State.CLOSED).exists():
        raise ActRefusedError("La campagne est close. Rouvrez-la pour inscrire un envoi.")
    ours = set(campaign.lists().values_list("pk", flat=True))
    if strangers := [one.name for one in lists if one.pk not in ours]:
        raise ActRefusedError(f"« {strangers[0]} » n’est pas une liste de cette campagne.")
    asked = set(campaign.solicitations.filter(kind=Solicitation.Kind.LETTER, candidate_list__in=lists).values_list("candidate_list_id", flat=True))
    again = [one.name for one in lists if (one.pk in asked) == (kind == Solicitation.Kind.LETTER)]
    if again and kind == Solicitation.Kind.LETTER:
        raise ActRefusedError(f"La lettre à « {again[0]} » est déjà inscrite. Une seconde lettre est une relance.")
    if again:
        raise ActRefusedError(f"« {again[0]} » n’a pas encore reçu la lettre : on ne relance pas une liste qui n’a rien reçu.")


def _write_lines(actor: User | None, campaign: Campaign, made: list[Solicitation], unequal: list[str]) -> None:
    """One line for each commune, so that its journal tells its own story."""
    by_commune: dict[str, list[Solicitation]] = {}
    for row in made:
        by_commune.setdefault(row.candidate_list.commune_id, []).append(row)
    for code, rows in by_commune.items():
        first = rows[0]
        commune = first.candidate_list.commune.name
        failed = "" if first.outcome == SENT else ", sans aboutir"
        why = f" Raison de l’écart : {first.note}" if any(sentence.startswith(f"{commune} :") for sentence in unequal) else ""
        journal.write(
            actor=actor,
            collective=campaign.collective,
            verb=f"send.{first.kind}",
            target=campaign,
            commune_code=code,
            data={"lists": [row.candidate_list_id for row in rows], "unequal": unequal},
            sentence=(
                f"{journal.signature_of(actor)} inscrit l’envoi de la {first.get_kind_display()} à {plural(len(rows), 'liste,listes')} de {commune} "
                f"({', '.join(row.candidate_list.name for row in rows)}), par {first.get_channel_display()}, "
                f"le {timezone.localtime(first.sent_at):%d/%m/%Y à %H h %M}{failed}.{why}"
            ),
        )


@transaction.atomic
def mark_failed(*, actor: User | None, solicitation: Solicitation, note: str) -> Solicitation:
    """It came back: « sollicitation non aboutie » is neither silence nor refusal."""
    campaign, one = solicitation.campaign, solicitation.candidate_list
    require(actor, "send", campaign.collective)
    if not note:
        raise ActRefusedError("Dites comment vous le savez : retour du courrier, message d’erreur, adresse fermée…")
    if not Solicitation.objects.filter(pk=solicitation.pk, outcome=SENT).update(outcome=Solicitation.Outcome.FAILED, note=note):
        raise ActRefusedError("Cet envoi est déjà inscrit comme non abouti.")
    solicitation.refresh_from_db()
    journal.write(
        actor=actor,
        collective=campaign.collective,
        verb="send.failed",
        target=campaign,
        commune_code=one.commune_id,
        sentence=f"{journal.signature_of(actor)} inscrit que la {solicitation.get_kind_display()} à « {one.name} » n’a pas abouti : {note}",
    )
    return solicitation


@transaction.atomic
def strike_out(*, actor: User | None, solicitation: Solicitation, reason: str) -> Campaign:
    """A line entered by mistake. It leaves the ledger, stays told in the journal; the questions unlock if nothing else was sent."""
    campaign, one, questionnaire = solicitation.campaign, solicitation.candidate_list, solicitation.questionnaire
    require(actor, "send", campaign.collective)
    if not reason:
        raise ActRefusedError("Dites pourquoi cette ligne était une erreur.")
    if one.replies.filter(campaign=campaign).exists():
        raise ActRefusedError(f"« {one.name} » a répondu : son envoi ne se raie plus.")
    day = f"{timezone.localtime(solicitation.sent_at):%d/%m/%Y}"
    solicitation.delete()
    if questionnaire.version == 1 and not campaign.solicitations.exists():
        Questionnaire.objects.filter(pk=questionnaire.pk).update(locked_at=None)
    journal.write(
        actor=actor,
        collective=campaign.collective,
        verb="send.strike",
        target=campaign,
        commune_code=one.commune_id,
        sentence=f"{journal.signature_of(actor)} raie l’envoi du {day} à « {one.name} », inscrit par erreur : {reason}",
    )
    return campaign
