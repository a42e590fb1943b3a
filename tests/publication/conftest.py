"""One published commune: a list that answers, one late and partial, one that refuses, one silent. And what is not published yet."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from plaidoyer.campaigns.models import Campaign, Questionnaire
from tests.publication.released import release

ANSWER = """
Mesdames, Messieurs,

#1 Oui, sans réserve. [firm:Le CCAS domiciliera toute personne qui a un lien avec Valmorel.] Un guichet sera tenu par des agents formés, car on ne choisit pas l'heure à laquelle on perd son adresse ; et nous le disons d'autant plus volontiers que nous avons vu, hiver après hiver, des familles renvoyées d'un bureau à l'autre.

#2 [conditional:Si l'État maintient son aide au foncier, nous lancerons 400 logements sociaux d'ici à 2032], dont un tiers en PLAI. En revanche, [refusal:nous ne construirons rien dans le centre ancien].

#3 [intention:Nous étudierons un tarif à un euro pour la rentrée 2027.]

Joignez-nous au {phone}. {signature}
"""
LATE = """
#1 Oui. [firm:La domiciliation est un droit, et nous l'appliquerons à quiconque dort ici.]

#3 [firm:La cantine sera gratuite sous le seuil de pauvreté] ; pour les autres, nous verrons.
"""
REFUSAL = "Nous avons choisi de ne remplir aucun questionnaire, d'où qu'il vienne."


@pytest.fixture
def four_lists(lists) -> list[dict]:
    """What each of the cast's four lists did."""
    return [
        {
            "candidate_list": lists[0], "status": "answered", "letter": ANSWER, "stances": {1: "answers", 2: "answers", 3: "answers"},
            "received_at": "2026-03-04T18:42:00+01:00", "channel": "email", "sentence": "Répond aux 3 questions.",
            "etiquette": {"words": "liste citoyenne", "source": "profession de foi", "on": "2026-02-27"},
        },
        {
            "candidate_list": lists[1], "status": "partial", "letter": LATE, "stances": {1: "answers", 2: "skips", 3: "partial"}, "is_late": True,
            "received_at": "2026-03-08T21:14:00+01:00", "channel": "form", "sentence": "Répond à 2 questions sur 3, hors délai.",
        },
        {
            "candidate_list": lists[2], "status": "refused", "letter": REFUSAL, "received_at": "2026-03-02T09:00:00+01:00", "channel": "post",
            "sentence": "Refuse de répondre (lettre du 02/03/2026).",
        },
        {
            "candidate_list": lists[3], "status": "silent",
            "sentence": "Aucune réponse reçue au 10/03/2026 (sollicitée le 09/02/2026, relancée le 25/02/2026).",
        },
    ]  # fmt: skip


@pytest.fixture
def published(campaign, valmorel, four_lists):
    """Valmorel is public since 10 March at noon; Pontaubry is not."""
    Questionnaire.objects.filter(campaign=campaign).update(locked_at=datetime.datetime(2026, 2, 9, 11, tzinfo=datetime.UTC))
    Campaign.objects.filter(pk=campaign.pk).update(publish_on=datetime.date(2026, 3, 10))
    return release(campaign, valmorel, four_lists)


@pytest.fixture
def visitor() -> Client:
    """Nobody in particular."""
    return Client()
