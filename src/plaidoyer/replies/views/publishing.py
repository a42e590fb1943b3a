"""Publishing a commune: what is missing, what will be seen, then all the lists at the same minute."""

from __future__ import annotations

import secrets

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plaidoyer.campaigns.correction_models import CorrectionWindow
from plaidoyer.campaigns.models import CampaignCommune
from plaidoyer.elections.acts.draws import record_draw
from plaidoyer.elections.silence import current_window
from plaidoyer.replies import acts
from plaidoyer.replies.models import Release, Remark, Stance
from plaidoyer.replies.publish_checks import obstacles, silence, still_in_tray
from plaidoyer.replies.release_draft import draft
from plaidoyer.replies.views.finding import attempt, campaign_for, can, place_for

WAITING = Count("remarks", filter=Q(remarks__state=Remark.State.WAITING))


@require_GET
def communes(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug)
    places = list(CampaignCommune.objects.for_user(request.user).filter(campaign=campaign).select_related("commune").order_by("commune__name"))
    releases = {one.commune_id: one for one in Release.objects.filter(campaign=campaign, is_current=True)}
    windows = {one.commune_id: one for one in CorrectionWindow.objects.filter(campaign=campaign).annotate(waiting=WAITING)}
    rows = [(place, releases.get(place.commune_id), windows.get(place.commune_id)) for place in places]
    return render(request, "replies/communes.html", {"campaign": campaign, "rows": rows})


@require_http_methods(["GET", "POST"])
def commune(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = place_for(request, slug, code)
    campaign = place.campaign
    if request.method == "POST":
        if not can(request, "publish", campaign, code):
            raise PermissionDenied("Seule la coordination publie. Dites-lui que cette commune est prête.")
        asked = {"campaign": campaign, "commune": place.commune, "reason": request.POST.get("reason", "")}
        attempt(request, acts.publish, f"{place.commune.name} est publiée : toutes les listes, à la même minute.", **asked)
        return redirect("replies:publish", slug, code)
    return render(request, "replies/publish.html", shown(request, place))


def shown(request: HttpRequest, place: CampaignCommune) -> dict[str, object]:
    now = timezone.now()
    campaign, town = place.campaign, place.commune
    releases = list(Release.objects.filter(campaign=campaign, commune=town).select_related("published_by").order_by("-version"))
    made = draft(campaign, town, now)
    window = current_window(campaign.election, town, now)
    return {
        "campaign": campaign, "commune": town, "draft": made, "obstacles": obstacles(campaign, town, now), "releases": releases,
        "current": next((one for one in releases if one.is_current and one.withdrawn_at is None), None), "silence": silence(window) if window else "",
        "hearing": hearing(place),
        "tray": still_in_tray(campaign), "can_publish": can(request, "publish", campaign, town.pk), "stances": dict(Stance.choices),
    }  # fmt: skip


def hearing(place: CampaignCommune) -> dict[str, object] | None:
    """What the lists may say of our reading, or have said."""
    window = CorrectionWindow.objects.filter(campaign=place.campaign_id, commune=place.commune_id).first()
    return {"window": window, "is_open": window.is_open_at(timezone.now()), "remarks": window.remarks.count()} if window else None


@require_POST
def withdraw(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = place_for(request, slug, code)
    version = request.POST.get("version", "")
    release = get_object_or_404(Release, campaign=place.campaign, commune=place.commune, version=version if version.isdecimal() else 0)
    attempt(request, acts.withdraw, "Publication retirée. La page dit quand et pourquoi.", release=release, reason=request.POST.get("reason", ""))
    return redirect("replies:publish", slug, code)


@require_POST
def draw(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A seed that nobody chooses, from the system's own chance; it is kept and published, so that anybody can draw again."""
    place = place_for(request, slug, code)
    asked = {"collective": place.campaign.collective, "election": place.campaign.election, "commune": place.commune}
    attempt(request, record_draw, "L’ordre des listes est tiré au sort ; la graine est au journal.", seed=secrets.token_hex(8), **asked)
    return redirect("replies:publish", slug, code)
