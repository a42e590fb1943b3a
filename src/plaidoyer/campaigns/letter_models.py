"""What is asked of the lists and how: templates, waves of letters, meetings, and the exceptions to equal treatment with their reasons."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plaidoyer.accounts.permissions import visible_to
from plaidoyer.elections.models import CandidateList, Contact
from plaidoyer.mailbox.models import MailAccount, OutgoingMessage
from plaidoyer.territories.models import Commune

if TYPE_CHECKING:
    from plaidoyer.accounts.models import User

BY = {"on_delete": models.PROTECT, "null": True, "related_name": "+"}


class LetterKind(models.TextChoices):
    LETTER = "letter", "lettre"
    REMINDER = "reminder", "relance"


class LetterTemplate(models.Model):
    """One version of the text: blocks typed in the browser, or a Word file that takes their place. A version that left never changes."""

    campaign = models.ForeignKey("campaigns.Campaign", models.CASCADE, related_name="letter_templates", verbose_name="campagne")
    kind = models.CharField("nature", max_length=8, choices=LetterKind.choices)
    version = models.PositiveSmallIntegerField("version", default=1)
    texts = models.JSONField("blocs", default=dict)
    file = models.FileField("modèle Word", upload_to="modeles/", max_length=300, blank=True)
    file_name = models.CharField("nom du fichier", max_length=200, blank=True)
    written_at = models.DateTimeField("écrite le", default=timezone.now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="écrite par", **BY)

    class Meta:
        verbose_name = "modèle de lettre"
        verbose_name_plural = "modèles de lettres"
        ordering: ClassVar = ["campaign", "kind", "-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "kind", "version"], name="letter_template_version_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.version}"


class SendingPlan(models.Model):
    """How a campaign writes. A rehearsal until somebody says otherwise twice: every mail goes to whoever sends it."""

    campaign = models.OneToOneField("campaigns.Campaign", models.CASCADE, related_name="sending_plan", verbose_name="campagne")
    account = models.ForeignKey(MailAccount, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="compte de courriel")
    is_rehearsal = models.BooleanField("répétition", default=True)
    real_since = models.DateTimeField("envoi réel depuis", null=True, blank=True)
    real_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="envoi réel décidé par", **BY)
    attaches_pdf = models.BooleanField("joindre la lettre en PDF", default=True)
    reminder_cap = models.PositiveSmallIntegerField("relances au plus", default=2)
    grace_days = models.PositiveSmallIntegerField("jours de grâce après le délai", default=7)

    class Meta:
        verbose_name = "réglage des envois"
        verbose_name_plural = "réglages des envois"


class WaveQuerySet(models.QuerySet["Wave"]):
    def for_user(self, user: User) -> WaveQuerySet:
        return self.filter(visible_to(user, "campaign__collective"))

    def real(self) -> WaveQuerySet:
        return self.filter(is_rehearsal=False)

    def due(self, moment: datetime.datetime) -> WaveQuerySet:
        return self.filter(state=Wave.State.PLANNED, planned_at__lte=moment)


class Wave(models.Model):
    """The same text to many lists on one day: the letter, a reminder, or the rehearsal of either."""

    class State(models.TextChoices):
        PLANNED = "planned", "prévue"
        QUEUED = "queued", "mise en file"
        CANCELLED = "cancelled", "annulée"

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="waves", verbose_name="campagne")
    kind = models.CharField("nature", max_length=8, choices=LetterKind.choices)
    channel = models.CharField("voie", max_length=7, default="email")
    is_rehearsal = models.BooleanField("répétition", default=True)
    state = models.CharField("état", max_length=9, choices=State.choices, default=State.PLANNED)
    planned_at = models.DateTimeField("prévue le")
    queued_at = models.DateTimeField("mise en file le", null=True, blank=True)
    template = models.ForeignKey(LetterTemplate, models.PROTECT, null=True, blank=True, related_name="waves", verbose_name="texte")
    questionnaire = models.ForeignKey("campaigns.Questionnaire", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="questions")
    reason = models.CharField("raison de l’écart", max_length=300, blank=True)
    ended_because = models.CharField("raison de l’annulation", max_length=300, blank=True)
    asked_at = models.DateTimeField("demandée le", default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="demandée par", **BY)
    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = "envoi groupé"
        verbose_name_plural = "envois groupés"
        ordering: ClassVar = ["-planned_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(state="queued") | Q(queued_at__isnull=False), name="wave_queued_is_dated"),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(ended_because=""), name="wave_cancelled_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {timezone.localtime(self.queued_at or self.planned_at):%d/%m/%Y}"

    @property
    def batch(self) -> str:
        """What the mailbox calls this wave."""
        return f"campagne-{self.campaign_id}-envoi-{self.pk}"

    def key_for(self, candidate_list_id: int) -> str:
        """A real letter has one key per list whatever the wave, so that a list never has two; the reminders are counted by wave."""
        if self.is_rehearsal or self.kind == LetterKind.REMINDER:
            return f"campagne:{self.campaign_id}:envoi:{self.pk}:liste:{candidate_list_id}"
        return f"campagne:{self.campaign_id}:lettre:liste:{candidate_list_id}"


class Dispatch(models.Model):
    """A list in a wave: the facts as they were that day, the hash of the common text, and what became of the message."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="dispatches", verbose_name="envoi groupé")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, related_name="dispatches", verbose_name="liste")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="contact")
    solicitation = models.OneToOneField(
        "campaigns.Solicitation", models.CASCADE, null=True, blank=True, related_name="dispatch", verbose_name="sollicitation"
    )
    key = models.CharField("clé du message", max_length=200)
    text_sha256 = models.CharField("empreinte du texte commun", max_length=64)
    values = models.JSONField("faits figés", default=dict)
    delivery = models.CharField("état du message", max_length=12, choices=OutgoingMessage.State.choices, default=OutgoingMessage.State.QUEUED)
    told_at = models.DateTimeField("état connu le", default=timezone.now)

    class Meta:
        verbose_name = "lettre d’un envoi"
        verbose_name_plural = "lettres d’un envoi"
        ordering: ClassVar = ["wave", "candidate_list__commune__name", "candidate_list__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wave", "candidate_list"], name="dispatch_once_per_list"),
            models.UniqueConstraint(fields=["key"], condition=Q(solicitation__isnull=False), name="dispatch_real_key_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["key"], name="dispatch_by_key")]


class Reopening(models.Model):
    """One list may answer later than the others, for a reason that everybody reads."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="reopenings", verbose_name="campagne")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, related_name="reopenings", verbose_name="liste")
    until = models.DateTimeField("peut répondre jusqu’au")
    reason = models.CharField("raison", max_length=300)
    opened_at = models.DateTimeField("rouvert le", default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="rouvert par", **BY)

    class Meta:
        verbose_name = "délai rouvert"
        verbose_name_plural = "délais rouverts"
        ordering: ClassVar = ["opened_at"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_reason")]


class Explanation(models.Model):
    """Why a difference between the lists of a commune is there. Public, like the difference."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="explanations", verbose_name="campagne")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="commune")
    code = models.CharField("écart", max_length=120)
    sentence = models.CharField("ce qui diffère", max_length=400)
    reason = models.CharField("raison", max_length=300)
    given_at = models.DateTimeField("donnée le", default=timezone.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="donnée par", **BY)

    class Meta:
        verbose_name = "raison d’un écart"
        verbose_name_plural = "raisons des écarts"
        ordering: ClassVar = ["given_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "commune", "code"], name="explanation_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="explanation_has_reason"),
        ]


class LedgerSnapshot(models.Model):
    """What the public page of equal treatment shows: frozen, so that nothing moves on it inside the silence. The last one is shown."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="ledger_snapshots", verbose_name="campagne")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="commune")
    facts = models.JSONField("registre")
    sha256 = models.CharField("empreinte", max_length=64)
    taken_at = models.DateTimeField("publié le")

    class Meta:
        verbose_name = "registre publié"
        verbose_name_plural = "registres publiés"
        ordering: ClassVar = ["-taken_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["campaign", "commune", "-taken_at"], name="ledger_snapshot_latest")]


class Objection(models.Model):
    """Somebody asked not to be written to. It is not, and never becomes, a refusal to answer."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="objections", verbose_name="campagne")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, related_name="objections", verbose_name="liste")
    made_at = models.DateTimeField("faite le", default=timezone.now)

    class Meta:
        verbose_name = "opposition"
        ordering: ClassVar = ["made_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "candidate_list"], name="objection_once")]


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def for_user(self, user: User) -> MeetingQuerySet:
        return self.filter(visible_to(user, "campaign__collective", "commune"))


class Meeting(models.Model):
    """A slot offered to all the lists of a commune; then the list that took it, who came, and the minutes."""

    class State(models.TextChoices):
        OFFERED = "offered", "proposée"
        AGREED = "agreed", "convenue"
        HELD = "held", "tenue"
        MISSED = "missed", "la liste n’est pas venue"
        CANCELLED = "cancelled", "annulée"

    class Minutes(models.TextChoices):
        NONE = "none", "pas de compte rendu"
        OURS = "ours", "compte rendu non validé"
        AGREED = "agreed", "compte rendu validé par la liste"

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="meetings", verbose_name="campagne")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="commune")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name="liste")
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    place = models.CharField("lieu", max_length=200)
    state = models.CharField("état", max_length=9, choices=State.choices, default=State.OFFERED)
    ours = models.CharField("qui était là pour le collectif", max_length=400, blank=True)
    theirs = models.CharField("qui était là pour la liste", max_length=400, blank=True)
    minutes = models.TextField("compte rendu", blank=True)
    minutes_state = models.CharField("état du compte rendu", max_length=6, choices=Minutes.choices, default=Minutes.NONE)
    offered_at = models.DateTimeField("proposée le", default=timezone.now)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="proposée par", **BY)
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "rencontre"
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(state__in=["offered", "cancelled"]) | Q(candidate_list__isnull=False), name="meeting_agreed_with_somebody"
            ),
        ]
