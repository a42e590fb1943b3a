"""Campaigns: who asks what, of whom, until when. Reading the answers is not for this room."""

from __future__ import annotations

import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from plaidoyer.accounts.models import Collective, Organisation, User
from plaidoyer.accounts.permissions import visible_to
from plaidoyer.campaigns import correction_models, letter_models, link_models, sheet_models  # noqa: F401  Django finds the models of a room here
from plaidoyer.elections.models import CandidateList, CandidateListQuerySet, Election
from plaidoyer.territories.models import Commune


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def for_user(self, user: User) -> CampaignQuerySet:
        return self.filter(visible_to(user, "collective"))


class Campaign(models.Model):
    """One collective, one election, some communes, one questionnaire, one deadline."""

    class State(models.TextChoices):
        DRAFT = "draft", "en préparation"
        OPEN = "open", "ouverte"
        CLOSED = "closed", "close"

    class PublicationRule(models.TextChoices):
        SAME_MINUTE = "same-minute", "toutes les listes d’une commune à la même minute"

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="campaigns", verbose_name="collectif")
    election = models.ForeignKey(Election, models.PROTECT, related_name="campaigns", verbose_name="élection")
    slug = models.SlugField("adresse courte", max_length=80, unique=True)
    name = models.CharField("nom", max_length=160)
    state = models.CharField("état", max_length=6, choices=State.choices, default=State.DRAFT)
    introduction = models.TextField("présentation publique", blank=True)
    method = models.TextField("méthode publique", blank=True)
    deadline_on = models.DateField("date limite de réponse")
    deadline_at = models.TimeField("heure limite", default=datetime.time(23, 59), help_text="À l’heure de chaque commune, minute comprise.")
    letter_opening = models.TextField("début de la lettre", blank=True, help_text="Avant les questions : qui vous êtes, pourquoi vous écrivez.")
    letter_closing = models.TextField(
        "fin de la lettre", blank=True, help_text="Après les questions : le délai, ce qui sera publié, l’offre de rencontre."
    )
    publication_rule = models.CharField("règle de publication", max_length=12, choices=PublicationRule.choices, default=PublicationRule.SAME_MINUTE)
    publish_on = models.DateField("publication prévue le", null=True, blank=True)
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="campaigns", verbose_name="organisations associées")
    created_at = models.DateTimeField(auto_now_add=True)
    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne"
        ordering: ClassVar = ["-deadline_on", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.slug])

    def deadline_in(self, commune: Commune) -> datetime.datetime:
        """The first instant that is late: the minute of the deadline still counts."""
        moment = datetime.datetime.combine(self.deadline_on, self.deadline_at, ZoneInfo(commune.time_zone))
        return moment + datetime.timedelta(minutes=1)

    def lists(self) -> CandidateListQuerySet:
        return CandidateList.objects.filter(election_id=self.election_id, commune__in=self.communes.values("commune")).in_official_order()

    def latest_questionnaire(self) -> Questionnaire:
        """The last version, written to the lists or still on the desk."""
        return self.questionnaires.order_by("-version")[0]

    def questionnaire_in_force(self) -> Questionnaire:
        """The last version that the lists have received; before any letter, the one being written."""
        return self.questionnaires.exclude(locked_at=None).order_by("-version").first() or self.latest_questionnaire()


class CampaignCommuneQuerySet(models.QuerySet["CampaignCommune"]):
    def for_user(self, user: User) -> CampaignCommuneQuerySet:
        return self.filter(visible_to(user, "campaign__collective", "commune"))


class CampaignCommune(models.Model):
    """A commune in a campaign, with what is its own: a word to the lists, its signatories, its attachments, its extra questions."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="communes", verbose_name="campagne")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="campaign_communes", verbose_name="commune")
    introduction = models.TextField("paragraphe local", blank=True)
    objects = CampaignCommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "commune de la campagne"
        ordering: ClassVar = ["commune__name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "commune"], name="campaign_commune_once")]

    def __str__(self) -> str:
        return f"{self.commune.name} ({self.campaign})"

    def lists(self) -> CandidateListQuerySet:
        return CandidateList.objects.filter(election_id=self.campaign.election_id, commune_id=self.commune_id).in_official_order()


class Questionnaire(models.Model):
    """One version of the questions. Locked by the first letter; a change after that is a new version with its reason."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="questionnaires", verbose_name="campagne")
    version = models.PositiveSmallIntegerField("version", default=1)
    reason = models.TextField("raison de la nouvelle version", blank=True)
    locked_at = models.DateTimeField("verrouillé le", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "questionnaire"
        ordering: ClassVar = ["campaign", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "version"], name="questionnaire_version_once"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="questionnaire_new_version_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, version {self.version}"


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked_in(self, campaign_commune: CampaignCommune) -> QuestionQuerySet:
        """The common questions and this commune's own, in the order in which they are asked; sub-questions left out."""
        return self.filter(Q(campaign_commune=None) | Q(campaign_commune=campaign_commune), parent=None).order_by("number")


class Question(models.Model):
    """A numbered question; a sub-question has a parent and a letter. An extra question belongs to one commune."""

    class CompetentBody(models.TextChoices):
        COMMUNE = "commune", "commune"
        EPCI = "epci", "intercommunalité"
        DEPARTEMENT = "departement", "département"
        REGION = "region", "région"
        STATE = "state", "État"

    class Lever(models.TextChoices):
        DECIDES = "decides", "décide"
        CO_DECIDES = "co-decides", "codécide"
        FUNDS = "funds", "finance"
        LOBBIES = "lobbies", "plaide"
        NONE = "none", "aucun"

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions", verbose_name="questionnaire")
    campaign_commune = models.ForeignKey(
        CampaignCommune, models.CASCADE, null=True, blank=True, related_name="extra_questions", verbose_name="propre à"
    )
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts", verbose_name="question principale")
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("titre court", max_length=120)
    theme = models.CharField("thème", max_length=80, blank=True)
    text = models.TextField("texte")
    competent_body = models.CharField("collectivité compétente", max_length=11, choices=CompetentBody.choices, default=CompetentBody.COMMUNE)
    lever = models.CharField("levier de la commune", max_length=10, choices=Lever.choices, default=Lever.DECIDES)
    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question"
        ordering: ClassVar = ["questionnaire", "number", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["questionnaire", "number"], condition=Q(campaign_commune=None, parent=None), name="question_number_once"),
            models.UniqueConstraint(
                fields=["questionnaire", "campaign_commune", "number"], condition=Q(parent=None), name="local_question_number_once"
            ),
            models.UniqueConstraint(fields=["parent", "number"], name="sub_question_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def code(self) -> str:
        return f"Q{self.number}"

    @property
    def letter(self) -> str:
        """What a sub-question is called: a, b, c…"""
        return chr(ord("a") + self.number - 1)


class LocalWording(models.Model):
    """The same question in a commune's own words."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="local_wordings", verbose_name="question")
    campaign_commune = models.ForeignKey(CampaignCommune, models.CASCADE, related_name="wordings", verbose_name="commune")
    text = models.TextField("texte")

    class Meta:
        verbose_name = "formulation locale"
        constraints: ClassVar = [models.UniqueConstraint(fields=["question", "campaign_commune"], name="local_wording_once")]


class Signatory(models.Model):
    """Who signs the letter. The e-mail address is for the letter, never for a public page."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="signatories", verbose_name="campagne")
    campaign_commune = models.ForeignKey(CampaignCommune, models.CASCADE, null=True, blank=True, related_name="signatories", verbose_name="commune")
    name = models.CharField("prénom et nom", max_length=120)
    capacity = models.CharField("qualité", max_length=160, blank=True)
    organisation = models.CharField("organisation", max_length=200, blank=True)
    email = models.EmailField("courriel", blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "signataire"
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A sheet joined to the letter; one of a commune's own, or the same for all."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="attachments", verbose_name="campagne")
    campaign_commune = models.ForeignKey(CampaignCommune, models.CASCADE, null=True, blank=True, related_name="attachments", verbose_name="commune")
    title = models.CharField("intitulé", max_length=200)
    file = models.FileField("fichier", upload_to="pieces-jointes/", max_length=300)
    sha256 = models.CharField("empreinte", max_length=64)
    size = models.PositiveIntegerField("taille en octets")

    class Meta:
        verbose_name = "pièce jointe"
        ordering: ClassVar = ["title"]


class Channel(models.TextChoices):
    EMAIL = "email", "courriel"
    POST = "post", "courrier postal"
    HAND = "hand", "remise en main propre"
    FORM = "form", "formulaire en ligne"
    PHONE = "phone", "téléphone"
    MEETING = "meeting", "rencontre"


class SolicitationQuerySet(models.QuerySet["Solicitation"]):
    def delivered(self) -> SolicitationQuerySet:
        return self.exclude(outcome=Solicitation.Outcome.FAILED)


class Solicitation(models.Model):
    """That a list was written to: the letter or a reminder. The ledger of equal treatment is made of these rows."""

    class Kind(models.TextChoices):
        LETTER = "letter", "lettre"
        REMINDER = "reminder", "relance"

    class Outcome(models.TextChoices):
        SENT = "sent", "envoyée"
        FAILED = "failed", "non aboutie"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="solicitations", verbose_name="campagne")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="solicitations", verbose_name="questionnaire")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, related_name="solicitations", verbose_name="liste")
    kind = models.CharField("nature", max_length=8, choices=Kind.choices, default=Kind.LETTER)
    channel = models.CharField("voie", max_length=7, choices=Channel.choices)
    sent_at = models.DateTimeField("envoyée le")
    outcome = models.CharField("issue", max_length=6, choices=Outcome.choices, default=Outcome.SENT)
    note = models.CharField("note", max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="saisie par")
    objects = SolicitationQuerySet.as_manager()

    class Meta:
        verbose_name = "sollicitation"
        ordering: ClassVar = ["sent_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "candidate_list"], condition=Q(kind="letter"), name="one_letter_per_list"),
        ]
