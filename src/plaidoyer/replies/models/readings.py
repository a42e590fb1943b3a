"""What the machine proposes. These rows never become public by themselves; what people decide lies in other tables."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from plaidoyer.reading.types import Level, Tier
from plaidoyer.replies.models.originals import TextOfRecord
from plaidoyer.replies.models.replies import Reply

LEVELS = {Level.FIRM: "ferme", Level.CONDITIONAL: "conditionnel", Level.INTENTION: "intention", Level.REFUSAL: "refus", Level.PAST: "bilan"}
LEVEL_CHOICES = [(level.value, word) for level, word in LEVELS.items()]
TIER_CHOICES = [(Tier.SURE.value, "sûr"), (Tier.CHECK.value, "à vérifier")]


class Reading(models.Model):
    """One pass of the engine over one text of a reply. A new pass is a new row: the old one stays, dated."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="readings", verbose_name="réponse")
    text = models.ForeignKey(TextOfRecord, models.PROTECT, related_name="readings", verbose_name="texte")
    engine = models.CharField("moteur", max_length=80)
    kind = models.CharField("nature du document", max_length=12, blank=True)
    notices = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField("faite le")

    class Meta:
        verbose_name = "lecture"
        ordering: ClassVar = ["-made_at", "-pk"]


class Suggestion(models.Model):
    """A span that the machine points at: a passage for some questions, or a commitment with its level."""

    class Kind(models.TextChoices):
        PASSAGE = "passage", "passage"
        COMMITMENT = "commitment", "engagement"

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="suggestions", verbose_name="lecture")
    kind = models.CharField("nature", max_length=10, choices=Kind.choices)
    start = models.PositiveIntegerField("début")
    end = models.PositiveIntegerField("fin")
    questions = models.JSONField("questions", default=list)
    level = models.CharField("niveau", max_length=11, choices=LEVEL_CHOICES, blank=True)
    tier = models.CharField("certitude", max_length=5, choices=TIER_CHOICES, default=Tier.SURE.value)
    score = models.FloatField("probabilité")
    rule = models.CharField("règle", max_length=60, blank=True)
    why = models.TextField("pourquoi", blank=True)
    measures = models.JSONField("mesures du programme", default=list)
    figures = models.JSONField("chiffres", default=list)

    class Meta:
        verbose_name = "suggestion"
        ordering: ClassVar = ["start", "-end", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="suggestion_span_not_empty")]

    @property
    def quote(self) -> str:
        return self.reading.text.text[self.start : self.end]


class Decision(models.Model):
    """What a reader did with a suggestion: kept as evidence of the reading's quality, and to train the next engine."""

    class Verb(models.TextChoices):
        ACCEPTED = "accepted", "gardée"
        MOVED = "moved", "ajustée"
        RELABELLED = "relabelled", "requalifiée"
        REJECTED = "rejected", "écartée"

    suggestion = models.OneToOneField(Suggestion, models.CASCADE, related_name="decision", verbose_name="suggestion")
    verb = models.CharField("décision", max_length=10, choices=Verb.choices)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="par")
    decided_at = models.DateTimeField("le")

    class Meta:
        verbose_name = "décision sur une suggestion"
