"""What a cache on the way may keep, what a log may: pages that call themselves public; addresses without their secret."""

from __future__ import annotations

import logging
import re
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


# What stands between these and the next slash opens a page to whoever reads the log.
SECRETS = re.compile(r"(/repondre/|/compte/invitation/|/compte/nouveau-mot-de-passe/[^/]+/)(?!page/)([^/\s\"'?]+)")


class SecretsLeftOut(logging.Filter):
    """Every line of ours: the token of an address is replaced before it is written anywhere."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if (clean := SECRETS.sub(r"\1…", said)) != said:
            record.msg, record.args = clean, None
        return True
