"""Communes and what holds them. Keys are INSEE codes (text, five characters, leading zero kept) and SIREN numbers, dated by COG year."""

from __future__ import annotations

import re
from typing import ClassVar

from django.db import models
from django.urls import reverse

from plaidoyer.kit.text import folded

CODE_BEGINS = re.compile(r"\d{2,5}|2[ab]\d{0,3}")


class Region(models.Model):
    code = models.CharField("code INSEE", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=60)

    class Meta:
        verbose_name = "région"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Departement(models.Model):
    code = models.CharField("code INSEE", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="departements", verbose_name="région")

    class Meta:
        verbose_name = "département"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Intercommunality(models.Model):
    """An EPCI with its own taxation, or an établissement public territorial of Grand Paris."""

    class Kind(models.TextChoices):
        CA = "CA", "communauté d’agglomération"
        CC = "CC", "communauté de communes"
        CU = "CU", "communauté urbaine"
        METROPOLE = "METRO", "métropole"
        EPT = "EPT", "établissement public territorial"

    siren = models.CharField("SIREN", max_length=9, primary_key=True)
    name = models.CharField("nom", max_length=160)
    kind = models.CharField("nature", max_length=5, choices=Kind.choices)

    class Meta:
        verbose_name = "intercommunalité"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


def begins(word: str) -> models.Q:
    """Communes of which a word of the name, the INSEE code or a postal code begins so."""
    fits = models.Q(search_name__contains=f" {word}")
    if CODE_BEGINS.fullmatch(word):
        served = PostalCode.objects.filter(code__startswith=word).values("commune")
        fits |= models.Q(pk__startswith=word.upper()) | models.Q(pk__in=served)
    return fits


class CommuneQuerySet(models.QuerySet["Commune"]):
    def search(self, words: str) -> CommuneQuerySet:
        """Communes whose name, or former name, has every word (no accent, no case, "st" for "saint").

        Digits are the beginning of an INSEE code or of a postal code: "92140" and "92140 clam" both find Clamart.
        """
        text = folded(words)
        if not text:
            return self.none()
        now, before = models.Q(), models.Q()
        for word in text.split():
            now &= begins(word)
            before &= models.Q(search_name__contains=f" {word}")
        former = FormerCommune.objects.filter(before).values("commune")
        names = " ".join(word for word in text.split() if not CODE_BEGINS.fullmatch(word))
        return self.filter(now | models.Q(pk__in=former)).ranked(names)

    def ranked(self, text: str) -> CommuneQuerySet:
        """The very name first, then names that begin so, then the larger towns."""
        rank = models.Case(
            models.When(search_name=f" {text}", then=0),
            models.When(search_name__startswith=f" {text}", then=1),
            models.When(search_name__contains=f" {text}", then=2),
            default=3,
        )
        return self.annotate(search_rank=rank).order_by("search_rank", models.F("population").desc(nulls_last=True), "name", "pk")

    def resolve(self, code: str) -> Commune | None:
        """The commune of an INSEE code, current or old: ``resolve("13201")`` is Marseille. None when the code was never one."""
        code = code.strip().upper().zfill(5)
        current = self.filter(pk=code).first()
        return current or self.filter(former_communes__pk=code).first()


class Commune(models.Model):
    """A commune of the current COG. ``search_name`` is the folded name with a space before each word."""

    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=120)
    slug = models.SlugField("adresse courte", max_length=120)
    search_name = models.CharField(max_length=140, db_index=True)
    departement = models.ForeignKey(Departement, models.PROTECT, null=True, related_name="communes", verbose_name="département")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="communes", verbose_name="région")
    epci = models.ForeignKey(Intercommunality, models.PROTECT, null=True, blank=True, related_name="communes", verbose_name="EPCI")
    ept = models.ForeignKey(Intercommunality, models.PROTECT, null=True, blank=True, related_name="ept_communes", verbose_name="EPT")
    siren = models.CharField("SIREN", max_length=9, blank=True)
    population = models.PositiveIntegerField("population municipale", null=True)
    latitude = models.FloatField("latitude", null=True)
    longitude = models.FloatField("longitude", null=True)
    time_zone = models.CharField("fuseau horaire", max_length=40, default="Europe/Paris")
    cog_year = models.PositiveSmallIntegerField("millésime du COG")
    is_fictional = models.BooleanField("fictive", default=False)
    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "commune"
        ordering: ClassVar = ["name", "code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.departement_id})" if self.departement_id else self.name

    def get_absolute_url(self) -> str:
        return reverse("territories:commune", args=[self.code, self.slug])


class PostalCode(models.Model):
    """Many-to-many in real life: a commune has several, and one may serve several communes."""

    commune = models.ForeignKey(Commune, models.CASCADE, related_name="postal_codes")
    code = models.CharField("code postal", max_length=5, db_index=True)

    class Meta:
        verbose_name = "code postal"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["commune", "code"], name="postal_code_once")]


class FormerCommune(models.Model):
    """An old code that still stands in files: merged, delegated or associated communes, municipal arrondissements."""

    class Kind(models.TextChoices):
        DELEGATED = "delegated", "commune déléguée"
        ASSOCIATED = "associated", "commune associée"
        MERGED = "merged", "commune fusionnée ou renumérotée"
        ARRONDISSEMENT = "arrondissement", "arrondissement municipal"

    code = models.CharField("ancien code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=120)
    search_name = models.CharField(max_length=140, db_index=True, default="")
    kind = models.CharField("nature", max_length=14, choices=Kind.choices)
    commune = models.ForeignKey(Commune, models.CASCADE, related_name="former_communes", verbose_name="commune actuelle")

    class Meta:
        verbose_name = "ancienne commune"
        verbose_name_plural = "anciennes communes"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"
