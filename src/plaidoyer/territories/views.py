"""Looking for a commune, and looking at one. Everything here is public fact; nothing here writes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from plaidoyer.territories.forms import found_by
from plaidoyer.territories.groups import Group
from plaidoyer.territories.models import Commune

LONGEST_SEARCH = 120


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One address, three clothes: a page, the fragment of a picker (htmx), and JSON (``?format=json``)."""
    name, kind = request.GET.get("field", "commune"), "radio" if request.GET.get("kind") == "radio" else "checkbox"
    words = (request.GET.get("q") or request.GET.get(f"{name}-search") or "").replace("\0", "").strip()[:LONGEST_SEARCH]
    if request.GET.get("format") == "json":
        return JsonResponse(as_data(**found_by(words, with_groups=True)))
    is_fragment = bool(getattr(request, "htmx", False))
    facts = {"search": words, "name": name, "kind": kind, **found_by(words, with_groups=is_fragment and kind == "checkbox")}
    return render(request, "territories/found.html" if is_fragment else "territories/search.html", facts)


def as_data(found: list[Commune], groups: list[Group], *, has_more: bool) -> dict[str, object]:
    return {
        "communes": [
            {"code": one.pk, "name": one.name, "departement": one.departement_id, "population": one.population, "label": str(one)} for one in found
        ],
        "groups": [{"token": group.token, "name": group.name, "communes": group.size} for group in groups],
        "has_more": has_more,
    }


@require_safe
def commune(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    found = get_object_or_404(Commune.objects.select_related("departement", "region", "epci", "ept"), pk=code.upper())
    if slug != found.slug:
        return redirect(found, permanent=False)
    facts = {"commune": found, "postal_codes": found.postal_codes.all(), "former": found.former_communes.all()}
    return render(request, "territories/commune.html", facts)
