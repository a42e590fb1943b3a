"""What every page of the desk knows: who is here, and for whom they act."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from plaidoyer.accounts.models import Collective


def desk(request: HttpRequest) -> dict[str, Any]:
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {"my_collectives": Collective.objects.for_user(request.user)}
