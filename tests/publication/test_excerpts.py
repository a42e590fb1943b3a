"""What a cell shows before it is opened: exact words, one rule for all, every gap marked."""

from __future__ import annotations

import random

import pytest

from plaidoyer.publication.excerpts import excerpt, whole
from tests.publication.released import document, segments


def cell(typed: str) -> list[dict]:
    return segments([document(typed)], 1)


def shown(typed: str) -> str:
    """The excerpt as text, with […] where words are left out."""
    passages = cell(typed)
    found = excerpt(passages, sum(len(one["words"].split()) for one in passages))
    parts = []
    for run in found.runs:
        parts.append(("[…] " if run.is_cut else "") + "".join(piece["text"] for piece in run.pieces))
    return " / ".join(parts) + (" […]" if found.is_cut_after else "")


FILL = "mot " * 60


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("#1 Oui.", "Oui."),
        ("#1 Oui, et [firm:nous le ferons].", "Oui, et nous le ferons."),
        (f"#1 {FILL.strip()}", ("mot " * 40).strip() + " […]"),
        (f"#1 Une phrase courte. {FILL}[firm:Nous le ferons.] {FILL}", "Une phrase courte. / […] Nous le ferons. […]"),
        (f"#1 [firm:Nous le ferons.] {FILL}", "Nous le ferons. […]"),
        (f"#1 {FILL}[firm:Nous le ferons.]", ("mot " * 14).strip() + " / […] Nous le ferons."),
        (f"#1 [firm:Un.] {FILL}[firm:Deux.] [intention:Trois.] [firm:Quatre.]", "Un. / […] Deux. / Trois. […]"),
        (f"#1 Début.\n\nHors sujet.\n\n#1 {FILL}[firm:Fin.]", "Début. / […] Fin."),
        (f"#1 {FILL}{{phone}} suite", ("mot " * 40).strip() + " […]"),
    ],
)
def test_the_rule(typed, expected):
    assert shown(typed) == expected


def test_a_gap_that_the_list_left_is_marked_in_the_whole_answer_too():
    runs = whole(cell("#1 Début.\n\nHors sujet.\n\n#1 Fin.\n\n#1 Vraiment."))
    assert [(run.pieces[0]["text"], run.is_cut) for run in runs] == [("Début.", False), ("Fin.", True), ("Vraiment.", False)]


def test_a_marker_of_something_hidden_is_never_cut_in_two():
    words = "mot " * 39
    assert shown(f"#1 {words}{{phone}} {FILL}") == words.strip() + " […]"


def test_an_excerpt_is_always_made_of_exact_words():
    """Any mixture of words, commitments and hidden things: every piece shown is the text at its own offsets."""
    chance = random.Random(7)
    parts = [
        "mot ",
        "Phrase finie. ",
        "[firm:nous le ferons] ",
        "[intention:nous verrons.] ",
        "{phone} ",
        "été ; « oui » ",
        "\n\n#1 ",
        "\n\nAilleurs. \n\n#1 ",
    ]
    for _ in range(300):
        typed = "#1 Début " + "".join(chance.choices(parts, weights=[9, 3, 1, 1, 1, 2, 1, 1], k=chance.randint(1, 90))) + "fin"
        made = document(typed)
        passages = segments([made], 1)
        found = excerpt(passages, sum(len(one["words"].split()) for one in passages))
        for run in found.runs:
            assert run.pieces
            for piece in run.pieces:
                assert made["text"][piece["start"] : piece["end"]] == piece["text"]
        starts = [run.pieces[0]["start"] for run in found.runs]
        assert starts == sorted(starts)
