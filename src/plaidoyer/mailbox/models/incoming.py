"""What comes in: the bytes first, then what the machine could tell of them. Nothing received is ever dropped."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from plaidoyer.accounts.models import Collective, Role, User
from plaidoyer.mailbox.models.mail_accounts import MailAccount
from plaidoyer.mailbox.models.outgoing import OutgoingMessage


class Kind(models.TextChoices):
    UNSORTED = "unsorted", "pas encore trié"
    REPLY = "reply", "courrier"
    AUTO_REPLY = "auto-reply", "réponse automatique"
    BOUNCE = "bounce", "avis de non-remise"
    OWN = "own", "notre propre envoi"
    SPAM = "spam", "indésirable probable"
    UNREADABLE = "unreadable", "illisible par la machine"


def raw_path(message: IncomingMessage, _name: str) -> str:
    """Under the fingerprint: nothing that a stranger wrote becomes a path."""
    return f"courriel/{message.collective_id}/{message.sha256[:2]}/{message.sha256}.eml"


class IncomingQuerySet(models.QuerySet["IncomingMessage"]):
    def for_user(self, user: User) -> IncomingQuerySet:
        mine = user.memberships.active().filter(role=Role.COORDINATOR)
        return self.filter(collective__in=mine.values("collective"))

    def new(self) -> IncomingQuerySet:
        """What no room above has taken yet."""
        return self.filter(state=IncomingMessage.State.NEW)

    def letters(self) -> IncomingQuerySet:
        """What may be a reply, and what the machine could not read: a person must see both. Copies of a message already here are left out."""
        return self.filter(kind__in=(Kind.REPLY, Kind.UNREADABLE), duplicate_of=None)

    def unsorted(self) -> IncomingQuerySet:
        return self.filter(kind=Kind.UNSORTED)


class IncomingMessage(models.Model):
    """One message as it came. The columns below ``kind`` are what the machine read of it, and can be read again."""

    class State(models.TextChoices):
        NEW = "new", "à traiter"
        HANDLED = "handled", "traité"
        SET_ASIDE = "set-aside", "mis de côté"

    class Door(models.TextChoices):
        IMAP = "imap", "relevé dans la boîte"
        DROPPED = "dropped", "déposé à la main"

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="incoming_mail", verbose_name="collectif")
    account = models.ForeignKey(MailAccount, models.PROTECT, null=True, blank=True, related_name="incoming", verbose_name="compte")
    door = models.CharField("voie", max_length=8, choices=Door.choices)
    raw = models.FileField("octets reçus", upload_to=raw_path, max_length=200)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("taille en octets")
    received_at = models.DateTimeField("reçu le")
    entered_at = models.DateTimeField("entré le")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="déposé par")
    folder = models.CharField("dossier", max_length=200, blank=True)
    uid_validity = models.PositiveBigIntegerField("UIDVALIDITY", null=True, blank=True)
    uid = models.PositiveBigIntegerField("UID", null=True, blank=True)

    kind = models.CharField("nature", max_length=10, choices=Kind.choices, default=Kind.UNSORTED)
    kind_why = models.CharField("à quoi on le voit", max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField("essais de lecture", default=0)
    content_sha256 = models.CharField("empreinte du contenu, sans le trajet", max_length=64, blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="copie de")
    message_id = models.CharField("identifiant (Message-ID)", max_length=300, blank=True)
    in_reply_to = models.TextField("en réponse à", blank=True)
    subject = models.TextField("objet", blank=True)
    from_name = models.CharField("nom de l’expéditeur", max_length=300, blank=True)
    from_address = models.CharField("adresse de l’expéditeur", max_length=320, blank=True)
    envelope_from = models.CharField("adresse de retour (Return-Path)", max_length=320, blank=True)
    sent_to = models.TextField("destinataires", blank=True)
    sent_at = models.DateTimeField("date écrite par l’expéditeur", null=True, blank=True)
    excerpt = models.TextField("premières lignes", blank=True)
    attachment_names = models.JSONField("pièces jointes", default=list, blank=True)
    reply_token = models.CharField("jeton de réponse", max_length=64, blank=True)
    answers = models.ForeignKey(OutgoingMessage, models.PROTECT, null=True, blank=True, related_name="answered_by", verbose_name="répond à")
    answers_why = models.CharField("pourquoi", max_length=20, blank=True)
    is_sender_expected = models.BooleanField("expéditeur attendu", default=False)
    checks = models.JSONField("SPF, DKIM, DMARC", default=dict, blank=True)
    concerns = models.JSONField("à vérifier", default=list, blank=True)

    state = models.CharField("état", max_length=10, choices=State.choices, default=State.NEW)
    handled_at = models.DateTimeField("traité le", null=True, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="traité par")
    handled_note = models.TextField("suite donnée", blank=True)
    objects = IncomingQuerySet.as_manager()

    class Meta:
        verbose_name = "message reçu"
        verbose_name_plural = "messages reçus"
        ordering: ClassVar = ["-received_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "folder", "uid_validity", "uid"], condition=Q(uid__isnull=False), name="one_row_for_one_uid"),
            models.CheckConstraint(condition=Q(state="new") | ~Q(handled_note=""), name="handled_message_says_what_became_of_it"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["collective", "sha256"], name="incoming_by_bytes"),
            models.Index(fields=["collective", "content_sha256"], name="incoming_by_content"),
            models.Index(fields=["collective", "message_id"], name="incoming_by_message_id"),
            models.Index(fields=["collective", "state", "-received_at"], name="incoming_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.from_address or 'expéditeur inconnu'} : {self.subject or 'sans objet'}"
