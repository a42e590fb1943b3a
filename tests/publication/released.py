"""Releases made by hand, in the shape of docs/release-format.md: a letter typed with small marks becomes what publish would freeze.

``#1 `` before a paragraph: it answers question 1. ``[firm:…]``: a commitment. ``{phone}``: something hidden.
"""

from __future__ import annotations

import datetime
import hashlib
import re

from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import CandidateList
from plaidoyer.replies.models import Release, ReleasedCell, ReleasedList
from plaidoyer.territories.models import Commune

MARK = re.compile(r"\[(firm|conditional|intention|refusal):([^]]*)\]|\{(phone|email|signature)\}")
WORDS = {"firm": "ferme", "conditional": "conditionnel", "intention": "intention", "refusal": "refus"}
LABELS = {"phone": "téléphone masqué", "email": "adresse électronique masquée", "signature": "signature masquée"}
NOON = datetime.datetime(2026, 3, 10, 11, 0, tzinfo=datetime.UTC)
CHANNELS = {"email": "courriel", "post": "courrier postal", "form": "formulaire en ligne", "": ""}


def document(typed: str) -> dict:
    text, blocks, commitments = "", [], []
    for paragraph in typed.strip().split("\n\n"):
        numbers, words = numbered(paragraph.strip())
        start = len(text) + (2 if text else 0)
        text += "\n\n" if text else ""
        pieces = []
        for piece in cut(words, start, numbers, commitments):
            pieces.append(piece)
            text += piece["text"]
        opens = [] if blocks and blocks[-1]["questions"] == numbers else numbers
        blocks.append({"start": start, "end": len(text), "role": "paragraph", "questions": numbers, "opens": opens, "pieces": pieces})
    hidden = [piece["blot"] | {"count": 1} for block in blocks for piece in block["pieces"] if piece["blot"]]
    return {
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "maker": "extractor",
        "maker_name": "extrait du fichier",
        "hidden": hidden,
        "original": {"sha256": "", "media_type": "application/pdf", "size": 48120, "pages": 2, "received_at": "2026-03-04T18:42:00+01:00"},
        "blocks": blocks,
        "commitments": commitments,
    }


def numbered(paragraph: str) -> tuple[list[int], str]:
    found = re.match(r"#([\d,]+) ", paragraph)
    return ([int(number) for number in found[1].split(",")], paragraph[found.end() :]) if found else ([], paragraph)


def cut(words: str, at: int, numbers: list[int], commitments: list[dict]) -> list[dict]:
    pieces = []

    def add(text: str, blot: dict | None = None, level: str = "", ends: list | None = None) -> None:
        nonlocal at
        if text:
            pieces.append({"start": at, "end": at + len(text), "text": text, "blot": blot, "level": level, "ends": ends or []})
            at += len(text)

    last = 0
    for mark in MARK.finditer(words):
        add(words[last : mark.start()])
        last = mark.end()
        if mark[3]:
            add(f"[{LABELS[mark[3]]}]", blot={"kind": mark[3], "label": LABELS[mark[3]]})
            continue
        one = {"id": len(commitments) + 1, "start": at, "end": at + len(mark[2]), "source": [at, at + len(mark[2])], "level": mark[1]}
        commitments.append(one | {"word": WORDS[mark[1]], "questions": numbers, "words": mark[2], "measures": []})
        add(mark[2], level=mark[1], ends=[{"id": one["id"], "level": mark[1], "word": WORDS[mark[1]]}])
    add(words[last:])
    return pieces


def segments(letter: list[dict], number: int) -> list[dict]:
    found = []
    for index, one in enumerate(letter):
        previous = None
        for position, block in enumerate(one["blocks"]):
            if number not in block["questions"]:
                continue
            cut_before = bool(found) and previous != position - 1
            words = one["text"][block["start"] : block["end"]]
            found.append(
                {
                    "document": index, "sha256": one["sha256"], "start": block["start"], "end": block["end"],
                    "source": [block["start"], block["end"]], "words": words, "cut_before": cut_before, "pieces": block["pieces"],
                }
            )  # fmt: skip
            previous = position
    return found


def release(
    campaign: Campaign, commune: Commune, lists: list[dict], *, version: int = 1, reason: str = "", at: datetime.datetime = NOON, **facts
) -> Release:
    """``lists`` are keyword arguments of ``add_list``, in official order."""
    Release.objects.filter(campaign=campaign, commune=commune, is_current=True).update(is_current=False)
    questions = [question_facts(number, title, text) for number, title, text in asked(campaign)]
    made = Release.objects.create(
        campaign=campaign, commune=commune, version=version, published_at=at, reason=reason,
        facts=release_facts(campaign, commune, questions, lists, at) | facts,
        sha256=hashlib.sha256(f"{campaign.slug}{commune.pk}{version}".encode()).hexdigest(),
    )  # fmt: skip
    for position, one in enumerate(lists, start=1):
        add_list(made, position, **one)
    return made


def asked(campaign: Campaign) -> list[tuple[int, str, str]]:
    questionnaire = campaign.questionnaires.get(version=1)
    return list(questionnaire.questions.filter(campaign_commune=None, parent=None).order_by("number").values_list("number", "title", "text"))


def question_facts(number: int, title: str, text: str) -> dict:
    return {
        "number": number, "title": title, "text": text, "theme": "", "competent_body": "commune", "competent_body_name": "commune",
        "lever": "decides", "lever_name": "décide", "is_local": False, "has_local_wording": False, "parts": [],
    }  # fmt: skip


def release_facts(campaign: Campaign, commune: Commune, questions: list[dict], lists: list[dict], at: datetime.datetime) -> dict:
    collective = campaign.collective
    statuses = [one["status"] for one in lists]
    names = ("answered", "partial", "refused", "promised", "silent", "unreached", "unsolicited")
    counts = {"lists": len(lists), "late": sum(one.get("is_late", False) for one in lists)} | {name: statuses.count(name) for name in names}
    return {
        "format": 1,
        "campaign": {"slug": campaign.slug, "name": campaign.name, "introduction": campaign.introduction, "method": campaign.method},
        "collective": {
            "slug": collective.slug, "name": collective.name, "url": "", "contact_email": collective.contact_email,
            "publication_director": collective.publication_director, "is_fictional": collective.is_fictional,
            "organisations": [one.organisation.name for one in collective.collectivemember_set.select_related("organisation")],
        },
        "commune": {
            "code": commune.code, "slug": commune.slug, "name": commune.name, "departement": "Haute-Fiction",
            "time_zone": commune.time_zone, "is_fictional": commune.is_fictional,
        },
        "election": {"slug": campaign.election.slug, "name": campaign.election.name, "year": campaign.election.year},
        "contests": [{"round": 1, "polling_on": "2026-03-15", "body": "council", "body_name": "conseil municipal", "sector": ""}],
        "deadline": "2026-03-06T23:59:00+01:00",
        "questionnaire_version": 1,
        "questions": questions,
        "order": {"by": "panel", "sentence": "Listes dans l'ordre des panneaux officiels.", "draw": None},
        "calendar": [
            {"kind": "sent", "at": "2026-02-09T12:00:00+01:00", "on": "2026-02-09", "label": f"Lettre envoyée aux {len(lists)} listes"},
            {"kind": "reminder", "at": "2026-02-25T09:00:00+01:00", "on": "2026-02-25", "label": "Relance"},
            {"kind": "deadline", "at": "2026-03-06T23:59:00+01:00", "on": "2026-03-06", "label": "Date limite de réponse"},
            {"kind": "published", "at": at.isoformat(), "on": "2026-03-10", "label": "Publication de toutes les listes"},
            {"kind": "vote", "at": None, "on": "2026-03-15", "label": "Premier tour"},
        ],
        "counts": counts,
    }  # fmt: skip


def add_list(
    made: Release, position: int, *, candidate_list: CandidateList, status: str, letter: str = "", stances: dict[int, str] | None = None,
    is_late: bool = False, received_at: str | None = None, channel: str = "", sentence: str = "", **facts,
) -> ReleasedList:  # fmt: skip
    documents = [document(letter)] if letter else []
    stances = stances or {}
    kinds = {"refused": "refusal", "promised": "promise"}
    questions = made.facts["questions"]
    answered = sum(stance in {"answers", "partial"} for stance in stances.values())
    own = {
        "name": candidate_list.name, "short_name": "", "slug": candidate_list.slug, "key": candidate_list.key, "panel": candidate_list.panel,
        "draw_position": None, "head_name": candidate_list.head_name, "website": "", "etiquette": None, "nuance": None,
        "standing": "registered", "standing_name": "enregistrée", "merged_into": None, "merged_from": [], "sentence": sentence,
        "asked": len(questions), "answered": answered, "stances": {},
        "solicited_at": None if status == "unsolicited" else "2026-02-09T12:00:00+01:00", "solicited_by": "courriel",
        "reminders": ["2026-02-25T09:00:00+01:00"] if status == "silent" else [], "failed_at": None, "as_of": "2026-03-10",
        "received_at": received_at, "channel": channel, "channel_name": CHANNELS[channel], "is_late": is_late,
        "answered_by": "", "capacity": "", "promised_at": "2026-03-02T10:00:00+01:00" if status == "promised" else None,
        "letter_kind": kinds.get(status, "answer") if documents else "", "earlier": [],
    }  # fmt: skip
    row = ReleasedList.objects.create(
        release=made, candidate_list=candidate_list, position=position, status=status, is_late=is_late,
        received_at=received_at, channel=channel, facts=own | facts, letter=documents,
    )  # fmt: skip
    for question in questions:
        passages = segments(documents, question["number"])
        ReleasedCell.objects.create(
            released_list=row, question_number=question["number"], stance=stances.get(question["number"], ""), segments=passages,
            word_count=sum(len(passage["words"].split()) for passage in passages),
        )  # fmt: skip
    return row
