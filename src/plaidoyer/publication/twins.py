"""The data twin of each page: the same substance, as JSON. Fields are described in docs/open-data.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from plaidoyer.accounts.models import Collective
from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.publication import faces, letters
from plaidoyer.publication.comparator import Cell, Column, Comparator
from plaidoyer.publication.entrance import Entrance
from plaidoyer.publication.questions import QuestionPage, TownAnswers
from plaidoyer.publication.wording import Mark
from plaidoyer.replies.models import Release, RightOfReply

FORMAT = 1
LICENCE = "Licence Ouverte 2.0 (données et lecture) ; le texte des réponses appartient à leurs auteurs."
SEGMENT_FIELDS = ("document", "sha256", "start", "end", "words", "cut_before", "pieces")

type Data = dict[str, Any]


def absolute(name: str, *args: object) -> str:
    return settings.SITE_URL + reverse(f"publication:{name}", args=args)


def about(collective: str, *, is_fictional: bool) -> Data:
    """What each twin says of itself: who, under which licence, and whether it is an invented example."""
    return {"format": FORMAT, "producer": collective, "licence": LICENCE, "is_fictional": is_fictional}


def mark(shown: Mark | None) -> Data | None:
    return shown and {"shape": shown.shape, "words": shown.words, "more": shown.more}


def release(shown: Release) -> Data:
    return {"version": shown.version, "published_at": shown.published_at.isoformat(), "reason": shown.reason, "sha256": shown.sha256}


def comparator(table: Comparator) -> Data:
    facts, shown = table.facts, table.release
    place = (facts["campaign"]["slug"], facts["commune"]["code"], facts["commune"]["slug"])
    answers = {(cell.row.pk, question.number): cell for question in table.questions for cell in question.cells}
    return about(facts["collective"]["name"], is_fictional=is_fictional(facts)) | {
        "url": absolute("comparator", *place),
        "release": release(shown),
        **{key: facts[key] for key in ("campaign", "collective", "commune", "election", "contests", "deadline", "order", "questions")},
        "calendar": [{"on": stone.on, "at": stone.at or None, "label": stone.label} for stone in table.road],
        "counts": facts["counts"],
        "lists": [
            list_facts(column, facts) | {"answers": [cell(one) for (row, _), one in answers.items() if row == column.row.pk]}
            for column in table.columns
        ],
    }


def is_fictional(facts: Data) -> bool:
    return facts["collective"]["is_fictional"] or facts["commune"]["is_fictional"]


def list_facts(column: Column, facts: Data) -> Data:
    row = column.row
    place = (facts["campaign"]["slug"], facts["commune"]["code"], facts["commune"]["slug"], row.facts["slug"])
    left_out = {"earlier", "sentence"}
    return {
        "url": absolute("letter", *place),
        "position": row.position,
        "status": row.status,
        "status_word": row.get_status_display(),
        "is_late": row.is_late,
        "mark": mark(column.mark),
        "sentence": row.facts["sentence"],
        **{key: value for key, value in row.facts.items() if key not in left_out},
    }


def cell(one: Cell) -> Data:
    return {
        "question": one.number,
        "stance": one.stance,
        "mark": mark(one.mark),
        "is_late": one.row.is_late,
        "word_count": one.word_count,
        "segments": [{key: segment[key] for key in SEGMENT_FIELDS} for segment in one.segments],
    }


def letter(reply: letters.WholeReply, rights: Sequence[RightOfReply] = ()) -> Data:
    facts = reply.facts
    return about(facts["collective"]["name"], is_fictional=is_fictional(facts)) | {
        "release": release(reply.release),
        **{key: facts[key] for key in ("campaign", "collective", "commune", "election", "questions")},
        "list": list_facts(reply.column, facts),
        "documents": [document.facts for document in reply.documents],
        "commitments": [pledge.facts | {"document": pledge.document} for pledge in reply.pledges],
        "earlier": reply.row.facts["earlier"],
        "rights_of_reply": [right_of_reply(one) for one in rights],
    }


def right_of_reply(one: RightOfReply) -> Data:
    return {
        "text": one.published_text,
        "signed_by": one.signed_by,
        "capacity": one.capacity,
        "received_at": one.received_at.isoformat(),
        "published_at": one.decided_at and one.decided_at.isoformat(),
        "about_version": one.release.version,
        "note": one.reason,
    }


def campaign(face: faces.Face, places: list[faces.Place]) -> Data:
    return about(face.collective["name"], is_fictional=face.is_fictional) | {
        "url": absolute("campaign", face.slug),
        "campaign": face.facts,
        "collective": face.collective,
        "election": face.election,
        "deadline_on": face.deadline_on,
        "publish_on": face.campaign.publish_on and face.campaign.publish_on.isoformat(),
        "questions": face.questions,
        "communes": [place(face.slug, one) for one in places],
        "files": {"answers": absolute("answers_csv", face.slug), "commitments": absolute("commitments_csv", face.slug)},
    }


def place(slug: str, one: faces.Place) -> Data:
    return {
        "url": absolute("comparator", slug, one.code, one.slug),
        "code": one.code,
        "name": one.name,
        "departement": one.departement,
        "is_public": one.published_at is not None,
        "published_at": one.published_at and one.published_at.isoformat(),
        "version": one.version or None,
        "counts": one.counts or None,
    }


def question(face: faces.Face, asked: Data, shown: QuestionPage) -> Data:
    return about(face.collective["name"], is_fictional=face.is_fictional) | {
        "url": absolute("question", face.slug, shown.number),
        "campaign": face.facts,
        "question": asked,
        "page": shown.page,
        "pages": shown.pages,
        "communes": [town(one) for one in shown.towns],
    }


def town(one: TownAnswers) -> Data:
    return {
        "commune": one.commune,
        "release": release(one.release),
        "order": one.order,
        "local_text": one.local_text,
        "lists": [
            {"name": shown.row.facts["name"], "slug": shown.row.facts["slug"], "status": shown.row.status} | cell(shown) for shown in one.cells
        ],
    }


def corrections(face: faces.Face, changed: list[Release]) -> Data:
    return about(face.collective["name"], is_fictional=face.is_fictional) | {
        "url": absolute("corrections", face.slug),
        "campaign": face.facts,
        "corrections": [
            {
                "commune": one.commune.name,
                "code": one.commune_id,
                "version": one.version,
                "published_at": one.published_at.isoformat(),
                "reason": one.reason,
                "withdrawn_at": one.withdrawn_at and one.withdrawn_at.isoformat(),
                "withdrawal_reason": one.withdrawal_reason,
            }
            for one in changed
        ],
    }


def method(face: faces.Face) -> Data:
    return about(face.collective["name"], is_fictional=face.is_fictional) | {
        "url": absolute("method", face.slug),
        "campaign": face.facts,
        "collective": face.collective,
        "election": face.election,
        "deadline_on": face.deadline_on,
    }


def home(seen: Entrance) -> Data:
    return {
        "format": FORMAT,
        "licence": LICENCE,
        "campaigns": [
            {
                "url": absolute("campaign", one.campaign.slug),
                "name": one.campaign.name,
                "collective": one.campaign.collective.name,
                "is_fictional": one.is_fictional,
                "communes": one.communes,
                "communes_published": one.published,
                "lists_published": one.lists,
                "replies_published": one.replies,
            }
            for one in seen.lines
        ],
        "latest": [
            {
                "url": absolute("comparator", one.campaign.slug, one.commune["code"], one.commune["slug"]),
                "commune": one.commune["name"],
                "published_at": one.published_at.isoformat(),
                "version": one.version,
                "sentence": one.sentence,
            }
            for one in seen.latest
        ],
        "found": [{"code": one.commune.code, "name": one.commune.name, "pages": [place_url(place) for place in one.places]} for one in seen.found],
    }


def place_url(one: CampaignCommune) -> str:
    return absolute("comparator", one.campaign.slug, one.commune.code, one.commune.slug)


def publisher(one: Collective) -> Data:
    fields = ("name", "url", "contact_email", "publication_director", "is_fictional")
    return {field: getattr(one, field) for field in fields}


def legal(collectives: list[Collective]) -> Data:
    return {"format": FORMAT, "licence": LICENCE, "publishers": [publisher(one) for one in collectives], "hosting": settings.HOSTING}


def accessibility(collectives: list[Collective]) -> Data:
    return {"format": FORMAT, "status": "non auditée", "contacts": [one.contact_email for one in collectives if one.contact_email]}


def data_guide(campaigns: list[Campaign]) -> Data:
    return {
        "format": FORMAT,
        "licence": LICENCE,
        "campaigns": [
            {
                "name": one.name,
                "data": absolute("campaign_data", one.slug),
                "answers": absolute("answers_csv", one.slug),
                "commitments": absolute("commitments_csv", one.slug),
                "feed": absolute("feed", one.slug),
            }
            for one in campaigns
        ],
    }
