"""Evidence: bytes as they came, and their text of record. Written once, hashed, never edited."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import visible_to
from plaidoyer.campaigns.models import Channel
from plaidoyer.reading.types import State


def original_path(original: Original, _name: str) -> str:
    """Under the fingerprint, never under the name that came with the file: a name is data, not a path."""
    return f"originaux/{original.collective_id}/{original.sha256[:2]}/{original.sha256}"


class OriginalQuerySet(models.QuerySet["Original"]):
    def for_user(self, user: User) -> OriginalQuerySet:
        return self.filter(visible_to(user, "collective"))


class Original(models.Model):
    """One received file (or one pasted text, or one letter announced on paper), exactly as it came."""

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="originals", verbose_name="collectif")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    file = models.FileField("octets", upload_to=original_path, max_length=200)
    name = models.CharField("nom du fichier, tel que reçu", max_length=300)
    media_type = models.CharField("type constaté", max_length=120, blank=True)
    size = models.PositiveBigIntegerField("taille en octets")
    received_at = models.DateTimeField("reçu le")
    channel = models.CharField("voie", max_length=7, choices=Channel.choices)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="entré par")
    entered_at = models.DateTimeField("entré le")
    carried_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name="joint à")
    objects = OriginalQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce originale"
        verbose_name_plural = "pièces originales"
        ordering: ClassVar = ["received_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["collective", "sha256"], name="same_bytes_one_original")]

    def __str__(self) -> str:
        return self.name


class TextOfRecord(models.Model):
    """The text of an original: by an extractor (with its version) or typed by a person. Spans point into ``text``."""

    class Maker(models.TextChoices):
        EXTRACTOR = "extractor", "extrait du fichier"
        OCR = "ocr", "lu sur l’image"
        TYPED = "typed", "tapé à la main"

    original = models.ForeignKey(Original, models.PROTECT, related_name="texts", verbose_name="pièce originale")
    maker = models.CharField("origine", max_length=9, choices=Maker.choices)
    extractor = models.CharField("extracteur", max_length=60, blank=True)
    state = models.CharField("état", max_length=8, choices=[(s.value, s.value) for s in State])
    text = models.TextField("texte", blank=True)
    sha256 = models.CharField("empreinte du texte", max_length=64)
    pages = models.PositiveIntegerField("pages", null=True, blank=True)
    places = models.JSONField(default=list, blank=True)
    notices = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tapé par")
    made_at = models.DateTimeField("fait le")

    class Meta:
        verbose_name = "texte de référence"
        verbose_name_plural = "textes de référence"
        ordering: ClassVar = ["original", "-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(maker__in=["extractor", "ocr"]) | Q(made_by__isnull=False), name="typed_text_has_an_author")
        ]

    @property
    def is_readable(self) -> bool:
        return bool(self.text.strip())
