"""Home of the desk, and a campaign at a glance."""

from __future__ import annotations

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from plaidoyer.accounts.models import Role
from plaidoyer.campaigns import progress, schedule
from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.campaigns.progress import Place
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
    rows = CampaignCommune.objects.for_user(request.user).filter(campaign=found).select_related("commune", "campaign")
    places = progress.places(rows)
    words, only = request.GET.get("q", "").strip(), request.GET.get("etat", "")
    shown = matching(places, words, only)
    page = {
        "campaign": found,
        "standing": progress.standings(request.user, [found], places)[0],
        "road": schedule.road(found),
        "questionnaires": found.questionnaires.order_by("version"),
        "page": Paginator(shown, ROWS).get_page(request.GET.get("page")),
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


def matching(places: list[Place], words: str, only: str) -> list[Place]:
    tests: dict[str, Callable[[Place], object]] = {
        "a-demander": lambda place: place.asked < place.lists or not place.lists,
        "attente": lambda place: place.answered < place.asked,
        "a-relire": lambda place: place.read < place.answered,
        "a-publier": lambda place: place.asked and not place.is_published,
        "en-ligne": lambda place: place.is_published,
    }
    test, wanted = tests.get(only, lambda _: True), folded(words)
    found = [place for place in places if wanted in folded(place.row.commune.name) or (words and place.row.commune_id.startswith(words))]
    return sorted((place for place in found if test(place)), key=lambda place: folded(place.row.commune.name))
