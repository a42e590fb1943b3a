"""« La visite »: what to look at in the example campaign. It exists only where the example is served (``plaidoyer demo``)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from plaidoyer.campaigns.letter_links import reply_doors
from plaidoyer.campaigns.models import Campaign
from plaidoyer.publication.responses import page, shown

CAMPAIGN = "cinq-questions-aux-listes-du-val-darvigne"
SILENT = "Réveiller Courvalle"  # the list that a visitor may play


@page
def visit(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    return shown(request, "publication/visit.html", {"slug": CAMPAIGN, "silent": SILENT, "door": door_of_the_silent()})


def door_of_the_silent() -> str:
    """The path of its page of reply. Elsewhere only the letter says it: here everything is invented."""
    campaign = Campaign.objects.filter(slug=CAMPAIGN).first()
    doors = reply_doors(campaign, campaign.lists().filter(name=SILENT), is_rehearsal=False) if campaign else {}
    return next((urlsplit(one.url).path for one in doors.values()), "")
