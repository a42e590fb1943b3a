"""CSV: every list has its rows, refusal, silence and late reply included; nothing in them can run in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from plaidoyer.elections.models import CandidateList
from plaidoyer.publication.exports import safe
from tests.publication.released import release

ANSWERS = "/campagnes/valmorel-2026/reponses.csv"
COMMITMENTS = "/campagnes/valmorel-2026/engagements.csv"


def rows(response) -> list[dict[str, str]]:
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def test_every_list_has_a_row_for_every_question_whatever_it_did(visitor, published):
    found = [(row["liste"], row["question"], row["reponse"], row["situation"], row["hors_delai"]) for row in rows(visitor.get(ANSWERS))]
    assert found == [
        ("Valmorel solidaire", "1", "répond", "répond", "non"),
        ("Valmorel solidaire", "2", "répond", "répond", "non"),
        ("Valmorel solidaire", "3", "répond", "répond", "non"),
        ("Un nouvel élan pour Valmorel", "1", "répond", "répond en partie", "oui"),
        ("Un nouvel élan pour Valmorel", "2", "n’aborde pas la question", "répond en partie", "oui"),
        ("Un nouvel élan pour Valmorel", "3", "répond en partie", "répond en partie", "oui"),
        ("Valmorel d’abord", "1", "refuse de répondre", "refuse de répondre", "non"),
        ("Valmorel d’abord", "2", "refuse de répondre", "refuse de répondre", "non"),
        ("Valmorel d’abord", "3", "refuse de répondre", "refuse de répondre", "non"),
        ("L’Ourse en commun", "1", "aucune réponse reçue", "aucune réponse reçue", "non"),
        ("L’Ourse en commun", "2", "aucune réponse reçue", "aucune réponse reçue", "non"),
        ("L’Ourse en commun", "3", "aucune réponse reçue", "aucune réponse reçue", "non"),
    ]


def test_a_row_has_the_exact_words_the_dates_and_the_address(visitor, published, settings):
    row = rows(visitor.get(ANSWERS))[5]
    assert row["passages"] == "La cantine sera gratuite sous le seuil de pauvreté ; pour les autres, nous verrons."
    assert (row["recue_le"], row["voie"], row["mots"]) == ("2026-03-08T21:14:00+01:00", "formulaire en ligne", "15")
    assert (row["commune_code"], row["exemple_fictif"], row["version"]) == ("ZZ001", "oui", "1")
    assert row["adresse"] == settings.SITE_URL + "/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse/#q3-liste-2"


def test_a_silence_has_the_dates_on_which_the_list_was_written_to(visitor, published):
    silent = rows(visitor.get(ANSWERS))[-1]
    assert (silent["sollicitee_le"], silent["relances"], silent["recue_le"]) == ("2026-02-09T12:00:00+01:00", "2026-02-25T09:00:00+01:00", "")


def test_commitments_keep_a_row_for_the_lists_that_make_none(visitor, published):
    found = [(row["liste"], row["niveau"], row["situation"]) for row in rows(visitor.get(COMMITMENTS))]
    assert found == [
        ("Valmorel solidaire", "ferme", "répond"),
        ("Valmorel solidaire", "conditionnel", "répond"),
        ("Valmorel solidaire", "refus", "répond"),
        ("Valmorel solidaire", "intention", "répond"),
        ("Un nouvel élan pour Valmorel", "ferme", "répond en partie"),
        ("Un nouvel élan pour Valmorel", "ferme", "répond en partie"),
        ("Valmorel d’abord", "", "refuse de répondre"),
        ("L’Ourse en commun", "", "aucune réponse reçue"),
    ]


def test_a_commitment_says_where_it_stands_in_the_text(visitor, published):
    row = rows(visitor.get(COMMITMENTS))[2]
    text = visitor.get("/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse/listes/liste-1/texte-1.txt").content.decode()
    assert row["citation"] == "nous ne construirons rien dans le centre ancien" == text[int(row["debut"]) : int(row["fin"])]


@pytest.mark.parametrize("cell", ["=1+1", "+33 6", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "  =1", "=cmd|' /C calc'!A0"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(cell):
    assert safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["Oui.", "", "2 = 1 + 1", "l'été", "a@b"])
def test_other_cells_are_left_alone(cell):
    assert safe(cell) == cell


def test_a_list_named_as_a_formula_is_harmless_in_csv_and_bare_in_json(visitor, campaign, valmorel, four_lists):
    CandidateList.objects.filter(pk=four_lists[0]["candidate_list"].pk).update(name='=HYPERLINK("http://evil.example","Valmorel")')
    four_lists[0]["candidate_list"].refresh_from_db()
    four_lists[0]["letter"] = "#1 -1 % d'impôts.\n\n#2 @tous : non.\n\n#3 +1"
    release(campaign, valmorel, four_lists)
    first = rows(visitor.get(ANSWERS))[:3]
    assert first[0]["liste"] == '\'=HYPERLINK("http://evil.example","Valmorel")'
    assert [row["passages"] for row in first] == ["'-1 % d'impôts.", "'@tous : non.", "'+1"]
    twin = visitor.get("/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse.json").json()["lists"][0]
    assert twin["name"] == '=HYPERLINK("http://evil.example","Valmorel")'
    assert twin["answers"][2]["segments"][0]["words"] == "+1"


def test_lines_and_quotes_inside_a_passage_survive(visitor, campaign, valmorel, four_lists):
    four_lists[0]["letter"] = '#1 Deux lignes,\net des "guillemets", des virgules; voilà.'
    release(campaign, valmorel, four_lists)
    assert rows(visitor.get(ANSWERS))[0]["passages"] == 'Deux lignes,\net des "guillemets", des virgules; voilà.'


def test_a_campaign_without_a_public_page_has_only_headings(visitor, campaign):
    assert rows(visitor.get(ANSWERS)) == []
    assert visitor.get(ANSWERS).content.startswith(b'"campagne","collectif","exemple_fictif"')


def test_the_number_of_queries_does_not_grow_with_lists(visitor, published, django_assert_num_queries):
    with django_assert_num_queries(3):
        visitor.get(ANSWERS)
