"""What somebody reads when a page cannot be shown: what happened, what it means for her work, where to go."""

from django.template.loader import render_to_string
from django.test import Client

from tests.cast import PASSWORD


def test_an_unknown_address_says_so_in_french(client, db):
    page = client.get("/nulle-part/")
    assert page.status_code == 404
    assert "Cette page n’existe pas" in page.content.decode()


def test_a_forbidden_act_gives_its_reason_and_says_that_nothing_changed(as_user, emile, campaign):
    page = as_user(emile).get("/bureau/campagnes/valmorel-2026/modifier/")
    assert page.status_code == 403
    assert "Votre rôle ne permet pas cet acte" in page.content.decode()
    assert "Rien n’a été modifié" in page.content.decode()


def test_a_page_left_open_too_long_says_to_reload_it(amina):
    browser = Client(enforce_csrf_checks=True)
    page = browser.post("/compte/connexion/", {"username": "amina@example.org", "password": PASSWORD})
    assert page.status_code == 403
    assert "La page a expiré" in page.content.decode()


def test_the_page_of_a_fault_needs_no_database_and_no_request():
    assert "C’est notre faute, pas la vôtre" in render_to_string("500.html")
    assert "Cette demande n’a pas été comprise" in render_to_string("400.html")
