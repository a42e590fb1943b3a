"""What people type about the voice of the lists: a last minute, a remark, an answer, a reply to what is published."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from plaidoyer.campaigns.models import Channel

DATE = {"invalid": "Écrivez la date ainsi : 04/03/2026.", "required": "Indiquez le jour."}
TIME = {"invalid": "Écrivez l’heure ainsi : 18:42.", "required": "Indiquez l’heure."}


class EndForm(forms.Form):
    """The last minute, at the hour of the commune."""

    closes_on = forms.DateField(
        label="Jusqu’au",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=DATE,
        help_text="Le même jour pour toutes les listes, dans vingt-quatre heures au moins.",
    )
    closes_at = forms.TimeField(
        label="Heure, celle de la commune",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        initial=datetime.time(18),
        error_messages=TIME,
    )

    def moment(self, zone: str) -> datetime.datetime:
        return datetime.datetime.combine(self.cleaned_data["closes_on"], self.cleaned_data["closes_at"], ZoneInfo(zone))


class ExtensionForm(EndForm):
    reason = forms.CharField(label="Pourquoi", max_length=300, error_messages={"required": "Dites pourquoi le délai est prolongé."})


class AskedForm(forms.Form):
    """A right of reply, as a list writes it on its own page. The length is checked by the act: nothing typed is lost here."""

    text = forms.CharField(
        label="Votre réponse", widget=forms.Textarea(attrs={"rows": 10, "class": "theirs"}), strip=False,
        error_messages={"required": "Écrivez le texte à publier."},
    )  # fmt: skip
    signed_by = forms.CharField(label="Votre nom", max_length=160, error_messages={"required": "Indiquez votre nom : il sera publié."})
    capacity = forms.CharField(label="En qualité de", max_length=160, required=False, help_text="Tête de liste, directeur de campagne…")


class RecordedForm(AskedForm):
    """The same, recorded by a person from a letter."""

    candidate_list = forms.ChoiceField(label="Liste", error_messages={"required": "Choisissez la liste."})
    channel = forms.ChoiceField(label="Par quelle voie", choices=Channel.choices)
    received_on = forms.DateField(label="Reçu le", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), error_messages=DATE)
    received_at = forms.TimeField(label="Heure", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), error_messages=TIME)
    field_order = ("candidate_list", "text", "signed_by", "capacity", "channel", "received_on", "received_at")

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["candidate_list"].choices = choices
        self.fields["text"].label = "Texte, mot pour mot"
        self.fields["signed_by"].label = "Signé par"
