"""The ledger of equal treatment: what was sent, what is unequal, what locks."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts import questions
from plaidoyer.campaigns.acts import sending as acts
from plaidoyer.campaigns.fairness import inequalities
from plaidoyer.campaigns.models import Campaign, Questionnaire, Solicitation
from plaidoyer.replies.models import Reply
from tests.cast import candidate_list

NOON = datetime.datetime(2026, 2, 9, 11, 0, tzinfo=datetime.UTC)  # noon in Valmorel
A_DAY = datetime.timedelta(days=1)


def letter(actor, campaign, lists, **more):
    return acts.record_sent(actor=actor, campaign=campaign, lists=lists, **{"kind": "letter", "channel": "email", "sent_at": NOON, **more})


def test_the_first_letter_locks_the_questions_and_opens_the_campaign(amina, campaign, questionnaire, lists):
    Campaign.objects.filter(pk=campaign.pk).update(state="draft")
    letter(amina, campaign, lists)
    questionnaire.refresh_from_db()
    campaign.refresh_from_db()
    assert questionnaire.locked_at is not None
    assert campaign.state == "open"
    assert Solicitation.objects.count() == 4


def test_the_journal_tells_each_commune_its_own_story(amina, campaign, lists, election, pontaubry, contest):
    from plaidoyer.elections.models import Contest

    there = candidate_list(
        Contest.objects.create(election=election, commune=pontaubry, polling_on=contest.polling_on), 1, "Pontaubry vivante", "Ana Sol"
    )
    letter(amina, campaign, [*lists, there])
    lines = {line.commune_code: line.sentence for line in JournalEntry.objects.all()}
    assert (
        lines["ZZ002"] == "Amina Test inscrit l’envoi de la lettre à 1 liste de Pontaubry (Pontaubry vivante), par courriel, le 09/02/2026 à 12 h 00."
    )
    assert lines["ZZ001"].startswith("Amina Test inscrit l’envoi de la lettre à 4 listes de Valmorel-sur-Ourse (Valmorel solidaire, ")


def test_leaving_a_list_out_needs_a_reason_that_is_kept(amina, campaign, lists):
    with pytest.raises(ActRefusedError, match="« L’Ourse en commun » ne reçoit pas la lettre"):
        letter(amina, campaign, lists[:3])
    assert not Solicitation.objects.exists()
    letter(amina, campaign, lists[:3], note="la quatrième liste n’est pas encore connue")
    assert "Raison de l’écart : la quatrième liste n’est pas encore connue" in JournalEntry.objects.get().sentence


def test_another_day_or_another_way_is_unequal(amina, campaign, lists):
    letter(amina, campaign, lists[:3], note="la quatrième vient d’être déposée")
    found = inequalities(campaign, [lists[3]], kind="letter", channel="post", sent_at=NOON + A_DAY)
    assert len(found) == 6
    assert found[0] == "Valmorel-sur-Ourse : « Valmorel solidaire » a reçu la lettre le 09/02/2026, pas le 10/02/2026."
    assert found[1] == "Valmorel-sur-Ourse : « Valmorel solidaire » a reçu la lettre par une autre voie (courriel)."
    assert inequalities(campaign, [lists[3]], kind="letter", channel="email", sent_at=NOON) == []


def test_the_day_is_the_communes_own(amina, campaign, election, saint_leu_des_iles):
    from plaidoyer.campaigns.models import CampaignCommune
    from plaidoyer.elections.models import Contest

    CampaignCommune.objects.create(campaign=campaign, commune=saint_leu_des_iles)
    contest = Contest.objects.create(election=election, commune=saint_leu_des_iles, polling_on=datetime.date(2026, 3, 15))
    one, two = candidate_list(contest, 1, "Une", "A"), candidate_list(contest, 2, "Deux", "B")
    late_in_paris = datetime.datetime(2026, 2, 9, 21, 30, tzinfo=datetime.UTC)  # 22 h 30 in Paris, already the 10th in Saint-Leu
    letter(amina, campaign, [one], sent_at=late_in_paris, note="l’autre suit")
    assert inequalities(campaign, [two], kind="letter", channel="email", sent_at=late_in_paris + datetime.timedelta(hours=3)) == []


def test_reminding_some_and_not_others_is_unequal(amina, campaign, lists):
    letter(amina, campaign, lists)
    found = inequalities(campaign, lists[:2], kind="reminder", channel="email", sent_at=NOON + A_DAY)
    assert found == [
        "Valmorel-sur-Ourse : « Valmorel d’abord » ne reçoit pas cette relance.",
        "Valmorel-sur-Ourse : « L’Ourse en commun » ne reçoit pas cette relance.",
    ]


def test_a_list_that_has_answered_needs_no_reminder(amina, campaign, lists):
    """Sparing it a reminder is no inequality: it has nothing left to be asked."""
    letter(amina, campaign, lists)
    Reply.objects.create(campaign=campaign, candidate_list=lists[0], received_at=NOON + A_DAY, channel="email")
    assert inequalities(campaign, lists[1:], kind="reminder", channel="email", sent_at=NOON + 2 * A_DAY) == []


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"lists": []}, "au moins une liste"),
        ({"sent_at": timezone.now() + A_DAY}, "dans l’avenir"),
        ({"kind": "reminder"}, "n’a pas encore reçu la lettre"),
    ],
)
def test_an_impossible_sending_is_refused(amina, campaign, lists, more, sentence):
    with pytest.raises(ActRefusedError, match=sentence):
        acts.record_sent(actor=amina, **{"campaign": campaign, "lists": lists, "kind": "letter", "channel": "email", "sent_at": NOON, **more})
    assert not JournalEntry.objects.exists()


def test_a_second_letter_is_a_reminder(amina, campaign, lists, sent):
    with pytest.raises(ActRefusedError, match="Une seconde lettre est une relance"):
        letter(amina, campaign, lists)


def test_a_list_of_another_election_is_refused(amina, campaign, lists, pontaubry):
    from plaidoyer.elections.models import Contest, Election

    other = Election.objects.create(slug="autre", name="Autre", year=2020, first_round_on=datetime.date(2020, 3, 15))
    stranger = candidate_list(Contest.objects.create(election=other, commune=pontaubry, polling_on=datetime.date(2020, 3, 15)), 1, "Ancienne", "X")
    with pytest.raises(ActRefusedError, match="n’est pas une liste de cette campagne"):
        letter(amina, campaign, [*lists, stranger])


def test_nothing_is_sent_without_questions(amina, campaign, questionnaire, lists):
    questionnaire.questions.all().delete()
    with pytest.raises(ActRefusedError, match="aucune question"):
        letter(amina, campaign, lists)
    assert not Solicitation.objects.exists()


def test_only_the_coordination_records_a_sending(bruno, diane, emile, chloe, campaign, lists):
    for member, refusal in ((bruno, PermissionDenied), (diane, PermissionDenied), (emile, PermissionDenied), (chloe, Http404)):
        with pytest.raises(refusal):
            letter(member, campaign, lists)


def test_a_letter_that_came_back_is_neither_silence_nor_refusal(amina, sent):
    acts.mark_failed(actor=amina, solicitation=sent[3], note="message d’erreur du 10 février")
    sent[3].refresh_from_db()
    assert (sent[3].outcome, sent[3].get_outcome_display()) == ("failed", "non aboutie")
    assert Solicitation.objects.delivered().count() == 3
    with pytest.raises(ActRefusedError, match="déjà inscrit"):
        acts.mark_failed(actor=amina, solicitation=sent[3], note="encore")


def test_a_line_entered_by_mistake_is_struck_out_and_told(amina, campaign, lists, questionnaire):
    made = letter(amina, campaign, lists)
    for row in made:
        acts.strike_out(actor=amina, solicitation=row, reason="mauvaise campagne")
    assert not Solicitation.objects.exists()
    assert Questionnaire.objects.get(pk=questionnaire.pk).locked_at is None
    assert JournalEntry.objects.first().sentence == (
        "Amina Test raie l’envoi du 09/02/2026 à « L’Ourse en commun », inscrit par erreur : mauvaise campagne"
    )


def test_the_lock_stays_while_one_letter_remains(amina, campaign, lists, questionnaire):
    made = letter(amina, campaign, lists)
    acts.strike_out(actor=amina, solicitation=made[0], reason="jamais partie")
    assert Questionnaire.objects.get(pk=questionnaire.pk).locked_at is not None


def test_the_letter_to_a_list_that_answered_is_not_struck_out(amina, campaign, lists, sent):
    Reply.objects.create(campaign=campaign, candidate_list=lists[0], received_at=NOON + A_DAY, channel="email")
    with pytest.raises(ActRefusedError, match="a répondu"):
        acts.strike_out(actor=amina, solicitation=sent[0], reason="erreur")


def test_a_reminder_carries_the_version_of_its_day(amina, campaign, lists, sent):
    second = questions.new_version(actor=amina, campaign=campaign, reason="une coquille")
    made = acts.record_sent(actor=amina, campaign=campaign, lists=lists, kind="reminder", channel="email", sent_at=NOON + A_DAY)
    second.refresh_from_db()
    assert {row.questionnaire for row in made} == {second}
    assert second.locked_at is not None


def test_a_closed_campaign_records_nothing(amina, campaign, lists):
    Campaign.objects.filter(pk=campaign.pk).update(state="closed")
    with pytest.raises(ActRefusedError, match="est close"):
        letter(amina, campaign, lists)
