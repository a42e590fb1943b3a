"""The letter as the text of a mail: the same words, paragraph by paragraph, the notes at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plaidoyer.campaigns.letters.fields import FIELDS
from plaidoyer.campaigns.letters.filling import SLOT, filled
from plaidoyer.campaigns.letters.values import Values
from plaidoyer.campaigns.letters.word_sheet import Paragraph, Sheet


def mail_text(sheet: Sheet, values: Values) -> str:
    """Paragraphs parted by an empty line, never cut: a telephone folds them better than we would."""
    notes: list[str] = []
    said = [text for block in filled(sheet.blocks, values) for text in texts(block, notes)]
    if notes:
        said.append("\n".join(f"({number}) {note}" for number, note in enumerate(notes, start=1)))
    return "\n\n".join(said) + "\n"


def texts(block: Paragraph, notes: list[str]) -> Iterator[str]:
    if "table" in block:
        for row in block["table"]:
            for cell in row:
                for inside in cell:
                    yield from texts(inside, notes)
        return
    text = "".join(pieces(block["runs"], notes)).strip()
    if text:
        yield f"{block['mark']} {text}" if "mark" in block else text


def pieces(runs: Iterable[Mapping[str, Any]], notes: list[str]) -> Iterator[str]:
    for run in runs:
        if "t" in run:
            yield run["t"]
        elif "tab" in run:
            yield " "
        elif "note" in run:
            notes.append("".join(pieces(run["note"], notes)).strip())
            yield f" ({len(notes)})"


def subject(sheet: Sheet, values: Values, otherwise: str) -> str:
    """What follows « Objet : » in the letter."""
    for block in filled(sheet.blocks, values):
        if "runs" in block and (text := "".join(pieces(block["runs"], [])).strip()).lower().startswith("objet"):
            return text.split(":", 1)[-1].strip() or otherwise
    return otherwise


class Mailing:
    """The text of many mails: what all the lists of a commune read alike is set once for them."""

    def __init__(self, sheet: Sheet) -> None:
        self.blocks = [(block, is_own(block)) for block in sheet.blocks]
        self.place = ""
        self.set_already: dict[tuple[int, int], tuple[list[str], list[str]]] = {}

    def text(self, values: Values, place: str) -> str:
        """The same as ``mail_text``; ``place`` names the commune, whose lists come one after the other."""
        if place != self.place:
            self.place, self.set_already = place, {}
        notes: list[str] = []
        said: list[str] = []
        for index, (block, own) in enumerate(self.blocks):
            if own or (known := self.set_already.get((index, len(notes)))) is None:
                fresh: list[str] = [*notes]
                known = [text for one in filled([block], values) for text in texts(one, fresh)], fresh[len(notes) :]
                if not own:
                    self.set_already[index, len(notes)] = known
            said += known[0]
            notes += known[1]
        if notes:
            said.append("\n".join(f"({number}) {note}" for number, note in enumerate(notes, start=1)))
        return "\n\n".join(said) + "\n"


def is_own(block: Paragraph) -> bool:
    """Whether a field of one list alone may stand in it; a table is not looked into."""
    if "table" in block:
        return True
    runs = [inner for run in block["runs"] for inner in (run, *run.get("note", ()))]
    return any(FIELDS[name].is_own for run in runs for name in SLOT.findall(run.get("t", "")))
