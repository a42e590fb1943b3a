"""« Voici ce que nous avons compris »: the days in which every list of a commune may look at our reading before it is public."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plaidoyer.accounts.permissions import visible_to
from plaidoyer.elections.models import CandidateList
from plaidoyer.territories.models import Commune

if TYPE_CHECKING:
    from plaidoyer.accounts.models import User


class CorrectionWindowQuerySet(models.QuerySet["CorrectionWindow"]):
    def for_user(self, user: User) -> CorrectionWindowQuerySet:
        return self.filter(visible_to(user, "campaign__collective", "commune"))

    def open_at(self, moment: datetime.datetime) -> CorrectionWindowQuerySet:
        return self.filter(opened_at__lte=moment, closes_at__gt=moment)


class CorrectionWindow(models.Model):
    """One for a commune: the same first and last minute for each of its lists."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="correction_windows", verbose_name="campagne")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="commune")
    opened_at = models.DateTimeField("ouverte le", default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ouverte par")
    closes_at = models.DateTimeField("jusqu’au")
    objects = CorrectionWindowQuerySet.as_manager()

    class Meta:
        verbose_name = "relecture par les listes"
        verbose_name_plural = "relectures par les listes"
        ordering: ClassVar = ["opened_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "commune"], name="one_correction_window_per_commune"),
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opened_at")), name="correction_window_ends_after_it_opens"),
        ]

    def is_open_at(self, moment: datetime.datetime) -> bool:
        return self.opened_at <= moment < self.closes_at


class CorrectionNotice(models.Model):
    """A list was told of the window: by our mail (``key`` names the message), or another way that a person notes."""

    window = models.ForeignKey(CorrectionWindow, models.PROTECT, related_name="notices", verbose_name="relecture par les listes")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, related_name="correction_notices", verbose_name="liste")
    channel = models.CharField("voie", max_length=7)
    key = models.CharField("clé du message", max_length=200, blank=True)
    told_at = models.DateTimeField("prévenue le", default=timezone.now)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="notée par")

    class Meta:
        verbose_name = "avis de relecture"
        verbose_name_plural = "avis de relecture"
        ordering: ClassVar = ["told_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["window", "candidate_list"], name="one_correction_notice_per_list")]
