"""Home of the desk, and a campaign at a glance."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from plaidoyer.accounts.models import Role
from plaidoyer.campaigns import progress, schedule
from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.campaigns.views.lookups import campaign_for
from plaidoyer.kit.text import folded

ROWS = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    campaigns = list(Campaign.objects.for_user(request.user).select_related("collective", "election"))
    standings = progress.standings(request.user, campaigns)
    roles = list(request.user.memberships.filter(is_active=True).select_related("collective"))
    page = {
        "standings": [one for one in standings if one.campaign.state != Campaign.State.CLOSED],
        "closed": [one for one in standings if one.campaign.state == Campaign.State.CLOSED],
        "roles": roles,
        "coordinates": any(role.role == Role.COORDINATOR for role in roles),
    }
    return render(request, "campaigns/home.html", page)


@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    found = campaign_for(request, slug)
    rows = CampaignCommune.objects.for_user(request.user).filter(campaign=found).select_related("commune")
    words, only = request.GET.get("q", "").strip(), request.GET.get("etat", "")
    matching = matching_rows(list(rows.with_progress()), words, only)
    page = {
        "campaign": found,
        "standing": progress.standings(request.user, [found])[0],
        "road": schedule.road(found),
        "questionnaires": found.questionnaires.order_by("version"),
        "page": Paginator(matching, ROWS).get_page(request.GET.get("page")),
        "q": words,
        "only": only,
        "filters": FILTERS,
        "query": urlencode({"q": words, "etat": only}) + "&",
        "tab": "campaign",
    }
    return render(request, "campaigns/campaign.html", page)


FILTERS = [
    ("", "toutes"),
    ("a-demander", "lettre à envoyer"),
    ("attente", "réponses attendues"),
    ("a-relire", "réponses à relire"),
    ("a-publier", "à publier"),
    ("en-ligne", "en ligne"),
]


def matching_rows(rows: list[CampaignCommune], words: str, only: str) -> list[CampaignCommune]:
    tests = {
        "a-demander": lambda row: row.asked_count < row.list_count or not row.list_count,
        "attente": lambda row: row.answered_count < row.asked_count,
        "a-relire": lambda row: row.read_count < row.answered_count,
        "a-publier": lambda row: row.asked_count and not row.is_published,
        "en-ligne": lambda row: row.is_published,
    }
    wanted = folded(words)
    found = [row for row in rows if wanted in folded(row.commune.name) or (words and row.commune_id.startswith(words))]
    return sorted((row for row in found if tests.get(only, lambda _: True)(row)), key=lambda row: folded(row.commune.name))
