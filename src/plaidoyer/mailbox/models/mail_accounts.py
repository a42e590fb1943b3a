"""The account of an association at its mail provider: how to send, how to receive."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plaidoyer.accounts.models import Collective, Role, User
from plaidoyer.mailbox.sealed import unseal

PLACE = "{token}"


class Security(models.TextChoices):
    STARTTLS = "starttls", "chiffrée après salutation (STARTTLS)"
    TLS = "tls", "chiffrée dès le début (TLS)"
    NONE = "none", "en clair (cette machine seulement)"


class MailAccountQuerySet(models.QuerySet["MailAccount"]):
    def for_user(self, user: User) -> MailAccountQuerySet:
        """Settings of a mailbox are for the coordination alone: to everybody else the page does not exist."""
        mine = user.memberships.active().filter(role=Role.COORDINATOR)
        return self.filter(collective__in=mine.values("collective"))

    def active(self) -> MailAccountQuerySet:
        return self.filter(is_active=True)


class MailAccount(models.Model):
    """One per collective to begin with; several are allowed (one that sends, one that receives)."""

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="mail_accounts", verbose_name="collectif")
    name = models.CharField("nom", max_length=80, help_text="Pour vous y retrouver : « adresse de la campagne ».")
    from_name = models.CharField("nom de l’expéditeur", max_length=120, blank=True)
    from_address = models.EmailField("adresse d’expédition", max_length=254)
    reply_pattern = models.CharField("adresse de réponse", max_length=254, blank=True)
    smtp_host = models.CharField("serveur d’envoi (SMTP)", max_length=200)
    smtp_port = models.PositiveIntegerField("port d’envoi", default=587)
    smtp_security = models.CharField("sécurité de l’envoi", max_length=8, choices=Security.choices, default=Security.STARTTLS)
    smtp_user = models.CharField("identifiant d’envoi", max_length=200, blank=True)
    smtp_sealed = models.TextField("mot de passe d’envoi, scellé", blank=True)
    rate_per_minute = models.PositiveIntegerField("envois par minute, au plus", default=20, help_text="0 : sans limite.")
    rate_per_hour = models.PositiveIntegerField("envois par heure, au plus", default=200, help_text="0 : sans limite.")
    imap_host = models.CharField("serveur de réception (IMAP)", max_length=200, blank=True)
    imap_port = models.PositiveIntegerField("port de réception", default=993)
    imap_security = models.CharField("sécurité de la réception", max_length=8, choices=Security.choices, default=Security.TLS)
    imap_user = models.CharField("identifiant de réception", max_length=200, blank=True)
    imap_sealed = models.TextField("mot de passe de réception, scellé", blank=True)
    imap_folder = models.CharField("dossier à relever", max_length=200, default="INBOX")
    receives_since = models.DateField("relever à partir du", null=True, blank=True)
    marks_read = models.BooleanField("marquer comme lu ce qui est relevé", default=False)
    trusted_authority = models.CharField("serveur dont on croit les vérifications", max_length=200, blank=True)
    is_active = models.BooleanField("en service", default=True)
    next_slot_at = models.DateTimeField("prochain envoi possible", null=True, blank=True)
    retry_at = models.DateTimeField("nouvel essai du serveur d’envoi", null=True, blank=True)
    trouble = models.TextField("ce qui empêche l’envoi", blank=True)
    trouble_since = models.DateTimeField("depuis", null=True, blank=True)
    fetch_trouble = models.TextField("ce qui empêche la réception", blank=True)
    fetched_at = models.DateTimeField("relevé le", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    objects = MailAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "compte de courriel"
        verbose_name_plural = "comptes de courriel"
        ordering: ClassVar = ["collective", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collective", "name"], name="mail_account_name_once"),
            # One address per list (with {token}) or one plain address; anything else would lose replies.
            models.CheckConstraint(condition=Q(reply_pattern="") | Q(reply_pattern__contains="@"), name="mail_account_reply_pattern_is_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.from_address})"

    @property
    def smtp_password(self) -> str:
        return unseal(self.smtp_sealed)

    @property
    def imap_password(self) -> str:
        return unseal(self.imap_sealed or self.smtp_sealed)  # most often one mailbox, one password

    @property
    def can_receive(self) -> bool:
        return bool(self.imap_host)

    @property
    def seconds_between(self) -> float:
        """The pace that respects both limits; 0 when there is none."""
        per_minute = 60 / self.rate_per_minute if self.rate_per_minute else 0.0
        per_hour = 3600 / self.rate_per_hour if self.rate_per_hour else 0.0
        return max(per_minute, per_hour)

    def reply_address(self, token: str = "") -> str:
        """Where a reply must go: the address of this list when the pattern has one, else the plain mailbox."""
        pattern = self.reply_pattern or self.from_address
        if PLACE in pattern and not token:
            return pattern.replace(f"+{PLACE}", "") if f"+{PLACE}" in pattern else self.from_address
        return pattern.replace(PLACE, token)
