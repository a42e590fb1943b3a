"""A publication before it exists: the same content for the preview and for the act, so that what was seen is what is published."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from plaidoyer.campaigns.acts.ledgers import digest_of
from plaidoyer.campaigns.equality import ledger_of, public_facts
from plaidoyer.campaigns.models import Campaign, Question
from plaidoyer.elections.models import CandidateList
from plaidoyer.replies import letter_shape, release_facts
from plaidoyer.replies.chosen_texts import Part, parts_of
from plaidoyer.replies.models import Redaction, ReleasedList, Reply, Stance
from plaidoyer.replies.public_text import LABELS, Hidden, PublicText, conceal
from plaidoyer.replies.publish_checks import replies_in
from plaidoyer.replies.questionnaire import asked_in
from plaidoyer.territories.models import Commune

type Json = dict[str, Any]
TEXTUAL = ("text/", "message/")


@dataclass(slots=True)
class DraftCell:
    question: int
    stance: str
    segments: list[Json] = field(default_factory=list)

    @property
    def stance_words(self) -> str:
        return Stance(self.stance).label if self.stance else ""

    @property
    def word_count(self) -> int:
        return sum(len(segment["words"].split()) for segment in self.segments)


@dataclass(slots=True)
class DraftList:
    candidate_list: CandidateList
    reply: Reply | None
    position: int
    status: str
    facts: Json
    letter: list[Json]
    cells: list[DraftCell]

    @property
    def is_unsettled(self) -> bool:
        """Nothing can be said yet of a letter whose grid is not finished."""
        return self.reply is not None and self.reply.nature != Reply.Nature.PROMISE and not all(cell.stance for cell in self.cells)


@dataclass(slots=True)
class Draft:
    facts: Json
    lists: list[DraftList]

    def content(self) -> Json:
        """What is sealed."""
        return {
            "facts": self.facts,
            "lists": [
                {
                    "facts": one.facts, "status": one.status, "letter": one.letter,
                    "cells": [{"question": cell.question, "stance": cell.stance, "segments": cell.segments} for cell in one.cells],
                }
                for one in self.lists
            ],
        }  # fmt: skip


def draft(campaign: Campaign, commune: Commune, now: datetime.datetime) -> Draft:
    """Every list of the commune, in official order, whatever it did."""
    questions = asked_in(campaign, commune)
    place = campaign.communes.get(commune=commune)
    lists = list(place.lists().select_related("commune"))
    received: dict[int, list[Reply]] = {}
    for reply in replies_in(campaign, commune):
        received.setdefault(reply.candidate_list_id, []).append(reply)
    facts = release_facts.of_release(campaign, commune, questions, lists, now)
    drawn = [draft_list(one, campaign, rank, received.get(one.pk, []), questions, now) for rank, one in enumerate(lists, 1)]
    statuses = Counter(one.status for one in drawn)
    facts["ledger"] = digest_of(public_facts(ledger_of(place)))
    facts["counts"] = {
        "lists": len(drawn), **{value: statuses[value] for value in ReleasedList.Status.values}, "late": sum(one.facts["is_late"] for one in drawn),
    }  # fmt: skip
    return Draft(facts, drawn)


def shown(replies: Sequence[Reply]) -> tuple[Reply | None, list[Reply]]:
    """The reply that stands for the list, and the older ones. An announcement gives way to any answer."""
    answers = [one for one in replies if one.nature in {Reply.Nature.ANSWER, Reply.Nature.REFUSAL}]
    candidates = answers or [one for one in replies if one.nature == Reply.Nature.PROMISE]
    return (candidates[0], candidates[1:]) if candidates else (None, [])


def draft_list(
    one: CandidateList, campaign: Campaign, position: int, replies: Sequence[Reply], questions: Sequence[Question], now: datetime.datetime
) -> DraftList:
    reply, older = shown(replies)
    answers = list(reply.answers.filter(question__in=questions)) if reply else []
    status, facts = release_facts.of_list(one, campaign, reply, answers, len(questions), now)
    facts["earlier"] = [earlier(row) for row in older]
    letter, by_question = letter_of(reply) if reply else ([], {})
    stances = {answer.question_id: answer.stance for answer in answers}
    cells = [DraftCell(question.number, stances.get(question.pk, ""), by_question.get(question.number, [])) for question in questions]
    return DraftList(one, reply, position, status, facts, letter, cells)


def earlier(reply: Reply) -> Json:
    known = release_facts.arrival(reply, zone_of(reply))
    kept = {key: known[key] for key in ("received_at", "channel", "channel_name", "is_late")}
    return {**kept, "kind": str(reply.nature), "letter": letter_of(reply)[0]}


def zone_of(reply: Reply) -> ZoneInfo:
    return ZoneInfo(reply.candidate_list.commune.time_zone)


def letter_of(reply: Reply) -> tuple[list[Json], dict[int, list[Json]]]:
    """The documents of the letter, and the segments of each question."""
    parts = parts_of(reply)
    readable = [part for part in parts if part.is_readable]
    kept = kept_by_text(reply)
    hidden = hidden_by_text(reply)
    zone = zone_of(reply)
    documents: list[Json] = []
    by_question: dict[int, list[Json]] = {}
    first_id = 1
    for index, part in enumerate(readable):
        ours = kept.get(part.text.pk, [])
        public = conceal(part.text.text, hidden.get(part.text.pk, []))
        over = letter_shape.marks(public, ours, first_id)
        first_id += len(over)
        documents.append(document(part, public, ours, over, zone))
        for number in sorted({one.question for one in ours if one.question is not None}):
            found = letter_shape.segments(index, public, part.text.text, number, ours, over)
            before = by_question.setdefault(number, [])
            if before:
                found[0]["cut_before"] = True
            before.extend(found)
    return documents or [without_words(part, zone) for part in parts] or [without_words(None, zone)], by_question


def document(part: Part, public: PublicText, kept: Sequence[letter_shape.Kept], over: Sequence[letter_shape.Mark], zone: ZoneInfo) -> Json:
    hidden = Counter(blot.kind for blot in public.blots)
    return {
        "text": public.text, "sha256": public.sha256, "maker": part.text.maker, "maker_name": part.text.get_maker_display(),
        "hidden": [{"kind": kind, "label": LABELS[kind], "count": number} for kind, number in sorted(hidden.items())],
        "original": original_facts(part, zone, is_partly_hidden=bool(hidden)),
        "blocks": letter_shape.document_blocks(public, part.text.text, part.text.places, kept, over),
        "commitments": letter_shape.commitments(public, over),
    }  # fmt: skip


def original_facts(part: Part, zone: ZoneInfo, *, is_partly_hidden: bool) -> Json:
    """The fingerprint of plain words would give away a hidden telephone number to whoever tried them all."""
    original = part.original
    withheld = is_partly_hidden and (not original.media_type or original.media_type.startswith(TEXTUAL))
    return {
        "sha256": "" if withheld else original.sha256, "media_type": original.media_type, "size": original.size,
        "pages": part.text.pages if part.text else None, "received_at": release_facts.local(original.received_at, zone),
    }  # fmt: skip


def without_words(part: Part | None, zone: ZoneInfo) -> Json:
    """A letter that nobody has read to the letter yet: it came, and that is all that is said."""
    nothing = {"sha256": "", "media_type": "", "size": 0, "pages": None, "received_at": None}
    return {
        "text": "", "sha256": "", "maker": "", "maker_name": "", "hidden": [], "blocks": [], "commitments": [],
        "original": original_facts(part, zone, is_partly_hidden=False) if part else nothing,
    }  # fmt: skip


def kept_by_text(reply: Reply) -> dict[int, list[letter_shape.Kept]]:
    found: dict[int, list[letter_shape.Kept]] = {}
    for one in reply.extracts.select_related("question").order_by("start", "-end", "pk"):
        number = one.question.number if one.question else None
        found.setdefault(one.text_id, []).append(letter_shape.Kept(one.start, one.end, number, one.level, tuple(one.measures)))
    return found


def hidden_by_text(reply: Reply) -> dict[int, list[Hidden]]:
    """What is not dismissed is hidden: a proposal that nobody has looked at hides too."""
    found: dict[int, list[Hidden]] = {}
    for one in reply.redactions.exclude(state=Redaction.State.DISMISSED).order_by("start", "pk"):
        found.setdefault(one.text_id, []).append(Hidden(one.start, one.end, one.kind))
    return found
