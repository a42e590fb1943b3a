"""The shape of what a list types on its page. Nothing here is refused that can be kept: a draft may be half written."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms

from plaidoyer.campaigns.models import Question
from plaidoyer.replies.acts.door import BEYOND, Typed
from plaidoyer.replies.door.assembling import clean

LONGEST = 30_000  # characters under one question: ten pages
TOO_LONG = "Ce texte dépasse 30 000 signes : joignez-le plutôt en document."
CAPACITIES = [
    ("tête de liste", "tête de liste"),
    ("candidate ou candidat de la liste", "candidate ou candidat de la liste"),
    ("membre de l’équipe de campagne", "membre de l’équipe de campagne"),
    ("autre", "autre, à préciser"),
]
KNOWN = {value for value, _ in CAPACITIES}


class WordsField(forms.CharField):
    """Words of the list: kept as typed, but for what no keyboard types (a NUL would be refused by the database, not by the person)."""

    def to_python(self, value: object) -> str:
        return clean(super().to_python(value))


class WhoForm(forms.Form):
    """Who answers, in what capacity, where the receipt goes. Asked when it is sent, kept as it comes before."""

    answered_by = forms.CharField(
        label="Prénom et nom", max_length=160, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": "160 signes au plus."},
    )  # fmt: skip
    capacity = forms.ChoiceField(label="En quelle qualité", choices=CAPACITIES, required=False, widget=forms.RadioSelect)
    other_capacity = forms.CharField(
        label="Précisez votre qualité", max_length=160, required=False, error_messages={"max_length": "160 signes au plus."},
    )  # fmt: skip
    email = forms.EmailField(
        label="Adresse électronique pour le reçu", required=False, max_length=254,
        help_text="Elle ne sert qu’au reçu, et ne sera ni publiée ni transmise.",
        error_messages={"invalid": "Écrivez une seule adresse, par exemple : ines.carpentras@exemple.fr"},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    tab = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    tab_save = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def ask_who(self) -> bool:
        """What sending needs, and saving does not."""
        if not self.cleaned_data.get("answered_by"):
            self.add_error("answered_by", "Écrivez le prénom et le nom de la personne qui répond pour la liste.")
        if not self.said_capacity():
            name = "other_capacity" if self.cleaned_data.get("capacity") == "autre" else "capacity"
            self.add_error(name, "Dites en quelle qualité cette personne répond.")
        return not self.errors

    def said_capacity(self) -> str:
        chosen = self.cleaned_data.get("capacity", "")
        return self.cleaned_data.get("other_capacity", "") if chosen == "autre" else chosen

    def typed(self) -> Typed:
        kept = self.cleaned_data
        return Typed(
            texts=self.texts(), answered_by=kept.get("answered_by", ""), capacity=self.said_capacity(), email=kept.get("email", ""),
            revision=kept.get("revision") or 0, tab=kept.get("tab", ""), tab_save=kept.get("tab_save") or 0,
        )  # fmt: skip

    def texts(self) -> dict[str, str]:
        return {}


class DoorForm(WhoForm):
    """One field under each question, and one for what no question asked."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [*(question.code for question in questions), BEYOND]
        for code in self.codes:
            self.fields[code] = WordsField(
                required=False, max_length=LONGEST, strip=False, error_messages={"max_length": TOO_LONG},
                widget=forms.Textarea(attrs={"rows": 7 if code != BEYOND else 4}),
            )  # fmt: skip
        for question in questions:
            question.field = self[question.code]

    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(code, "") for code in self.codes}

    @property
    def beyond(self) -> forms.BoundField:
        return self[BEYOND]


class RefusalForm(WhoForm):
    words = WordsField(
        label="Si vous voulez, dites pourquoi", required=False, strip=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ces mots seront publiés tels quels, à côté de votre refus.", error_messages={"max_length": TOO_LONG},
    )  # fmt: skip


def new_tab() -> str:
    return secrets.token_hex(8)


def who_of(draft: Any) -> dict[str, object]:
    """What the draft knows of who answers, as fields."""
    capacity = draft.capacity if draft.capacity in KNOWN or not draft.capacity else "autre"
    return {
        "answered_by": draft.answered_by, "capacity": capacity, "other_capacity": draft.capacity if capacity == "autre" else "", "email": draft.email,
        "revision": draft.revision, "tab": new_tab(), "tab_save": 0,
    }  # fmt: skip
