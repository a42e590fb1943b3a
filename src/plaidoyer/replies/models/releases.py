"""What was made public, frozen: all the lists of a commune at the same minute. A correction is a new version; the old one stays, dated."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from plaidoyer.campaigns.models import Campaign, Channel
from plaidoyer.elections.models import CandidateList
from plaidoyer.replies.models.replies import Reply
from plaidoyer.territories.models import Commune


class ReleaseQuerySet(models.QuerySet["Release"]):
    def public(self) -> ReleaseQuerySet:
        """THE visibility function: page, data twin, search, export and feed all start here."""
        return self.filter(is_current=True, withdrawn_at=None)


class Release(models.Model):
    """One version of one commune's page in one campaign."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="releases", verbose_name="campagne")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="releases", verbose_name="commune")
    version = models.PositiveSmallIntegerField("version")
    is_current = models.BooleanField("en ligne", default=True)
    published_at = models.DateTimeField("publiée le")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="publiée par")
    reason = models.TextField("ce qui change", blank=True)
    facts = models.JSONField("questions, calendrier, ordre des listes", default=dict)
    sha256 = models.CharField("empreinte", max_length=64)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="retirée par")
    withdrawal_reason = models.TextField("raison du retrait", blank=True)
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "publication"
        ordering: ClassVar = ["campaign", "commune__name", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "commune", "version"], name="release_version_once"),
            models.UniqueConstraint(fields=["campaign", "commune"], condition=Q(is_current=True), name="one_current_release"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="correction_has_reason"),
        ]


class ReleasedList(models.Model):
    """A list as published: its state, its letter with what is hidden, its place. Row present whatever it did, same size for all."""

    class Status(models.TextChoices):
        ANSWERED = "answered", "répond"
        PARTIAL = "partial", "répond en partie"
        REFUSED = "refused", "refuse de répondre"
        PROMISED = "promised", "réponse promise"
        SILENT = "silent", "aucune réponse reçue"
        UNREACHED = "unreached", "sollicitation non aboutie"
        UNSOLICITED = "unsolicited", "non sollicitée"

    release = models.ForeignKey(Release, models.CASCADE, related_name="lists", verbose_name="publication")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, related_name="released", verbose_name="liste")
    reply = models.ForeignKey(Reply, models.PROTECT, null=True, blank=True, related_name="released", verbose_name="réponse")
    position = models.PositiveSmallIntegerField("place")
    status = models.CharField("situation", max_length=11, choices=Status.choices)
    is_late = models.BooleanField("hors délai", default=False)
    received_at = models.DateTimeField("reçue le", null=True, blank=True)
    channel = models.CharField("voie", max_length=7, choices=Channel.choices, blank=True)
    facts = models.JSONField("nom, étiquette, tête de liste, sollicitations", default=dict)
    letter = models.JSONField("lettre publiée", default=list)

    class Meta:
        verbose_name = "liste publiée"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["release", "candidate_list"], name="released_list_once")]


class ReleasedCell(models.Model):
    """One question of one list as published: stance, and exact spans (with the fingerprint of the text that they come from)."""

    released_list = models.ForeignKey(ReleasedList, models.CASCADE, related_name="cells", verbose_name="liste publiée")
    question_number = models.PositiveSmallIntegerField("question")
    stance = models.CharField("la liste", max_length=8, blank=True)
    segments = models.JSONField("passages", default=list)
    word_count = models.PositiveIntegerField("mots", default=0)

    class Meta:
        verbose_name = "case publiée"
        ordering: ClassVar = ["question_number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["released_list", "question_number"], name="released_cell_once")]
