"""Facts into the paragraphs of a letter, for the PDF and for the mail: the same rules as the Word merge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plaidoyer.campaigns.letters.values import Line, Value, Values, as_text
from plaidoyer.campaigns.letters.word_sheet import Paragraph
from plaidoyer.campaigns.letters.word_template import CLOSE, OPEN

SLOT = re.compile(f"{OPEN}(\\w+){CLOSE}")
SECOND_LEVEL = 28.35  # points: one centimetre


def filled(blocks: Iterable[Paragraph], values: Values) -> Iterator[Paragraph]:
    """As the Word merge does: an empty paragraph goes away, a field alone gives a paragraph for each of its lines."""
    for one in blocks:
        if "table" in one:
            yield one | {"table": [[list(filled(cell, values)) for cell in row] for row in one["table"]]}
            continue
        used = fields_of(one)
        if not used:
            yield one
        elif any(values.get(name) for name in used):
            yield from spread(one, used, values)


def fields_of(one: Paragraph) -> list[str]:
    return [name for run in one["runs"] for name in SLOT.findall(run.get("t", ""))]


def spread(one: Paragraph, used: list[str], values: Values) -> Iterator[Paragraph]:
    value = values.get(used[0], "")
    is_alone = SLOT.fullmatch("".join(run.get("t", "") for run in one["runs"]).strip()) is not None
    if not is_alone or isinstance(value, str):
        yield one | {"runs": [put(run, values) for run in one["runs"]]}
        return
    shape = next(run for run in one["runs"] if SLOT.search(run.get("t", "")))
    for number, line in enumerate(value, start=1):
        yield one | further_in(one, line) | marked(shape, line, one) | {"sticky": number < len(value) and "\n" in line.text}


def marked(shape: Mapping[str, Any], line: Line, one: Paragraph) -> Paragraph:
    """The number of a line hangs in the margin where the paragraph leaves one."""
    if "mark" in one and not line.level:
        return {"runs": [{**shape, "t": line.text}]}
    if line.mark and one.get("first", 0) < 0:
        return {"runs": [{**shape, "t": line.text}], "mark": line.mark}
    return {"runs": [{**shape, "t": str(line)}]}


def further_in(one: Paragraph, line: Line) -> Paragraph:
    return {"left": one.get("left", 0) + SECOND_LEVEL * line.level} if line.level else {}


def put(run: dict[str, Any], values: Values) -> dict[str, Any]:
    if "note" in run:
        return {"note": [put(inner, values) for inner in run["note"]]}
    if "t" not in run or OPEN not in run["t"]:
        return run
    return run | {"t": SLOT.sub(lambda found: as_text(text_value(values, found[1])), run["t"])}


def text_value(values: Values, name: str) -> Value:
    return values.get(name, "")
