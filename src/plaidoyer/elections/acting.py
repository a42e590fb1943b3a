"""For whom somebody acts here, and what happens when an act says no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict

from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import may
from plaidoyer.accounts.refusals import ActRefusedError


def collectives_for(user: User, verb: str, commune_code: str = "") -> list[Collective]:
    """The user's collectives whose role allows ``verb`` in this commune."""
    return [one for one in Collective.objects.for_user(user).order_by("name", "pk") if may(user, verb, one, commune_code)]


def collective_for(user: User, verb: str, commune_code: str = "", wanted: str = "") -> Collective:
    """The collective in whose name the act is done: the wanted one, else the first. 404 to strangers, 403 to those whose role does not allow it."""
    if not Collective.objects.for_user(user).exists():
        raise Http404
    allowed = collectives_for(user, verb, commune_code)
    found = next((one for one in allowed if one.slug == wanted), allowed[0] if allowed else None)
    if found is None:
        raise PermissionDenied("Votre rôle ne permet pas cet acte ici. Adressez-vous à la coordination du collectif.")
    return found


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form takes: an empty POST is a form sent empty, not a form not sent."""
    return request.POST if request.method == "POST" else None


def attempt[T](form: forms.Form, act: Callable[..., T], **facts: Any) -> T | None:
    """The act's result, or None with its refusal among the errors of the form."""
    try:
        return act(**facts)
    except ActRefusedError as error:
        form.add_error(None, str(error))
        return None
