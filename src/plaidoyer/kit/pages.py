"""Pages for everybody: open without an account, and unable to write."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, cast

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse

READS = ("SELECT", "EXPLAIN", "PRAGMA", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "WITH")

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


class WriteOnReadOnlyPageError(RuntimeError):
    """A page that only shows tried to change the database: a fault of ours, never the visitor's."""


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  Django's own signature
    if not sql.lstrip("( \n\t").upper().startswith(READS):
        raise WriteOnReadOnlyPageError(sql[:120])
    return execute(sql, params, many, context)


def public[**P](view: View[P]) -> View[P]:
    """Open ``view`` to all, and make any write inside it raise."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with connection.execute_wrapper(refuse_writes):
            return view(request, *args, **kwargs)

    return cast("View[P]", login_not_required(guarded))
