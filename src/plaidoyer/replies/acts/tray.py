"""The tray « à rattacher »: whose letter is this? A person says; the machine only suggests. Every step can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections.models import CandidateList
from plaidoyer.replies.acts.receive import check_list, read_later
from plaidoyer.replies.acts.suggest import look_again
from plaidoyer.replies.chosen_texts import texts_of
from plaidoyer.replies.models import Reply, ReplyPart

BEFORE_REVIEW = [Reply.State.RECEIVED, Reply.State.READ]


def attach(*, actor: User, reply: Reply, candidate_list: CandidateList | None) -> Reply:
    """Say which list wrote this. It is read again, with the questions of that commune."""
    if candidate_list is None:
        require(actor, "receive", reply.campaign.collective)
        raise ActRefusedError("Choisissez une liste de cette campagne.")
    require(actor, "receive", reply.campaign.collective, candidate_list.commune_id)
    check_list(reply.campaign, candidate_list)
    with transaction.atomic():
        if not Reply.objects.filter(pk=reply.pk, candidate_list=None).exclude(state=Reply.State.SET_ASIDE).update(candidate_list=candidate_list):
            raise ActRefusedError("Ce courrier vient d’être rattaché, ou mis de côté, par quelqu’un d’autre : rechargez la page.")
        reply.refresh_from_db()
        tell(actor, reply, "reply.attached", f"Courrier rattaché à la liste « {candidate_list} ».")
    read_later(reply)
    return reply


def detach(*, actor: User, reply: Reply, reason: str = "") -> Reply:
    """Back to the tray. ActRefusedError once somebody has settled a question: that work was on another list's questions."""
    before = reply.candidate_list
    if before is None:
        raise ActRefusedError("Ce courrier n’est rattaché à aucune liste.")
    require(actor, "receive", reply.campaign.collective, before.commune_id)
    with transaction.atomic():
        if reply.answers.exists() or reply.extracts.exists() or reply.released.exists():
            raise ActRefusedError("Cette réponse est déjà relue ou publiée : annulez d’abord les gestes de relecture.")
        if not Reply.objects.filter(pk=reply.pk, candidate_list=before, state__in=BEFORE_REVIEW).update(candidate_list=None):
            raise ActRefusedError("Quelqu’un relit cette réponse en ce moment : attendez qu’elle soit rendue.")
        tell(actor, reply, "reply.detached", f"Courrier détaché de la liste « {before} »{because(reason)}.", before.commune_id)
        reply.refresh_from_db()
        look_again(reply, texts_of(reply))
    reply.refresh_from_db()
    return reply


def set_aside(*, actor: User, reply: Reply, reason: str) -> Reply:
    """Not an answer (an out-of-office, somebody else's mail). Kept, told, and taken back by ``restore``."""
    if not reason.strip():
        raise ActRefusedError("Dites en quelques mots pourquoi ce courrier est mis de côté.")
    require(actor, "receive", reply.campaign.collective, code_of(reply))
    with transaction.atomic():
        if reply.released.filter(release__is_current=True, release__withdrawn_at=None).exists():
            raise ActRefusedError("Cette réponse est en ligne : retirez ou corrigez d’abord la publication de la commune.")
        free = Reply.objects.filter(pk=reply.pk).exclude(state__in=[Reply.State.SET_ASIDE, Reply.State.REVIEWING])
        if not free.update(state=Reply.State.SET_ASIDE, set_aside_reason=reason.strip()[:300]):
            raise ActRefusedError("Ce courrier est déjà de côté, ou quelqu’un le relit en ce moment.")
        tell(actor, reply, "reply.set_aside", f"Courrier mis de côté{because(reason)}.")
    reply.refresh_from_db()
    return reply


def restore(*, actor: User, reply: Reply) -> Reply:
    require(actor, "receive", reply.campaign.collective, code_of(reply))
    state = Reply.State.READ if reply.readings.exists() else Reply.State.RECEIVED
    with transaction.atomic():
        if not Reply.objects.filter(pk=reply.pk, state=Reply.State.SET_ASIDE).update(state=state, set_aside_reason=""):
            raise ActRefusedError("Ce courrier n’est pas de côté.")
        tell(actor, reply, "reply.restored", "Courrier repris parmi les réponses.")
    reply.refresh_from_db()
    return reply


def answer_also_for(*, actor: User, reply: Reply, lists: Sequence[CandidateList]) -> list[Reply]:
    """One letter for several communes, or several lists: a twin reply on the same originals, settled on its own."""
    if not lists:
        raise ActRefusedError("Choisissez au moins une liste.")
    for one in lists:
        require(actor, "receive", reply.campaign.collective, one.commune_id)
        check_list(reply.campaign, one)
    parts = list(reply.parts.all())
    with transaction.atomic():
        fresh = [one for one in lists if not already_answers(reply, one)]
        if not fresh:
            raise ActRefusedError("Ces listes ont déjà une réponse faite des mêmes pièces.")
        twins = [twin(actor, reply, one, parts) for one in fresh]
        tell(actor, reply, "reply.answers_also", f"La même lettre répond aussi pour : {', '.join(str(one) for one in fresh)}.")
    for made in twins:
        read_later(made)
    return twins


def already_answers(reply: Reply, candidate_list: CandidateList) -> bool:
    ours = set(reply.parts.values_list("original", flat=True))
    theirs = Reply.objects.filter(campaign=reply.campaign, candidate_list=candidate_list, parts__original__in=ours)
    return reply.candidate_list_id == candidate_list.pk or theirs.exists()


def twin(actor: User, reply: Reply, candidate_list: CandidateList, parts: Sequence[ReplyPart]) -> Reply:
    made = Reply.objects.create(
        campaign=reply.campaign, candidate_list=candidate_list, nature=reply.nature, received_at=reply.received_at, channel=reply.channel,
        answered_by=reply.answered_by, capacity=reply.capacity, is_awaiting_scan=reply.is_awaiting_scan, entered_by=actor, entered_at=timezone.now(),
    )  # fmt: skip
    ReplyPart.objects.bulk_create(ReplyPart(reply=made, original_id=part.original_id, position=part.position) for part in parts)
    return made


def describe(*, actor: User, reply: Reply, answered_by: str, capacity: str, note: str) -> Reply:
    """Who signs, in what capacity, and a word for the team. The date of reception is not among them: it has its own act, and its reason."""
    require(actor, "receive", reply.campaign.collective, code_of(reply))
    with transaction.atomic():
        Reply.objects.filter(pk=reply.pk).update(answered_by=answered_by.strip(), capacity=capacity.strip(), note=note.strip())
        tell(actor, reply, "reply.described", f"Réponse signée par {answered_by.strip() or 'une personne non précisée'}.")
    reply.refresh_from_db()
    return reply


def code_of(reply: Reply) -> str:
    return reply.candidate_list.commune_id if reply.candidate_list else ""


def because(reason: str) -> str:
    return f" : {reason.strip()}" if reason.strip() else ""


def tell(actor: User | None, reply: Reply, verb: str, sentence: str, commune_code: str = "") -> None:
    journal.write(
        actor=actor, collective=reply.campaign.collective, verb=verb, sentence=sentence, target=reply, commune_code=commune_code or code_of(reply)
    )
