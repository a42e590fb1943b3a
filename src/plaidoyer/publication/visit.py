"""« La visite »: what to look at in the example campaign. It exists only where the example is served (``plaidoyer demo``)."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from plaidoyer.publication.responses import page, shown

CAMPAIGN = "cinq-questions-aux-listes-du-val-darvigne"


@page
def visit(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    return shown(request, "publication/visit.html", {"slug": CAMPAIGN})
