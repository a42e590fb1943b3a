"""The same people everywhere.

Amina coordinates the collective « Un toit à Valmorel ». Bruno is its local group in Valmorel, Diane reads for it, Émile only
observes. Chloé coordinates another collective and must see nothing. Valmorel votes on 15 March 2026; four lists stand there:
one answers, one answers late, one refuses, one is silent. Everything here is invented.
"""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from plaidoyer.accounts.models import Collective, Membership, MembershipCommune, Organisation, Role, User
from plaidoyer.campaigns.models import Campaign, CampaignCommune, Channel, Question, Questionnaire, Solicitation
from plaidoyer.elections.models import CandidateList, Contest, Election, Standing
from plaidoyer.territories.models import Commune, Departement, Region

PARIS_NOON = datetime.time(12)
PASSWORD = "un mot de passe long"


def person(name: str) -> User:
    return User.objects.create_user(f"{name.lower().replace('é', 'e')}@example.org", f"{name} Test", PASSWORD)


@pytest.fixture
def region(db) -> Region:
    return Region.objects.create(code="ZZ", name="Val-Fictif")


@pytest.fixture
def departement(region) -> Departement:
    return Departement.objects.create(code="ZZ", name="Haute-Fiction", region=region)


def commune(departement: Departement, code: str, name: str, **more) -> Commune:
    from plaidoyer.kit.text import folded

    slug = folded(name).replace(" ", "-")
    return Commune.objects.create(
        code=code,
        name=name,
        slug=slug,
        search_name=f" {folded(name)}",
        departement=departement,
        region=departement.region,
        population=12_400,
        cog_year=2026,
        is_fictional=True,
        **more,
    )


@pytest.fixture
def valmorel(departement) -> Commune:
    return commune(departement, "ZZ001", "Valmorel-sur-Ourse")


@pytest.fixture
def pontaubry(departement) -> Commune:
    """Another commune of the same campaign, where Bruno has nothing to do."""
    return commune(departement, "ZZ002", "Pontaubry")


@pytest.fixture
def saint_leu_des_iles(departement) -> Commune:
    """Four hours ahead of Paris."""
    return commune(departement, "ZZ003", "Saint-Leu-des-Îles", time_zone="Indian/Reunion")


@pytest.fixture
def collective(db) -> Collective:
    """Collective A."""
    made = Collective.objects.create(slug="un-toit-a-valmorel", name="Un toit à Valmorel", is_fictional=True, contact_email="bonjour@untoit.example")
    for position, name in enumerate(["Secours de l’Ourse", "Habitat partagé", "La Table ouverte"]):
        made.collectivemember_set.create(organisation=Organisation.objects.create(name=name), position=position)
    return made


@pytest.fixture
def other_collective(db) -> Collective:
    """Collective B."""
    return Collective.objects.create(slug="autre-collectif", name="Autre collectif", is_fictional=True)


@pytest.fixture
def amina(collective) -> User:
    """Coordinates collective A."""
    user = person("Amina")
    Membership.objects.create(collective=collective, user=user, role=Role.COORDINATOR)
    return user


@pytest.fixture
def bruno(collective, valmorel) -> User:
    """Local group of collective A: Valmorel only."""
    user = person("Bruno")
    role = Membership.objects.create(collective=collective, user=user, role=Role.LOCAL)
    MembershipCommune.objects.create(membership=role, commune_code=valmorel.code)
    return user


@pytest.fixture
def diane(collective) -> User:
    """Reads replies for collective A, in every commune."""
    user = person("Diane")
    Membership.objects.create(collective=collective, user=user, role=Role.READER)
    return user


@pytest.fixture
def emile(collective) -> User:
    """Observes collective A: sees, changes nothing."""
    user = person("Émile")
    Membership.objects.create(collective=collective, user=user, role=Role.OBSERVER)
    return user


@pytest.fixture
def chloe(other_collective) -> User:
    """Coordinates collective B and must see nothing of A."""
    user = person("Chloé")
    Membership.objects.create(collective=other_collective, user=user, role=Role.COORDINATOR)
    return user


@pytest.fixture
def as_user():
    """A browser signed in as somebody: ``as_user(amina).get(...)``."""

    def browser(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def election(db) -> Election:
    return Election.objects.create(
        slug="municipales-2026",
        name="Élections municipales de 2026",
        year=2026,
        first_round_on=datetime.date(2026, 3, 15),
        second_round_on=datetime.date(2026, 3, 22),
        is_fictional=True,
    )


@pytest.fixture
def contest(election, valmorel) -> Contest:
    return Contest.objects.create(election=election, commune=valmorel, polling_on=datetime.date(2026, 3, 15))


def candidate_list(contest: Contest, panel: int, name: str, head: str) -> CandidateList:
    made = CandidateList.objects.create(
        election=contest.election,
        commune=contest.commune,
        key=f"{contest.commune_id}-{panel}",
        name=name,
        slug=f"liste-{panel}",
        panel=panel,
        head_name=head,
        source="tests",
    )
    Standing.objects.create(contest=contest, candidate_list=made)
    return made


@pytest.fixture
def lists(contest) -> list[CandidateList]:
    """Panel 1 answers in time, 2 late, 3 refuses, 4 is silent."""
    return [
        candidate_list(contest, 1, "Valmorel solidaire", "Inès Carpentras"),
        candidate_list(contest, 2, "Un nouvel élan pour Valmorel", "Thibaut Lorgeril"),
        candidate_list(contest, 3, "Valmorel d’abord", "Ghislaine Pontivier"),
        candidate_list(contest, 4, "L’Ourse en commun", "Karim Delaunoy"),
    ]


@pytest.fixture
def campaign(collective, election, valmorel, pontaubry) -> Campaign:
    """Three common questions, deadline on 6 March 2026 at 23:59, not yet sent."""
    made = Campaign.objects.create(
        collective=collective,
        election=election,
        slug="valmorel-2026",
        name="Municipales 2026 : trois questions aux listes",
        state=Campaign.State.OPEN,
        deadline_on=datetime.date(2026, 3, 6),
    )
    for town in (valmorel, pontaubry):
        CampaignCommune.objects.create(campaign=made, commune=town)
    questionnaire = Questionnaire.objects.create(campaign=made)
    for number, (title, text) in enumerate(
        [
            ("Domiciliation", "Vous engagez-vous à ce que le CCAS domicilie toute personne sans domicile stable ayant un lien avec la commune ?"),
            ("Logement social", "Combien de logements sociaux ferez-vous construire pendant le mandat, dont combien en PLAI ?"),
            ("Cantine", "Quel sera le prix de la cantine pour une famille sous le seuil de pauvreté ?"),
        ],
        start=1,
    ):
        Question.objects.create(questionnaire=questionnaire, number=number, title=title, text=text)
    return made


@pytest.fixture
def campaign_commune(campaign, valmorel) -> CampaignCommune:
    return campaign.communes.get(commune=valmorel)


@pytest.fixture
def questionnaire(campaign) -> Questionnaire:
    return campaign.questionnaires.get(version=1)


@pytest.fixture
def sent(campaign, questionnaire, lists) -> list[Solicitation]:
    """The letter went to the four lists on 9 February at noon; the questionnaire is locked."""
    at = datetime.datetime(2026, 2, 9, 11, 0, tzinfo=datetime.UTC)
    Questionnaire.objects.filter(pk=questionnaire.pk).update(locked_at=at)
    return [
        Solicitation.objects.create(campaign=campaign, questionnaire=questionnaire, candidate_list=one, channel=Channel.EMAIL, sent_at=at)
        for one in lists
    ]
