"""From a mail to a reply: the sign that tied them, what a person must check, and for the others the lists that it may come from."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from plaidoyer.elections.models import CandidateList
from plaidoyer.mailbox.models import IncomingMessage
from plaidoyer.replies.models.replies import Reply


class MailReplyQuerySet(models.QuerySet["MailReply"]):
    def to_check(self) -> MailReplyQuerySet:
        """Something does not fit, and nobody has said that it does all the same."""
        return self.exclude(concerns=[]).filter(checked_at=None)


class MailReply(models.Model):
    """A mail taken into the replies, once. The mail keeps its own dates: the server's (which counts) and the sender's (which is only said)."""

    class Sign(models.TextChoices):
        TOKEN = "token", "l’adresse de réponse de cette liste"
        LINK = "link", "le lien de réponse de cette liste"
        THREAD = "thread", "le fil de la conversation"
        SENDER = "sender", "l’adresse de l’expéditeur, connue pour cette liste seule"
        FORWARD = "forward", "l’expéditeur d’origine d’un message transféré"
        NONE = "none", "aucun signe certain"

    message = models.OneToOneField(IncomingMessage, models.PROTECT, related_name="taken", verbose_name="message reçu")
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="mails", verbose_name="réponse")
    sign = models.CharField("à quoi on le reconnaît", max_length=7, choices=Sign.choices, default=Sign.NONE)
    concerns = models.JSONField("à vérifier", default=list, blank=True)
    is_objection = models.BooleanField("demande peut-être à ne plus être écrite", default=False)
    pulled_at = models.DateTimeField("pris le")
    checked_at = models.DateTimeField("vérifié le", null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vérifié par")
    objects = MailReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel d’une réponse"
        verbose_name_plural = "courriels des réponses"
        ordering: ClassVar = ["message__received_at", "pk"]

    @property
    def must_be_checked(self) -> bool:
        return bool(self.concerns) and self.checked_at is None


class ListSuggestion(models.Model):
    """A list that a letter without certain sign may come from, and one reason in French. Only a person attaches."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="list_suggestions", verbose_name="réponse")
    candidate_list = models.ForeignKey(CandidateList, models.CASCADE, related_name="+", verbose_name="liste")
    weight = models.PositiveSmallIntegerField("poids")
    reason = models.CharField("raison", max_length=300)

    class Meta:
        verbose_name = "liste proposée"
        verbose_name_plural = "listes proposées"
        ordering: ClassVar = ["-weight", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "candidate_list", "reason"], name="list_suggestion_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="list_suggestion_has_reason"),
        ]
