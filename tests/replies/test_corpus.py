"""Annotated letters go out without the people in them, and come in checked."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from django.core.management import CommandError, call_command

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies import acts
from plaidoyer.replies.acts import learning
from plaidoyer.replies.acts.corpus import export_corpus, import_corpus, prepare_corpus
from plaidoyer.replies.learning import shared
from plaidoyer.replies.learning.anonymous import invented, masked
from plaidoyer.replies.models import Suggestion


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = tmp_path / "home"


@pytest.fixture
def reviewed_reply(claimed, diane, questions):
    for one in Suggestion.objects.filter(reading__reply=claimed, kind="commitment"):
        acts.keep(actor=diane, reply=claimed, suggestion=one)
    for question in questions:
        stance = "answers" if claimed.extracts.filter(question=question).exists() else "skips"
        acts.settle(actor=diane, reply=claimed, question=question, stance=stance)
    return acts.finish(actor=diane, reply=claimed)


@pytest.fixture
def ready(reviewed_reply, diane):
    return acts.see_redactions(actor=diane, reply=reviewed_reply)


@pytest.fixture
def exported(ready, amina, campaign, tmp_path):
    folder = tmp_path / "lettres"
    export_corpus(actor=amina, campaign=campaign, folder=folder)
    return folder


def test_a_letter_whose_redactions_nobody_saw_stays(reviewed_reply, amina, campaign, tmp_path):
    made = prepare_corpus(actor=amina, campaign=campaign)
    assert made.letters == []
    assert "masquages" in made.left[0].reason
    with pytest.raises(ActRefusedError, match="Aucune lettre à exporter"):
        export_corpus(actor=amina, campaign=campaign, folder=tmp_path / "x")


def test_no_person_is_left_in_what_goes_out(exported, text):
    (letter,) = exported.rglob("reply-*.txt")
    words = letter.read_text(encoding="utf-8")
    assert len(words) == len(text.text)
    for personal in ("Inès", "Carpentras", "Trévoux", "Jeanne", "06 39 98 01 02", "contact@valmorel-solidaire"):
        assert personal not in words
    assert "le CCAS domiciliera toute personne" in words


def test_quotes_still_stand_at_their_place(exported):
    (gold,) = exported.rglob("reply-*.gold.json")
    told, words = json.loads(gold.read_text(encoding="utf-8")), gold.with_name("reply-001.txt").read_text(encoding="utf-8")
    assert len(told["commitments"]) >= 3
    for one in told["commitments"]:
        assert words[one["start"] : one["end"]] == one["quote"]


def test_what_goes_out_comes_in_once_and_can_be_learnt_from(exported, amina):
    (letter,) = shared.read(exported)
    assert import_corpus(actor=None, letters=[letter]) == 1
    assert import_corpus(actor=None, letters=[letter]) == 0
    (kept,) = shared.kept()
    assert (kept.text, kept.gold, kept.unknown, kept.refused) == (letter.text, letter.gold, letter.unknown, letter.refused)
    assert learning.ask_to_learn(actor=amina).number == 1
    assert [entry.verb for entry in JournalEntry.objects.filter(verb__startswith="corpus.").order_by("pk")] == [
        "corpus.exported",
        "corpus.imported",
        "corpus.imported",
    ]


def spoil(folder, change):
    (gold,) = folder.rglob("reply-*.gold.json")
    told = json.loads(gold.read_text(encoding="utf-8"))
    change(told)
    gold.write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told["commitments"][0].update(quote="Autre chose"), "une citation n’est pas dans la lettre"),
        (lambda told: told["commitments"][0].update(level="sûr"), "niveau inconnu : sûr"),
        (lambda told: told["segments"][0].update(end=10**9), "un passage sort de la lettre"),
        (lambda told: told["segments"][0].update(start=-4), "un passage sort de la lettre"),
        (lambda told: told["segments"][0].update(questions=["Q9"]), "question inconnue : Q9"),
        (lambda told: told.pop("segments"), "n’a pas la forme attendue"),
    ],
)
def test_a_spoilt_letter_is_refused_with_its_reason(exported, change, said):
    spoil(exported, change)
    (found,) = shared.read(exported)
    assert said in found.reason


def test_a_missing_file_and_a_broken_one_are_named(exported):
    (gold,) = exported.rglob("reply-*.gold.json")
    shutil.copy(gold, gold.with_name("reply-002.gold.json"))
    gold.write_text("{", encoding="utf-8")
    assert [one.reason for one in shared.read(exported)] == [
        "le fichier .gold.json n’est pas du JSON (ligne 1)",
        "il manque le fichier reply-002.txt",
    ]


def test_a_folder_that_holds_something_is_not_written_over(ready, amina, campaign, tmp_path):
    (tmp_path / "notes.txt").write_text("à garder", encoding="utf-8")
    with pytest.raises(ActRefusedError, match="n’est pas vide"):
        export_corpus(actor=amina, campaign=campaign, folder=tmp_path)


def test_the_command_shows_first_and_writes_nothing(ready, campaign, tmp_path, capsys):
    call_command("export_corpus", campaign.slug, str(tmp_path / "lettres"))
    said = capsys.readouterr().out
    assert "Trévoux" in said
    assert "Rien n’est écrit" in said
    assert not (tmp_path / "lettres").exists()


def test_the_other_command_checks_first_and_keeps_nothing(exported, capsys):
    call_command("import_corpus", str(exported))
    assert "Lettres lisibles : 1. Rien n’est gardé" in capsys.readouterr().out
    assert shared.kept() == []
    call_command("import_corpus", str(exported), apply=True)
    assert len(shared.kept()) == 1


@pytest.mark.parametrize(
    ("command", "words", "said"),
    [
        ("export_corpus", ["rien", "x"], "Aucune campagne « rien »"),
        ("import_corpus", ["absent"], "n’existe pas"),
        ("import_corpus", ["."], "Aucune lettre annotée"),
    ],
)
def test_what_cannot_be_done_is_said(db, tmp_path, monkeypatch, command, words, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=said):
        call_command(command, *words)


@pytest.mark.parametrize("words", ["Inès Carpentras", "jeanne.trevoux@wanadoo.fr", "06 12 34 56 78", "12 bis rue de l’Ourse, 75012 Paris", "🙂 Éva"])
def test_an_invention_has_the_same_length_and_the_same_shape(words):
    made = invented(words)
    assert made != words
    assert len(made) == len(words)
    assert re.sub(r"[A-Z]", "A", re.sub(r"[a-z]", "a", re.sub(r"\d", "0", made))) == re.sub(
        r"[A-ZÀ-Þ]", "A", re.sub(r"[a-zß-ÿ]", "a", re.sub(r"\d", "0", words))
    )


def test_a_telephone_number_becomes_one_kept_for_fiction():
    assert invented("06 12 34 56 78").startswith("06 39 98 ")


def test_the_same_name_is_the_same_person():
    clean, replaced = masked("Mme Carpentras a répondu. CARPENTRAS, maire. Le carpentras est un fruit.", [], ["Inès Carpentras"])
    assert len(replaced) == 2
    assert replaced[0].after.upper() == replaced[1].after
    assert clean.endswith("Le carpentras est un fruit.")
