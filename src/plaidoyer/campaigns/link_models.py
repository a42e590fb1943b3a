"""The personal address at which one list answers one campaign. Its token is never stored: only its fingerprint, and a number to make it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plaidoyer.accounts.permissions import visible_to
from plaidoyer.elections.models import CandidateList

if TYPE_CHECKING:
    from plaidoyer.accounts.models import User


class ReplyLinkQuerySet(models.QuerySet["ReplyLink"]):
    def for_user(self, user: User) -> ReplyLinkQuerySet:
        return self.filter(visible_to(user, "campaign__collective", "candidate_list__commune"))

    def live(self) -> ReplyLinkQuerySet:
        return self.filter(revoked_at=None)


class ReplyLink(models.Model):
    """Not spent by use: whoever opens it a hundred times finds the same page. Revoked, it opens nothing; renewed, it is another row."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="reply_links", verbose_name="campagne")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, related_name="reply_links", verbose_name="liste")
    nonce = models.CharField("nombre tiré au hasard", max_length=32)
    digest = models.CharField("empreinte du jeton", max_length=64, unique=True)
    made_at = models.DateTimeField("faite le", default=timezone.now)
    opened_at = models.DateTimeField("ouverte pour la première fois le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoquée le", null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="révoquée par")
    reason = models.CharField("raison", max_length=300, blank=True)
    objects = ReplyLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "adresse de réponse"
        verbose_name_plural = "adresses de réponse"
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "candidate_list"], condition=Q(revoked_at=None), name="one_live_link_per_list"),
            models.CheckConstraint(condition=Q(revoked_at=None) | ~Q(reason=""), name="revoked_link_has_reason"),
        ]

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None
