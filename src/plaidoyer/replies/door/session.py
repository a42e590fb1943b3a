"""Who is at the door: the list whose link was opened in this browser. A signed cookie, good for one list and one day, checked at each page.

The cookie holds the number of the link, never its token: it opens nothing elsewhere, and a revoked link closes every session at once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import CandidateList

SALT = "plaidoyer.repondre.session"
LASTS = 12 * 3600  # seconds: an evening of writing; the same link opens the page again tomorrow

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def cookie_name() -> str:
    """``__Host-``: over https, no neighbour under the same domain can plant or read it."""
    return "__Host-repondre" if settings.SESSION_COOKIE_SECURE else "repondre"


def open_for(response: HttpResponse, link: ReplyLink) -> HttpResponse:
    value = signing.dumps(link.pk, salt=SALT)
    response.set_cookie(cookie_name(), value, max_age=LASTS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax", path="/")
    return response


def close(response: HttpResponse) -> HttpResponse:
    # not delete_cookie: browsers refuse a __Host- cookie that is not said secure, even to drop it
    response.set_cookie(cookie_name(), "", max_age=0, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax", path="/")
    return response


def link_of(request: HttpRequest) -> ReplyLink | None:
    """The live link of this session, or None: no session, over, revoked."""
    try:
        pk = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    near = ("campaign__collective", "campaign__election", "candidate_list__commune")
    return ReplyLink.objects.live().select_related(*near).filter(pk=pk).first()


def list_of(request: HttpRequest) -> tuple[Campaign, CandidateList] | None:
    """The campaign and the list of this session, or None."""
    link = link_of(request)
    return (link.campaign, link.candidate_list) if link else None


def at_the_door[**P](view: View[Concatenate[ReplyLink, P]]) -> View[P]:
    """For the pages of a list: ``view(request, link, …)``, open without an account to whoever has this list's session, and to nobody else."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        link = link_of(request)
        if link is None:
            return discreet(render(request, "replies/door/no_session.html", {"texts": words_of(request)}, status=403))
        return discreet(view(request, link, *args, **kwargs))

    return login_not_required(guarded)


def words_of(request: HttpRequest) -> list[str]:
    """What somebody had typed in a form that cannot be taken: shown back, to be copied. Never the machinery of the form."""
    kept = set(request.POST) - {"csrfmiddlewaretoken", "list", "revision", "tab", "tab_save", "do"}
    return [words for name in sorted(kept) if (words := request.POST[name]).strip()]


def discreet(response: HttpResponse) -> HttpResponse:
    """Nothing of these addresses leaves with a click. Not « no-referrer »: with it browsers send ``Origin: null`` and every form is refused;
    this one gives the name of the site alone, to us as to others, and never a path.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
