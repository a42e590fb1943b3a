"""Signing in and out, a forgotten password, one's own account."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from plaidoyer.accounts.models import JournalEntry, User
from tests.cast import PASSWORD

SIGN_IN = "/compte/connexion/"


def try_to_sign_in(client, email="amina@example.org", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"username": email, "password": password, **more})


def test_a_member_signs_in_and_lands_on_the_desk(client, amina):
    assert try_to_sign_in(client).url == "/bureau/"
    assert client.get("/bureau/").status_code == 200


def test_the_case_of_the_address_does_not_matter(client, amina):
    assert try_to_sign_in(client, email=" Amina@Example.ORG ").url == "/bureau/"


def test_a_wrong_password_says_nothing_about_the_address(client, amina):
    known = try_to_sign_in(client, password="faux mot de passe")
    unknown = try_to_sign_in(client, email="personne@example.org", password="faux mot de passe")
    for answer in (known, unknown):
        assert answer.status_code == 200
        assert "Adresse ou mot de passe inconnus" in answer.content.decode()


def test_after_eight_wrong_tries_the_door_stays_shut_even_to_the_right_password(client, amina):
    for _ in range(8):
        try_to_sign_in(client, password="faux mot de passe")
    answer = try_to_sign_in(client)
    assert "Trop d’essais" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_one_persons_wrong_tries_shut_nobody_else_out(client, amina, bruno):
    for _ in range(8):
        try_to_sign_in(client, password="faux mot de passe")
    assert try_to_sign_in(client, email="bruno@example.org").url == "/bureau/"


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client, amina, elsewhere):
    assert try_to_sign_in(client, next=elsewhere).url == "/bureau/"


def test_signing_in_leads_back_to_the_page_that_was_asked(client, amina):
    asked = client.get("/compte/")
    assert asked.url == "/compte/connexion/?next=/compte/"
    assert try_to_sign_in(client, next="/compte/").url == "/compte/"


def test_a_closed_account_does_not_sign_in(client, amina):
    User.objects.filter(pk=amina.pk).update(is_active=False)
    assert try_to_sign_in(client).status_code == 200
    assert "_auth_user_id" not in client.session


def test_signing_out_is_a_post(as_user, amina):
    browser = as_user(amina)
    assert browser.get("/compte/deconnexion/").status_code == 405
    assert browser.post("/compte/deconnexion/").url == SIGN_IN
    assert browser.get("/bureau/").status_code == 302


def test_every_page_of_the_desk_asks_strangers_to_sign_in(client, campaign):
    for address in ("/bureau/", campaign.get_absolute_url(), "/compte/"):
        assert client.get(address).url.startswith(SIGN_IN)


def test_a_forgotten_password_is_chosen_again_by_a_link_whose_host_comes_from_the_settings(client, amina, settings):
    client.post("/compte/mot-de-passe-oublie/", {"email": "amina@example.org"}, headers={"host": "127.0.0.1"})
    [message] = mail.outbox
    link = re.search(r"http\S+", message.body)[0]
    assert link.startswith("http://localhost:8000/compte/nouveau-mot-de-passe/")
    page = client.get(link.removeprefix("http://localhost:8000"))
    client.post(page.url, {"new_password1": "une autre longue phrase", "new_password2": "une autre longue phrase"})
    assert try_to_sign_in(client, password="une autre longue phrase").url == "/bureau/"
    assert JournalEntry.objects.get().sentence == "Amina Test a changé de mot de passe."


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, db):
    answer = client.post("/compte/mot-de-passe-oublie/", {"email": "personne@example.org"})
    assert answer.url == "/compte/mot-de-passe-oublie/envoye/"
    assert mail.outbox == []
    assert "vient d’y être envoyé" in client.get(answer.url).content.decode()


def test_nobody_can_flood_an_address_with_links(client, amina):
    for _ in range(9):
        client.post("/compte/mot-de-passe-oublie/", {"email": "amina@example.org"})
    assert len(mail.outbox) == 4


def test_a_spent_link_says_so(client, amina):
    page = client.get(reverse("accounts:new-password", args=["MQ", "abc-def"]))
    assert "Ce lien ne sert plus" in page.content.decode()


def test_my_account_shows_my_roles_and_takes_my_name(as_user, bruno):
    browser = as_user(bruno)
    page = browser.get("/compte/").content.decode()
    assert "Groupe local" in page
    assert "1 commune" in page
    browser.post("/compte/", {"full_name": "Bruno Tallec"})
    bruno.refresh_from_db()
    assert bruno.full_name == "Bruno Tallec"
    assert JournalEntry.objects.get().sentence == "Bruno Test s’appelle désormais Bruno Tallec."


def test_an_empty_name_is_refused(as_user, bruno):
    assert "Ce champ est obligatoire" in as_user(bruno).post("/compte/", {"full_name": " "}).content.decode()
    bruno.refresh_from_db()
    assert bruno.full_name == "Bruno Test"


def test_changing_ones_password_asks_for_the_present_one(as_user, amina):
    browser = as_user(amina)
    new = {"new_password1": "une autre longue phrase", "new_password2": "une autre longue phrase"}
    assert browser.post("/compte/mot-de-passe/", {"old_password": "faux", **new}).status_code == 200
    assert browser.post("/compte/mot-de-passe/", {"old_password": PASSWORD, **new}).url == "/compte/"
    assert browser.get("/compte/").status_code == 200  # still signed in
    amina.refresh_from_db()
    assert amina.check_password("une autre longue phrase")
