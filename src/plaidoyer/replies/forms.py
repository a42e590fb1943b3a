"""The shape of what people type; the rules are in the acts."""

from __future__ import annotations

import datetime
from itertools import groupby
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from plaidoyer.campaigns.models import Channel
from plaidoyer.elections.models import CandidateList
from plaidoyer.replies.models import Redaction, Reply


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files, always a list."""

    widget = SeveralFiles
    default_error_messages: ClassVar = {"required": "Choisissez au moins un fichier.", "empty": "Ce fichier est vide (0 octet)."}

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given] if given else super().clean(None, initial)


def lists_by_commune(lists: list[CandidateList], empty: str) -> list[tuple[str, Any]]:
    """The choices of a list, grouped by commune."""

    def label(one: CandidateList) -> str:
        return f"{one.name} ({one.head_name})" if one.head_name else one.name

    ordered = sorted(lists, key=lambda one: (one.commune.name, one.commune_id))
    groups = [
        (name, [(one.pk, label(one)) for one in group]) for (name, _), group in groupby(ordered, key=lambda one: (one.commune.name, one.commune_id))
    ]
    return [("", empty), *groups]


class ReceptionForm(forms.Form):
    """What is common to a file, a pasted text and a letter on paper."""

    candidate_list = forms.ModelChoiceField(
        CandidateList.objects.none(), label="Liste", required=False,
        help_text="Si vous ne savez pas encore de quelle liste vient ce courrier, laissez vide : il attendra dans « À rattacher ».",
        error_messages={"invalid_choice": "Choisissez une liste de cette campagne."},
    )  # fmt: skip
    received_on = forms.DateField(
        label="Reçu le",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Écrivez la date ainsi : 04/03/2026."},
    )
    received_at = forms.TimeField(
        label="Heure", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), error_messages={"invalid": "Écrivez l’heure ainsi : 18:42."},
    )  # fmt: skip
    channel = forms.ChoiceField(label="Par quelle voie", choices=Channel.choices)
    answered_by = forms.CharField(label="Signée par", max_length=160, required=False)
    capacity = forms.CharField(label="En qualité de", max_length=160, required=False, help_text="Tête de liste, colistier, directrice de campagne…")

    def __init__(self, *args: Any, lists: list[CandidateList], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["candidate_list"]
        field.queryset = CandidateList.objects.filter(pk__in=[one.pk for one in lists]).select_related("commune")
        field.widget.choices = lists_by_commune(lists, "À rattacher plus tard")
        now = timezone.localtime()
        self.fields["received_on"].initial, self.fields["received_at"].initial = now.date(), now.time().replace(second=0, microsecond=0)

    def asked(self) -> dict[str, Any]:
        """What the acts take. The hour is that of the commune when a list is named."""
        data = self.cleaned_data
        one = data["candidate_list"]
        zone = ZoneInfo(one.commune.time_zone) if one else timezone.get_current_timezone()
        now = timezone.now()
        at = datetime.datetime.combine(data["received_on"], data["received_at"], zone)
        is_this_minute = now - datetime.timedelta(minutes=1) < at <= now
        return {
            "candidate_list": one, "received_at": now if is_this_minute else at, "channel": data["channel"], "answered_by": data["answered_by"],
            "capacity": data["capacity"],
        }  # fmt: skip


class FilesForm(ReceptionForm):
    files = FilesField(label="Fichiers", help_text="Courriel, Word, PDF, texte, photo ou scan ; 30 Mo au plus par fichier.")
    each = forms.ChoiceField(
        label="Ces fichiers font", initial="one", choices=[("one", "une seule réponse"), ("many", "une réponse chacun, à rattacher ensuite")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    field_order = ("files", "each", "candidate_list", "received_on", "received_at", "channel", "answered_by", "capacity")


class TextForm(ReceptionForm):
    text = forms.CharField(
        label="Texte de la réponse", widget=forms.Textarea(attrs={"rows": 14, "class": "theirs"}), strip=False,
        error_messages={"required": "Collez le texte de la réponse."},
        help_text="Collez le message entier, tel que reçu. Il est gardé à la lettre près.",
    )  # fmt: skip
    field_order = ("text", "candidate_list", "received_on", "received_at", "channel", "answered_by", "capacity")


class PaperForm(ReceptionForm):
    text = forms.CharField(
        label="Texte de la lettre", widget=forms.Textarea(attrs={"rows": 14, "class": "theirs"}), strip=False, required=False,
        help_text="Tapez la lettre mot pour mot, fautes comprises. Laissez vide si elle sera numérisée plus tard : son arrivée est notée.",
    )  # fmt: skip
    field_order = ("text", "candidate_list", "received_on", "received_at", "channel", "answered_by", "capacity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial = Channel.POST


class FilterForm(forms.Form):
    """What to show of the replies of a campaign."""

    q = forms.CharField(label="Chercher", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        label="État", required=False,
        choices=[
            ("", "toutes"), ("todo", "à relire"), *Reply.State.choices, ("late", "hors délai"), ("doubted", "expéditeur à vérifier"),
            ("unseen", "masquages à voir"),
        ],
    )  # fmt: skip


class DescriptionForm(forms.ModelForm):
    class Meta:
        model = Reply
        fields: ClassVar = ("answered_by", "capacity", "note")
        labels: ClassVar = {"answered_by": "Signée par", "capacity": "En qualité de", "note": "Note interne"}
        help_texts: ClassVar = {"note": "Pour l’équipe seulement : jamais publiée."}
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 3})}


class ReceptionDateForm(forms.Form):
    """When a letter really came, and how one knows."""

    received_on = forms.DateField(
        label="Reçue le", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Écrivez la date ainsi : 04/03/2026.", "required": "Indiquez le jour de réception."},
    )  # fmt: skip
    received_at = forms.TimeField(
        label="Heure", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Écrivez l’heure ainsi : 18:42.", "required": "Indiquez l’heure de réception."},
    )  # fmt: skip
    reason = forms.CharField(
        label="À quoi vous le savez", max_length=300, help_text="Cachet de la poste, courriel d’origine… La raison reste au journal.",
        error_messages={"required": "Dites à quoi vous savez cette date."},
    )  # fmt: skip


class TypedTextForm(forms.Form):
    text = forms.CharField(
        label="Texte, mot pour mot", strip=False, widget=forms.Textarea(attrs={"rows": 12, "class": "theirs"}),
        error_messages={"required": "Tapez le texte de la pièce avant d’enregistrer."},
    )  # fmt: skip


class RedactionForm(forms.Form):
    """Something to hide, by its words or by its place."""

    kind = forms.ChoiceField(label="Ce que c’est", choices=Redaction.Kind.choices)
    quote = forms.CharField(label="Mots à masquer, copiés depuis la lettre", max_length=2000)
