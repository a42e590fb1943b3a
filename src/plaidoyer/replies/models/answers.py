"""What people decide: a cell for every question, spans of the evidence, what is hidden before publication."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from plaidoyer.campaigns.models import Question
from plaidoyer.replies.models.originals import TextOfRecord
from plaidoyer.replies.models.readings import LEVEL_CHOICES, Suggestion
from plaidoyer.replies.models.replies import Reply


class Stance(models.TextChoices):
    """How a reply stands to one question. None of these is a yes or a no."""

    ANSWERS = "answers", "répond"
    PARTIAL = "partial", "répond en partie"
    SKIPS = "skips", "n’aborde pas la question"
    REFERS = "refers", "renvoie au programme"
    REFUSES = "refuses", "refuse de répondre"


class Answer(models.Model):
    """The cell of one question in one reply. It exists once a person has settled it; the grid shows the others as « à lire »."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="answers", verbose_name="réponse")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name="question")
    stance = models.CharField("la liste", max_length=8, choices=Stance.choices)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="relue par")
    settled_at = models.DateTimeField("réglée le")
    note = models.TextField("note interne", blank=True)

    class Meta:
        verbose_name = "réponse à une question"
        verbose_name_plural = "réponses aux questions"
        ordering: ClassVar = ["question__number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["reply", "question"], name="one_cell_per_question")]


class Extract(models.Model):
    """A span of the evidence that answers a question; with a level when it is also a commitment. Never a copy of the words."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="extracts", verbose_name="réponse")
    text = models.ForeignKey(TextOfRecord, models.PROTECT, related_name="extracts", verbose_name="texte")
    question = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="extracts", verbose_name="question")
    start = models.PositiveIntegerField("début")
    end = models.PositiveIntegerField("fin")
    level = models.CharField(
        "niveau d’engagement", max_length=11, choices=LEVEL_CHOICES, blank=True, help_text="Vide : ce passage répond, sans engager."
    )
    measures = models.JSONField("mesures du programme", default=list, blank=True)
    suggestion = models.ForeignKey(Suggestion, models.SET_NULL, null=True, blank=True, related_name="extracts", verbose_name="suggestion d’origine")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="par")
    made_at = models.DateTimeField("le")

    class Meta:
        verbose_name = "extrait"
        ordering: ClassVar = ["start", "-end", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="extract_span_not_empty"),
            models.UniqueConstraint(fields=["reply", "text", "question", "start", "end", "level"], name="extract_once"),
            models.UniqueConstraint(
                fields=["reply", "text", "start", "end", "level"], condition=Q(question=None), name="extract_without_question_once"
            ),
        ]

    @property
    def quote(self) -> str:
        return self.text.text[self.start : self.end]


class Redaction(models.Model):
    """Something personal to hide in the public text: proposed by the machine, confirmed or dismissed by a person."""

    class Kind(models.TextChoices):
        EMAIL = "email", "adresse électronique"
        PHONE = "phone", "numéro de téléphone"
        ADDRESS = "address", "adresse postale"
        SIGNATURE = "signature", "signature"
        NAME = "name", "nom"
        OTHER = "other", "donnée personnelle"

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposé"
        CONFIRMED = "confirmed", "à masquer"
        DISMISSED = "dismissed", "à laisser"

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="redactions", verbose_name="réponse")
    text = models.ForeignKey(TextOfRecord, models.PROTECT, related_name="redactions", verbose_name="texte")
    start = models.PositiveIntegerField("début")
    end = models.PositiveIntegerField("fin")
    kind = models.CharField("nature", max_length=9, choices=Kind.choices)
    state = models.CharField("état", max_length=9, choices=State.choices, default=State.PROPOSED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par")
    decided_at = models.DateTimeField("le", null=True, blank=True)

    class Meta:
        verbose_name = "masquage"
        ordering: ClassVar = ["start", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="redaction_span_not_empty"),
            models.UniqueConstraint(fields=["reply", "text", "start", "end"], name="redaction_once"),
        ]


class ReviewStep(models.Model):
    """One gesture at the desk, with the grid before it (what undo gives back) and, once undone, after it (what redo gives back)."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="steps", verbose_name="réponse")
    sentence = models.CharField("geste", max_length=300)
    before = models.JSONField("grille avant le geste")
    after = models.JSONField("grille après le geste", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="par")
    made_at = models.DateTimeField("le")
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)
    is_forgotten = models.BooleanField("ne peut plus être rétabli", default=False)

    class Meta:
        verbose_name = "geste de relecture"
        ordering: ClassVar = ["-pk"]
