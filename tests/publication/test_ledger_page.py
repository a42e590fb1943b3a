"""The public ledger of equal treatment: frozen, explained, shown with the answers and never before."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts.exceptions import explain
from plaidoyer.campaigns.acts.ledgers import publish_ledger
from plaidoyer.campaigns.letter_models import LedgerSnapshot
from plaidoyer.campaigns.models import Solicitation

PAGE = "/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse/egalite/"
AFTER = datetime.datetime(2026, 3, 11, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AFTER, tick=False) as moved:
        yield moved


def words(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split()).replace("\u202f", " ").replace("\u00a0", " ")


def test_the_page_says_what_each_list_was_sent(client, amina, published, sent, campaign_commune):
    publish_ledger(actor=amina, campaign_commune=campaign_commune)
    page = words(client.get(PAGE))
    assert page.count("9 février 2026 courriel") == 4
    assert "Aucun : toutes les listes ont été traitées de la même façon." in page
    assert "listes.example" not in page


def test_a_difference_without_reason_is_not_published(client, amina, published, sent, lists, campaign_commune):
    Solicitation.objects.filter(candidate_list=lists[3]).delete()
    with pytest.raises(ActRefusedError, match="L’Ourse en commun"):
        publish_ledger(actor=amina, campaign_commune=campaign_commune)
    told = {"code": f"lettre:{lists[3].key}", "sentence": "« L’Ourse en commun » n’a pas reçu la lettre.", "reason": "Aucune adresse trouvée."}
    explain(actor=amina, campaign_commune=campaign_commune, **told)
    publish_ledger(actor=amina, campaign_commune=campaign_commune)
    assert "n’a pas reçu la lettre : aucune adresse n’a été trouvée. Raison : Aucune adresse trouvée." in words(client.get(PAGE))


def test_the_twin_and_the_csv_say_the_same(client, amina, published, sent, lists, campaign_commune):
    Solicitation.objects.filter(candidate_list=lists[1]).update(channel="post", note="Remise le même jour.")
    publish_ledger(actor=amina, campaign_commune=campaign_commune)
    twin = client.get(PAGE.rstrip("/") + ".json").json()
    assert [(one["name"], one["letter"]["channel"]) for one in twin["lists"]] == [
        ("Valmorel solidaire", "courriel"),
        ("Un nouvel élan pour Valmorel", "courrier postal"),
        ("Valmorel d’abord", "courriel"),
        ("L’Ourse en commun", "courriel"),
    ]
    lines = client.get(PAGE.rstrip("/") + ".csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("panneau;liste;lettre envoyée le;voie;aboutie")
    assert lines[2].startswith("2;Un nouvel élan pour Valmorel;2026-02-09;courrier postal;oui;")
    assert "Remise le même jour." in lines[2]


def test_nothing_changes_on_it_inside_the_silence(client, amina, published, sent, lists, campaign_commune, contest, clock):
    publish_ledger(actor=amina, campaign_commune=campaign_commune)
    before = client.get(PAGE).content
    clock.move_to(datetime.datetime(2026, 3, 14, 9, 0, tzinfo=datetime.UTC))
    Solicitation.objects.filter(candidate_list=lists[0]).update(outcome="failed", note="Revenu.")
    with pytest.raises(ActRefusedError, match="silence électoral"):
        publish_ledger(actor=amina, campaign_commune=campaign_commune)
    assert client.get(PAGE).content == before


def test_the_same_ledger_twice_is_one_snapshot(amina, published, sent, campaign_commune):
    publish_ledger(actor=amina, campaign_commune=campaign_commune)
    publish_ledger(actor=amina, campaign_commune=campaign_commune)
    assert LedgerSnapshot.objects.count() == 1


def test_it_is_not_shown_before_the_answers(client, amina, campaign, sent, campaign_commune):
    publish_ledger(actor=amina, campaign_commune=campaign_commune)
    page = client.get(PAGE)
    assert "9 février 2026" not in page.content.decode()


def test_without_a_snapshot_there_is_no_page(client, published, sent):
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE).status_code == 405


def test_an_old_name_of_the_commune_leads_to_the_page(client, amina, published, sent, campaign_commune):
    publish_ledger(actor=amina, campaign_commune=campaign_commune)
    assert client.get(PAGE.replace("valmorel-sur-ourse", "valmorel")).url == PAGE


def test_the_page_is_listed_with_its_twin(amina, published, sent, campaign_commune):
    from plaidoyer.publication.addresses import public_addresses

    publish_ledger(actor=amina, campaign_commune=campaign_commune)
    assert PAGE in [one.page for one in public_addresses()]
