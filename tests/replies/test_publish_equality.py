"""Before a commune is published its lists were treated alike, or somebody has said why not; and their order is nobody's choice."""

import datetime

import pytest
from django.urls import reverse

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts.campaigns import edit_campaign
from plaidoyer.campaigns.acts.exceptions import reopen_for_one
from plaidoyer.campaigns.fairness import inequalities
from plaidoyer.campaigns.letter_models import LedgerSnapshot, Reopening
from plaidoyer.campaigns.models import Solicitation
from plaidoyer.elections.models import CandidateList, Draw, Standing
from plaidoyer.replies import acts
from plaidoyer.replies.publish_checks import obstacles
from tests.replies.conftest import TUESDAY, explain_all
from tests.replies.letters import ANSWER

FORGOTTEN = "« Valmorel d’abord » n’a pas reçu la relance du 25 février 2026. Traitez-la comme les autres, ou dites pourquoi."


@pytest.fixture
def reminded(campaign, questionnaire, lists, sent):
    """Three silent lists were reminded on 25 February, the third was forgotten."""
    at = datetime.datetime(2026, 2, 25, 8, 0, tzinfo=datetime.UTC)
    for one in (lists[0], lists[1], lists[3]):
        Solicitation.objects.create(campaign=campaign, questionnaire=questionnaire, candidate_list=one, kind="reminder", channel="email", sent_at=at)


def sentences(campaign, valmorel):
    return [one.sentence for one in obstacles(campaign, valmorel, TUESDAY)]


def test_a_list_that_was_not_reminded_is_named_until_somebody_says_why(reminded, amina, campaign, valmorel):
    assert sentences(campaign, valmorel) == [FORGOTTEN]
    with pytest.raises(ActRefusedError, match="Valmorel d’abord"):
        acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    explain_all(amina, campaign, valmorel)
    release = acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    snapshot = LedgerSnapshot.objects.get()
    assert release.facts["ledger"] == snapshot.sha256
    assert [one["reason"] for one in snapshot.facts["differences"]] == ["Adresse trouvée trop tard."]


def test_the_page_leads_to_the_ledger_and_the_public_page_too(reminded, as_user, amina, campaign, valmorel, client):
    page = as_user(amina).get(reverse("replies:publish", args=[campaign.slug, valmorel.pk])).content.decode()
    assert reverse("campaigns:equality", args=[campaign.slug, valmorel.pk]) in page
    explain_all(amina, campaign, valmorel)
    acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    public = client.get(reverse("publication:comparator", args=[campaign.slug, valmorel.pk, valmorel.slug])).content.decode()
    ledger = reverse("publication:ledger", args=[campaign.slug, valmorel.pk, valmorel.slug])
    assert ledger in public
    assert client.get(ledger).status_code == 200


def test_a_withdrawn_list_is_no_inequality(campaign, lists, sent, contest):
    Standing.objects.filter(candidate_list=lists[3]).update(state="withdrawn")
    Solicitation.objects.filter(candidate_list=lists[3]).delete()
    assert inequalities(campaign, lists[:3], kind="letter", channel="email", sent_at=sent[0].sent_at) == []


def test_a_list_with_a_reopened_deadline_is_late_only_after_it(receive, amina, campaign, lists, sent, on_tuesday):
    until = TUESDAY + datetime.timedelta(days=1)
    reopen_for_one(actor=amina, campaign=campaign, candidate_list=lists[0], until=until, reason="Lettre revenue, renvoyée le 8 mars")
    assert receive(ANSWER, lists[0], received_at=TUESDAY).is_late is False
    assert receive("Autre.", lists[1], received_at=TUESDAY).is_late is True
    Reopening.objects.update(until=TUESDAY - datetime.timedelta(minutes=1))
    assert receive("Encore.", lists[0], received_at=TUESDAY).is_late is True


# ---- the order of the lists


@pytest.fixture
def without_panels(lists, sent):
    CandidateList.objects.update(panel=None)


def test_without_panels_nothing_is_published_before_a_draw(without_panels, as_user, amina, campaign, valmorel):
    wanted = "Les panneaux officiels ne sont pas connus : tirez au sort l’ordre des listes, ou saisissez leurs panneaux."
    assert sentences(campaign, valmorel) == [wanted]
    browser = as_user(amina)
    assert "Tirer au sort" in browser.get(reverse("replies:publish", args=[campaign.slug, valmorel.pk])).content.decode()
    browser.post(reverse("replies:draw", args=[campaign.slug, valmorel.pk]))
    assert sentences(campaign, valmorel) == []
    release = acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    drawn = Draw.objects.get()
    assert (release.facts["order"]["by"], release.facts["order"]["draw"]["seed"], len(drawn.seed)) == ("draw", drawn.seed, 16)
    assert [one.candidate_list.key for one in release.lists.all()] == drawn.order
    assert JournalEntry.objects.filter(verb="list.draw").count() == 1


@pytest.mark.parametrize(("who", "status"), [("bruno", 302), ("diane", 403), ("emile", 403), ("chloe", 404)])
def test_who_may_draw(request, as_user, without_panels, campaign, valmorel, who, status):
    assert as_user(request.getfixturevalue(who)).post(reverse("replies:draw", args=[campaign.slug, valmorel.pk])).status_code == status


def test_a_look_draws_nothing(as_user, amina, without_panels, campaign, valmorel):
    assert as_user(amina).get(reverse("replies:draw", args=[campaign.slug, valmorel.pk])).status_code == 405


# ---- what the public pages say of the campaign


@pytest.mark.parametrize("change", [{"name": "Autre nom"}, {"publish_on": datetime.date(2026, 3, 16)}])
def test_name_and_date_of_publication_stand_still_during_the_silence(amina, campaign, contest, on_tuesday, change):
    on_tuesday.move_to(datetime.datetime(2026, 3, 14, 9, 0, tzinfo=datetime.UTC))
    with pytest.raises(ActRefusedError, match="Période de silence électoral à Valmorel-sur-Ourse"):
        edit_campaign(actor=amina, campaign=campaign, organisations=[], **change)
    edit_campaign(actor=amina, campaign=campaign, organisations=[], name=campaign.name, letter_opening="Bonjour")
    on_tuesday.move_to(datetime.datetime(2026, 3, 15, 19, 0, tzinfo=datetime.UTC))
    edit_campaign(actor=amina, campaign=campaign, organisations=[], **change)
