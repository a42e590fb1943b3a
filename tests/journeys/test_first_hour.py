"""The first hour of a collective, from an empty installation to the ledger, by the screens alone and without a script."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.utils import timezone

from plaidoyer.accounts import first_start, journal
from plaidoyer.accounts.models import Collective, JournalEntry
from plaidoyer.elections.models import Election
from tests.campaigns.test_campaign_page import rows
from tests.campaigns.test_home import words

TODAY = timezone.localdate()
VOTE = TODAY + datetime.timedelta(days=40)


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = tmp_path


def follow_by_post(client, address, **told):
    answer = client.post(address, told, follow=True)
    assert answer.redirect_chain, words(answer)
    return answer


def test_from_an_empty_installation_to_the_ledger(client, valmorel):
    start = first_start.link().removeprefix("http://localhost:8000")
    secret = "le chat dort au soleil"
    told = {"collective_name": "Un toit ici", "full_name": "Jeanne Aubrée", "email": "jeanne@example.org"}
    assert "Votre première campagne" in words(follow_by_post(client, start, **told, password=secret, again=secret))

    # she invites a reader, who joins by the link of the mail
    client.post("/bureau/collectifs/un-toit-ici/personnes/inviter/", {"email": "lea@example.org", "role": "reader"})
    link = re.search(r"/compte/invitation/\S+/", mail.outbox[0].body)[0]
    reader = type(client)()
    assert "Aucune campagne en cours" in words(follow_by_post(reader, link, full_name="Léa Marchal", password=secret, again=secret))

    # election, campaign, questions, letter
    follow_by_post(
        client, "/bureau/elections/nouvelle/", name="Municipale partielle", kind="partial", first_round_on=VOTE.isoformat(), source="arrêté"
    )
    deadline, publication = TODAY + datetime.timedelta(days=20), TODAY + datetime.timedelta(days=26)
    facts = {"name": "Deux questions", "collective": Collective.objects.get().pk, "election": Election.objects.get().pk, "communes": [valmorel.pk]}
    facts["deadline_at"] = "23:59"
    follow_by_post(client, "/bureau/campagnes/nouvelle/", **facts, deadline_on=deadline.isoformat(), publish_on=publication.isoformat())
    here = "/bureau/campagnes/deux-questions/"
    follow_by_post(client, f"{here}questions/coller/", pasted="1. Domicilierez-vous chacun ?\n2. Cantine : à quel prix ?", keep="1")
    follow_by_post(client, f"{here}lettre/", letter_opening="Madame, Monsieur,", letter_closing="Bien à vous,")
    assert "1 Domicilierez-vous chacun ?" in words(client.get(f"{here}communes/{valmorel.pk}/lettre/"))

    # two lists, each with an address
    place = f"/bureau/elections/{Election.objects.get().slug}/{valmorel.pk}/"
    for name in ("Valmorel solidaire", "L’Ourse en commun"):
        follow_by_post(client, f"{place}ajouter/", name=name, source="affiche")
    home = words(client.get("/bureau/"))
    assert "2 listes sans adresse où écrire" in home
    assert "2 listes à qui rien n’a été envoyé" in home

    # the letter has gone: the questions lock, the road moves on
    page = BeautifulSoup(client.get(f"{here}envois/inscrire/").content, "html.parser")
    listed = [box["value"] for box in page.select("input[name=lists]")]
    sending = {"kind": "letter", "channel": "hand", "outcome": "sent", "sent_on": TODAY.isoformat(), "sent_at": "00:00", "note": ""}
    follow_by_post(client, f"{here}envois/inscrire/", lists=listed, **sending, record="1")
    assert len(rows(client.get(f"{here}envois/"))) == 2
    assert "2 listes sur 2 sollicitées" in words(client.get("/bureau/"))
    assert "les listes les ont reçues" in words(reader.get(f"{here}questions/"))

    # everything was told, and the chain holds
    assert journal.first_break(Collective.objects.get()) is None
    told_by = set(JournalEntry.objects.exclude(collective=None).values_list("actor_name", flat=True))
    assert told_by == {"Jeanne Aubrée", "Léa Marchal"}
