"""A letter comes in: bytes first, then the reply that they make, then the machine's reading, once all is safe on the disk."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Campaign, Channel
from plaidoyer.elections.models import CandidateList
from plaidoyer.replies import original_store
from plaidoyer.replies.models import Original, Reply, ReplyPart
from plaidoyer.replies.tasks import read_reply

type File = tuple[str, bytes]
CLOCKS_DIFFER = datetime.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Received:
    """The reply, and the originals that were here before these files came. ``is_new`` is False when nothing had to be created."""

    reply: Reply
    already: tuple[Original, ...] = ()
    is_new: bool = True


def receive(  # noqa: PLR0913  one letter has that many facts, all of them named
    *, actor: User | None, campaign: Campaign, files: Sequence[File], received_at: datetime.datetime | None = None,
    channel: str = Channel.EMAIL, candidate_list: CandidateList | None = None, suggested_list: CandidateList | None = None,
    suggestion_why: str = "", answered_by: str = "", capacity: str = "", note: str = "",
) -> Received:  # fmt: skip
    """Several files make one reply. Without a list it waits in the tray; the same files again give the reply that they already made."""
    if not files:
        raise ActRefusedError("Choisissez au moins un fichier.")
    for name, data in files:
        original_store.check(name, data)
    require(actor, "receive", campaign.collective, candidate_list.commune_id if candidate_list else "")
    check_list(campaign, candidate_list)
    now = timezone.now()
    received_at = moment(received_at, now)
    with transaction.atomic():
        kept = [keep_file(campaign, file, received_at, now, channel, actor) for file in files]
        originals = list(dict.fromkeys(original for original, _ in kept))
        already = tuple(original for original, is_new in kept if not is_new)
        same = same_reply(campaign, candidate_list, originals)
        if same:
            return Received(same, already, is_new=False)
        reply = Reply.objects.create(
            campaign=campaign, candidate_list=candidate_list, received_at=received_at, channel=channel, entered_by=actor, entered_at=now,
            suggested_list=suggested_list, suggestion_why=suggestion_why, answered_by=answered_by, capacity=capacity, note=note,
        )  # fmt: skip
        ReplyPart.objects.bulk_create(ReplyPart(reply=reply, original=one, position=rank) for rank, one in enumerate(originals, 1))
        tell(actor, reply, originals)
    read_later(reply)
    return Received(reply, already)


def receive_text(*, actor: User | None, campaign: Campaign, text: str, name: str = "texte collé.txt", **more: object) -> Received:
    """A text pasted from a mail or a page: its bytes are the original."""
    if not text.strip():
        raise ActRefusedError("Collez le texte de la réponse avant d’enregistrer.")
    return receive(actor=actor, campaign=campaign, files=[(name, text.encode())], **more)


def receive_typed(*, actor: User | None, campaign: Campaign, text: str = "", **more: object) -> Received:
    """A letter on paper, typed by a person. Without a text, the letter is only announced: « courrier reçu, numérisation à venir ».

    An announced letter has no original: there are no bytes yet, and nothing is invented in their place.
    """
    more.setdefault("channel", Channel.POST)
    if text.strip():
        return receive_text(actor=actor, campaign=campaign, text=text, name=original_store.TYPED, **more)
    return announce(actor=actor, campaign=campaign, **more)


def announce(
    *, actor: User | None, campaign: Campaign, received_at: datetime.datetime | None = None, channel: str = Channel.POST,
    candidate_list: CandidateList | None = None, answered_by: str = "", capacity: str = "", note: str = "",
) -> Received:  # fmt: skip
    require(actor, "receive", campaign.collective, candidate_list.commune_id if candidate_list else "")
    check_list(campaign, candidate_list)
    now = timezone.now()
    with transaction.atomic():
        reply = Reply.objects.create(
            campaign=campaign, candidate_list=candidate_list, received_at=moment(received_at, now), channel=channel, entered_by=actor,
            entered_at=now, answered_by=answered_by, capacity=capacity, note=note, is_awaiting_scan=True, state=Reply.State.READ,
        )  # fmt: skip
        tell(actor, reply, [])
    return Received(reply)


def add_part(*, actor: User | None, reply: Reply, files: Sequence[File]) -> Received:
    """A scan that arrives later, a second file of the same reply. The date of the reply does not move."""
    if not files:
        raise ActRefusedError("Choisissez au moins un fichier.")
    for name, data in files:
        original_store.check(name, data)
    campaign = reply.campaign
    require(actor, "receive", campaign.collective, reply.candidate_list.commune_id if reply.candidate_list else "")
    now = timezone.now()
    with transaction.atomic():
        kept = [keep_file(campaign, file, now, now, reply.channel, actor) for file in files]
        rank = reply.parts.aggregate(last=Max("position"))["last"] or 0
        fresh = [one for one in dict.fromkeys(original for original, _ in kept) if not reply.parts.filter(original=one).exists()]
        if not fresh:
            return Received(reply, tuple(original for original, _ in kept), is_new=False)
        ReplyPart.objects.bulk_create(ReplyPart(reply=reply, original=one, position=rank + step) for step, one in enumerate(fresh, 1))
        Reply.objects.filter(pk=reply.pk).update(is_awaiting_scan=False)
        back_to_the_machine(reply)
        tell(actor, reply, fresh, later=True)
    reply.refresh_from_db()
    read_later(reply)
    return Received(reply, tuple(original for original, is_new in kept if not is_new))


def back_to_the_machine(reply: Reply) -> None:
    """A reviewed letter that grows must be looked at again: neither its grid nor its redactions are complete any more."""
    Reply.objects.filter(pk=reply.pk).update(redaction_seen_at=None, redaction_seen_by=None)
    Reply.objects.filter(pk=reply.pk, state=Reply.State.REVIEWED).update(state=Reply.State.READ)


def read_later(reply: Reply) -> None:
    """After the commit: a reading that fails, or a process that dies, takes nothing back. ``read_replies`` picks up what was left."""
    transaction.on_commit(lambda: read_reply.enqueue(reply.pk))


def keep_file(
    campaign: Campaign, file: File, received_at: datetime.datetime, now: datetime.datetime, channel: str, actor: User | None
) -> tuple[Original, bool]:
    name, data = file
    return original_store.store(
        collective=campaign.collective, data=data, name=name, received_at=received_at, entered_at=now, channel=channel, entered_by=actor
    )


def moment(received_at: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime:
    if received_at is None:
        return now
    if received_at > now + CLOCKS_DIFFER:
        raise ActRefusedError("La date de réception est dans le futur : indiquez le jour et l’heure où la lettre est arrivée.")
    return received_at


def check_list(campaign: Campaign, candidate_list: CandidateList | None) -> None:
    if candidate_list is not None and not campaign.lists().filter(pk=candidate_list.pk).exists():
        raise ActRefusedError(f"La liste « {candidate_list} » n’est pas dans cette campagne.")


def same_reply(campaign: Campaign, candidate_list: CandidateList | None, originals: Sequence[Original]) -> Reply | None:
    """A reply of this campaign that already holds all these bytes, for this list (or for any, when none is named)."""
    found = Reply.objects.filter(campaign=campaign).exclude(state=Reply.State.SET_ASIDE)
    if candidate_list is not None:
        found = found.filter(candidate_list=candidate_list)
    for original in originals:
        found = found.filter(parts__original=original)
    return found.order_by("pk").first()


def tell(actor: User | None, reply: Reply, originals: Sequence[Original], *, later: bool = False) -> None:
    of = f"de la liste « {reply.candidate_list} »" if reply.candidate_list else "à rattacher à une liste"
    when = timezone.localtime(reply.received_at).strftime("%d/%m/%Y à %H h %M")
    if later:
        what = f"Pièces ajoutées à la réponse {of} : {len(originals)}."
    elif originals:
        what = f"Réponse {of} reçue le {when} ({reply.get_channel_display()}), pièces : {len(originals)}."
    else:
        what = f"Courrier {of} reçu le {when} ({reply.get_channel_display()}), numérisation à venir."
    journal.write(
        actor=actor, collective=reply.campaign.collective, verb="reply.part_added" if later else "reply.received", sentence=what, target=reply,
        commune_code=reply.candidate_list.commune_id if reply.candidate_list else "", data={"sha256": [one.sha256 for one in originals]},
    )  # fmt: skip
