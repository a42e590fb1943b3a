"""A reader that learns: adopted only if better, one at a time, kept per version, and one can go back. The engine and the weights are real."""

from __future__ import annotations

import json
import lzma
import shutil
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.reading import chain
from plaidoyer.replies import acts
from plaidoyer.replies.acts import learning
from plaidoyer.replies.learning import firmness, in_use, judge, shelf
from plaidoyer.replies.learning.letters import frozen, reviewed
from plaidoyer.replies.models import ReaderVersion, Suggestion

TEACHING = Path(__file__).parents[1] / "reading" / "corpus"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def two_judges():
    """Two of the letters that judge: a learning of a second."""
    return frozen()[:2]


@pytest.fixture
def reviewed_reply(claimed, diane, questions):
    for one in Suggestion.objects.filter(reading__reply=claimed, kind="commitment"):
        acts.keep(actor=diane, reply=claimed, suggestion=one)
    for question in questions:
        stance = "answers" if claimed.extracts.filter(question=question).exists() else "skips"
        acts.settle(actor=diane, reply=claimed, question=question, stance=stance)
    return acts.finish(actor=diane, reply=claimed)


@pytest.fixture
def adopted(amina, reviewed_reply):
    """A version in use, as ``conclude`` leaves it after a good judgement."""

    def adopt(letters=1):
        version = learning.ask_to_learn(actor=amina)
        ReaderVersion.objects.filter(pk=version.pk).update(state="running")
        models = {name: {**chain.weights(name), "name": f"{name} 9+{version.number}"} for name in ("alignment", "commitments")}
        report = {"verdict": "Adoptée : elle lit mieux, et rien n’y perd.", "learnt": letters, "sets": []}
        learning.conclude(amina, version, {"models": models, "is_better": True, "letters": letters, "report": report, "base": shelf.shipped()})
        version.refresh_from_db()
        return version

    return adopt


def test_nothing_to_learn_is_said(amina, db):
    with pytest.raises(ActRefusedError, match="Rien à apprendre encore"):
        learning.ask_to_learn(actor=amina)


def test_only_a_coordinator_may_ask(diane, emile, reviewed_reply):
    for person in (diane, emile):
        with pytest.raises(PermissionDenied):
            learning.ask_to_learn(actor=person)


def test_a_whole_learning_ends_with_a_verdict_and_figures_before_and_after(amina, reviewed_reply, two_judges):
    version = learning.learn(actor=amina, version=learning.ask_to_learn(actor=amina), judges=two_judges)
    assert version.state in {"adopted", "refused"}
    (judged,) = version.report["sets"]
    assert judged["letters"] == 2
    assert set(judged["before"]) == set(judged["after"]) == {*judge.MEASURES, "exact"}
    assert version.report["learnt"] == 1
    assert version.is_in_use == (version.state == "adopted")
    assert shelf.folder_of(version.number).exists() == version.is_in_use
    assert JournalEntry.objects.filter(verb="reader.learnt").count() == 1


def test_a_reading_keeps_the_name_of_the_version_that_made_it(adopted, receive, lists):
    version = adopted()
    later = receive("1. Oui, nous ouvrirons un guichet le samedi.", lists[1])
    assert later.readings.get().engine == f"plaidoyer 1; alignment 9+{version.number}; commitments 9+{version.number}"


def test_a_reading_already_made_does_not_change(adopted, reviewed_reply):
    before = list(Suggestion.objects.values_list("pk", "start", "end", "level"))
    engine = reviewed_reply.readings.get().engine
    adopted()
    assert list(Suggestion.objects.values_list("pk", "start", "end", "level")) == before
    assert reviewed_reply.readings.get().engine == engine


def test_going_back_gives_the_version_before_then_the_shipped_one(amina, adopted):
    first, second = adopted(), adopted()
    assert in_use.version_in_use() == second
    assert learning.roll_back(actor=amina) == first
    assert in_use.version_in_use() == first
    assert learning.roll_back(actor=amina) is None
    assert in_use.folder() == chain.WEIGHTS
    with pytest.raises(ActRefusedError, match="déjà le lecteur livré"):
        learning.roll_back(actor=amina)


def test_a_version_can_be_put_back_into_use(amina, adopted):
    first, second = adopted(), adopted()
    learning.use(actor=amina, version=first)
    assert in_use.version_in_use() == first
    assert not ReaderVersion.objects.get(pk=second.pk).is_in_use


def test_two_learnings_at_once_are_one(amina, reviewed_reply, two_judges):
    version = learning.ask_to_learn(actor=amina)
    with shelf.lock() as mine:
        assert mine
        with pytest.raises(ActRefusedError, match="déjà en cours"):
            learning.learn(actor=amina, version=version, judges=two_judges)
        with pytest.raises(ActRefusedError, match="déjà en cours"):
            learning.ask_to_learn(actor=amina)
    assert ReaderVersion.objects.get().state == "queued"


def test_asking_twice_queues_one(amina, reviewed_reply):
    assert learning.ask_to_learn(actor=amina) == learning.ask_to_learn(actor=amina)


def test_what_a_killed_process_left_is_closed_and_the_old_weights_stay(amina, adopted, own_home):
    kept = adopted()
    dead = learning.ask_to_learn(actor=amina)
    ReaderVersion.objects.filter(pk=dead.pk).update(state="running")
    (own_home / "reader" / f".{dead.number}").mkdir()  # half-written weights
    assert in_use.version_in_use() == kept
    learning.ask_to_learn(actor=amina)
    assert ReaderVersion.objects.get(pk=dead.pk).state == "failed"
    assert in_use.version_in_use() == kept


def test_a_learning_that_was_declared_dead_adopts_nothing(amina, reviewed_reply):
    version = learning.ask_to_learn(actor=amina)
    ReaderVersion.objects.filter(pk=version.pk).update(state="failed")
    outcome = {"models": {}, "is_better": False, "letters": 1, "report": {"verdict": "…", "learnt": 1, "sets": []}, "base": ""}
    with pytest.raises(ActRefusedError, match="interrompu par un autre"):
        learning.conclude(amina, version, outcome)


def test_weights_that_were_lost_or_touched_are_not_read_with(adopted):
    version = adopted()
    shutil.rmtree(shelf.folder_of(version.number))
    shelf.known_fingerprint.cache_clear()
    assert in_use.folder() == chain.WEIGHTS


def test_weights_learnt_from_those_of_another_program_sleep(adopted):
    version = adopted()
    ReaderVersion.objects.filter(pk=version.pk).update(base="0" * 64)
    assert in_use.folder() == chain.WEIGHTS


def figures(**more):
    return {
        "alignment": 0.9,
        "silence": 0.9,
        "commitments": 0.8,
        "recall_both": 0.9,
        "precision_both": 0.7,
        "level": 0.9,
        "measures": 0.9,
        "exact": 1.0,
    } | more


@pytest.mark.parametrize(
    ("after", "is_better", "said"),
    [
        ({}, False, "ne lit pas mieux"),
        ({"alignment": 0.91}, True, "Adoptée"),
        ({"alignment": 0.95, "measures": 0.87}, False, "perte de 0,030 sur les mesures du programme"),
        ({"alignment": 0.95, "measures": 0.885}, True, "Adoptée"),
        ({"alignment": 0.89, "level": 0.89}, False, "ne lit pas mieux"),
        ({"alignment": 0.95, "exact": 0.999}, False, "exacte"),
    ],
)
def test_adopted_only_if_better_and_if_no_measure_loses(after, is_better, said):
    verdict = judge.verdict([(figures(), figures(**after))])
    assert verdict.is_better is is_better
    assert said in verdict.sentence


def test_only_letters_of_campaigns_that_never_taught_are_shipped():
    judges = {one.campaign for one in frozen()}
    taught = {path.parent.name for path in TEACHING.glob("*/reply-*.gold.json")}
    assert judges and taught and not judges & taught


def test_how_firmly_weights_are_held_was_computed_with_the_weights_that_are_shipped():
    """When this fails, weights were trained and ``python -m bench.reading.pack`` was not run after."""
    held = firmness.shipped()
    assert set(held) == {"alignment", "commitments", "levels"}
    assert all(held.values())


@pytest.mark.parametrize("damage", ["other weights", "cut short", "not there"])
def test_nobody_learns_on_what_other_weights_settled(amina, reviewed_reply, monkeypatch, tmp_path, damage):
    odd = tmp_path / "firmness.json.xz"
    monkeypatch.setattr(firmness, "SHIPPED", odd)
    if damage == "other weights":
        odd.write_bytes(lzma.compress(json.dumps({"weights": "0" * 64, "heads": {}}).encode()))
    elif damage == "cut short":
        firmness.write(odd, {"alignment": {"lemmas": 3.0}})
        odd.write_bytes(odd.read_bytes()[:-20])
    with pytest.raises(ActRefusedError, match="Réinstallez Plaidoyer"):
        learning.ask_to_learn(actor=amina)
    assert not ReaderVersion.objects.exists()


def test_a_learning_refused_while_it_waited_says_why(amina, reviewed_reply, monkeypatch, tmp_path):
    version = learning.ask_to_learn(actor=amina)
    monkeypatch.setattr(firmness, "SHIPPED", tmp_path / "lost")
    with pytest.raises(ActRefusedError, match="Réinstallez Plaidoyer"):
        learning.learn(actor=amina, version=version)
    version.refresh_from_db()
    assert version.state == "failed"
    assert version.sentence == firmness.STALE


def test_a_proposal_that_nobody_decided_about_teaches_nothing():
    text = "1. Oui, nous ouvrirons une halte de nuit.\n\n2. Nous verrons cela plus tard."
    asked = [{"code": "Q1", "text": "Ouvrirez-vous une halte de nuit ?"}, {"code": "Q2", "text": "Et un accueil de jour ?"}]
    kept = {"start": 3, "end": 41, "level": "firm", "question": "Q1"}
    moves = [
        {"verb": "accepted", "kind": "commitment", "was": kept, "became": [kept]},
        {"verb": "left", "kind": "commitment", "was": {"start": 46, "end": 74, "level": "intention", "questions": ["Q2"]}, "became": []},
    ]
    letter = reviewed("ici", "1", text, asked, moves)
    assert [segment["questions"] for segment in letter.gold["segments"]] == [["Q1"], []]
    assert letter.gold["commitments"][0]["quote"] == "Oui, nous ouvrirons une halte de nuit."
    assert letter.is_unknown(46, 74)
    assert not letter.is_unknown(3, 41)
    assert not letter.is_no_commitment(46, 74)


def test_a_proposal_set_aside_teaches_that_nothing_is_promised_there():
    text = "1. Nous avons toujours aimé cette ville."
    was = {"start": 3, "end": 40, "level": "firm", "questions": ["Q1"]}
    letter = reviewed("ici", "1", text, [{"code": "Q1", "text": "?"}], [{"verb": "rejected", "kind": "commitment", "was": was, "became": []}])
    assert letter.gold["commitments"] == []
    assert letter.is_no_commitment(3, 40)


def test_a_campaign_is_never_split_between_learning_and_judging():
    letters = [reviewed(f"campagne-{n}", str(k), "Rien.", [], []) for n in range(20) for k in range(2)]
    learnt, apart = judge.split(letters)
    assert len(apart) >= judge.ENOUGH
    assert not {one.campaign for one in learnt} & {one.campaign for one in apart}


def test_a_head_that_is_not_learnt_here_keeps_its_shipped_weights(tmp_path):
    token = chain.FOLDER.set(tmp_path)
    try:
        assert chain.weights("alignment") == json.loads((chain.WEIGHTS / "alignment.json").read_text(encoding="utf-8"))
    finally:
        chain.FOLDER.reset(token)


def test_the_weights_on_the_shelf_are_json_with_a_name(adopted):
    version = adopted()
    body = json.loads((shelf.folder_of(version.number) / "commitments.json").read_text(encoding="utf-8"))
    assert body["name"] == f"commitments 9+{version.number}"
