"""The sheet of a commune: the few figures that its letter quotes, each with its vintage and its source."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CommuneFigure(models.Model):
    """One figure, as a sentence would say it: « Logements sociaux : 13,9 % des résidences principales (1er janvier 2024, ministère du Logement) »."""

    campaign_commune = models.ForeignKey("campaigns.CampaignCommune", models.CASCADE, related_name="figures", verbose_name="commune")
    label = models.CharField("intitulé", max_length=160)
    value = models.CharField("valeur, avec son unité", max_length=80)
    dated = models.CharField("millésime", max_length=60)
    source = models.CharField("source", max_length=200)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "chiffre de la commune"
        verbose_name_plural = "chiffres de la commune"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign_commune", "label"], name="one_figure_per_label")]

    def __str__(self) -> str:
        return f"{self.label} : {self.value} ({self.dated}, {self.source})"
