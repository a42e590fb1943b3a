"""What a cache on the way may keep: what a page calls public, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


def private_by_default(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A proxy that keeps a signed-in page shows one volunteer's name to another: every answer that does not say otherwise stays out of caches."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return guarded
