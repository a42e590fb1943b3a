"""How a public page is sent: the same bytes for everybody, with a fingerprint, no cookie, and nothing that depends on who looks."""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from plaidoyer import __version__
from plaidoyer.kit.pages import public
from plaidoyer.publication.environment import rendered
from plaidoyer.publication.visibility import NotYetError, WithdrawnError
from plaidoyer.replies.models import Release

DRESS = ("tokens.css", "plaidoyer.css", "public.css", "public.js")  # their addresses change with their contents
FRESH_FOR = 60  # seconds: a correction is everywhere within the minute

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def page[**P](view: View[P]) -> View[P]:
    """A public page: open to all, unable to write, and able to say that something is withdrawn or not yet published."""

    @public
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(
                "Cette page se lit, elle ne reçoit rien.", status=405, headers={"Allow": "GET, HEAD"}, content_type="text/plain; charset=utf-8"
            )
        try:
            return view(request, *args, **kwargs)
        except WithdrawnError as gone:
            return withdrawn(request, gone.release)
        except NotYetError as early:
            return not_yet(request, early)

    return guarded


def stamp(release: Release, *more: object) -> str:
    """The fingerprint of a page made of one release: it changes with the release, with this software, and with nothing else."""
    parts = [__version__, *(static(name) for name in DRESS), release.sha256, release.version, release.published_at.isoformat(), *more]
    return quote_etag(hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()[:32])


def unchanged(request: HttpRequest, release: Release, *more: object) -> HttpResponse | None:
    """A 304 when the reader already holds this version: nothing is read or rendered for it."""
    early = get_conditional_response(request, etag=stamp(release, request.path, *more), last_modified=int(release.published_at.timestamp()))
    return early and cached(early, stamp(release, request.path, *more), release.published_at)


def cached(response: HttpResponse, etag: str, changed_at: datetime.datetime | None = None) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    response["ETag"] = etag
    if changed_at:
        response["Last-Modified"] = http_date(changed_at.timestamp())
    return response


def sent(request: HttpRequest, response: HttpResponse, release: Release | None = None, *more: object) -> HttpResponse:
    """Cache headers: by release when there is one, else by what the page says."""
    if release:
        return cached(response, stamp(release, request.path, *more), release.published_at)
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    conditional = get_conditional_response(request, etag=etag, response=response)
    return cached(conditional or response, etag)


def shown(request: HttpRequest, template: str, context: dict[str, Any], release: Release | None = None, *more: object) -> HttpResponse:
    return sent(request, HttpResponse(rendered(template, context)), release, *more)


def data(request: HttpRequest, twin: Any, release: Release | None = None, *more: object) -> HttpResponse:
    """Twins may be read from any site: they are public data."""
    body = json.dumps(twin, ensure_ascii=False, indent=1).encode()
    response = HttpResponse(body, content_type="application/json; charset=utf-8", headers={"Access-Control-Allow-Origin": "*"})
    return sent(request, response, release, *more)


def download(request: HttpRequest, body: str, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*"}
    return sent(request, HttpResponse(body.encode(), content_type=f"{media_type}; charset=utf-8", headers=headers))


def is_twin(request: HttpRequest) -> bool:
    return request.path.endswith(".json")


def withdrawn(request: HttpRequest, release: Release) -> HttpResponse:
    facts = {"withdrawn_at": release.withdrawn_at and release.withdrawn_at.isoformat(), "reason": release.withdrawal_reason}
    if is_twin(request):
        response = HttpResponse(json.dumps(facts, ensure_ascii=False), content_type="application/json; charset=utf-8", status=410)
    else:
        body = rendered("publication/withdrawn.html", {"release": release, "campaign": release.campaign, "commune": release.commune})
        response = HttpResponse(body, status=410)
    return sent(request, response)


def not_yet(request: HttpRequest, early: NotYetError) -> HttpResponse:
    place = early.place
    planned = place.campaign.publish_on
    if is_twin(request):
        fiction = place.campaign.collective.is_fictional or place.commune.is_fictional
        return data(
            request, {"commune": place.commune.name, "is_public": False, "publish_on": planned and planned.isoformat(), "is_fictional": fiction}
        )
    return shown(request, "publication/not_yet.html", {"place": place, "campaign": place.campaign, "commune": place.commune, "planned": planned})


__all__ = ["data", "download", "is_twin", "page", "sent", "shown", "unchanged"]
