"""One reader at a time. A claim is one conditional UPDATE; it lapses after thirty minutes without a gesture."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies.acts.learning import remember
from plaidoyer.replies.models import Reply, Stance
from plaidoyer.replies.models.replies import CLAIM_LASTS
from plaidoyer.replies.questionnaire import questions_of
from plaidoyer.replies.refusals import NotYoursError

CLAIMABLE = [Reply.State.READ, Reply.State.REVIEWING]


def claim(*, actor: User, reply: Reply) -> Reply:
    """Take the reply for oneself. Taking it again renews the claim."""
    require_reader(actor, reply)
    if reply.candidate_list is None:
        raise ActRefusedError("Rattachez d’abord ce courrier à une liste : les questions dépendent de sa commune.")
    now = timezone.now()
    is_renewal = reply.claimed_by_id == actor.pk and reply.state == Reply.State.REVIEWING
    with transaction.atomic():
        free = Reply.objects.filter(pk=reply.pk, state__in=CLAIMABLE).claimable_by(actor, now)
        if not free.update(state=Reply.State.REVIEWING, claimed_by=actor, claimed_at=now):
            raise NotYoursError(why_not(reply))
        if not is_renewal:
            tell(actor, reply, "reply.claimed", f"Relecture de la réponse de « {reply.candidate_list} » commencée.")
    reply.refresh_from_db()
    return reply


def give_back(*, actor: User, reply: Reply) -> Reply:
    """Let somebody else go on. What is settled stays settled."""
    require_reader(actor, reply)
    with transaction.atomic():
        mine = Reply.objects.filter(pk=reply.pk, claimed_by=actor, state=Reply.State.REVIEWING)
        if not mine.update(state=Reply.State.READ, claimed_by=None, claimed_at=None):
            raise NotYoursError("Vous ne relisez pas cette réponse : il n’y a rien à rendre.")
        tell(actor, reply, "reply.given_back", f"Relecture de la réponse de « {reply.candidate_list} » rendue : {progress(reply)}.")
    reply.refresh_from_db()
    return reply


def finish(*, actor: User, reply: Reply) -> Reply:
    """Every question has its cell: the review is done. What the machine proposed and nobody kept stays unpublished."""
    require_reader(actor, reply)
    left = unsettled(reply)
    if left and needs_a_grid(reply):
        raise ActRefusedError(f"Il reste {number_of(left)} à régler : {', '.join(f'n° {n}' for n in left)}.")
    bare = unquoted(reply)
    if bare:
        raise ActRefusedError(f"Ces questions sont dites répondues sans qu’un passage soit gardé : {', '.join(f'n° {n}' for n in bare)}.")
    now = timezone.now()
    with transaction.atomic():
        mine = Reply.objects.filter(pk=reply.pk, claimed_by=actor, state=Reply.State.REVIEWING)
        if not mine.update(state=Reply.State.REVIEWED, reviewed_by=actor, reviewed_at=now, claimed_by=None, claimed_at=None):
            raise NotYoursError(why_not(reply))
        remember(actor=actor, reply=reply)
        gestures = reply.steps.filter(undone_at=None).count()
        sentence = f"Réponse de « {reply.candidate_list} » relue : {progress(reply)}, {gestures} geste{'s' if gestures > 1 else ''}."
        tell(actor, reply, "reply.reviewed", sentence)
    reply.refresh_from_db()
    return reply


def reopen(*, actor: User, reply: Reply) -> Reply:
    """A second look. What is on line stays as it is until a new version is published."""
    require_reader(actor, reply)
    with transaction.atomic():
        done = Reply.objects.filter(pk=reply.pk, state=Reply.State.REVIEWED)
        if not done.update(state=Reply.State.REVIEWING, claimed_by=actor, claimed_at=timezone.now()):
            raise ActRefusedError("Cette réponse n’est pas relue : il n’y a rien à rouvrir.")
        tell(actor, reply, "reply.reopened", f"Relecture de la réponse de « {reply.candidate_list} » rouverte.")
    reply.refresh_from_db()
    return reply


def hold(actor: User, reply: Reply) -> None:
    """Inside a gesture's transaction: renew the claim, or stop. The conditional UPDATE is also the lock on the grid."""
    mine = Reply.objects.filter(pk=reply.pk, claimed_by=actor, state=Reply.State.REVIEWING)
    if not mine.update(claimed_at=timezone.now()):
        raise NotYoursError(why_not(reply))


def why_not(reply: Reply) -> str:
    now = Reply.objects.select_related("claimed_by").get(pk=reply.pk)
    if now.state == Reply.State.REVIEWING and now.claimed_by and now.claimed_at:
        since = f"{timezone.localtime(now.claimed_at):%H h %M}"
        lapsed = timezone.now() - now.claimed_at >= CLAIM_LASTS
        if not lapsed:
            return f"{now.claimed_by.full_name} relit cette réponse (dernier geste à {since}). Vous pourrez la prendre quand elle sera rendue."
    if now.state == Reply.State.RECEIVED:
        return "La machine n’a pas encore lu cette réponse : attendez un instant, puis rechargez la page."
    if now.state == Reply.State.REVIEWED:
        return "Cette réponse est déjà relue. Rouvrez-la pour la modifier."
    if now.state == Reply.State.SET_ASIDE:
        return "Ce courrier est de côté : reprenez-le d’abord."
    return "Prenez d’abord cette réponse en relecture."


def unsettled(reply: Reply) -> list[int]:
    settled = set(reply.answers.values_list("question_id", flat=True))
    return [question.number for question in questions_of(reply) if question.pk not in settled]


def unquoted(reply: Reply) -> list[int]:
    """Answered without a quotation: what answers must be shown in the list's own words."""
    quoted = reply.extracts.values("question")
    bare = reply.answers.filter(stance__in=[Stance.ANSWERS, Stance.PARTIAL]).exclude(question__in=quoted.exclude(question=None))
    return list(bare.order_by("question__number").values_list("question__number", flat=True))


def needs_a_grid(reply: Reply) -> bool:
    """An announcement, or a mail about something else, answers no question."""
    return Reply.objects.filter(Q(nature=Reply.Nature.ANSWER) | Q(nature=Reply.Nature.REFUSAL), pk=reply.pk).exists()


def number_of(left: list[int]) -> str:
    return "1 question" if len(left) == 1 else f"{len(left)} questions"


def progress(reply: Reply) -> str:
    total = len(questions_of(reply))
    settled = total - len(unsettled(reply))
    return f"{settled} question{'s' if settled > 1 else ''} réglée{'s' if settled > 1 else ''} sur {total}"


def require_reader(actor: User, reply: Reply) -> None:
    require(actor, "review", reply.campaign.collective, reply.candidate_list.commune_id if reply.candidate_list else "")


def tell(actor: User, reply: Reply, verb: str, sentence: str) -> None:
    code = reply.candidate_list.commune_id if reply.candidate_list else ""
    journal.write(actor=actor, collective=reply.campaign.collective, verb=verb, sentence=sentence, target=reply, commune_code=code)
