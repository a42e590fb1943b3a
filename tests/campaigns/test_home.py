"""The home of the desk: where each campaign stands, what needs me now, and a kind word when there is nothing yet."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from plaidoyer.accounts.models import User
from plaidoyer.campaigns.acts.campaigns import create_campaign
from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.elections.models import Contact
from plaidoyer.replies.models import Release, Reply
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
HOME = "/bureau/"


def words(answer) -> str:
    """What a reader reads in the page, on one line, with plain spaces."""
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").replace("\u202f", " ").split())


def reply(campaign, one, state="read", **more) -> Reply:
    return Reply.objects.create(campaign=campaign, candidate_list=one, state=state, received_at=timezone.now(), channel="email", **more)


@pytest.fixture
def not_over(campaign):
    """The deadline is ten days from now."""
    Campaign.objects.filter(pk=campaign.pk).update(deadline_on=timezone.localdate() + datetime.timedelta(days=10))


def test_a_new_coordinator_is_told_how_to_begin(as_user, chloe):
    page = as_user(chloe).get(HOME)
    assert "Votre première campagne" in words(page)
    assert "Créer une campagne" in words(page)


def test_a_reader_without_campaign_is_not_offered_to_make_one(as_user, diane):
    assert "Aucune campagne en cours" in words(as_user(diane).get(HOME))
    assert "Créer une campagne" not in words(as_user(diane).get(HOME))


def test_somebody_without_a_role_is_told_whom_to_ask(as_user, db):
    nobody = User.objects.create_user("zoe@example.org", "Zoé Neuve", PASSWORD)
    assert "inviter avec l’adresse zoe@example.org" in words(as_user(nobody).get(HOME))


def test_the_road_counts_in_words(as_user, amina, campaign, lists, sent, not_over):
    reply(campaign, lists[0], "reviewed")
    reply(campaign, lists[1], "read", nature="refusal")
    reply(campaign, lists[2], "read", nature="promise")
    reply(campaign, None)
    said = words(as_user(amina).get(HOME))
    assert "Préparer 2 communes, 3 questions" in said
    assert "4 listes sur 4 sollicitées" in said
    assert "2 listes ont répondu" in said
    assert "1 relue" in said
    assert "0 commune en ligne" in said
    assert "délai dans 10 jours" in said


def test_what_needs_me_now_is_listed(as_user, amina, campaign, lists, not_over):
    reply(campaign, lists[0])
    reply(campaign, None)
    reply(campaign, None, "set-aside")
    Contact.objects.create(
        candidate_list=lists[1], collective=campaign.collective, kind="email", value="b@b.example", source="site", found_on=timezone.localdate()
    )
    said = words(as_user(amina).get(HOME))
    assert "1 lettre reçue à rattacher à une liste" in said
    assert "1 réponse à relire" in said
    assert "1 commune sans aucune liste enregistrée" in said
    assert "3 listes sans adresse où écrire" in said
    assert "4 listes à qui rien n’a été envoyé" in said


def test_each_role_is_told_what_it_can_do(as_user, bruno, diane, emile, campaign, lists, not_over):
    reply(campaign, lists[0])
    reply(campaign, None)
    local, reader, observer = (words(as_user(member).get(HOME)) for member in (bruno, diane, emile))
    assert "1 réponse à relire" in local
    assert "4 listes sans adresse où écrire" in local
    assert "à qui rien n’a été envoyé" not in local
    assert "1 réponse à relire" in reader
    assert "sans adresse" not in reader
    assert "Rien ne vous attend ici pour l’instant" in observer


def test_a_contact_found_by_another_collective_is_not_ours(as_user, amina, campaign, lists, other_collective, not_over):
    Contact.objects.create(
        candidate_list=lists[1], collective=other_collective, kind="email", value="b@b.example", source="site", found_on=timezone.localdate()
    )
    assert "4 listes sans adresse où écrire" in words(as_user(amina).get(HOME))


def test_after_the_deadline_publishing_is_what_remains(as_user, amina, campaign, sent, valmorel):
    assert "2 communes à publier" in words(as_user(amina).get(HOME))
    Release.objects.create(campaign=campaign, commune=valmorel, version=1, published_at=timezone.now(), sha256="0" * 64)
    said = words(as_user(amina).get(HOME))
    assert "1 commune à publier" in said
    assert "1 commune en ligne" in said


def test_a_campaign_written_down_after_its_deadline_still_asks_for_its_letters(as_user, amina, campaign, lists):
    said = as_user(amina).get("/bureau/").content.decode()
    assert "listes à qui rien n’a été envoyé" in said


def test_a_withdrawn_page_is_not_online(as_user, amina, campaign, valmorel):
    Release.objects.create(
        campaign=campaign,
        commune=valmorel,
        version=1,
        published_at=timezone.now(),
        sha256="0" * 64,
        withdrawn_at=timezone.now(),
        withdrawal_reason="x",
    )
    assert "0 commune en ligne" in words(as_user(amina).get(HOME))


def test_a_local_group_counts_its_own_communes(as_user, bruno, campaign, lists):
    said = words(as_user(bruno).get(HOME))
    assert "1 commune, 3 questions" in said
    assert "à rattacher" not in said


def test_a_stranger_sees_nothing_of_it(as_user, chloe, campaign):
    assert "trois questions" not in words(as_user(chloe).get(HOME))


def test_a_closed_campaign_goes_to_the_foot_of_the_page(as_user, amina, campaign):
    Campaign.objects.filter(pk=campaign.pk).update(state="closed")
    assert "Campagnes closes Municipales 2026" in words(as_user(amina).get(HOME))


def test_the_number_of_queries_does_not_grow_with_campaigns_or_communes(
    as_user, amina, campaign, lists, election, collective, departement, django_assert_num_queries
):
    from tests.cast import commune

    browser = as_user(amina)
    with django_assert_num_queries(19):
        browser.get(HOME)
    for number in range(5):
        create_campaign(
            actor=amina, collective=collective, election=election, communes=[], name=f"Autre {number}", deadline_on=datetime.date(2026, 3, 6)
        )
    for number in range(10, 40):
        CampaignCommune.objects.create(campaign=campaign, commune=commune(departement, f"ZZ0{number}", f"Bourg {number}"))
    with django_assert_num_queries(19):
        browser.get(HOME)


def test_the_home_only_shows(as_user, amina):
    assert as_user(amina).post(HOME).status_code == 405


def test_the_frame_leads_to_the_journal_and_the_people(as_user, amina, collective):
    links = {
        link.get_text(" ", strip=True): link["href"] for link in BeautifulSoup(as_user(amina).get(HOME).content, "html.parser").select(".d-nav a")
    }
    assert links["Campagnes"] == "/bureau/"
    assert links["Journal"] == "/bureau/collectifs/un-toit-a-valmorel/journal/"
    assert links["Personnes"] == "/bureau/collectifs/un-toit-a-valmorel/personnes/"
