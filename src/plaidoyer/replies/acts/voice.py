"""After publication: the right of reply. Received whole, on a clock, published as it was written save what is personal, or declined with a reason."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Channel
from plaidoyer.elections.models import CandidateList
from plaidoyer.elections.silence import current_window
from plaidoyer.replies.acts.receive import moment
from plaidoyer.replies.door.assembling import clean
from plaidoyer.replies.models import Release, RightOfReply
from plaidoyer.replies.public_text import Hidden, conceal
from plaidoyer.replies.publish_checks import silence
from plaidoyer.replies.reply_clock import LEGAL, WORDS, silence_at, word_count

AFTER_SILENCE = "Le délai légal finissait pendant la période de silence électoral ; publié après elle."


def reply_right(
    *, actor: User | None, release: Release, candidate_list: CandidateList, text: str, signed_by: str, capacity: str = "",
    channel: str = Channel.FORM, received_at: datetime.datetime | None = None,
) -> RightOfReply:  # fmt: skip
    """Asked on the list's own page (``actor`` None), or recorded from a letter. Kept whatever its length; the clock starts at its reception."""
    require(actor, "receive", release.campaign.collective, release.commune_id)
    words, now = clean(text), timezone.now()
    if not words:
        raise ActRefusedError("Écrivez le texte à publier.")
    if not signed_by.strip():
        raise ActRefusedError("Dites qui demande cette réponse : elle est publiée sous ce nom.")
    if not release.lists.filter(candidate_list=candidate_list).exists():
        raise ActRefusedError(f"La liste « {candidate_list} » n’est pas dans cette publication.")
    at = moment(received_at, now)
    with transaction.atomic():
        known = RightOfReply.objects.filter(release__campaign=release.campaign, candidate_list=candidate_list, text=words).first()
        if known:
            return known
        made = RightOfReply.objects.create(
            release=release, candidate_list=candidate_list, text=words, signed_by=signed_by.strip(), capacity=capacity.strip(), channel=channel,
            received_at=at, due_at=at + LEGAL, entered_at=now, entered_by=actor,
        )  # fmt: skip
        due = f"{timezone.localtime(made.due_at):%d/%m/%Y à %H h %M}"
        said = f"Droit de réponse demandé par « {candidate_list} » (version {release.version}), à publier avant le {due}."
        tell(actor, made, "voice.received", said)
    return made


def publish_right(*, actor: User, right: RightOfReply, hidden: Sequence[Hidden] = ()) -> RightOfReply:
    """Word for word, save the personal data that a person has chosen to hide."""
    release = right.release
    require(actor, "publish", release.campaign.collective, release.commune_id)
    now = timezone.now()
    if window := current_window(release.campaign.election, release.commune, now):
        raise ActRefusedError(silence(window))
    if (count := word_count(right.text)) > WORDS:
        raise ActRefusedError(
            f"Ce texte fait {count} mots ; la limite est de {WORDS}, la même pour toutes les listes. Demandez à la liste de le raccourcir."
        )
    if any(not 0 <= one.start < one.end <= len(right.text) for one in hidden):
        raise ActRefusedError("Un passage à masquer n’est pas dans ce texte : rechargez la page.")
    note = AFTER_SILENCE if now > right.due_at and silence_at(right, right.due_at) else ""
    with transaction.atomic():
        decide(actor, right, state=RightOfReply.State.PUBLISHED, published_text=conceal(right.text, hidden).text, reason=note)
        tell(actor, right, "voice.published", f"Droit de réponse de « {right.candidate_list} » publié.")
    return right


def decline_right(*, actor: User, right: RightOfReply, reason: str) -> RightOfReply:
    """The text stays here, whole, with the reason; the list reads the reason on its page."""
    require(actor, "publish", right.release.campaign.collective, right.release.commune_id)
    why = clean(reason)
    if not why:
        raise ActRefusedError("Dites pourquoi cette réponse n’est pas publiée : la liste lira cette raison.")
    with transaction.atomic():
        decide(actor, right, state=RightOfReply.State.DECLINED, reason=why)
        tell(actor, right, "voice.declined", f"Droit de réponse de « {right.candidate_list} » non publié. Raison : {why}")
    return right


def decide(actor: User, right: RightOfReply, **facts: str) -> None:
    if not RightOfReply.objects.waiting().filter(pk=right.pk).update(decided_at=timezone.now(), decided_by=actor, **facts):
        raise ActRefusedError("Quelqu’un a déjà décidé : rechargez la page.")
    right.refresh_from_db()


def tell(actor: User | None, right: RightOfReply, verb: str, sentence: str) -> None:
    release = right.release
    journal.write(actor=actor, collective=release.campaign.collective, verb=verb, target=right, commune_code=release.commune_id, sentence=sentence)
