"""Where a letter leads whoever wants no more of them. Looking changes nothing; one press does, and so does the button of a mail program."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from plaidoyer.campaigns.acts.exceptions import object_to_mail
from plaidoyer.campaigns.letter_links import meant_by


@csrf_exempt  # a mail program presses the button by itself (RFC 8058) and has no cookie; the signed address is the right to press
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, token: str) -> HttpResponse:
    meant = meant_by(token)
    if meant is None:
        raise Http404
    campaign, one = meant
    if request.method == "POST":
        object_to_mail(actor=None, campaign=campaign, candidate_list=one)
    page = {"campaign": campaign, "list": one, "is_done": campaign.objections.filter(candidate_list=one).exists()}
    response = render(request, "campaigns/letters/objection.html", page)
    response["Referrer-Policy"] = "no-referrer"
    return response
