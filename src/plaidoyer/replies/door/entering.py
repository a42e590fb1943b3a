"""The outer door: an address or a code is looked at by anybody and any program, and opened by a press of a button alone."""

from __future__ import annotations

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from plaidoyer.campaigns.acts import links
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.reply_tokens import digest_of
from plaidoyer.replies.door import guesses, session

log = logging.getLogger(__name__)


@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """GET looks nothing up and is the same for every token: whatever a mail scanner or a guesser tries, it learns and changes nothing."""
    if request.method != "POST":
        return session.discreet(render(request, "replies/door/enter.html"))
    return opened(request, token)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """For a letter on paper without a telephone: the code is typed."""
    if request.method != "POST":
        return session.discreet(render(request, "replies/door/code.html"))
    return opened(request, request.POST.get("code", ""))


@sensitive_variables("token")
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """Unknown, revoked, renewed: the same answer, after the same work."""
    if guesses.is_over(request):
        return session.discreet(render(request, "replies/door/too_many.html", status=429))
    found = ReplyLink.objects.select_related("campaign__collective", "candidate_list").filter(digest=digest_of(token[:200])).first()
    if found is None or not found.is_live:
        if found is not None:
            log.warning("A revoked reply link was tried: link %s.", found.pk)
        return session.discreet(render(request, "replies/door/unknown.html", status=404))
    guesses.was_right(request)
    links.note_opening(actor=None, link=found)
    return session.discreet(session.open_for(redirect("door:page"), found))


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  whoever presses, the cookie goes
    return session.discreet(session.close(redirect("door:code")))
