"""What people type about a campaign. No business rule here: acts refuse what must not be."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from plaidoyer.accounts.models import Collective, Organisation, Role
from plaidoyer.campaigns.models import Attachment, Campaign, Channel, Question, Signatory, Solicitation
from plaidoyer.campaigns.pasted import PastedQuestion, questions_in
from plaidoyer.campaigns.sheet_models import CommuneFigure
from plaidoyer.territories.forms import CommunePickerField

MOST_QUESTIONS = 60  # more is a whole document, pasted by mistake
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class CampaignForm(forms.ModelForm):
    """Dates are those of every list alike. ``reason`` is asked for only when letters have gone and the deadline moves."""

    reason = forms.CharField(label="Pourquoi le délai change", required=False, max_length=300, help_text="À remplir seulement si le délai change.")

    class Meta:
        model = Campaign
        fields = (
            "name",
            "collective",
            "organisations",
            "election",
            "deadline_on",
            "deadline_at",
            "publish_on",
            "introduction",
            "method",
        )
        labels = {"organisations": "Organisations qui signent cette campagne"}  # noqa: RUF012
        help_texts = {  # noqa: RUF012
            "name": "Par exemple : « Municipales 2026, cinq questions aux listes ».",
            "deadline_at": "À l’heure de chaque commune. Une réponse qui arrive après est publiée aussi, avec la mention « hors délai ».",
            "publish_on": "Laissez au moins trois jours après le délai, pour relire à deux.",
            "introduction": "Elle paraît en tête de la page publique de la campagne.",
            "method": "Comment les questions ont été choisies, à qui elles ont été envoyées, comment les réponses sont relues.",
            "organisations": "Celles du collectif sont proposées. Vous pouvez en choisir une partie.",
        }
        widgets = {  # noqa: RUF012
            "deadline_on": DATE,
            "publish_on": DATE,
            "deadline_at": TIME,
            "organisations": forms.CheckboxSelectMultiple,
            "introduction": forms.Textarea(attrs={"rows": 4}),
            "method": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, collectives: QuerySet[Collective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collective"].queryset = collectives
        self.fields["collective"].empty_label = None
        self.fields["organisations"].queryset = Organisation.objects.filter(collectives__in=collectives).distinct()
        if self.instance.pk:
            del self.fields["collective"]
        else:
            del self.fields["reason"]
            self.fields["organisations"].initial = [one.pk for one in self.fields["organisations"].queryset]
            self.fields["election"].initial = self.fields["election"].queryset.first()
        if not self.fields["organisations"].queryset.exists():
            del self.fields["organisations"]

    def facts(self) -> dict[str, Any]:
        """What an act takes: everything but the relations, which it takes apart."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in {"organisations", "collective", "election", "reason", "communes"}
        }


class NewCampaignForm(CampaignForm):
    communes = CommunePickerField(label="Communes", required=False, help_text="Vous pourrez en ajouter ensuite.")

    field_order = (
        "name",
        "collective",
        "organisations",
        "election",
        "communes",
        "deadline_on",
        "deadline_at",
        "publish_on",
        "introduction",
        "method",
    )


class CommunesForm(forms.Form):
    communes = CommunePickerField(label="Communes à ajouter")


class LetterForm(forms.ModelForm):
    class Meta:
        model = Campaign
        fields = ("letter_opening", "letter_closing")
        widgets = {"letter_opening": forms.Textarea(attrs={"rows": 10}), "letter_closing": forms.Textarea(attrs={"rows": 8})}  # noqa: RUF012


class QuestionForm(forms.ModelForm):
    class Meta:
        model = Question
        fields = ("title", "text", "theme", "competent_body", "lever")
        help_texts = {  # noqa: RUF012
            "title": "Quelques mots, pour les tableaux : « Domiciliation ».",
            "text": "Mot pour mot, comme dans la lettre.",
            "competent_body": "Qui décide : la cantine des écoles est à la commune, celle des collèges au département.",
            "lever": "Ce que la commune peut faire, même quand elle ne décide pas seule.",
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}  # noqa: RUF012


class PartForm(forms.Form):
    text = forms.CharField(label="Sous-question", widget=forms.Textarea(attrs={"rows": 2}))


class PasteForm(forms.Form):
    pasted = forms.CharField(
        label="Questions",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=(
            "Une question par numéro (« 1. … ») ou par puce. Les lignes « a) … » deviennent des sous-questions. "
            "Ce qui précède la première question et ce qui suit la dernière sont laissés de côté."
        ),
    )

    def clean_pasted(self) -> tuple[PastedQuestion, ...]:
        found = questions_in(self.cleaned_data["pasted"])
        if not found:
            raise forms.ValidationError("Aucune question trouvée. Commencez chaque question par un numéro (« 1. ») ou une puce (« - »).")
        if len(found) > MOST_QUESTIONS:
            raise forms.ValidationError(f"{len(found)} questions trouvées : c’est sans doute tout un document. Collez seulement les questions.")
        return found

    def seen(self) -> str:
        """What the titles beside the questions were proposed for: a text changed since then has others."""
        return hashlib.sha256(self.data.get("pasted", "").encode()).hexdigest()

    def questions(self) -> tuple[PastedQuestion, ...]:
        """Those understood, each with its short title as corrected on screen."""
        found = self.cleaned_data["pasted"]
        if self.data.get("seen") != self.seen():
            return found
        return tuple(replace(one, title=self.data.get(f"title-{number}", "").strip()[:120] or one.title) for number, one in enumerate(found, start=1))


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Raison", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text


class ParagraphForm(forms.Form):
    introduction = forms.CharField(
        label="Paragraphe local",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Il vient après le début commun de la lettre, dans cette commune seulement.",
    )


class WordingForm(forms.Form):
    text = forms.CharField(
        label="Formulation propre à cette commune",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Vide : la formulation commune.",
    )


class SignatoryForm(forms.ModelForm):
    class Meta:
        model = Signatory
        fields = ("name", "capacity", "organisation", "email")
        help_texts = {"email": "Pour la lettre seulement, jamais publiée."}  # noqa: RUF012


SignatoryFormSet = forms.formset_factory(SignatoryForm, extra=2, max_num=30, validate_max=True, can_delete=True)


class FigureForm(forms.ModelForm):
    class Meta:
        model = CommuneFigure
        fields = ("label", "value", "dated", "source")
        help_texts = {  # noqa: RUF012
            "value": "Avec son unité : « 13,9 % des résidences principales ».",
            "dated": "La date du chiffre : « 1er janvier 2024 ».",
            "source": "Qui le publie : « ministère du Logement, RPLS ».",
        }

    def figure(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


FigureFormSet = forms.formset_factory(FigureForm, extra=2, max_num=30, validate_max=True, can_delete=True)


class FigureTableForm(forms.Form):
    file = forms.FileField(
        label="Tableau", help_text="Excel, LibreOffice ou CSV ; colonnes Code INSEE, Intitulé, Valeur, Millésime, Source. Une ligne par chiffre."
    )


class AttachmentForm(forms.ModelForm):
    class Meta:
        model = Attachment
        fields = ("title", "file")
        help_texts = {"title": "Ce que la lettre annonce : « Fiche logement de la commune ».", "file": "10 Mo au plus."}  # noqa: RUF012


class SendingForm(forms.Form):
    """What went out, to whom, how and when. The lists are ticked in the page."""

    kind = forms.ChoiceField(label="Nature", choices=Solicitation.Kind.choices)
    channel = forms.ChoiceField(label="Voie", choices=Channel.choices)
    sent_on = forms.DateField(label="Jour de l’envoi", widget=DATE)
    sent_at = forms.TimeField(label="Heure", widget=TIME, initial=datetime.time(9))
    outcome = forms.ChoiceField(
        label="Issue", choices=Solicitation.Outcome.choices, help_text="Un courrier revenu, une adresse fermée : « non aboutie »."
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=300,
        help_text="Si toutes les listes d’une commune ne sont pas traitées de la même façon, écrivez ici pourquoi.",
    )

    def moment(self) -> datetime.datetime:
        naive = datetime.datetime.combine(self.cleaned_data["sent_on"], self.cleaned_data["sent_at"])
        return timezone.make_aware(naive)


class FailedForm(forms.Form):
    note = forms.CharField(label="Comment le savez-vous ?", max_length=300, help_text="Courrier revenu, message d’erreur reçu le…, adresse fermée…")


class InviteForm(forms.Form):
    email = forms.EmailField(label="Adresse électronique", max_length=254)
    role = forms.ChoiceField(label="Rôle", choices=Role.choices, initial=Role.READER, widget=forms.RadioSelect)
    communes = CommunePickerField(
        label="Communes", required=False, help_text="Un groupe local en a au moins une. Pour les autres rôles : vide, toutes les communes."
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="Rôle", choices=Role.choices, widget=forms.RadioSelect)
    communes = CommunePickerField(
        label="Communes", required=False, help_text="Un groupe local en a au moins une. Pour les autres rôles : vide, toutes les communes."
    )
