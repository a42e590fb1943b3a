"""What a review teaches, and the weights learnt from it. None of this is ever public."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from plaidoyer.replies.models.originals import TextOfRecord
from plaidoyer.replies.models.readings import Reading
from plaidoyer.replies.models.replies import Reply


class Lesson(models.Model):
    """What a finished review says of one text: each proposal with what became of it, and what people added.

    Spans only, never words. A later review of the same text is a new row; the old one stays, no longer current.
    """

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="lessons", verbose_name="réponse")
    text = models.ForeignKey(TextOfRecord, models.PROTECT, related_name="lessons", verbose_name="texte")
    reading = models.ForeignKey(Reading, models.SET_NULL, null=True, related_name="lessons", verbose_name="lecture")
    engine = models.CharField("moteur", max_length=80, blank=True)
    questions = models.JSONField("questions posées", default=list)  # [{"code", "text"}], as the engine was given them
    stances = models.JSONField("cases réglées", default=dict)  # {"Q1": "answers"}
    moves = models.JSONField("décisions", default=list)  # see learning/lessons.py
    is_current = models.BooleanField("à jour", default=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="relue par")
    taken_at = models.DateTimeField("le")

    class Meta:
        verbose_name = "leçon d’une relecture"
        verbose_name_plural = "leçons des relectures"
        ordering: ClassVar = ["-taken_at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["reply", "text"], condition=Q(is_current=True), name="one_current_lesson")]


class ReaderVersion(models.Model):
    """One attempt at learning. Its weights lie in PLAIDOYER_HOME/reader/<number>/; at most one version is in use, none means the shipped one."""

    class State(models.TextChoices):
        QUEUED = "queued", "en attente"
        RUNNING = "running", "en cours"
        ADOPTED = "adopted", "adoptée"
        REFUSED = "refused", "non retenue"
        FAILED = "failed", "interrompue"

    number = models.PositiveIntegerField("numéro", unique=True)
    state = models.CharField("état", max_length=7, choices=State.choices, default=State.QUEUED)
    is_in_use = models.BooleanField("en service", default=False)
    base = models.CharField("poids livrés d’où elle part", max_length=64, blank=True)
    sha256 = models.CharField("empreinte des poids", max_length=64, blank=True)
    letters = models.PositiveIntegerField("lettres apprises", default=0)
    report = models.JSONField("avant et après", default=dict, blank=True)
    sentence = models.CharField("où elle en est", max_length=300, blank=True)
    done = models.PositiveIntegerField("fait", default=0)
    total = models.PositiveIntegerField("à faire", default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="demandée par")
    asked_at = models.DateTimeField("demandée le")
    ended_at = models.DateTimeField("finie le", null=True, blank=True)

    class Meta:
        verbose_name = "version du lecteur"
        verbose_name_plural = "versions du lecteur"
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["is_in_use"], condition=Q(is_in_use=True), name="one_reader_in_use")]

    def __str__(self) -> str:
        return f"version {self.number}"
