"""What a list writes on its own page: a draft that it comes back to, and each sending, which makes a reply like any other."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plaidoyer.campaigns.models import Campaign, Questionnaire
from plaidoyer.elections.models import CandidateList
from plaidoyer.replies.models.replies import Reply


def draft_file_path(file: DoorFile, _name: str) -> str:
    """Under its fingerprint: the name that came with the file is never a path."""
    return f"brouillons/{file.draft_id}/{file.sha256}"


class DoorDraft(models.Model):
    """The words of a list before it sends them. Nobody but the list sees them; ``revision`` grows with each save that changes something."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="door_drafts", verbose_name="campagne")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, related_name="door_drafts", verbose_name="liste")
    texts = models.JSONField("textes par question", default=dict)
    answered_by = models.CharField("qui répond", max_length=160, blank=True)
    capacity = models.CharField("en quelle qualité", max_length=160, blank=True)
    email = models.EmailField("adresse pour le reçu", max_length=254, blank=True)
    revision = models.PositiveIntegerField("révision", default=0)
    text_revision = models.PositiveIntegerField("révision du texte", default=0, help_text="Une pièce jointe ailleurs ne contredit aucun texte.")
    saved_at = models.DateTimeField("enregistré le", null=True, blank=True)
    # Which page of a browser saved last, and its how-many-th save: its own saves may overtake one another, another page's may not.
    tab = models.CharField("page ouverte", max_length=32, blank=True)
    tab_save = models.PositiveIntegerField("rang de l’enregistrement de cette page", default=0)
    asides = models.JSONField("textes d’une autre page, à choisir", default=list, blank=True)

    class Meta:
        verbose_name = "brouillon d’une liste"
        verbose_name_plural = "brouillons des listes"
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "candidate_list"], name="one_draft_per_list")]


class DoorFile(models.Model):
    """A file attached to a draft. It becomes an original when the reply is sent, and not before."""

    draft = models.ForeignKey(DoorDraft, models.CASCADE, related_name="files", verbose_name="brouillon")
    name = models.CharField("nom du fichier, tel que reçu", max_length=300)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("taille en octets")
    media_type = models.CharField("type constaté", max_length=120, blank=True)
    notice = models.TextField("ce qu’il faut savoir", blank=True)
    file = models.FileField("octets", upload_to=draft_file_path, max_length=200)
    added_at = models.DateTimeField("joint le")

    class Meta:
        verbose_name = "pièce d’un brouillon"
        verbose_name_plural = "pièces des brouillons"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["draft", "sha256"], name="draft_file_once")]


class DoorSending(models.Model):
    """One sending: its version, its words by question, and where they stand in the text of the reply that it made."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="door_sendings", verbose_name="campagne")
    candidate_list = models.ForeignKey(CandidateList, models.PROTECT, related_name="door_sendings", verbose_name="liste")
    reply = models.OneToOneField(Reply, models.PROTECT, related_name="door_sending", verbose_name="réponse")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, null=True, related_name="+", verbose_name="questions")
    version = models.PositiveSmallIntegerField("version")
    draft_revision = models.PositiveIntegerField("révision du brouillon")
    text = models.TextField("texte envoyé")
    text_sha256 = models.CharField("empreinte du texte", max_length=64)
    spans = models.JSONField("place des réponses dans le texte", default=list)
    files = models.JSONField("pièces jointes", default=list)
    is_refusal = models.BooleanField("ne souhaite pas répondre", default=False)
    email = models.EmailField("adresse pour le reçu", max_length=254, blank=True)
    is_mailed = models.BooleanField("reçu mis en file", default=False)
    sent_at = models.DateTimeField("envoyé le")

    class Meta:
        verbose_name = "envoi d’une liste"
        verbose_name_plural = "envois des listes"
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "candidate_list", "version"], name="door_version_once"),
            models.UniqueConstraint(fields=["campaign", "candidate_list", "draft_revision"], name="door_revision_sent_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="door_version_from_one"),
        ]
