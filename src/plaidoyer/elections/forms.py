"""The shape of what people type about elections, lists and contacts. The rules are in the acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify

from plaidoyer.accounts.models import Collective
from plaidoyer.elections.models import CandidateList, Contact, Election, Standing
from plaidoyer.elections.table_columns import FIELDS
from plaidoyer.territories.forms import CommunePickerField

DATE = {"type": "date"}
NO_COLUMN = ""


class ElectionForm(forms.Form):
    name = forms.CharField(label="Nom", max_length=120, help_text="Par exemple : Élection municipale partielle de Valmorel, juin 2027.")
    kind = forms.ChoiceField(label="Nature", choices=Election.Kind.choices, required=False)
    first_round_on = forms.DateField(label="Premier tour", widget=forms.DateInput(DATE, "%Y-%m-%d"))
    second_round_on = forms.DateField(label="Second tour", required=False, widget=forms.DateInput(DATE, "%Y-%m-%d"))
    source = forms.CharField(label="Source des dates", max_length=300, required=False, help_text="Le décret, ou l’arrêté du préfet.")

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "first_round_on", "second_round_on", "source")}

    def new_facts(self) -> dict[str, Any]:
        kind = self.cleaned_data["kind"] or Election.Kind.GENERAL
        return self.facts() | {"kind": kind, "slug": slugify(self.cleaned_data["name"])[:60] or "election"}


class ListForm(forms.Form):
    name = forms.CharField(label="Nom de la liste", max_length=300, help_text="Tel que la liste l’écrit.")
    head_name = forms.CharField(label="Tête de liste", max_length=160, required=False, help_text="Prénom et nom.")
    panel = forms.IntegerField(
        label="Numéro de panneau",
        min_value=1,
        max_value=999,
        required=False,
        help_text="Tiré au sort par la préfecture. Il donne l’ordre des listes.",
    )
    etiquette = forms.CharField(
        label="Étiquette déclarée",
        max_length=160,
        required=False,
        help_text="Ce que la liste dit d’elle-même. Elle n’est jamais déduite, et ne trie rien.",
    )
    etiquette_source = forms.CharField(label="Source de l’étiquette", max_length=300, required=False)
    website = forms.URLField(label="Site", max_length=200, required=False, assume_scheme="https")
    source = forms.CharField(label="Source", max_length=300, required=False, help_text="Où vous avez vu cette liste : préfecture, presse, affiche…")

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"etiquette": self.cleaned_data["etiquette"] or None}


class NewListForm(ListForm):
    is_announced = forms.BooleanField(label="La liste est seulement pressentie : elle n’est pas encore enregistrée", required=False)

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        return facts | {"state": Standing.State.ANNOUNCED if facts.pop("is_announced") else Standing.State.REGISTERED}


class ContestForm(forms.Form):
    polling_on = forms.DateField(label="Jour du vote", widget=forms.DateInput(DATE, "%Y-%m-%d"))
    closes_at = forms.TimeField(
        label="Fermeture du dernier bureau",
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        help_text="À l’heure de la commune.",
    )


class MergeForm(forms.Form):
    lists = forms.ModelMultipleChoiceField(label="Listes qui fusionnent", queryset=CandidateList.objects.none(), widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(label="Nom de la liste du second tour", max_length=300)
    head_name = forms.CharField(label="Tête de liste", max_length=160, required=False)
    panel = forms.IntegerField(label="Numéro de panneau", min_value=1, max_value=999, required=False)
    source = forms.CharField(label="Source", max_length=300, required=False)


class DrawForm(forms.Form):
    seed = forms.CharField(
        label="Graine", max_length=80,
        help_text="Un nombre ou une phrase dite à voix haute avant le tirage : le numéro de la loterie, une page de journal.",
    )  # fmt: skip
    witness = forms.CharField(label="Témoin", max_length=160, required=False, help_text="Qui était là.")


class InTheNameOf(forms.Form):
    """Somebody who belongs to several collectives says for which one; nobody else is asked."""

    def __init__(self, *args: Any, collectives: list[Collective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(collectives) > 1:
            self.fields["collectif"] = forms.ChoiceField(label="Au nom de", choices=[(one.slug, one.name) for one in collectives])


class ContactForm(InTheNameOf):
    kind = forms.ChoiceField(label="Nature", choices=Contact.Kind.choices)
    value = forms.CharField(label="Contact", max_length=300)
    source = forms.CharField(
        label="Source", max_length=300, help_text="Où vous l’avez trouvé : site de la liste, presse, mairie, rencontre du 3 février…"
    )


class UploadForm(InTheNameOf):
    file = forms.FileField(
        label="Fichier", max_length=200, help_text="Le fichier du ministère tel que téléchargé, ou votre tableau : .csv, .txt, .xlsx, .ods."
    )
    number = forms.ChoiceField(label="Tour", choices=[("1", "premier tour"), ("2", "second tour")])
    departements = forms.CharField(
        label="Départements", max_length=400, required=False, help_text="Pour le fichier du ministère : 34, 2A, 974… Vide : tous ceux du fichier."
    )

    def clean_departements(self) -> str:
        return " ".join(self.cleaned_data["departements"].replace(",", " ").replace(";", " ").upper().split())


class ColumnsForm(forms.Form):
    """Which column is what: one choice per thing that we keep, guessed, and corrected by a person."""

    default_commune = CommunePickerField(
        label="Si le tableau n’a pas de colonne pour la commune, toutes ses lignes sont de", multiple=False, required=False
    )
    default_source = forms.CharField(
        label="Source des contacts, quand la ligne ne la dit pas",
        max_length=300,
        required=False,
        help_text="Par exemple : relevé par nos bénévoles en janvier.",
    )
    are_registered = forms.BooleanField(label="Ces listes sont enregistrées en préfecture (sinon : pressenties)", required=False)

    def __init__(self, *args: Any, columns: list[str], matched: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(NO_COLUMN, "aucune colonne")] + [(str(at), name or f"colonne {at + 1}, sans nom") for at, name in enumerate(columns)]
        for field in FIELDS:
            at = matched.get(field.name)
            self.fields[f"column-{field.name}"] = forms.ChoiceField(
                label=field.label, choices=choices, required=False, initial="" if at is None else str(at), help_text=field.hint
            )

    def matches(self) -> list[forms.BoundField]:
        return [self[f"column-{field.name}"] for field in FIELDS]

    def others(self) -> list[forms.BoundField]:
        return [self[name] for name in ("default_source", "are_registered", "default_commune")]

    def facts(self) -> dict[str, Any]:
        given = {field.name: self.cleaned_data.get(f"column-{field.name}", "") for field in FIELDS}
        commune = self.cleaned_data["default_commune"]
        return {
            "columns": {name: int(at) for name, at in given.items() if at != NO_COLUMN},
            "default_source": self.cleaned_data["default_source"],
            "default_commune": commune.pk if commune else "",
            "are_registered": self.cleaned_data["are_registered"],
        }
