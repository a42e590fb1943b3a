"""What is hidden from the public text. The machine proposes, a person decides each one, or hides all that is left."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies.acts.claim import require_reader
from plaidoyer.replies.acts.review import check_span, check_text, found
from plaidoyer.replies.models import Redaction, Reply, TextOfRecord


def decide_redaction(*, actor: User, reply: Reply, redaction: Redaction, state: str) -> Redaction:
    """Hide it, or leave it. Either can be changed until publication."""
    require_reader(actor, reply)
    if redaction.reply_id != reply.pk or state not in {Redaction.State.CONFIRMED, Redaction.State.DISMISSED}:
        raise ActRefusedError("Ce masquage n’est pas dans cette réponse.")
    with transaction.atomic():
        reply.redactions.filter(pk=redaction.pk).update(state=state, decided_by=actor, decided_at=timezone.now())
        verb = "à masquer" if state == Redaction.State.CONFIRMED else "à laisser"
        tell(actor, reply, f"{redaction.get_kind_display().capitalize()} {verb} dans la réponse de « {reply.candidate_list} ».")
    redaction.refresh_from_db()
    return redaction


def add_redaction(
    *, actor: User, reply: Reply, kind: str, text: TextOfRecord | None = None, span: tuple[int, int] | None = None, quote: str = ""
) -> Redaction:
    """Something that the machine did not see: by its place, or by its words, copied from the letter."""
    require_reader(actor, reply)
    if kind not in Redaction.Kind.values:
        raise ActRefusedError("Dites ce que vous masquez : adresse électronique, téléphone, adresse, signature, nom ou autre donnée personnelle.")
    text, start, end = found(reply, quote) if span is None else (check_text(reply, text), *span)
    start, end = check_span(text, start, end)
    with transaction.atomic():
        made, _ = Redaction.objects.update_or_create(
            reply=reply, text=text, start=start, end=end,
            defaults={"kind": kind, "state": Redaction.State.CONFIRMED, "decided_by": actor, "decided_at": timezone.now()},
        )  # fmt: skip
        tell(actor, reply, f"{made.get_kind_display().capitalize()} à masquer, ajouté à la main dans la réponse de « {reply.candidate_list} ».")
    return made


def see_redactions(*, actor: User, reply: Reply) -> Reply:
    """The public text has been looked at as it will be read. What was proposed and left undecided is hidden."""
    require_reader(actor, reply)
    now = timezone.now()
    with transaction.atomic():
        left = reply.redactions.filter(state=Redaction.State.PROPOSED)
        left.update(state=Redaction.State.CONFIRMED, decided_by=actor, decided_at=now)
        Reply.objects.filter(pk=reply.pk).update(redaction_seen_by=actor, redaction_seen_at=now)
        hidden = reply.redactions.filter(state=Redaction.State.CONFIRMED).count()
        many = "s" if hidden > 1 else ""
        tell(actor, reply, f"Masquages vus dans la réponse de « {reply.candidate_list} » : {hidden} passage{many} masqué{many}.")
    reply.refresh_from_db()
    return reply


def tell(actor: User, reply: Reply, sentence: str) -> None:
    code = reply.candidate_list.commune_id if reply.candidate_list else ""
    journal.write(actor=actor, collective=reply.campaign.collective, verb="reply.redacted", sentence=sentence, target=reply, commune_code=code)
