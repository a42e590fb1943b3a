"""What leaves: one row per message, written before anything leaves, and never sent twice."""

from __future__ import annotations

import datetime
import json
import zlib
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from plaidoyer.accounts.models import Collective, Role, User
from plaidoyer.mailbox.models.mail_accounts import MailAccount
from plaidoyer.mailbox.sealed import seal_letter, unseal_letter


class OutgoingQuerySet(models.QuerySet["OutgoingMessage"]):
    def for_user(self, user: User) -> OutgoingQuerySet:
        mine = user.memberships.active().filter(role=Role.COORDINATOR)
        return self.filter(account__collective__in=mine.values("collective"))

    def in_batch(self, batch: str) -> OutgoingQuerySet:
        return self.filter(batch=batch)

    def real(self) -> OutgoingQuerySet:
        return self.filter(is_rehearsal=False)

    def waiting(self) -> OutgoingQuerySet:
        return self.filter(state__in=OutgoingMessage.WAITING)

    def uncertain(self) -> OutgoingQuerySet:
        return self.filter(state=OutgoingMessage.State.UNCERTAIN)

    def due_at(self, moment: datetime.datetime) -> OutgoingQuerySet:
        """What may leave now: its hour has come, its end has not, nothing holds it."""
        paused = SendingPause.objects.active().filter(Q(batch="") | Q(batch=OuterRef("batch")), account=OuterRef("account"))
        return self.waiting().filter(
            ~Exists(paused),
            Q(not_before=None) | Q(not_before__lte=moment),
            Q(not_after=None) | Q(not_after__gt=moment),
            next_attempt_at__lte=moment,
        )

    def changed_since(self, moment: datetime.datetime) -> OutgoingQuerySet:
        """For the rooms above, that pull their news: everything whose state moved at or after ``moment``, oldest first."""
        return self.filter(changed_at__gte=moment).order_by("changed_at", "pk")

    def by_batch(self) -> models.QuerySet[OutgoingMessage, dict[str, Any]]:
        """One row for each sending of the outbox, the newest first."""
        State = OutgoingMessage.State  # noqa: N806  an enumeration
        settled = Q(state__in=(State.ACCEPTED, State.BOUNCED, State.SOFT_BOUNCED))
        return (
            self.order_by()
            .values("batch", "batch_title", "is_rehearsal")
            .annotate(
                total=Count("pk"),
                sent=Count("pk", filter=settled),
                waiting=Count("pk", filter=Q(state__in=OutgoingMessage.ON_THE_WAY)),
                uncertain=Count("pk", filter=Q(state=State.UNCERTAIN)),
                failed=Count("pk", filter=Q(state__in=(State.REFUSED, State.FAULTY, State.BOUNCED, State.SOFT_BOUNCED))),
                stopped=Count("pk", filter=Q(state__in=(State.CANCELLED, State.OBJECTED, State.EXPIRED))),
                last=models.Max("queued_at"),
            )
            .order_by("-last", "batch")
        )

    def counts(self) -> dict[str, int]:
        """How many in each state, the states without message left out."""
        return {row["state"]: row["n"] for row in self.order_by().values("state").annotate(n=Count("pk"))}


class OutgoingMessage(models.Model):
    """One message to one recipient. ``key`` is the caller's, for instance « campaign:12:letter:ZZ001-3 »: the same key never makes two."""

    class State(models.TextChoices):
        QUEUED = "queued", "en file"
        CLAIMED = "claimed", "en cours d’envoi"
        HANDING = "handing", "remise au serveur en cours"
        ACCEPTED = "accepted", "envoyé"
        DEFERRED = "deferred", "à réessayer"
        REFUSED = "refused", "refusé par le serveur"
        UNCERTAIN = "uncertain", "incertain"
        CANCELLED = "cancelled", "annulé"
        OBJECTED = "objected", "opposition"
        EXPIRED = "expired", "délai d’envoi passé"
        FAULTY = "faulty", "impossible à composer"
        BOUNCED = "bounced", "revenu, adresse en erreur"
        SOFT_BOUNCED = "soft-bounced", "revenu, erreur passagère"

    WAITING: ClassVar = (State.QUEUED, State.DEFERRED)
    ON_THE_WAY: ClassVar = (State.QUEUED, State.CLAIMED, State.HANDING, State.DEFERRED)

    account = models.ForeignKey(MailAccount, models.PROTECT, related_name="outgoing", verbose_name="compte")
    key = models.CharField("clé", max_length=200)
    batch = models.CharField("envoi", max_length=120, blank=True)
    batch_title = models.CharField("nom de l’envoi", max_length=160, blank=True)
    recipient = models.EmailField("adresse", max_length=254)
    recipient_name = models.CharField("destinataire", max_length=200, blank=True)
    subject = models.CharField("objet", max_length=400)
    payload = models.BinaryField("corps, comprimé")
    attachments = models.JSONField("pièces jointes", default=list, blank=True)
    message_id = models.CharField("identifiant (Message-ID)", max_length=200, unique=True)
    reply_to = models.CharField("répondre à", max_length=254, blank=True)
    reply_token = models.CharField("jeton de réponse", max_length=64, blank=True)
    in_reply_to = models.CharField("en réponse à", max_length=200, blank=True)
    unsubscribe_url = models.CharField("adresse d’opposition", max_length=500, blank=True)
    not_before = models.DateTimeField("pas avant", null=True, blank=True)
    not_after = models.DateTimeField("pas à partir de", null=True, blank=True)
    is_rehearsal = models.BooleanField("répétition")
    rehearsal_to = models.EmailField("adresse de répétition", max_length=254, blank=True)
    state = models.CharField("état", max_length=12, choices=State.choices, default=State.QUEUED)
    changed_at = models.DateTimeField("état depuis le")
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    next_attempt_at = models.DateTimeField("prochain essai")
    claimed_by = models.CharField("prise par", max_length=100, blank=True)
    claimed_at = models.DateTimeField("prise le", null=True, blank=True)
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    relay_code = models.PositiveSmallIntegerField("code du serveur", null=True, blank=True)
    relay_said = models.TextField("ce qu’a dit le serveur", blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tranché par")
    decided_at = models.DateTimeField("tranché le", null=True, blank=True)
    queued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="mis en file par")
    queued_at = models.DateTimeField("mis en file le")
    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = "message à envoyer"
        verbose_name_plural = "messages à envoyer"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "is_rehearsal"], name="one_message_for_one_key"),
            models.CheckConstraint(condition=~Q(state="accepted") | Q(accepted_at__isnull=False), name="accepted_message_has_its_date"),
            models.CheckConstraint(
                condition=~Q(state__in=["claimed", "handing"]) | (~Q(claimed_by="") & Q(claimed_at__isnull=False)),
                name="claimed_message_has_its_sender",
            ),
            models.CheckConstraint(
                condition=Q(not_before=None) | Q(not_after=None) | Q(not_before__lt=models.F("not_after")), name="sending_window_is_open"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "next_attempt_at", "id"], name="outgoing_waiting", condition=Q(state__in=["queued", "deferred"])),
            models.Index(fields=["state", "claimed_at"], name="outgoing_claimed", condition=Q(state__in=["claimed", "handing"])),
            models.Index(fields=["batch", "state"], name="outgoing_by_batch"),
            models.Index(fields=["changed_at"], name="outgoing_by_change"),
            models.Index(fields=["recipient"], name="outgoing_by_recipient"),
            models.Index(fields=["reply_token"], name="outgoing_by_token", condition=~Q(reply_token="")),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} : {self.subject}"

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(zlib.decompress(unseal_letter(bytes(self.payload))))

    @property
    def text(self) -> str:
        return self.body["text"]

    @property
    def html(self) -> str:
        return self.body.get("html", "")

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None


def packed(text: str, html: str = "") -> bytes:
    """The body as it is kept: sealed, for it holds the address of a list; 50,000 letters of one template take a tenth of their length."""
    told = {"text": text, "html": html} if html else {"text": text}
    return seal_letter(zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 1))


class SendingPauseQuerySet(models.QuerySet["SendingPause"]):
    def active(self) -> SendingPauseQuerySet:
        return self.filter(ended_at=None)


class SendingPause(models.Model):
    """A hand on the tap: nothing of this account (or of this batch) is claimed while it lasts."""

    account = models.ForeignKey(MailAccount, models.CASCADE, related_name="pauses", verbose_name="compte")
    batch = models.CharField("envoi", max_length=120, blank=True, help_text="Vide : tout le compte.")
    reason = models.CharField("raison", max_length=300, blank=True)
    started_at = models.DateTimeField("depuis")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="par")
    ended_at = models.DateTimeField("jusqu’au", null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="repris par")
    objects = SendingPauseQuerySet.as_manager()

    class Meta:
        verbose_name = "pause d’envoi"
        verbose_name_plural = "pauses d’envoi"
        ordering: ClassVar = ["-started_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "batch"], condition=Q(ended_at=None), name="one_pause_at_a_time"),
        ]


class AddressBlockQuerySet(models.QuerySet["AddressBlock"]):
    def active(self) -> AddressBlockQuerySet:
        return self.filter(lifted_at=None)

    def among(self, addresses: Iterable[str]) -> AddressBlockQuerySet:
        return self.active().filter(address__in=[address.lower() for address in addresses])


class AddressBlock(models.Model):
    """An address to which this collective writes no more: somebody objected, or the address is dead. Looked at when a message is claimed."""

    class Why(models.TextChoices):
        OBJECTION = "objection", "opposition de la personne"
        DEAD = "dead", "adresse en erreur définitive"

    collective = models.ForeignKey(Collective, models.CASCADE, related_name="address_blocks", verbose_name="collectif")
    address = models.CharField("adresse, en minuscules", max_length=254)
    why = models.CharField("raison", max_length=10, choices=Why.choices)
    note = models.TextField("ce qui l’établit", blank=True)
    since = models.DateTimeField("depuis le")
    lifted_at = models.DateTimeField("levé le", null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="levé par")
    objects = AddressBlockQuerySet.as_manager()

    class Meta:
        verbose_name = "adresse à ne plus solliciter"
        verbose_name_plural = "adresses à ne plus solliciter"
        ordering: ClassVar = ["-since"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collective", "address", "why"], condition=Q(lifted_at=None), name="one_block_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.address} : {self.get_why_display()}"
