"""A reply: one or several originals by which one list answers in one campaign."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import visible_to
from plaidoyer.campaigns.models import Campaign, Channel
from plaidoyer.elections.models import CandidateList
from plaidoyer.replies.models.originals import Original

CLAIM_LASTS = datetime.timedelta(minutes=30)


class ReplyQuerySet(models.QuerySet["Reply"]):
    def for_user(self, user: User) -> ReplyQuerySet:
        """Those of my collectives and communes; one not yet attached to a list is seen by those who cover every commune, and by
        whoever entered it.
        """
        mine = Q(candidate_list=None, entered_by=user, campaign__collective__in=Collective.objects.for_user(user))
        return self.filter(mine | visible_to(user, "campaign__collective", "candidate_list__commune"))

    def in_tray(self) -> ReplyQuerySet:
        return self.filter(candidate_list=None).exclude(state=Reply.State.SET_ASIDE)

    def attached(self) -> ReplyQuerySet:
        return self.exclude(candidate_list=None)

    def claimable_by(self, user: User, now: datetime.datetime) -> ReplyQuerySet:
        return self.filter(Q(claimed_by=None) | Q(claimed_by=user) | Q(claimed_at__lt=now - CLAIM_LASTS))


class Reply(models.Model):
    """``received_at`` is when the first of its originals came; on time or late is computed from it, never typed."""

    class State(models.TextChoices):
        RECEIVED = "received", "reçue"
        READ = "read", "lue par la machine"
        REVIEWING = "reviewing", "en relecture"
        REVIEWED = "reviewed", "relue"
        SET_ASIDE = "set-aside", "mise de côté"

    class Nature(models.TextChoices):
        ANSWER = "answer", "réponse"
        REFUSAL = "refusal", "refus de répondre"
        PROMISE = "promise", "réponse promise"
        OTHER = "other", "autre courrier"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="replies", verbose_name="campagne")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, null=True, blank=True, related_name="replies", verbose_name="liste")
    state = models.CharField("état", max_length=9, choices=State.choices, default=State.RECEIVED)
    nature = models.CharField("nature", max_length=7, choices=Nature.choices, default=Nature.ANSWER)
    received_at = models.DateTimeField("reçue le")
    channel = models.CharField("voie", max_length=7, choices=Channel.choices)
    answered_by = models.CharField("qui répond", max_length=160, blank=True)
    capacity = models.CharField("en quelle qualité", max_length=160, blank=True)
    note = models.TextField("note interne", blank=True)
    # What an exact sign (an address, a name in the letter) points to; only a person attaches.
    suggested_list = models.ForeignKey(
        CandidateList, models.SET_NULL, null=True, blank=True, related_name="suggested_replies", verbose_name="liste proposée"
    )
    suggestion_why = models.CharField("pourquoi cette liste", max_length=300, blank=True)
    set_aside_reason = models.CharField("mise de côté parce que", max_length=300, blank=True)
    is_awaiting_scan = models.BooleanField("courrier reçu, numérisation à venir", default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="entrée par")
    entered_at = models.DateTimeField("entrée le", default=timezone.now)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="claimed_replies", verbose_name="en relecture par"
    )
    claimed_at = models.DateTimeField("depuis", null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="relue par")
    reviewed_at = models.DateTimeField("relue le", null=True, blank=True)
    redaction_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="masquages vus par"
    )
    redaction_seen_at = models.DateTimeField("masquages vus le", null=True, blank=True)
    originals = models.ManyToManyField(Original, through="ReplyPart", related_name="replies", verbose_name="pièces originales")
    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse"
        verbose_name_plural = "réponses"
        ordering: ClassVar = ["received_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["campaign", "state"], name="reply_by_campaign_state")]

    def __str__(self) -> str:
        return f"{self.candidate_list or 'À rattacher'}, {timezone.localtime(self.received_at):%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("replies:reply", args=[self.pk])

    @property
    def is_late(self) -> bool:
        """Against the deadline in the commune's own time zone, or the later one given to this list alone for a public reason.

        A reply not yet attached is not late: nobody knows.
        """
        if self.candidate_list is None or self.received_at < self.campaign.deadline_in(self.candidate_list.commune):
            return False
        reopened = (one.until for one in self.candidate_list.reopenings.all() if one.campaign_id == self.campaign_id)
        return not any(self.received_at <= until for until in reopened)


class ReplyPart(models.Model):
    """An original inside a reply, in reading order. The same original may stand in the replies of several communes."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="parts")
    original = models.ForeignKey(Original, models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField("rang", default=0)
    # What a person says that this document is, against what the machine took it for. Empty: nobody has said anything.
    kind = models.CharField("nature du document", max_length=12, blank=True)

    class Meta:
        verbose_name = "pièce d’une réponse"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["reply", "original"], name="reply_part_once")]
