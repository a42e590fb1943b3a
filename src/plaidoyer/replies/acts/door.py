"""What a list does on its own page: it keeps a draft, attaches files, sends, corrects, or says that it does not wish to answer.

``actor`` is None: nobody here has an account, the link is the right to act. A draft leaves no line in the journal: it is the list's own,
and becomes a fact only when it is sent.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.models import Channel
from plaidoyer.campaigns.sending_rules import account_of, plan_of
from plaidoyer.mailbox import acts as mailbox
from plaidoyer.mailbox.models import MailAccount
from plaidoyer.reading.types import State
from plaidoyer.replies.acts.receive import receive
from plaidoyer.replies.door import receipts, uploads
from plaidoyer.replies.door.assembling import Assembled, Heading, Part, assemble, clean, refusal
from plaidoyer.replies.door.moments import Moment, last_sending, moment_of
from plaidoyer.replies.models import DoorDraft, DoorFile, DoorSending, Original, Reply, TextOfRecord
from plaidoyer.replies.original_store import plain_name
from plaidoyer.replies.publish_checks import spoken
from plaidoyer.replies.questionnaire import asked_in, questionnaire_of

BEYOND = "au-dela"  # the key, in a draft, of the words beyond the questions
FORM = "formulaire 1"  # the « extractor » of a text that was typed here: there was nothing to extract


class ChangedMeanwhileError(ActRefusedError):
    """Another page of the same list has saved something since."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What one page of a browser holds, and what it knew when it was opened."""

    texts: Mapping[str, str]
    answered_by: str = ""
    capacity: str = ""
    email: str = ""
    revision: int = 0
    tab: str = ""
    tab_save: int = 0

    def facts(self) -> dict[str, object]:
        texts = {code: clean(words) for code, words in self.texts.items() if clean(words)}
        return {"texts": texts, "answered_by": self.answered_by, "capacity": self.capacity, "email": self.email}


@dataclass(frozen=True, slots=True)
class Sent:
    sending: DoorSending
    is_new: bool


def locked_draft(link: ReplyLink) -> DoorDraft:
    """The one draft of this list, held until the end of the transaction: two tabs, two phones take turns."""
    DoorDraft.objects.get_or_create(campaign=link.campaign, candidate_list=link.candidate_list)
    return DoorDraft.objects.select_for_update().get(campaign=link.campaign, candidate_list=link.candidate_list)


@transaction.atomic
def save_draft(*, actor: User | None, link: ReplyLink, typed: Typed) -> DoorDraft:  # noqa: ARG001  every act says who acts: here the link does
    """Keep what is typed. What another page saved meanwhile is not overwritten: both texts are kept, and a person chooses."""
    draft = locked_draft(link)
    facts = typed.facts()
    is_same_page = bool(typed.tab) and typed.tab == draft.tab
    if is_same_page and 0 < typed.tab_save <= draft.tab_save:
        return draft  # an older save of the same page, overtaken on the way
    if all(getattr(draft, name) == value for name, value in facts.items()):
        return draft
    if typed.revision < draft.text_revision and not is_same_page:
        return put_aside(draft, facts, typed.tab)
    return keep(draft, typed)


def keep(draft: DoorDraft, typed: Typed, **more: object) -> DoorDraft:
    """A new revision of the text, with its hour."""
    after = draft.revision + 1
    now = {"revision": after, "text_revision": after, "saved_at": timezone.now(), "tab": typed.tab, "tab_save": typed.tab_save}
    DoorDraft.objects.filter(pk=draft.pk).update(**typed.facts(), **now, **more)
    draft.refresh_from_db()
    return draft


def put_aside(draft: DoorDraft, facts: dict[str, object], tab: str) -> DoorDraft:
    """Beside the saved text, never over it; a page that insists replaces its own."""
    others = [one for one in draft.asides if one["facts"] != facts and (not tab or one["tab"] != tab)]
    draft.asides = [*others, {"facts": facts, "at": timezone.now().isoformat(), "tab": tab}]
    draft.revision += 1
    draft.save(update_fields=["asides", "revision"])
    return draft


@transaction.atomic
def choose_text(*, actor: User | None, link: ReplyLink, typed: Typed) -> DoorDraft:  # noqa: ARG001
    """After a conflict: what the person kept of both texts. The page that she chose from must show the last of them."""
    draft = locked_draft(link)
    if typed.revision != draft.revision:
        raise ChangedMeanwhileError("Le texte a encore changé entre-temps : voici les deux, choisissez de nouveau.")
    return keep(draft, typed, asides=[])


def attach_file(*, actor: User | None, link: ReplyLink, name: str, data: bytes) -> DoorFile:  # noqa: ARG001
    """Looked into first, outside the transaction; the same bytes twice are one file."""
    require_open(link)
    looked = uploads.look_into(name, data)
    sha256 = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        draft = locked_draft(link)
        known = draft.files.filter(sha256=sha256).first()
        if known:
            return known
        uploads.look_at_the_lot(draft.files.count() + 1, sum(draft.files.values_list("size", flat=True)) + len(data))
        made = DoorFile(
            draft=draft, name=plain_name(name), sha256=sha256, size=len(data), media_type=looked.media_type, notice=looked.notice,
            added_at=timezone.now(),
        )  # fmt: skip
        made.file.save("", ContentFile(data), save=False)
        made.save(force_insert=True)
        moved_on(draft)
    return made


@transaction.atomic
def remove_file(*, actor: User | None, link: ReplyLink, pk: int) -> None:  # noqa: ARG001
    """From the draft alone: what was sent with an earlier version stays an original."""
    draft = locked_draft(link)
    file = draft.files.filter(pk=pk).first()
    if file is None:
        return
    file.delete()
    transaction.on_commit(lambda: file.file.storage.delete(file.file.name))
    moved_on(draft)


def moved_on(draft: DoorDraft) -> None:
    """Files are part of what is sent: the revision says so. The page that is open keeps its right to save."""
    DoorDraft.objects.filter(pk=draft.pk).update(revision=draft.revision + 1, saved_at=timezone.now())


@transaction.atomic
def send_reply(*, actor: User | None, link: ReplyLink, revision: int, at: datetime.datetime | None = None) -> Sent:
    """The draft as the preview showed it, once: pressed twice, or again after a cut, it gives the same receipt.

    ``at`` is for a story told afterwards (the example): no page lets anybody choose the hour.
    """
    draft = locked_draft(link)
    if done := already_sent(link, revision, is_refusal=False):
        return Sent(done, is_new=False)
    moment = require_open(link, at)
    if draft.revision != revision:
        raise ChangedMeanwhileError("Votre réponse a changé depuis cet aperçu. Voici le nouveau : relisez-le, puis envoyez.")
    if draft.asides:
        raise ChangedMeanwhileError("Deux pages ouvertes ont enregistré deux textes : choisissez d’abord.")
    if not draft.texts and not draft.files.exists():
        raise ActRefusedError("Il n’y a encore rien à envoyer : écrivez au moins une réponse, ou joignez un document.")
    return send(actor, link, draft, assembled(link, draft), moment, revision, at=at)


@transaction.atomic
def send_refusal(*, actor: User | None, link: ReplyLink, typed: Typed, words: str) -> Sent:
    """« Nous ne souhaitons pas répondre »: recorded in the list's own words, and confirmed by a person before it is published, like any reply."""
    draft = locked_draft(link)
    if done := already_sent(link, typed.revision + 1, is_refusal=True):
        return Sent(done, is_new=False)
    moment = require_open(link)
    if draft.revision != typed.revision:
        raise ChangedMeanwhileError("Votre page a changé entre-temps. Relisez, puis envoyez.")
    who = {"answered_by": typed.answered_by, "capacity": typed.capacity, "email": typed.email}
    # two steps on: the answers still in the draft are not what was sent, and may be sent later as another version
    DoorDraft.objects.filter(pk=draft.pk).update(**who, revision=typed.revision + 2, saved_at=timezone.now())
    draft.refresh_from_db()
    return send(actor, link, draft, refusal(heading(link), clean(words)), moment, typed.revision + 1, is_refusal=True)


def already_sent(link: ReplyLink, revision: int, *, is_refusal: bool) -> DoorSending | None:
    sendings = DoorSending.objects.filter(campaign=link.campaign, candidate_list=link.candidate_list, is_refusal=is_refusal)
    return sendings.filter(draft_revision=revision).first()


def require_open(link: ReplyLink, at: datetime.datetime | None = None) -> Moment:
    moment = moment_of(link.campaign, link.candidate_list, at or timezone.now())
    if not moment.can_send:
        raise ActRefusedError(moment.sentences[0])
    return moment


def send(
    actor: User | None, link: ReplyLink, draft: DoorDraft, made: Assembled, moment: Moment, revision: int, *, is_refusal: bool = False,
    at: datetime.datetime | None = None,
) -> Sent:  # fmt: skip
    """Bytes first, through the act that receives every letter; then where the words stand, the proof, and the receipt."""
    if not draft.answered_by or not draft.capacity:
        raise ActRefusedError("Dites qui répond, et en quelle qualité.")
    campaign, one = link.campaign, link.candidate_list
    before = last_sending(campaign, one)
    version = before.version + 1 if before else 1
    files = [] if is_refusal else list(draft.files.all())
    letter = (f"réponse sur la page de la liste, version {version}.txt", made.data)
    received = receive(
        actor=actor, campaign=campaign, candidate_list=one, channel=Channel.FORM, answered_by=draft.answered_by, capacity=draft.capacity,
        files=[letter, *((file.name, bytes_of(file)) for file in files)], received_at=at,
    )  # fmt: skip
    if is_refusal:
        Reply.objects.filter(pk=received.reply.pk).update(nature=Reply.Nature.REFUSAL)
    record_text(received.reply, made)
    sending = DoorSending.objects.create(
        campaign=campaign, candidate_list=one, reply=received.reply, questionnaire=questionnaire_of(campaign), version=version,
        draft_revision=revision, text=made.text, text_sha256=made.sha256, spans=[list(span) for span in made.spans],
        files=[{"name": file.name, "sha256": file.sha256, "size": file.size} for file in files], is_refusal=is_refusal, email=draft.email,
        sent_at=received.reply.received_at,
    )  # fmt: skip
    queue_receipts(actor, sending, moment)
    journal.write(
        actor=actor, collective=campaign.collective, verb="door.sent", target=received.reply, commune_code=one.commune_id,
        data={"version": version, "text_sha256": made.sha256},
        sentence=f"La liste « {one.name} » a {'dit sur sa page qu’elle ne souhaite pas répondre' if is_refusal else 'envoyé sa réponse sur sa page'} "
        f"(version {version}).",
    )  # fmt: skip
    return Sent(sending, is_new=True)


def bytes_of(file: DoorFile) -> bytes:
    with file.file.open("rb") as there:
        return there.read()


def record_text(reply: Reply, made: Assembled) -> None:
    """What was typed needs no reader: its text of record is these bytes, whatever they look like."""
    original: Original = reply.originals.get(sha256=made.sha256)
    TextOfRecord.objects.create(
        original=original, maker=TextOfRecord.Maker.EXTRACTOR, extractor=FORM, state=State.READ.value, text=made.text, sha256=made.sha256,
        places=[asdict(place) for place in made.places], made_at=timezone.now(),
    )  # fmt: skip
    Original.objects.filter(pk=original.pk, media_type="").update(media_type="text/plain")


def queue_receipts(actor: User | None, sending: DoorSending, moment: Moment) -> None:
    """In the same transaction: no receipt without its reply, no reply whose receipt is forgotten. In a rehearsal nothing leaves."""
    account = account_for(sending)
    if account is None:
        return
    told = mailbox.queue(
        actor=actor, account=account, drafts=receipts.messages(sending, limit_of(moment), moment.silence_ends_at), is_rehearsal=False,
        batch=f"campagne-{sending.campaign_id}-recus", title=f"Reçus des réponses, {sending.campaign.name}",
    )  # fmt: skip
    sending.is_mailed = bool(told.made)
    sending.save(update_fields=["is_mailed"])


def account_for(about: ReplyLink | DoorSending) -> MailAccount | None:
    """Which account sends the receipts; None while the collective has none, or rehearses."""
    plan = plan_of(about.campaign)
    return None if plan.is_rehearsal else account_of(plan)


def limit_of(moment: Moment) -> str:
    return "" if moment.is_past else moment.limit


def heading(link: ReplyLink) -> Heading:
    one, campaign = link.candidate_list, link.campaign
    before = last_sending(campaign, one)
    replaces = spoken_at(before.sent_at, one.commune.time_zone) if before else ""
    return Heading(one.name, one.commune.name, campaign.name, campaign.collective.name, before.version + 1 if before else 1, replaces)


def spoken_at(moment: datetime.datetime, zone: str) -> str:
    return spoken(moment.astimezone(ZoneInfo(zone)))


def assembled(link: ReplyLink, draft: DoorDraft) -> Assembled:
    """The same text for the preview and for the sending."""
    questions = asked_in(link.campaign, link.candidate_list.commune)
    parts = [Part(question.code, f"Question {question.number}. {question.title}", draft.texts.get(question.code, "")) for question in questions]
    beyond = Part("", "Au-delà des questions", draft.texts.get(BEYOND, ""))
    return assemble(heading(link), [*parts, beyond], [file.name for file in draft.files.all()])
