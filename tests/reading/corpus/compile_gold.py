#!/usr/bin/env python3
"""Compiles hand annotations of replies into gold files. Standard library only.

  compile_gold.py --number c-town-2026/reply-x.txt     prints the paragraphs with their numbers, to annotate from
  compile_gold.py [FOLDER or .annotation …]            writes reply-x.gold.json beside each reply-x.annotation
  compile_gold.py --check [FOLDER …]                   writes nothing, fails when a gold file is not what its source says

An annotation names paragraphs (numbered from 0, separated by blank lines; those left out answer nothing) and,
under each, what is promised there:

  [4] Q1                        answers Q1            [4] Q1 Q3     answers both
  [7] question Q2               repeats the asker's words      [9] other    neither, but holds a commitment
  firm {40 places; 2029} | Nous ouvrirons 40 places avant 2029.
  refusal m12 m14 Q1 | nous ne vendrons rien       own measures (m…; m4bis: « 4 bis ») and own questions (Q…; `none`: no question)

Levels: firm, conditional, intention, refusal, past. A quote must be found exactly once in its paragraph (it may run on
into the next ones), or carry its occurrence: `firm #2 | Oui.`; ` [...] ` stands for whatever comes between its two ends.
Spaces match any white space and ' any apostrophe: what is written out is always the letter's own text.
"""

# ruff: noqa: T201 (a command line prints)
import argparse
import json
import pathlib
import re
import sys
from collections.abc import Iterator

LEVELS = ("firm", "conditional", "intention", "refusal", "past")
HEAD = re.compile(r"\[(\d+)\]\s*(.*)")
ELLIPSIS = " [...] "


class AnnotationError(ValueError):
    """An annotation that does not fit its reply; the message says where and why."""


def read_exactly(path: pathlib.Path) -> str:
    return path.read_bytes().decode("utf-8")  # read_text would fold line ends and shift the offsets


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the blocks separated by blank lines; a block keeps the indentation of its first line."""
    return [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text)]


def loosely(quote: str) -> str:
    words = [re.sub("['’]", "['’]", re.escape(word)) for word in quote.split()]
    return r"\s+".join(words)


def pattern_of(quote: str) -> re.Pattern[str]:
    ends = [loosely(part) for part in quote.split(ELLIPSIS)]
    return re.compile(r".*?".join(ends), re.DOTALL)


def find_quote(text: str, quote: str, within: tuple[int, int], occurrence: int | None) -> tuple[int, int]:
    spans = [m.span() for m in pattern_of(quote).finditer(text, within[0]) if m.start() < within[1]]
    if occurrence is None and len(spans) != 1:
        raise AnnotationError(f"found {len(spans)} times: {quote}")
    if occurrence is not None and not 1 <= occurrence <= len(spans):
        raise AnnotationError(f"occurrence {occurrence} of {len(spans)}: {quote}")
    return spans[(occurrence or 1) - 1]


def segment_of(words: list[str], span: tuple[int, int]) -> dict[str, object]:
    questions = [w for w in words if re.fullmatch(r"Q\d+", w)]
    role = "question" if "question" in words else "answer" if questions else "other"
    unknown = set(words) - set(questions) - {"question", "other"}
    if unknown:
        raise AnnotationError(f"unknown words after the paragraph number: {' '.join(sorted(unknown))}")
    return {"start": span[0], "end": span[1], "questions": questions, "role": role}


def figures_in(quote: str, asked: str) -> list[str]:
    found = []
    for figure in filter(None, (part.strip() for part in asked.split(";"))):
        match = re.search(loosely(figure), quote)
        if match is None:
            raise AnnotationError(f"figure « {figure} » is not in the quote: {quote}")
        found.append(match.group())
    return found


def commitment_of(line: str, text: str, segment: dict[str, object]) -> dict[str, object]:
    head, _, quote = line.partition("|")
    figures = re.search(r"\{(.*)\}", head)
    words = re.sub(r"\{.*\}", "", head).split()
    if not quote.strip() or not words or words[0] not in LEVELS:
        raise AnnotationError(f"expected « level … | quote »: {line}")
    own = [w for w in words if re.fullmatch(r"Q\d+", w)]
    unknown = [w for w in words[1:] if w not in own and not re.fullmatch(r"m.+|#\d+|none", w)]
    if unknown:
        raise AnnotationError(f"unknown words before the bar: {' '.join(unknown)}")
    occurrence = next((int(w[1:]) for w in words if w[0] == "#"), None)
    start, end = find_quote(text, quote.strip(), (segment["start"], segment["end"]), occurrence)
    return {
        "start": start,
        "end": end,
        "quote": text[start:end],
        "level": words[0],
        "questions": [] if "none" in words else own or segment["questions"],
        "measures": [re.sub(r"(?<=\d)(?=bis$|ter$)", " ", w[1:]) for w in words[1:] if re.fullmatch(r"m.+", w)],
        "figures": figures_in(text[start:end], figures.group(1) if figures else ""),
    }


def lines_of(source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.strip()


def compile_annotation(source: str, text: str) -> dict[str, list[dict[str, object]]]:
    spans = paragraphs(text)
    segments = [segment_of([], span) for span in spans]
    commitments: list[dict[str, object]] = []
    current: int | None = None
    for number, line in lines_of(source):
        try:
            head = HEAD.fullmatch(line)
            if head:
                current = int(head.group(1))
                if current >= len(spans):
                    raise AnnotationError(f"the reply has paragraphs 0 to {len(spans) - 1}")
                segments[current] = segment_of(head.group(2).split(), spans[current])
            elif current is None:
                raise AnnotationError("a commitment before any [paragraph]")
            else:
                commitments.append(commitment_of(line, text, segments[current]))
        except AnnotationError as error:
            raise AnnotationError(f"line {number}: {error}") from error
    commitments.sort(key=lambda c: c["start"])
    assert all(c["quote"] == text[c["start"] : c["end"]] for c in commitments)
    return {"segments": segments, "commitments": commitments}


def rendered(annotation: pathlib.Path) -> str:
    reply = annotation.with_suffix(".txt")
    gold = compile_annotation(read_exactly(annotation), read_exactly(reply))
    questions = set(re.findall(r"^(Q\d+)\.", read_exactly(reply.parent / "questions.md"), re.MULTILINE))
    strangers = {q for row in (*gold["segments"], *gold["commitments"]) for q in row["questions"]} - questions
    if strangers:
        raise AnnotationError(f"not asked in questions.md: {', '.join(sorted(strangers))}")
    return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"


def print_numbered(reply: pathlib.Path) -> None:
    text = read_exactly(reply)
    for number, (start, end) in enumerate(paragraphs(text)):
        print(f"[{number}] {text[start:end]}\n")


def annotations_in(places: list[pathlib.Path]) -> list[pathlib.Path]:
    return sorted(p for place in places for p in ([place] if place.is_file() else place.rglob("reply-*.annotation")))


def compile_all(places: list[pathlib.Path], *, check: bool) -> int:
    wrong = 0
    for annotation in annotations_in(places):
        gold = annotation.with_suffix(".gold.json")
        try:
            content = rendered(annotation)
        except (AnnotationError, OSError) as error:
            print(f"{annotation}: {error}", file=sys.stderr)
            wrong += 1
            continue
        if not check:
            gold.write_text(content, encoding="utf-8", newline="\n")
        elif not gold.exists() or gold.read_text(encoding="utf-8") != content:
            print(f"{gold}: not what its annotation says", file=sys.stderr)
            wrong += 1
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*", type=pathlib.Path, default=[pathlib.Path(__file__).parent])
    parser.add_argument("--number", action="store_true")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    if asked.number:
        for reply in asked.places:
            print_numbered(reply)
        return 0
    return 1 if compile_all(asked.places, check=asked.check) else 0


if __name__ == "__main__":
    sys.exit(main())
