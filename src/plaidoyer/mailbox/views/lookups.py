"""Whose mail this person may see. Members without the coordination are told so; strangers learn nothing."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from plaidoyer.accounts.models import Collective, Role
from plaidoyer.mailbox.models import MailAccount


def coordinated(request: HttpRequest) -> list[Collective]:
    roles = request.user.memberships.active().filter(role=Role.COORDINATOR).select_related("collective").order_by("collective__name")
    found = [role.collective for role in roles]
    if not found:
        raise PermissionDenied("Le courriel est tenu par la coordination du collectif. Adressez-vous à elle.")
    return found


def chosen_account(request: HttpRequest) -> tuple[MailAccount | None, list[MailAccount]]:
    """The account that ``?compte=`` names, else the first one in service; and all that one may choose among."""
    coordinated(request)
    mine = list(MailAccount.objects.for_user(request.user).select_related("collective").order_by("-is_active", "pk"))
    wanted = request.GET.get("compte", "")
    return next((one for one in mine if str(one.pk) == wanted), mine[0] if mine else None), mine


def account_for(request: HttpRequest, pk: int) -> MailAccount:
    return get_object_or_404(MailAccount.objects.for_user(request.user).select_related("collective"), pk=pk)
