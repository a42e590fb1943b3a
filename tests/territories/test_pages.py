"""The search and the page of a commune."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

SEARCH = reverse("territories:search")


def test_the_search_shows_communes_and_asks_a_fixed_number_of_queries(as_user, amina, country, django_assert_max_num_queries):
    browser = as_user(amina)
    with django_assert_max_num_queries(9):
        page = browser.get(SEARCH, {"q": "saint etienne"}).content.decode()
    assert "3 communes pour « saint etienne »" in page
    assert 'href="/bureau/territoires/communes/42218-saint-etienne/"' in page


def test_the_fragment_is_what_a_full_page_of_a_form_would_show(as_user, amina, country):
    answer = as_user(amina).get(SEARCH, {"communes-search": "fontaine", "field": "communes", "kind": "checkbox"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    boxes = BeautifulSoup(page, "html.parser").select("input[type=checkbox][name=communes]")
    assert [box["value"] for box in boxes] == ["83001", "38001", "epci:200000001"]


def test_a_picker_of_one_commune_is_offered_no_group(as_user, amina, country):
    answer = as_user(amina).get(SEARCH, {"c-search": "fontaine", "field": "c", "kind": "radio"}, headers={"HX-Request": "true"})
    assert "epci:" not in answer.content.decode()


def test_the_search_has_a_data_twin(as_user, amina, country):
    found = as_user(amina).get(SEARCH, {"q": "fontaine", "format": "json"}).json()
    assert [one["code"] for one in found["communes"]] == ["83001", "38001"]
    assert found["groups"] == [{"token": "epci:200000001", "name": "Pays des Fontaines", "communes": 2}]
    assert found["has_more"] is False


@pytest.mark.parametrize("words", ["\"'<script>", "%", "a\0b", "x" * 5000, "é" * 200, "2a", "😀"])
def test_no_words_break_the_search(as_user, amina, country, words):
    assert as_user(amina).get(SEARCH, {"q": words}).status_code == 200


def test_a_field_name_cannot_carry_a_script(as_user, amina, country):
    answer = as_user(amina).get(SEARCH, {"q": "fontaine", "field": '"><script>'}, headers={"HX-Request": "true"})
    assert "<script>" not in answer.content.decode()


def test_the_search_writes_nothing_and_takes_no_post(as_user, amina):
    assert as_user(amina).post(SEARCH).status_code == 405


def test_the_search_is_for_the_desk(db):
    assert Client().get(SEARCH).status_code == 302


def test_a_commune_shows_its_facts(as_user, emile, country):
    page = as_user(emile).get(country["merged"].get_absolute_url()).content.decode()
    for words in ["Les Deux-Rives", "38002", "Isère (38)", "Pays des Fontaines", "38600", "Rive-Haute"]:
        assert words in page


def test_an_old_address_of_a_commune_leads_to_the_right_one(as_user, emile, country):
    answer = as_user(emile).get("/bureau/territoires/communes/38002-ancien-nom/")
    assert answer.headers["Location"] == "/bureau/territoires/communes/38002-les-deux-rives/"


def test_an_unknown_commune_is_not_found(as_user, emile, country):
    assert as_user(emile).get("/bureau/territoires/communes/99999-nulle-part/").status_code == 404
