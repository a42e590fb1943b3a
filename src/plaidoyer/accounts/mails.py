"""One function per message: each builds, none decides or sends. Links come from the settings, never from the visitor's request."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from plaidoyer.accounts.models import Invitation

INVITATION = """Bonjour,

{inviter} vous invite à rejoindre « {collective} » sur Plaidoyer.
Votre rôle : {role}.

Ouvrez cette adresse pour choisir votre mot de passe :
{link}

Elle sert une fois, jusqu’au {until}. Si vous n’attendiez pas cette invitation, ne faites rien.
"""


def invitation_link(token: str) -> str:
    return settings.SITE_URL + reverse("accounts:invitation", args=[token])


def invitation(invited: Invitation, token: str) -> EmailMessage:
    return EmailMessage(
        subject=f"Invitation à rejoindre {invited.collective.name}",
        body=INVITATION.format(
            inviter=invited.invited_by.full_name if invited.invited_by else "La coordination",
            collective=invited.collective.name,
            role=invited.get_role_display(),
            link=invitation_link(token),
            until=f"{invited.expires_at:%d/%m/%Y}",
        ),
        to=[invited.email],
    )
