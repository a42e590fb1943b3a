"""What stands in the place of a field: a text, or several lines that become paragraphs of their own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from plaidoyer.campaigns.letters.fields import FIELDS


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a long field. ``mark`` is its number (« 1. », « a) »), left out where Word numbers by itself."""

    text: str
    mark: str = ""
    level: int = 0

    def __str__(self) -> str:
        return f"{self.mark} {self.text}" if self.mark else self.text


type Value = str | tuple[Line, ...]
type Values = Mapping[str, Value]


def as_text(value: Value) -> str:
    return value if isinstance(value, str) else "\n".join(map(str, value))


def lines_of(value: Value) -> tuple[Line, ...]:
    return tuple(Line(line) for line in value.split("\n") if line.strip()) if isinstance(value, str) else value


def missing(used: frozenset[str], values: Values) -> list[str]:
    """The needed fields that a template uses and that have no value here."""
    return [name for name in FIELDS if name in used and FIELDS[name].is_needed and not values.get(name)]


def common_only(values: Values) -> dict[str, Value]:
    """What every list of a commune reads alike: its own fields stand as their names."""
    return {name: "{{ " + name + " }}" if FIELDS[name].is_own else value for name, value in values.items()}


def digest(*parts: str) -> str:
    """The hash by which the ledger shows that two lists received the same text."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def as_json(values: Values) -> dict[str, object]:
    return {name: value if isinstance(value, str) else [[one.text, one.mark, one.level] for one in value] for name, value in values.items()}


def from_json(kept: Mapping[str, object]) -> dict[str, Value]:
    return {
        name: value if isinstance(value, str) else tuple(Line(*one) for one in value)  # type: ignore[attr-defined]
        for name, value in kept.items()
    }
