"""What people type about letters, waves and meetings. Acts refuse what must not be."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from plaidoyer.campaigns.letter_models import SendingPlan
from plaidoyer.campaigns.letters import blocks
from plaidoyer.elections.models import CandidateList
from plaidoyer.mailbox.models import MailAccount

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class BlocksForm(forms.Form):
    """One field for each block of the letter."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for block in blocks.BLOCKS[kind]:
            area = forms.Textarea(attrs={"rows": block.rows, "data-takes-fields": "1"})
            self.fields[block.key] = forms.CharField(label=block.label, required=False, strip=True, widget=area, help_text=block.help_text)


class WordForm(forms.Form):
    file = forms.FileField(label="Votre lettre en Word", help_text="Un fichier .docx de 5 Mo au plus, sans macro ni mot de passe.")


class PlanForm(forms.ModelForm):
    class Meta:
        model = SendingPlan
        fields = ("account", "attaches_pdf", "reminder_cap", "grace_days")
        labels = {"account": "Compte de courriel"}  # noqa: RUF012
        help_texts = {  # noqa: RUF012
            "account": "Vide : le premier compte du collectif.",
            "attaches_pdf": "Le texte de la lettre est toujours dans le message ; le PDF s’imprime mieux.",
            "reminder_cap": "Le même nombre pour toutes les listes qui n’ont pas répondu.",
            "grace_days": "Une relance peut encore partir pendant ces jours, jamais pendant le silence électoral.",
        }

    def __init__(self, *args: Any, accounts: QuerySet[MailAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = accounts


class RealForm(forms.Form):
    typed = forms.CharField(label="Écrivez « envoi réel »", max_length=40)


class WaveForm(forms.Form):
    reason = forms.CharField(
        label="Raison de l’écart",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Seulement si toutes les listes d’une commune ne sont pas traitées de la même façon. Elle est publique.",
    )


class MomentForm(forms.Form):
    on = forms.DateField(label="Jour", widget=DAY)
    at = forms.TimeField(label="Heure", widget=HOUR, initial=datetime.time(9))

    def moment(self) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"]))


class ReopenForm(MomentForm):
    reason = forms.CharField(label="Raison", max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text="Elle est publique.")


class SlotsForm(forms.Form):
    on = forms.DateField(label="Jour", widget=DAY)
    times = forms.CharField(label="Heures", help_text="Séparées par des espaces : « 18h 18h45 20h ».")
    minutes = forms.IntegerField(label="Durée en minutes", min_value=10, max_value=240, initial=45)
    place = forms.CharField(label="Lieu", max_length=200)

    def clean_times(self) -> list[datetime.time]:
        found = [hour_of(word) for word in self.cleaned_data["times"].replace(",", " ").split()]
        if None in found or not found or len(found) > 20:
            raise forms.ValidationError("Écrivez les heures comme « 18h » ou « 18h45 », vingt au plus, séparées par des espaces.")
        return [one for one in found if one]

    def starts(self) -> list[datetime.datetime]:
        return [timezone.make_aware(datetime.datetime.combine(self.cleaned_data["on"], time)) for time in self.cleaned_data["times"]]


def hour_of(word: str) -> datetime.time | None:
    """« 18h45 », « 18:45 », « 18h »."""
    hours, _, minutes = word.lower().replace(":", "h").partition("h")
    if not hours.isdigit() or (minutes and not minutes.isdigit()) or int(hours) > 23 or int(minutes or 0) > 59:
        return None
    return datetime.time(int(hours), int(minutes or 0))


class TakeForm(forms.Form):
    candidate_list = forms.ModelChoiceField(label="Liste", queryset=CandidateList.objects.none(), empty_label=None)

    def __init__(self, *args: Any, lists: QuerySet[CandidateList], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["candidate_list"].queryset = lists


class HeldForm(forms.Form):
    was_held = forms.TypedChoiceField(
        label="La rencontre a-t-elle eu lieu ?",
        choices=[("oui", "oui"), ("non", "non, la liste n’est pas venue")],
        coerce=lambda said: said == "oui",
        initial="oui",
        widget=forms.RadioSelect,
    )
    ours = forms.CharField(label="Qui était là pour le collectif", required=False, max_length=400)
    theirs = forms.CharField(label="Qui était là pour la liste", required=False, max_length=400)
    minutes = forms.CharField(label="Compte rendu", required=False, widget=forms.Textarea(attrs={"rows": 8}))
    is_agreed = forms.BooleanField(
        label="La liste a relu ce compte rendu et l’a validé", required=False, help_text="Sinon il porte la mention « non validé »."
    )
