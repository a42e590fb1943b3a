"""Writing the questions: acts, their order, their lock, their versions."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns import letter
from plaidoyer.campaigns.acts import questions as acts
from plaidoyer.campaigns.models import Question, Questionnaire
from plaidoyer.campaigns.pasted import questions_in
from plaidoyer.reading.questionnaire import parse


def titles(questionnaire) -> list[str]:
    return [str(one) for one in questionnaire.questions.filter(campaign_commune=None, parent=None).order_by("number")]


def test_a_question_is_added_at_the_end(amina, questionnaire):
    acts.add_question(actor=amina, questionnaire=questionnaire, title="Emploi", text="Quelles clauses sociales ?", theme="emploi")
    assert titles(questionnaire) == ["1. Domiciliation", "2. Logement social", "3. Cantine", "4. Emploi"]
    assert JournalEntry.objects.get().sentence == ("Amina Test a ajouté la question « Emploi », « Municipales 2026 : trois questions aux listes ».")


def test_a_question_moves_up_and_down_and_stops_at_the_edges(amina, questionnaire):
    cantine = questionnaire.questions.get(title="Cantine")
    acts.move_question(actor=amina, question=cantine, by=-1)
    assert titles(questionnaire) == ["1. Domiciliation", "2. Cantine", "3. Logement social"]
    cantine.refresh_from_db()
    acts.move_question(actor=amina, question=cantine, by=-1)
    cantine.refresh_from_db()
    acts.move_question(actor=amina, question=cantine, by=-1)
    assert titles(questionnaire) == ["1. Cantine", "2. Domiciliation", "3. Logement social"]
    assert JournalEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("rank", "order"), [(1, "Cantine Domiciliation Logement"), (2, "Domiciliation Cantine Logement"), (99, "Domiciliation Logement Cantine")]
)
def test_a_question_is_placed_at_a_rank_and_no_further_than_the_edge(amina, questionnaire, rank, order):
    acts.place_question(actor=amina, question=questionnaire.questions.get(title="Cantine"), rank=rank)
    assert [one.split()[1] for one in titles(questionnaire)] == order.split()
    assert [one.split(".")[0] for one in titles(questionnaire)] == ["1", "2", "3"]


def test_placing_a_question_where_it_stands_writes_nothing(amina, questionnaire):
    acts.place_question(actor=amina, question=questionnaire.questions.get(title="Cantine"), rank=3)
    assert not JournalEntry.objects.exists()


def test_a_communes_own_question_is_placed_among_its_own(amina, questionnaire, campaign_commune):
    for title in ("Trottoirs", "Marché"):
        acts.add_question(actor=amina, questionnaire=questionnaire, campaign_commune=campaign_commune, title=title, text=f"{title} ?")
    acts.place_question(actor=amina, question=questionnaire.questions.get(title="Marché"), rank=1)
    own = questionnaire.questions.filter(campaign_commune=campaign_commune).order_by("number")
    assert [str(one) for one in own] == ["4. Marché", "5. Trottoirs"]


def test_removing_a_question_closes_the_gap(amina, questionnaire):
    acts.remove_question(actor=amina, question=questionnaire.questions.get(title="Domiciliation"))
    assert titles(questionnaire) == ["1. Logement social", "2. Cantine"]


def test_parts_are_lettered_in_order(amina, questionnaire):
    parent = questionnaire.questions.get(title="Logement social")
    for text in ("neufs ?", "réhabilités ?", "en PLAI ?"):
        acts.add_question(actor=amina, questionnaire=questionnaire, parent=parent, title=text, text=text)
    acts.remove_question(actor=amina, question=parent.parts.get(text="neufs ?"))
    assert [(one.letter, one.text) for one in parent.parts.all()] == [("a", "réhabilités ?"), ("b", "en PLAI ?")]
    assert titles(questionnaire) == ["1. Domiciliation", "2. Logement social", "3. Cantine"]


def test_a_communes_own_question_always_follows_the_common_ones(amina, questionnaire, campaign_commune, campaign, pontaubry):
    elsewhere = campaign.communes.get(commune=pontaubry)
    for place in (campaign_commune, elsewhere):
        acts.add_question(actor=amina, questionnaire=questionnaire, campaign_commune=place, title="Trottoirs", text="Et les trottoirs ?")
    acts.add_question(actor=amina, questionnaire=questionnaire, title="Emploi", text="Et l’emploi ?")
    acts.import_questions(actor=amina, questionnaire=questionnaire, pasted=questions_in("1. Accueil : comment ?"))
    asked = [f"{one.question.number}. {one.question.title}" for one in letter.asked_in(questionnaire, campaign_commune)]
    assert asked == ["1. Domiciliation", "2. Logement social", "3. Cantine", "4. Emploi", "5. Accueil", "6. Trottoirs"]
    assert len(letter.asked_in(questionnaire, None)) == 5


def test_a_commune_has_its_own_words_and_can_go_back(amina, questionnaire, campaign_commune):
    question = questionnaire.questions.get(title="Cantine")
    acts.word_locally(actor=amina, question=question, campaign_commune=campaign_commune, text="Et la cantine de Valmorel ?")
    assert letter.asked_in(questionnaire, campaign_commune)[2].text == "Et la cantine de Valmorel ?"
    assert letter.asked_in(questionnaire, None)[2].text == "Quel sera le prix de la cantine pour une famille sous le seuil de pauvreté ?"
    acts.word_locally(actor=amina, question=question, campaign_commune=campaign_commune, text="")
    assert not letter.asked_in(questionnaire, campaign_commune)[2].is_local


def test_a_local_group_writes_for_its_own_commune_only(bruno, questionnaire, campaign_commune, campaign, pontaubry):
    acts.add_question(actor=bruno, questionnaire=questionnaire, campaign_commune=campaign_commune, title="Trottoirs", text="Et les trottoirs ?")
    with pytest.raises(PermissionDenied):
        acts.add_question(actor=bruno, questionnaire=questionnaire, campaign_commune=campaign.communes.get(commune=pontaubry), title="T", text="t")
    with pytest.raises(PermissionDenied):
        acts.add_question(actor=bruno, questionnaire=questionnaire, title="Commune à toutes", text="?")


def test_readers_observers_and_strangers_write_nothing(diane, emile, chloe, questionnaire):
    for member, refusal in ((diane, PermissionDenied), (emile, PermissionDenied), (chloe, Http404)):
        with pytest.raises(refusal):
            acts.remove_question(actor=member, question=questionnaire.questions.first())
    assert questionnaire.questions.count() == 3


def test_a_locked_version_never_changes(amina, sent, questionnaire, campaign_commune):
    question = questionnaire.questions.get(title="Cantine")
    for attempt in (
        lambda: acts.add_question(actor=amina, questionnaire=questionnaire, title="T", text="t"),
        lambda: acts.edit_question(actor=amina, question=question, text="autre"),
        lambda: acts.remove_question(actor=amina, question=question),
        lambda: acts.move_question(actor=amina, question=question, by=-1),
        lambda: acts.import_questions(actor=amina, questionnaire=questionnaire, pasted=questions_in("1. Un ?")),
        lambda: acts.word_locally(actor=amina, question=question, campaign_commune=campaign_commune, text="autre"),
    ):
        with pytest.raises(ActRefusedError, match="verrouillées"):
            attempt()
    assert titles(questionnaire) == ["1. Domiciliation", "2. Logement social", "3. Cantine"]
    assert not JournalEntry.objects.exists()


def test_a_new_version_copies_everything_and_leaves_the_old_one_in_force(amina, campaign, questionnaire, campaign_commune, lists):
    parent = questionnaire.questions.get(title="Logement social")
    acts.add_question(actor=amina, questionnaire=questionnaire, parent=parent, title="neufs", text="neufs ?")
    acts.add_question(actor=amina, questionnaire=questionnaire, campaign_commune=campaign_commune, title="Trottoirs", text="Et les trottoirs ?")
    acts.word_locally(actor=amina, question=parent, campaign_commune=campaign_commune, text="Et à Valmorel ?")
    Questionnaire.objects.filter(pk=questionnaire.pk).update(locked_at=timezone.now())
    second = acts.new_version(actor=amina, campaign=campaign, reason="la question 3 citait un tarif disparu")
    assert (second.version, second.locked_at) == (2, None)
    before, after = letter.asked_in(questionnaire, campaign_commune), letter.asked_in(second, campaign_commune)
    assert [(one.text, [part.text for part in one.parts]) for one in after] == [(one.text, [part.text for part in one.parts]) for one in before]
    assert {one.question.pk for one in before}.isdisjoint(one.question.pk for one in after)
    assert campaign.questionnaire_in_force() == questionnaire
    acts.edit_question(actor=amina, question=second.questions.get(title="Cantine"), text="Quel tarif ?")
    assert questionnaire.questions.get(title="Cantine").text.startswith("Quel sera le prix")
    acts.adopt_version(actor=amina, questionnaire=second)
    assert campaign.questionnaire_in_force() == second


def test_a_new_version_needs_a_reason_and_a_locked_one_before_it(amina, campaign, sent):
    with pytest.raises(ActRefusedError, match="Dites pourquoi"):
        acts.new_version(actor=amina, campaign=campaign, reason="  ")
    acts.new_version(actor=amina, campaign=campaign, reason="une coquille")
    with pytest.raises(ActRefusedError, match="ne sont pas verrouillées"):
        acts.new_version(actor=amina, campaign=campaign, reason="une autre")


def test_a_version_that_was_not_adopted_can_be_given_up(amina, campaign, sent):
    second = acts.new_version(actor=amina, campaign=campaign, reason="une coquille")
    acts.drop_version(actor=amina, questionnaire=second)
    assert campaign.questionnaires.count() == 1
    assert "a abandonné le projet de version 2" in JournalEntry.objects.first().sentence


def test_the_first_version_and_an_adopted_one_cannot_be_given_up(amina, campaign, questionnaire):
    with pytest.raises(ActRefusedError, match="première version"):
        acts.drop_version(actor=amina, questionnaire=questionnaire)
    Questionnaire.objects.filter(pk=questionnaire.pk).update(locked_at=timezone.now())
    second = acts.new_version(actor=amina, campaign=campaign, reason="une coquille")
    acts.adopt_version(actor=amina, questionnaire=second)
    with pytest.raises(ActRefusedError, match="verrouillées"):
        acts.drop_version(actor=amina, questionnaire=second)
    with pytest.raises(ActRefusedError, match="déjà verrouillée"):
        acts.adopt_version(actor=amina, questionnaire=second)


def test_an_empty_version_is_not_adopted(amina, campaign, sent):
    second = acts.new_version(actor=amina, campaign=campaign, reason="une coquille")
    Question.objects.filter(questionnaire=second).delete()
    with pytest.raises(ActRefusedError, match="aucune question"):
        acts.adopt_version(actor=amina, questionnaire=second)


def test_the_questions_file_is_what_the_reader_takes(amina, questionnaire, campaign_commune):
    parent = questionnaire.questions.get(title="Logement social")
    acts.add_question(actor=amina, questionnaire=questionnaire, parent=parent, title="neufs", text="neufs ?")
    acts.word_locally(
        actor=amina, question=questionnaire.questions.get(title="Cantine"), campaign_commune=campaign_commune, text="Et la cantine\nde Valmorel ?"
    )
    written = letter.as_questions_file(letter.asked_in(questionnaire, campaign_commune))
    assert written == (
        "Q1. Vous engagez-vous à ce que le CCAS domicilie toute personne sans domicile stable ayant un lien avec la commune ?\n"
        "Q2. Combien de logements sociaux ferez-vous construire pendant le mandat, dont combien en PLAI ? a) neufs ?\n"
        "Q3. Et la cantine de Valmorel ?\n"
    )
    assert [one.code for one in parse(written)] == ["Q1", "Q2", "Q3"]
