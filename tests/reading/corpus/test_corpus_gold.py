"""The corpus keeps its promises: exact quotes, every reply annotated, held-back campaigns named, nothing real inside."""

import importlib.util
import json
import pathlib

import pytest

HERE = pathlib.Path(__file__).parent
AWAITING = (HERE / "AWAITING").read_text(encoding="utf-8").split()
REPLIES = sorted(p for p in HERE.glob("*/reply-*.txt") if p.parent.name not in AWAITING)
CAMPAIGNS = sorted({reply.parent.name for reply in REPLIES})


def load_compiler():
    spec = importlib.util.spec_from_file_location("compile_gold", HERE / "compile_gold.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


compiler = load_compiler()

LETTER = """Bonjour,

1. Oui. Nous ouvrirons 40 places en 2029.

2. Oui. L’accueil
reste fermé.
"""


def gold_of(source):
    return compiler.compile_annotation(source, LETTER)


def letters_of(campaign):
    return [reply for reply in REPLIES if reply.parent.name == campaign]


@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_every_reply_has_a_gold_that_its_annotation_yields(campaign):
    for reply in letters_of(campaign):
        annotation = reply.with_suffix(".annotation")
        assert compiler.rendered(annotation) == reply.with_suffix(".gold.json").read_text(encoding="utf-8"), reply.stem


@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_every_quote_is_the_letter_at_its_offsets(campaign):
    for reply in letters_of(campaign):
        text = reply.read_bytes().decode("utf-8")
        for commitment in json.loads(reply.with_suffix(".gold.json").read_text(encoding="utf-8"))["commitments"]:
            assert commitment["quote"] == text[commitment["start"] : commitment["end"]], reply.stem
            assert commitment["quote"] == commitment["quote"].strip()
            assert all(figure in commitment["quote"] for figure in commitment["figures"])


def test_every_campaign_held_back_exists():
    held_back = (HERE / "HELDBACK").read_text(encoding="utf-8").split()
    assert [name for name in held_back if not (HERE / name / "questions.md").is_file()] == []


def test_the_corpus_is_large_enough_to_learn_from():
    assert len(REPLIES) >= 60


def test_paragraphs_named_by_number_answer_what_is_said_beside_them():
    gold = gold_of("[1] Q1\n[2] question Q2\n")
    assert [(s["questions"], s["role"]) for s in gold["segments"]] == [([], "other"), (["Q1"], "answer"), (["Q2"], "question")]


def test_a_quote_is_found_over_line_breaks_and_apostrophes():
    (commitment,) = gold_of("[2] Q2\nrefusal | L'accueil reste fermé.")["commitments"]
    assert commitment["quote"] == "L’accueil\nreste fermé."
    assert commitment["questions"] == ["Q2"]


def test_a_quote_is_looked_for_in_its_own_paragraph():
    (commitment,) = gold_of("[2] Q2\nfirm | Oui.")["commitments"]
    assert commitment["start"] == LETTER.index("2. Oui.") + 3


def test_figures_measures_and_an_ellipsis_are_understood():
    (commitment,) = gold_of("[1] Q1\nfirm m12 {40 places; 2029} | Nous [...] 2029.")["commitments"]
    assert commitment["quote"] == "Nous ouvrirons 40 places en 2029."
    assert (commitment["measures"], commitment["figures"]) == (["12"], ["40 places", "2029"])


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("[1] Q1\nfirm | Nous fermerons.", "line 2: found 0 times"),
        ("[1] Q1\nfirm | o", "line 2: found"),
        ("[1] Q1\nfirm #2 | Oui.", "line 2: occurrence 2 of 1"),
        ("[1] Q1\nfirm {50 places} | Oui.", "line 2: figure « 50 places »"),
        ("[9] Q1", "line 1: the reply has paragraphs 0 to 2"),
        ("firm | Oui.", "line 1: a commitment before any"),
        ("[1] Q1\npromise | Oui.", "line 2: expected « level"),
        ("[1] Q1 maybe", "line 1: unknown words"),
    ],
)
def test_an_annotation_that_does_not_fit_is_refused_with_its_line(source, complaint):
    with pytest.raises(compiler.AnnotationError) as refused:
        gold_of(source)
    assert complaint in str(refused.value)
