"""The grid of a reply as plain data, for undo and redo: answers, extracts, decisions on suggestions, nature."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models

from plaidoyer.replies.models import Answer, Decision, Extract, Reply

type Snapshot = dict[str, Any]


def snapshot(reply: Reply) -> Snapshot:
    decisions = Decision.objects.filter(suggestion__reading__reply=reply).order_by("pk")
    nature = Reply.objects.values_list("nature", flat=True).get(pk=reply.pk)
    return {
        "answers": rows(reply.answers.order_by("pk")),
        "extracts": rows(reply.extracts.order_by("pk")),
        "decisions": rows(decisions),
        "nature": nature,
    }


def give_back(reply: Reply, before: Snapshot) -> None:
    """Rows come back with their own keys, so that a page open elsewhere still points at the same things."""
    Decision.objects.filter(suggestion__reading__reply=reply).delete()
    reply.extracts.all().delete()
    reply.answers.all().delete()
    Answer.objects.bulk_create(Answer(**row) for row in before["answers"])
    Extract.objects.bulk_create(Extract(**row) for row in before["extracts"])
    Decision.objects.bulk_create(Decision(**row) for row in before["decisions"])
    Reply.objects.filter(pk=reply.pk).update(nature=before["nature"])


def rows(found: models.QuerySet[Any]) -> list[dict[str, Any]]:
    names = [field.attname for field in found.model._meta.concrete_fields]
    return [{name: plain(value) for name, value in row.items()} for row in found.values(*names)]


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.datetime) else value
