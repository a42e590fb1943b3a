"""One field to choose communes, with and without JavaScript."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import QueryDict

from plaidoyer.territories.forms import CommunePickerField


class Several(forms.Form):
    communes = CommunePickerField(label="Communes")


class One(forms.Form):
    commune = CommunePickerField(label="Commune", multiple=False)


def sent(kind, text: str):
    return kind(QueryDict(text))


def codes(form) -> list[str]:
    assert form.is_valid(), form.errors
    return [one.pk for one in form.cleaned_data["communes"]]


def test_ticked_communes_come_back_by_name(country):
    assert codes(sent(Several, "communes=42218&communes=38002")) == ["38002", "42218"]


def test_a_whole_departement_or_union_is_one_tick(country):
    assert codes(sent(Several, "communes=departement:38")) == ["38001", "38002", "38384"]
    assert codes(sent(Several, "communes=epci:200000001&communes=42218")) == ["38001", "38002", "42218"]


def test_a_pasted_list_is_taken_whole(country):
    assert codes(sent(Several, "communes-paste=42218%0AFontaine-Neuve (83)%0ARive-Haute")) == ["83001", "38002", "42218"]


def test_a_pasted_list_with_one_wrong_line_is_refused_by_name_and_stays_in_the_box(country):
    form = sent(Several, "communes-paste=42218%0ASaint-Ettienne")
    assert form.errors["communes"] == [
        "Ligne « Saint-Ettienne » : aucune commune ne s’appelle « Saint-Ettienne ». Peut-être : Saint-Étienne (42), INSEE 42218."
    ]
    assert "Saint-Ettienne</textarea>" in str(form["communes"])


def test_without_javascript_the_search_answers_with_boxes_to_tick(country):
    form = sent(Several, "communes-search=saint+etienne&communes-find=1")
    assert form.errors["communes"] == [
        "Cochez la ou les communes voulues parmi celles trouvées pour « saint etienne », ou videz la case de recherche."
    ]
    boxes = BeautifulSoup(str(form["communes"]), "html.parser").select("[data-found] input")
    assert [box["value"] for box in boxes] == ["42218", "76575", "38384"]
    assert not any(box.has_attr("checked") for box in boxes)


def test_words_left_in_the_search_box_are_not_lost_in_silence(country):
    assert "Aucune commune ne répond à « zzz »" in str(sent(Several, "communes=42218&communes-search=zzz").errors)
    assert codes(sent(Several, "communes=42218&communes-search=saint+etienne")) == ["42218"]


def test_nothing_chosen_is_said_plainly(country):
    assert sent(Several, "").errors["communes"] == ["Choisissez au moins une commune."]
    assert sent(One, "").errors["commune"] == ["Choisissez une commune."]


def test_one_commune_only(country):
    form = sent(One, "commune=42218")
    assert form.is_valid()
    assert form.cleaned_data["commune"].pk == "42218"
    assert sent(One, "commune=42218&commune=38001").errors["commune"] == ["Choisissez une seule commune."]


def test_an_unknown_code_is_nothing(country):
    assert sent(Several, "communes=99999").errors["communes"] == ["Choisissez au moins une commune."]


@pytest.mark.parametrize("initial", [["42218"], "42218"])
def test_the_choice_of_before_is_shown_ticked(country, initial):
    box = BeautifulSoup(str(Several(initial={"communes": initial})["communes"]), "html.parser").select_one("[data-chosen] input")
    assert (box["value"], box.has_attr("checked")) == ("42218", True)
    assert not Several(QueryDict("communes=42218"), initial={"communes": initial}).has_changed()
    assert Several(QueryDict("communes=38001"), initial={"communes": initial}).has_changed()
