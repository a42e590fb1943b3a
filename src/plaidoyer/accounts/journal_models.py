"""The journal: one line per act, never changed, each line sealed by the hash of the one before."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    def of(self, target: models.Model) -> JournalQuerySet:
        return self.filter(target_type=target._meta.label_lower, target_id=str(target.pk))


class JournalHead(models.Model):
    """The last line of a collective's chain; locking this row is what keeps the chain a chain."""

    chain = models.CharField("chaîne", max_length=20, primary_key=True, help_text="Numéro du collectif, ou « installation ».")
    sequence = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        verbose_name = "tête du journal"


class JournalEntry(models.Model):
    """What was done, by whom, when, in a French sentence. Update and delete are refused by the database itself (a trigger)."""

    collective = models.ForeignKey("accounts.Collective", models.PROTECT, null=True, blank=True, related_name="journal")
    sequence = models.PositiveBigIntegerField("numéro")
    at = models.DateTimeField("date")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="personne")
    actor_name = models.CharField("nom", max_length=120)
    verb = models.CharField("acte", max_length=60)
    sentence = models.TextField("phrase")
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=40, blank=True)
    commune_code = models.CharField("commune", max_length=5, blank=True)
    data = models.JSONField(default=dict, blank=True)
    previous_seal = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)
    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "lignes du journal"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collective", "sequence"], name="journal_sequence_once"),
            models.UniqueConstraint(fields=["sequence"], condition=Q(collective=None), name="installation_journal_sequence_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["target_type", "target_id"], name="journal_by_target")]

    def __str__(self) -> str:
        return f"{self.sequence}. {self.sentence}"
