"""What people type about themselves. No business rule here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm, SetPasswordForm

from plaidoyer.accounts import attempts
from plaidoyer.accounts.models import Collective, User

EMAIL = {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
CHOOSING_HELP = "Au moins dix caractères. Une phrase que vous retenez vaut mieux qu’un mot compliqué."


class SignInForm(AuthenticationForm):
    """E-mail and password. A wrong pair says nothing about which of the two is wrong."""

    error_messages = {  # noqa: RUF012  Django's own shape
        "invalid_login": "Adresse ou mot de passe inconnus. Vérifiez les majuscules, ou demandez un nouveau mot de passe.",
        "inactive": "Ce compte est fermé. Adressez-vous à la coordination de votre collectif.",
        "too_many": "Trop d’essais. Attendez un quart d’heure, ou demandez un nouveau mot de passe.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Adresse électronique"
        self.fields["username"].widget = forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username", "inputmode": "email"})
        self.fields["password"].label = "Mot de passe"

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        key = attempts.key_of(self.cleaned_data.get("username", ""), attempts.address_of(self.request))
        if attempts.too_many(attempts.SIGN_IN, key, attempts.SIGN_IN_LIMIT):
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many")
        return super().clean()


class NewPasswordMixin(forms.Form):
    """A password typed twice, judged by the rules of the settings."""

    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        help_text=CHOOSING_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(label="Le même, une seconde fois", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def person(self) -> User:
        return User(full_name=self.cleaned_data.get("full_name", ""), email=self.cleaned_data.get("email", ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        password, again = data.get("password"), data.get("again")
        if password and again and password != again:
            self.add_error("again", "Les deux mots de passe diffèrent.")
        elif password:
            try:
                password_validation.validate_password(password, self.person())
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class WelcomeForm(NewPasswordMixin):
    """Who joins by an invitation: the address is already known."""

    full_name = forms.CharField(label="Prénom et nom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}))
    field_order = ("full_name", "password", "again")


class FirstStartForm(NewPasswordMixin):
    collective_name = forms.CharField(
        label="Nom de votre collectif", max_length=160, help_text="Celui qui signe les lettres et répond des pages publiées."
    )
    full_name = forms.CharField(label="Vos prénom et nom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs=EMAIL),
        help_text="Pour vous connecter. C’est aussi le contact du collectif, publié, jusqu’à ce que vous en donniez un autre.",
    )
    field_order = ("collective_name", "full_name", "email", "password", "again")


class NameForm(forms.Form):
    full_name = forms.CharField(label="Prénom et nom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class OwnPasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Mot de passe actuel"
        self.fields["new_password1"].label = "Nouveau mot de passe"
        self.fields["new_password1"].help_text = CHOOSING_HELP
        self.fields["new_password2"].label = "Le même, une seconde fois"
        self.fields["new_password2"].help_text = ""


class ChosenPasswordForm(SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Nouveau mot de passe"
        self.fields["new_password1"].help_text = CHOOSING_HELP
        self.fields["new_password2"].label = "Le même, une seconde fois"
        self.fields["new_password2"].help_text = ""


class ForgottenForm(PasswordResetForm):
    email = forms.EmailField(label="Adresse électronique", max_length=254, widget=forms.EmailInput(attrs=EMAIL))


class CollectiveForm(forms.ModelForm):
    organisation_names = forms.CharField(
        label="Organisations membres",
        required=False,
        help_text="Une par ligne, dans l’ordre où elles doivent paraître.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = Collective
        fields = ("name", "about", "url", "contact_email", "publication_director")
        help_texts = {  # noqa: RUF012
            "contact_email": "Elle paraît sur le site public : les listes et les lecteurs y écrivent.",
            "publication_director": "La loi demande son nom sur le site (loi du 21 juin 2004).",
            "about": "Quelques lignes qui disent qui vous êtes. Elles paraissent sur le site public.",
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}  # noqa: RUF012

    def clean_organisation_names(self) -> list[str]:
        return [line.strip()[:200] for line in self.cleaned_data["organisation_names"].splitlines() if line.strip()]
