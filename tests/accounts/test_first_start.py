"""The first account: by whoever can read the machine's own files, once."""

import pytest
from django.core.management import CommandError, call_command

from plaidoyer.accounts import first_start
from plaidoyer.accounts.models import Collective, JournalEntry, Membership, User

TOLD = {
    "collective_name": "Un toit pour l’Arvigne",
    "full_name": "Jeanne Aubrée",
    "email": "Jeanne@Example.org",
    "password": "le chat dort au soleil",
    "again": "le chat dort au soleil",
}


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.delenv("PLAIDOYER_SITE_URL", raising=False)


def link() -> str:
    return first_start.link().removeprefix("http://localhost:8000")


def test_the_first_person_makes_her_collective_and_is_signed_in(client, db):
    assert "Bienvenue" in client.get(link()).content.decode()
    assert client.post(link(), TOLD).url == "/bureau/"
    role = Membership.objects.select_related("collective", "user").get()
    assert (role.role, role.collective.name, role.user.email) == ("coordinator", "Un toit pour l’Arvigne", "jeanne@example.org")
    assert "Votre première campagne" in client.get("/bureau/").content.decode()
    assert [line.actor_name for line in JournalEntry.objects.all()] == ["Jeanne Aubrée", "Jeanne Aubrée"]


def test_the_link_serves_once(client, db):
    address = link()
    client.post(address, TOLD)
    assert client.get(address).status_code == 404
    assert not first_start.secret_file().exists()


def test_a_guessed_link_is_not_found(client, db):
    first_start.token()
    assert client.get("/compte/premier-demarrage/devine/").status_code == 404


def test_the_secret_is_readable_by_its_owner_alone(db):
    first_start.token()
    assert first_start.secret_file().stat().st_mode & 0o777 == 0o600


def test_it_is_closed_as_soon_as_anybody_has_an_account(client, amina):
    assert client.get(link()).status_code == 404


def test_a_weak_password_is_refused_and_nothing_is_made(client, db):
    page = client.post(link(), {**TOLD, "password": "jeanne", "again": "jeanne"}).content.decode()
    assert "trop court" in page
    assert not User.objects.exists()
    assert not Collective.objects.exists()


def test_two_different_passwords_are_refused(client, db):
    assert "Les deux mots de passe diffèrent" in client.post(link(), {**TOLD, "again": "autre chose encore"}).content.decode()


def test_the_sign_in_page_tells_how_to_begin(client, db):
    assert "plaidoyer first-start" in client.get("/compte/connexion/").content.decode()


def test_the_command_prints_the_link(db, capsys):
    call_command("first_start")
    assert f"http://localhost:8000/compte/premier-demarrage/{first_start.token()}/" in capsys.readouterr().out


def test_the_command_prints_the_address_that_was_last_served(db, settings, capsys):
    settings.SITE_URL = "http://localhost:8123"  # as « make run PORT=8123 » sets it for its own process
    first_start.remember_address()
    settings.SITE_URL = "http://localhost:8000"
    call_command("first_start")
    assert "http://localhost:8123/compte/premier-demarrage/" in capsys.readouterr().out


def test_the_address_that_the_host_has_set_comes_before_the_one_last_served(db, settings, monkeypatch):
    first_start.remember_address()
    settings.SITE_URL = "https://plaidoyer.example.org"
    monkeypatch.setenv("PLAIDOYER_SITE_URL", "https://plaidoyer.example.org")
    assert first_start.link().startswith("https://plaidoyer.example.org/compte/premier-demarrage/")


def test_the_port_can_be_told(db, capsys):
    call_command("first_start", port=8150)
    assert "http://localhost:8150/compte/premier-demarrage/" in capsys.readouterr().out


def test_the_command_says_when_there_is_nothing_to_start(amina):
    with pytest.raises(CommandError, match="a déjà des comptes"):
        call_command("first_start")


def test_a_collective_is_made_from_the_command_line_and_only_once(db, capsys):
    for _ in range(2):
        call_command("create_collective", "Le Seuil", email="j@example.org", full_name="Jeanne Aubrée", password="le chat dort au soleil")
    assert "rien à faire" in capsys.readouterr().out
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"email": "pas une adresse", "full_name": "J A"}, "n’est pas une adresse"),
        ({"email": "j@example.org"}, "ajoutez --full-name"),
        ({"email": "j@example.org", "full_name": "J A", "password": "123"}, "trop court"),
    ],
)
def test_the_command_explains_what_is_wrong(db, more, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("create_collective", "Le Seuil", **more)
    assert not Collective.objects.exists()


def test_without_a_terminal_the_command_says_how_to_give_the_password(db, monkeypatch):
    def nobody_types(prompt):
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody_types)
    with pytest.raises(CommandError, match="ajoutez --password"):
        call_command("create_collective", "Le Seuil", email="j@example.org", full_name="Jeanne Aubrée")
    assert not Collective.objects.exists()


def test_the_journal_is_checked_from_the_command_line(collective, amina, capsys):
    call_command("check_journal")
    assert "Un toit à Valmorel : chaîne intacte, 0 lignes." in capsys.readouterr().out
