"""The machine reads: texts of record once per original, then its proposals. It decides nothing and publishes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.reading import types
from plaidoyer.replies import engine, original_store, redaction
from plaidoyer.replies.acts.pull import attach_by_link
from plaidoyer.replies.acts.suggest import look_again
from plaidoyer.replies.chosen_texts import texts_of
from plaidoyer.replies.models import Original, Reading, Redaction, Reply, ReplyPart, Suggestion, TextOfRecord
from plaidoyer.replies.questionnaire import for_the_engine, questions_of
from plaidoyer.replies.typed_words import by_question

MAX_CARRIED = 200  # attachments of one mail; beyond, they stay inside the mail, which is kept
SURE_PASSAGE = 0.8  # the score is a calibrated probability: below, one in five would be wrong


@dataclass(frozen=True, slots=True)
class Opened:
    """A document, and the documents that it carries, all read before the transaction begins."""

    document: types.Document
    carried: tuple[tuple[types.Attachment, Opened], ...] = ()


def read(*, actor: User | None, reply: Reply) -> Reply:
    """Open what has not been opened, then propose. The slow part runs outside the transaction; a reply under review is left alone."""
    require(actor, "review", reply.campaign.collective, reply.candidate_list.commune_id if reply.candidate_list else "")
    if reply.state not in {Reply.State.RECEIVED, Reply.State.READ}:
        return reply
    opened = [(original, look_into(original_store.bytes_of(original), original.name)) for original in unopened(reply)]
    with transaction.atomic():
        for original, found in opened:
            record_document(reply, original, found)
    proposals = propose(reply)
    with transaction.atomic():
        # Somebody was faster, or has begun to review: theirs stands, nothing is proposed twice.
        if not Reply.objects.filter(pk=reply.pk, state=reply.state).update(state=Reply.State.READ):
            return reply
        for text, reading in proposals:
            record_reading(reply, text, reading)
        look_again(reply, [text for text, _ in proposals])
        attach_by_link(reply, "\n".join(text.text for text, _ in proposals))
        journal.write(
            actor=actor, collective=reply.campaign.collective, verb="reply.read", target=reply, sentence=sentence(reply, proposals),
            commune_code=reply.candidate_list.commune_id if reply.candidate_list else "",
        )  # fmt: skip
    reply.refresh_from_db()
    return reply


def unopened(reply: Reply) -> list[Original]:
    return list(reply.originals.filter(texts=None).order_by("parts__position", "pk").distinct())


def look_into(data: bytes, name: str) -> Opened:
    document = engine.extract(data, name)
    attachments = [one for one in document.attachments if one.data][:MAX_CARRIED]
    return Opened(document, tuple((one, look_into(one.data, one.name)) for one in attachments))


def record_document(reply: Reply, original: Original, opened: Opened) -> None:
    """The text of record, whatever the state, with its reason; what a mail carries becomes originals of their own."""
    document = opened.document
    if not original.texts.exists():
        Original.objects.filter(pk=original.pk).update(media_type=document.source.media_type)
        maker, person = made_by(original, document)
        TextOfRecord.objects.create(
            original=original, maker=maker, made_by=person, extractor=document.extractor,
            state=document.state.value, text=document.text, sha256=hashlib.sha256(document.text.encode()).hexdigest(), pages=document.source.pages,
            places=[asdict(place) for place in document.places], notices=[asdict(notice) for notice in document.notices], made_at=timezone.now(),
        )  # fmt: skip
    for attachment, inside in opened.carried:
        carry(reply, original, attachment, inside)


def made_by(original: Original, document: types.Document) -> tuple[str, User | None]:
    """A letter that a person typed from paper says so, though a machine opened the file that holds it."""
    if original.name == original_store.TYPED and original.entered_by:
        return TextOfRecord.Maker.TYPED, original.entered_by
    return (TextOfRecord.Maker.OCR if document.is_ocr else TextOfRecord.Maker.EXTRACTOR), None


def carry(reply: Reply, carrier: Original, attachment: types.Attachment, inside: Opened) -> None:
    original, _ = original_store.store(
        collective=carrier.collective, data=attachment.data, name=attachment.name, received_at=carrier.received_at, entered_at=timezone.now(),
        channel=carrier.channel, entered_by=carrier.entered_by, carried_by=carrier,
    )  # fmt: skip
    if not reply.parts.filter(original=original).exists():
        rank = reply.parts.aggregate(last=Max("position"))["last"] or 0
        ReplyPart.objects.create(reply=reply, original=original, position=rank + 1)
    record_document(reply, original, inside)


def propose(reply: Reply) -> list[tuple[TextOfRecord, types.Reading | None]]:
    questions = for_the_engine(questions_of(reply))
    said = dict(reply.parts.values_list("original_id", "kind"))  # what a person says that a document is holds for every reading
    read = [(text, document_of(text), said.get(text.original_id, "")) for text in texts_of(reply)]
    return [(text, by_question(reply, text, document, engine.read(document, questions, kind))) for text, document, kind in read]


def document_of(text: TextOfRecord) -> types.Document:
    """The stored text of record, as the engine knows it."""
    places = tuple(types.Place(**{**place, "box": tuple(place["box"]) if place.get("box") else None}) for place in text.places)
    return types.Document(
        text.text, types.Source(text.original.sha256, text.original.media_type, text.pages), text.extractor or text.maker,
        types.State(text.state), places, tuple(types.Notice(**notice) for notice in text.notices), text.maker == TextOfRecord.Maker.OCR,
    )  # fmt: skip


def record_reading(reply: Reply, text: TextOfRecord, reading: types.Reading | None) -> None:
    propose_redactions(reply, text)
    if reading is None:
        return
    row = Reading.objects.create(
        reply=reply, text=text, engine=reading.engine, kind=reading.kind.value, made_at=timezone.now(),
        notices=[asdict(notice) for notice in reading.notices],
    )  # fmt: skip
    Suggestion.objects.bulk_create(
        [*(from_passage(row, one) for one in reading.passages if one.questions), *(from_commitment(row, c) for c in reading.commitments)]
    )


def from_passage(reading: Reading, one: types.Passage) -> Suggestion:
    tier = types.Tier.SURE if one.score >= SURE_PASSAGE else types.Tier.CHECK
    return Suggestion(
        reading=reading, kind=Suggestion.Kind.PASSAGE, start=one.start, end=one.end, questions=list(one.questions), tier=tier.value,
        score=one.score, why=one.why,
    )  # fmt: skip


def from_commitment(reading: Reading, one: types.Commitment) -> Suggestion:
    return Suggestion(
        reading=reading, kind=Suggestion.Kind.COMMITMENT, start=one.start, end=one.end, questions=list(one.questions), level=one.level.value,
        tier=one.tier.value, score=one.score, rule=one.rule, why=one.why, measures=list(one.measures), figures=[asdict(f) for f in one.figures],
    )  # fmt: skip


def propose_redactions(reply: Reply, text: TextOfRecord) -> None:
    """Nothing that a person has decided is touched; a proposal already made is not made twice."""
    public = [] if reply.candidate_list is None else [reply.candidate_list.head_name, reply.candidate_list.name]
    decided = list(reply.redactions.filter(text=text).values_list("start", "end"))
    fresh = [
        Redaction(reply=reply, text=text, start=one.start, end=one.end, kind=one.kind)
        for one in redaction.propose(text.text, public)
        if not any(one.start < end and start < one.end for start, end in decided)
    ]
    Redaction.objects.bulk_create(fresh)


def sentence(reply: Reply, proposals: list[tuple[TextOfRecord, types.Reading | None]]) -> str:
    of = f"de la liste « {reply.candidate_list} »" if reply.candidate_list else "à rattacher"
    readings = [reading for _, reading in proposals if reading]
    if not proposals:
        return f"Aucun texte lisible dans la réponse {of} : à taper à la main."
    passages, commitments = sum(len(r.passages) for r in readings), sum(len(r.commitments) for r in readings)
    return f"La machine a lu la réponse {of} : {passages} passages et {commitments} engagements proposés."
