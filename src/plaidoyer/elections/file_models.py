"""A file of lists that somebody sent, kept between the preview and the decision, and after it as the proof of where the lists came from."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import visible_to


class ListFileQuerySet(models.QuerySet["ListFile"]):
    def for_user(self, user: User) -> ListFileQuerySet:
        return self.filter(visible_to(user, "collective"))


class ListFile(models.Model):
    class Kind(models.TextChoices):
        OFFICIAL = "official", "fichier du ministère"
        TABLE = "table", "tableau d’un collectif"

    class State(models.TextChoices):
        RECEIVED = "received", "à vérifier"
        APPLIED = "applied", "importé"
        ABANDONED = "abandoned", "abandonné"

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="list_files", verbose_name="collectif")
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="list_files", verbose_name="élection")
    round = models.PositiveSmallIntegerField("tour", default=1)
    kind = models.CharField("nature", max_length=8, choices=Kind.choices)
    state = models.CharField("état", max_length=9, choices=State.choices, default=State.RECEIVED)
    name = models.CharField("nom du fichier", max_length=200)
    content = models.FileField("contenu", upload_to="lists/%Y", max_length=200)
    sha256 = models.CharField("empreinte", max_length=64)
    departements = models.CharField("départements retenus", max_length=400, blank=True)
    columns = models.JSONField("colonnes reconnues", default=dict)
    default_source = models.CharField("source des contacts", max_length=300, blank=True)
    are_registered = models.BooleanField("listes enregistrées en préfecture", default=False)
    received_at = models.DateTimeField("reçu le")
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="envoyé par")
    applied_at = models.DateTimeField("importé le", null=True, blank=True)
    objects = ListFileQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier de listes"
        verbose_name_plural = "fichiers de listes"
        ordering: ClassVar = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.name
