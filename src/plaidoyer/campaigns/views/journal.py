"""The journal of a collective: what was done, by whom, when, in French sentences; and whether its chain holds."""

from __future__ import annotations

import csv

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from plaidoyer.accounts import journal as chain
from plaidoyer.accounts.models import Collective, JournalEntry
from plaidoyer.accounts.permissions import membership
from plaidoyer.campaigns.views.lookups import collective_for
from plaidoyer.territories.models import Commune

ROWS = 60
FAMILIES = {
    "campaign": "campagnes",
    "collective": "collectif",
    "contact": "contacts",
    "contest": "scrutins",
    "election": "élections",
    "list": "listes",
    "lists": "imports de listes",
    "local": "lettres locales",
    "mail": "courriels",
    "people": "personnes",
    "question": "questions",
    "questionnaire": "versions des questions",
    "release": "publications",
    "reply": "réponses",
    "review": "relecture",
    "send": "envois",
}


def reach(request: HttpRequest, collective: Collective) -> list[str] | None:
    """The communes whose lines this person reads; None is all of them."""
    role = membership(request.user, collective)
    return role.commune_codes() if role else []


def entries_for(request: HttpRequest, collective: Collective) -> QuerySet[JournalEntry]:
    """A local group reads the lines of its communes; the others read them all."""
    rows = JournalEntry.objects.filter(collective=collective)
    if (codes := reach(request, collective)) is not None:
        rows = rows.filter(commune_code__in=codes)
    asked = {key: request.GET.get(key, "").strip() for key in ("q", "commune", "personne", "acte")}
    if asked["q"]:
        rows = rows.filter(sentence__icontains=asked["q"])
    if asked["commune"]:
        rows = rows.filter(commune_code=asked["commune"])
    if asked["personne"]:
        rows = rows.filter(actor_name=asked["personne"])
    if asked["acte"]:
        rows = rows.filter(verb__startswith=f"{asked['acte']}.")
    return rows


@require_safe
def journal(request: HttpRequest, slug: str) -> HttpResponse:
    collective = collective_for(request, slug)
    everything = JournalEntry.objects.filter(collective=collective).order_by()
    whole = reach(request, collective) is None
    asked = {key: request.GET.get(key, "") for key in ("q", "commune", "personne", "acte")}
    page = {
        "collective": collective,
        "page": Paginator(entries_for(request, collective), ROWS).get_page(request.GET.get("page")),
        "asked": asked,
        "query": urlencode({key: value for key, value in asked.items() if value}) + "&",
        "communes": Commune.objects.filter(pk__in=everything.exclude(commune_code="").values("commune_code")).order_by("name") if whole else [],
        "people": sorted(everything.values_list("actor_name", flat=True).distinct()) if whole else [],
        "families": [
            (key, FAMILIES.get(key, key)) for key in sorted({verb.split(".")[0] for verb in everything.values_list("verb", flat=True).distinct()})
        ],
        "break_at": chain.first_break(collective) if whole else None,
        "is_whole": whole,
        "others": Collective.objects.for_user(request.user).exclude(pk=collective.pk),
        "place": "campaigns:journal",
    }
    return render(request, "campaigns/journal.html", page)


@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    collective = collective_for(request, slug)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="journal-{slug}.csv"'
    out = csv.writer(response)
    out.writerow(["numéro", "date", "personne", "acte", "phrase", "commune", "empreinte"])
    for entry in entries_for(request, collective).iterator():
        out.writerow(
            [
                harmless(cell)
                for cell in (
                    entry.sequence,
                    timezone.localtime(entry.at).isoformat(timespec="seconds"),
                    entry.actor_name,
                    entry.verb,
                    entry.sentence,
                    entry.commune_code,
                    entry.seal,
                )
            ]
        )
    return response


def harmless(cell: object) -> object:
    """A spreadsheet takes « =… » for a formula, and would run it."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
