"""Nothing is seen before its hour, on any page, in any file; what is withdrawn is gone, and says so."""

from __future__ import annotations

import datetime

import pytest

from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import CandidateList, Contest, Standing
from plaidoyer.publication.addresses import public_addresses
from plaidoyer.replies.models import Release
from tests.publication.released import release

TOWN = "/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse"
OTHER = "/campagnes/valmorel-2026/ZZ002-pontaubry"
SECRET = "Les mots que personne ne doit encore lire"
EVERYWHERE = ["/", "/index.json", "/?commune=pontaubry", "/campagnes/valmorel-2026/", "/campagnes/valmorel-2026.json", OTHER + "/", OTHER + ".json",
              "/campagnes/valmorel-2026/questions/1/", "/campagnes/valmorel-2026/questions/1.json", "/campagnes/valmorel-2026/reponses.csv",
              "/campagnes/valmorel-2026/engagements.csv", "/campagnes/valmorel-2026/fil.atom", "/campagnes/valmorel-2026/corrections/", "/sitemap.xml"]  # fmt: skip


@pytest.fixture
def held_back(published, campaign, election, pontaubry) -> Release:
    """Pontaubry has a page ready in the database that is not current: as if its hour had not come."""
    contest = Contest.objects.create(election=election, commune=pontaubry, polling_on=datetime.date(2026, 3, 15))
    one = CandidateList.objects.create(election=election, commune=pontaubry, key="p1", name="Liste tenue secrète", slug="liste-secrete", panel=1)
    Standing.objects.create(contest=contest, candidate_list=one)
    made = release(campaign, pontaubry, [{"candidate_list": one, "status": "partial", "letter": f"#1 [firm:{SECRET}]", "stances": {1: "answers"}}])
    Release.objects.filter(pk=made.pk).update(is_current=False)
    return made


@pytest.mark.parametrize("address", EVERYWHERE)
def test_what_is_not_yet_public_is_nowhere(visitor, held_back, address):
    seen = visitor.get(address).content.decode()
    assert SECRET not in seen
    assert "liste-secrete" not in seen and "Liste tenue secrète" not in seen


@pytest.mark.parametrize("address", EVERYWHERE[2:6] + EVERYWHERE[7:10] + EVERYWHERE[11:12] + EVERYWHERE[13:])
def test_it_is_everywhere_once_its_hour_has_come(visitor, held_back, address):
    """The same addresses, so that the test above cannot pass by looking in the wrong place."""
    before = visitor.get(address).content
    Release.objects.filter(pk=held_back.pk).update(is_current=True)
    assert visitor.get(address).content != before


def test_a_commune_not_yet_public_says_when_it_will_be(visitor, published):
    page = visitor.get(OTHER + "/").content.decode()
    assert "Publication prévue le 10\u00a0mars\u00a02026." in page
    assert visitor.get(OTHER + ".json").json() == {"commune": "Pontaubry", "is_public": False, "publish_on": "2026-03-10", "is_fictional": True}


def test_the_lists_of_such_a_commune_have_no_page(visitor, held_back):
    answer = visitor.get(OTHER + "/listes/liste-secrete/")
    assert "Publication prévue" in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_a_campaign_in_preparation_does_not_exist(visitor, campaign):
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.DRAFT)
    for address in ("/campagnes/valmorel-2026/", "/campagnes/valmorel-2026.json", "/campagnes/valmorel-2026/reponses.csv", OTHER + "/"):
        assert visitor.get(address).status_code == 404
    assert "valmorel-2026" not in visitor.get("/").content.decode() + visitor.get("/sitemap.xml").content.decode()


def test_questions_that_were_not_sent_yet_are_not_public(visitor, campaign):
    assert "Domiciliation" not in visitor.get("/campagnes/valmorel-2026/").content.decode()
    assert visitor.get("/campagnes/valmorel-2026.json").json()["questions"] == []
    assert visitor.get("/campagnes/valmorel-2026/questions/1/").status_code == 404


def test_a_withdrawn_page_is_gone_with_its_reason(visitor, published):
    Release.objects.filter(pk=published.pk).update(
        withdrawn_at=datetime.datetime(2026, 3, 12, 9, tzinfo=datetime.UTC), withdrawal_reason="Un nom devait être masqué."
    )
    for address in (TOWN + "/", TOWN + "/listes/liste-1/", TOWN + "/listes/liste-1/texte-1.txt", TOWN + "/version-1/"):
        answer = visitor.get(address)
        assert answer.status_code == 410
        assert "Un nom devait être masqué." in answer.content.decode()
        assert "Inès Carpentras" not in answer.content.decode()
    assert visitor.get(TOWN + ".json").json() == {"withdrawn_at": "2026-03-12T09:00:00+00:00", "reason": "Un nom devait être masqué."}
    assert "Un nom devait être masqué." in visitor.get("/campagnes/valmorel-2026/corrections/").content.decode()
    assert "Inès Carpentras" not in visitor.get("/campagnes/valmorel-2026/reponses.csv").content.decode()


def test_a_replaced_version_stays_readable_and_says_that_it_was_replaced(visitor, campaign, valmorel, published, four_lists):
    later = datetime.datetime(2026, 3, 11, 14, tzinfo=datetime.UTC)
    release(campaign, valmorel, four_lists, version=2, reason="Un niveau était faux.", at=later)
    old = visitor.get(TOWN + "/version-1/").content.decode()
    assert "remplacée</b> le 11\u00a0mars\u00a02026 à 15\u00a0h" in old
    new = visitor.get(TOWN + "/").content.decode()
    assert "Un niveau était faux." in new and TOWN + "/version-1/" in new
    assert visitor.get(TOWN + "/version-1.json").json()["replaced_by"] == 2
    assert visitor.get(TOWN + "/version-2/")["Location"] == TOWN + "/"
    assert "Un niveau était faux." in visitor.get("/campagnes/valmorel-2026/corrections/").content.decode()


def test_a_replaced_version_can_be_withdrawn_alone(visitor, campaign, valmorel, published, four_lists):
    release(campaign, valmorel, four_lists, version=2, reason="Un téléphone était visible.")
    Release.objects.filter(pk=published.pk).update(withdrawn_at=datetime.datetime(2026, 3, 12, tzinfo=datetime.UTC), withdrawal_reason="Téléphone.")
    assert visitor.get(TOWN + "/version-1/").status_code == 410
    page = visitor.get(TOWN + "/")
    assert page.status_code == 200
    assert TOWN + "/version-1/" not in page.content.decode()


def test_a_page_does_not_depend_on_who_looks(visitor, as_user, amina, published):
    for address in (TOWN + "/", "/", "/campagnes/valmorel-2026/", "/mentions-legales/"):
        assert visitor.get(address).content == as_user(amina).get(address).content


def test_another_collective_sees_what_everybody_sees_and_no_more(as_user, chloe, held_back):
    assert as_user(chloe).get(TOWN + "/").status_code == 200
    assert SECRET not in as_user(chloe).get(OTHER + "/").content.decode()


def test_an_observer_reads_the_public_pages_like_anybody(as_user, emile, published):
    assert as_user(emile).get(TOWN + "/listes/liste-1/").status_code == 200


def test_no_cookie_no_variation_and_a_short_public_cache(visitor, published):
    for one in public_addresses():
        answer = visitor.get(one.page)
        assert not answer.cookies, one.page
        assert "Cookie" not in answer.get("Vary", ""), one.page
        assert answer["Cache-Control"] == "public, max-age=60", one.page
        assert answer["ETag"], one.page


def test_a_reader_who_has_the_version_is_told_so_without_a_page(visitor, campaign, valmorel, published, four_lists, django_assert_max_num_queries):
    first = visitor.get(TOWN + "/")
    assert first["Last-Modified"] == "Tue, 10 Mar 2026 11:00:00 GMT"
    with django_assert_max_num_queries(1):
        assert visitor.get(TOWN + "/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    release(campaign, valmorel, four_lists, version=2, reason="Un niveau était faux.")
    assert visitor.get(TOWN + "/", headers={"If-None-Match": first["ETag"]}).status_code == 200
