"""What a list says of our reading before publication, and of what is published after it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from plaidoyer.accounts.permissions import visible_to
from plaidoyer.campaigns.correction_models import CorrectionWindow
from plaidoyer.campaigns.models import Channel, Question
from plaidoyer.elections.models import CandidateList
from plaidoyer.replies.models.releases import Release

if TYPE_CHECKING:
    from plaidoyer.accounts.models import User

BY = {"on_delete": models.PROTECT, "null": True, "blank": True, "related_name": "+"}


class RemarkQuerySet(models.QuerySet["Remark"]):
    def for_user(self, user: User) -> RemarkQuerySet:
        return self.filter(visible_to(user, "window__campaign__collective", "candidate_list__commune"))

    def waiting(self) -> RemarkQuerySet:
        return self.filter(state=Remark.State.WAITING)


class Remark(models.Model):
    """A list does not recognise itself in our reading of one question, or of the whole letter. Its words are kept as they came."""

    class State(models.TextChoices):
        WAITING = "waiting", "à examiner"
        ACCEPTED = "accepted", "retenue"
        DECLINED = "declined", "non retenue"

    window = models.ForeignKey(CorrectionWindow, models.PROTECT, related_name="remarks", verbose_name="relecture par les listes")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, related_name="remarks", verbose_name="liste")
    question = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="remarks", verbose_name="question")
    text = models.TextField("remarque")
    channel = models.CharField("voie", max_length=7, choices=Channel.choices, default=Channel.FORM)
    made_at = models.DateTimeField("faite le")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="notée par", **BY)
    state = models.CharField("état", max_length=8, choices=State.choices, default=State.WAITING)
    answer = models.TextField("réponse à la liste", blank=True)
    answered_at = models.DateTimeField("examinée le", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="examinée par", **BY)
    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "remarque d’une liste"
        verbose_name_plural = "remarques des listes"
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="remark_has_words"),
            models.CheckConstraint(condition=Q(state="waiting") | ~Q(answer=""), name="examined_remark_has_answer"),
        ]


class RightOfReplyQuerySet(models.QuerySet["RightOfReply"]):
    def for_user(self, user: User) -> RightOfReplyQuerySet:
        return self.filter(visible_to(user, "release__campaign__collective", "candidate_list__commune"))

    def waiting(self) -> RightOfReplyQuerySet:
        return self.filter(state=RightOfReply.State.RECEIVED)

    def public(self) -> RightOfReplyQuerySet:
        """What the public page of a list shows under its letter."""
        return self.filter(state=RightOfReply.State.PUBLISHED)


class RightOfReply(models.Model):
    """A list answers what we have published. Three days to insert it, free of charge (law on confidence in the digital economy)."""

    class State(models.TextChoices):
        RECEIVED = "received", "à décider"
        PUBLISHED = "published", "publié"
        DECLINED = "declined", "non publié"

    release = models.ForeignKey(Release, models.PROTECT, related_name="rights_of_reply", verbose_name="version en cause")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, related_name="rights_of_reply", verbose_name="liste")
    text = models.TextField("texte, tel que reçu")
    signed_by = models.CharField("signé par", max_length=160)
    capacity = models.CharField("en qualité de", max_length=160, blank=True)
    channel = models.CharField("voie", max_length=7, choices=Channel.choices, default=Channel.FORM)
    received_at = models.DateTimeField("reçu le")
    due_at = models.DateTimeField("à publier avant le")
    entered_at = models.DateTimeField("entré le")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="entré par", **BY)
    state = models.CharField("état", max_length=9, choices=State.choices, default=State.RECEIVED)
    published_text = models.TextField("texte publié", blank=True)
    reason = models.TextField("raison", blank=True)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="décidé par", **BY)
    objects = RightOfReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "droit de réponse"
        verbose_name_plural = "droits de réponse"
        ordering: ClassVar = ["received_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="right_of_reply_has_words"),
            models.CheckConstraint(condition=~Q(state="published") | ~Q(published_text=""), name="published_right_of_reply_has_words"),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="declined_right_of_reply_has_reason"),
        ]

    def is_overdue_at(self, moment: datetime.datetime) -> bool:
        return self.state == self.State.RECEIVED and moment >= self.due_at
