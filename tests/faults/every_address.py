"""Every address of the site, filled in with what exists in the town of the cast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

Parts = list[URLPattern | URLResolver]


@dataclass(frozen=True)
class Address:
    name: str  # room:page
    path: str

    @property
    def is_desk(self) -> bool:
        return self.path.startswith(("/bureau/", "/compte/"))


def every_address(facts: dict[str, object]) -> Iterator[Address]:
    """``facts`` says what fills a parameter: by page and parameter, by room and parameter, or by parameter; else 1 and « x »."""
    for name, route in routes(get_resolver().url_patterns):
        plain = re.sub(r"\(\?P(<\w+>)(?:\[[^\]]*\](?:\{\d+\}|\+)|[^)]*)\)", r"\1", route.replace("^", "").replace("$", "").replace("\\", ""))
        yield Address(name, "/" + re.sub(r"<(?:(\w+):)?(\w+)>", lambda found, name=name: filled(facts, name, found[2], found[1]), plain))


def routes(parts: Parts, room: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    for part in parts:
        if isinstance(part, URLResolver):
            yield from routes(part.url_patterns, part.namespace or room, before + str(part.pattern))
        else:
            yield f"{room}:{part.name}", before + str(part.pattern)


def filled(facts: dict[str, object], name: str, parameter: str, kind: str | None) -> str:
    room = name.split(":", maxsplit=1)[0]
    for key in (f"{name} {parameter}", f"{room} {parameter}", parameter):
        if key in facts:
            return str(facts[key])
    return "1" if kind == "int" or parameter == "pk" else "x"
