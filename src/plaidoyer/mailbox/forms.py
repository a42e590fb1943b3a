"""What people type: the settings of a mailbox, a message to drop."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from plaidoyer.accounts.models import Collective
from plaidoyer.mailbox.models import MailAccount, Security
from plaidoyer.mailbox.models.mail_accounts import PLACE

HOST = re.compile(r"[A-Za-z0-9_.:-]{1,200}")
SECRET = forms.PasswordInput(attrs={"autocomplete": "new-password"})
KEPT = "Un mot de passe est enregistré ; il ne s’affiche jamais. Laissez vide pour le garder."
ON_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class AccountForm(forms.ModelForm):
    smtp_password = forms.CharField(label="Mot de passe d’envoi", required=False, widget=SECRET, max_length=500)
    imap_password = forms.CharField(label="Mot de passe de réception", required=False, widget=SECRET, max_length=500)

    class Meta:
        model = MailAccount
        fields: ClassVar = [
            "collective", "name", "from_name", "from_address", "reply_pattern", "smtp_host", "smtp_port", "smtp_security", "smtp_user",
            "rate_per_minute", "rate_per_hour", "imap_host", "imap_port", "imap_security", "imap_user", "imap_folder", "receives_since", "marks_read",
            "trusted_authority", "is_active",
        ]  # fmt: skip
        widgets: ClassVar = {"receives_since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts: ClassVar = {
            "from_name": "Ce que les listes verront : le nom du collectif.",
            "from_address": "Elle doit appartenir au compte avec lequel vous vous identifiez.",
            "reply_pattern": (
                "Vide : l’adresse d’expédition. Avec {token}, une adresse par liste, et les réponses se rangent seules : "
                "« reponses+{token}@exemple.org » (Gmail, OVH, Infomaniak l’acceptent)."
            ),
            "smtp_host": "Votre hébergeur l’indique : ssl0.ovh.net, smtp.gmail.com, mail.infomaniak.com…",
            "smtp_user": "Le plus souvent, l’adresse entière.",
            "rate_per_hour": "Gmail et OVH limitent à quelques centaines par heure. 0 : sans limite.",
            "imap_host": "Vide : vous déposerez les réponses à la main.",
            "imap_user": "Vide : le même que pour l’envoi.",
            "receives_since": "Vide : tout le dossier, même ancien.",
            "marks_read": "Sans cette case, rien ne change dans votre boîte.",
            "trusted_authority": "Pour montrer SPF, DKIM et DMARC : le nom que votre serveur écrit dans « Authentication-Results ». Vide : rien.",
        }

    def __init__(self, *args: Any, collectives: list[Collective], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["collective"].queryset = Collective.objects.filter(pk__in=[one.pk for one in collectives])
        self.fields["collective"].initial = collectives[0].pk
        self.fields["collective"].empty_label = None
        if len(collectives) == 1:
            self.fields["collective"].widget = forms.HiddenInput()
        for door in ("smtp", "imap"):
            kept = bool(getattr(self.instance, f"{door}_sealed"))
            words = KEPT if kept else "Souvent un « mot de passe d’application »."
            self.fields[f"{door}_password"].help_text = words
        self.parts = [
            ("Qui écrit", self.some("name from_name from_address reply_pattern is_active")),
            ("Envoyer", self.some("smtp_host smtp_port smtp_security smtp_user smtp_password rate_per_minute rate_per_hour")),
            (
                "Recevoir",
                self.some("imap_host imap_port imap_security imap_user imap_password imap_folder receives_since marks_read trusted_authority"),
            ),
        ]

    def some(self, names: str) -> list[forms.BoundField]:
        return [self[name] for name in names.split()]

    def clean_reply_pattern(self) -> str:
        pattern = self.cleaned_data["reply_pattern"].strip()
        if not pattern:
            return ""
        try:
            validate_email(pattern.replace(PLACE, "abc"))
        except ValidationError as error:
            raise ValidationError("Ce n’est pas une adresse. Exemple : reponses+{token}@exemple.org.") from error
        if PLACE not in pattern and ("{" in pattern or "}" in pattern):
            raise ValidationError("Le repère s’écrit exactement {token}.")
        return pattern

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        for door in ("smtp", "imap"):
            host = (told.get(f"{door}_host") or "").strip()
            if host and not HOST.fullmatch(host):
                self.add_error(f"{door}_host", "Un nom de serveur seul, sans « https:// » ni espace : par exemple ssl0.ovh.net.")
            elif told.get(f"{door}_security") == Security.NONE and host and host not in ON_THIS_MACHINE:
                self.add_error(f"{door}_security", "En clair, le mot de passe et le courrier se liraient en route. Choisissez STARTTLS ou TLS.")
        if told.get("imap_host") and not told.get("imap_user"):
            told["imap_user"] = told.get("smtp_user", "")
        return told

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name != "collective"}


class DropForm(forms.Form):
    collective = forms.ModelChoiceField(Collective.objects.none(), label="Collectif", empty_label=None)
    file = forms.FileField(
        label="Un message enregistré (.eml ou .msg)",
        error_messages={
            "required": "Choisissez le fichier .eml ou .msg du message.",
            "empty": "Ce fichier est vide : enregistrez de nouveau le message.",
        },
    )

    def __init__(self, collectives: list[Collective], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["collective"].queryset = Collective.objects.filter(pk__in=[one.pk for one in collectives])
        self.fields["collective"].initial = collectives[0].pk
        if len(collectives) == 1:
            self.fields["collective"].widget = forms.HiddenInput()
