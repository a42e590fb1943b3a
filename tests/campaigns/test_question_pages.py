"""The questions in the browser: without a script, by buttons."""

import pytest
from bs4 import BeautifulSoup

from plaidoyer.campaigns.models import Question
from tests.campaigns.test_home import words

HERE = "/bureau/campagnes/valmorel-2026/questions/"
NEW = {"title": "Emploi", "text": "Quelles clauses sociales ?", "theme": "emploi", "competent_body": "commune", "lever": "decides"}


def titles(questionnaire) -> list[str]:
    return [str(one) for one in questionnaire.questions.filter(parent=None, campaign_commune=None).order_by("number")]


def pk(questionnaire, title) -> int:
    return questionnaire.questions.get(title=title).pk


def test_a_coordinator_writes_moves_and_removes(as_user, amina, questionnaire):
    browser = as_user(amina)
    assert browser.post(f"{HERE}ajouter/", NEW).url == HERE
    moved = browser.post(f"{HERE}{pk(questionnaire, 'Emploi')}/monter/")
    assert moved.url == f"{HERE}#q{pk(questionnaire, 'Emploi')}"
    browser.post(f"{HERE}{pk(questionnaire, 'Domiciliation')}/descendre/")
    browser.post(f"{HERE}{pk(questionnaire, 'Cantine')}/", NEW | {"title": "Repas"})
    browser.post(f"{HERE}{pk(questionnaire, 'Logement social')}/retirer/")
    assert titles(questionnaire) == ["1. Domiciliation", "2. Emploi", "3. Repas"]


def test_a_question_is_dropped_at_a_rank(as_user, amina, questionnaire):
    cantine = pk(questionnaire, "Cantine")
    assert as_user(amina).post(f"{HERE}{cantine}/placer/", {"rank": "1"}).url == f"{HERE}#q{cantine}"
    assert titles(questionnaire) == ["1. Cantine", "2. Domiciliation", "3. Logement social"]


@pytest.mark.parametrize("rank", ["", "-1", "deux", "9" * 30])
def test_a_rank_that_is_no_number_moves_nothing(as_user, amina, questionnaire, rank):
    page = as_user(amina).post(f"{HERE}{pk(questionnaire, 'Cantine')}/placer/", {"rank": rank}, follow=True)
    assert "rien n’a bougé" in words(page)
    assert titles(questionnaire)[2] == "3. Cantine"


def test_only_who_may_write_the_questions_places_them(as_user, emile, bruno, chloe, amina, questionnaire):
    address = f"{HERE}{pk(questionnaire, 'Cantine')}/placer/"
    assert [as_user(one).post(address, {"rank": "1"}).status_code for one in (emile, bruno, chloe)] == [403, 403, 404]
    assert as_user(amina).get(address).status_code == 405
    assert "data-reorder" not in as_user(emile).get(HERE).content.decode()
    assert titles(questionnaire)[2] == "3. Cantine"


def test_a_sub_question_shows_its_letter(as_user, amina, questionnaire):
    browser = as_user(amina)
    browser.post(f"{HERE}{pk(questionnaire, 'Logement social')}/sous-question/", {"text": "en construction neuve ?"})
    assert "a) en construction neuve ?" in words(browser.get(HERE))
    browser.post(f"{HERE}{pk(questionnaire, 'en construction neuve ?')}/", {"text": "neufs ?"})
    assert "a) neufs ?" in words(browser.get(HERE))


def test_pasting_shows_what_is_understood_before_it_writes(as_user, amina, questionnaire):
    browser = as_user(amina)
    pasted = {"pasted": "Bonjour,\n1. Emploi : quelles clauses ?\n2. Et l’accueil ?"}
    page = browser.post(f"{HERE}coller/", pasted)
    assert "2 questions comprises" in words(page)
    assert questionnaire.questions.count() == 3
    browser.post(f"{HERE}coller/", pasted | {"keep": "1"})
    assert titles(questionnaire)[3:] == ["4. Emploi", "5. Et l’accueil"]


def test_short_titles_are_corrected_before_they_are_kept(as_user, amina, questionnaire):
    browser = as_user(amina)
    pasted = {"pasted": "1. Domicilierez-vous chacun ?\n2. Et l’accueil ?"}
    seen = BeautifulSoup(browser.post(f"{HERE}coller/", pasted).content, "html.parser").select_one("[name=seen]")["value"]
    browser.post(f"{HERE}coller/", pasted | {"keep": "1", "seen": seen, "title-1": "Domicile", "title-2": ""})
    assert titles(questionnaire)[3:] == ["4. Domicile", "5. Et l’accueil"]


def test_titles_of_another_text_are_not_taken(as_user, amina, questionnaire):
    as_user(amina).post(f"{HERE}coller/", {"pasted": "1. Et l’accueil ?", "keep": "1", "seen": "autre", "title-1": "Domicile"})
    assert titles(questionnaire)[3:] == ["4. Et l’accueil"]


@pytest.mark.parametrize("pasted", ["", "   ", "1.", "\n".join(f"{n}. Question ?" for n in range(61))])
def test_a_paste_that_holds_no_questionnaire_is_explained(as_user, amina, questionnaire, pasted):
    answer = as_user(amina).post(f"{HERE}coller/", {"pasted": pasted, "keep": "1"})
    assert answer.status_code == 200
    assert questionnaire.questions.count() == 3


def test_an_empty_question_is_refused(as_user, amina, questionnaire):
    assert "Ce champ est obligatoire" in words(as_user(amina).post(f"{HERE}ajouter/", NEW | {"text": ""}))
    assert Question.objects.count() == 3


def test_locked_questions_offer_a_new_version_and_nothing_else(as_user, amina, sent):
    page = as_user(amina).get(HERE)
    assert "les listes les ont reçues" in words(page)
    assert "Monter" not in words(page)
    assert "Préparer une nouvelle version" in words(page)


def test_a_change_after_the_lock_is_refused_in_a_sentence(as_user, amina, questionnaire, sent):
    answer = as_user(amina).post(f"{HERE}{pk(questionnaire, 'Cantine')}/", NEW, follow=True)
    assert "Les questions sont verrouillées depuis la première lettre" in words(answer)
    assert pk(questionnaire, "Cantine")


def test_a_new_version_is_written_adopted_and_shown_with_its_reason(as_user, amina, campaign, sent):
    browser = as_user(amina)
    browser.post(f"{HERE}nouvelle-version/", {"reason": "la question 3 citait un tarif disparu"})
    second = campaign.latest_questionnaire()
    browser.post(f"{HERE}{pk(second, 'Cantine')}/", NEW | {"title": "Cantine", "text": "Quel tarif ?"})
    browser.post(f"{HERE}adopter/")
    said = words(browser.get(HERE))
    assert "Quel tarif ?" in said
    assert "parce que : la question 3 citait un tarif disparu" in said
    assert "Quel sera le prix de la cantine" in words(browser.get(f"{HERE}?version=1"))


def test_a_version_without_a_reason_is_refused(as_user, amina, campaign, sent):
    as_user(amina).post(f"{HERE}nouvelle-version/", {"reason": " "})
    assert campaign.questionnaires.count() == 1


def test_the_questions_come_as_a_file(as_user, emile, questionnaire):
    answer = as_user(emile).get(f"{HERE}questions.md")
    assert answer["Content-Disposition"] == 'attachment; filename="questions-valmorel-2026.md"'
    assert answer.content.decode().startswith("Q1. Vous engagez-vous à ce que le CCAS")
    assert as_user(emile).get(f"{HERE}questions.md?version=7").status_code == 404


def test_everybody_of_the_collective_reads_them(as_user, bruno, diane, emile, questionnaire):
    for member in (bruno, diane, emile):
        page = as_user(member).get(HERE)
        assert "Domiciliation" in words(page)
        assert "Ajouter une question" not in words(page)


ACTS = [
    "ajouter/",
    "coller/",
    "nouvelle-version/",
    "adopter/",
    "abandonner/",
    "{pk}/",
    "{pk}/monter/",
    "{pk}/descendre/",
    "{pk}/retirer/",
    "{pk}/sous-question/",
]


@pytest.mark.parametrize("act", ACTS)
def test_only_the_coordination_changes_them(as_user, bruno, diane, emile, chloe, questionnaire, act):
    address = HERE + act.format(pk=pk(questionnaire, "Cantine"))
    for member in (bruno, diane, emile):
        assert as_user(member).post(address, NEW).status_code == 403
    assert as_user(chloe).post(address, NEW).status_code == 404
    assert titles(questionnaire) == ["1. Domiciliation", "2. Logement social", "3. Cantine"]


@pytest.mark.parametrize("act", ["{pk}/monter/", "{pk}/descendre/", "abandonner/"])
def test_moving_is_a_post(as_user, amina, questionnaire, act):
    assert as_user(amina).get(HERE + act.format(pk=pk(questionnaire, "Cantine"))).status_code == 405


def test_a_question_of_another_campaign_is_not_found(as_user, amina, campaign, election, collective):
    import datetime

    from plaidoyer.campaigns.acts.campaigns import create_campaign

    create_campaign(actor=amina, collective=collective, election=election, communes=[], name="Autre", deadline_on=datetime.date(2026, 3, 6))
    question = campaign.questionnaires.get().questions.first()
    assert as_user(amina).post(f"/bureau/campagnes/autre/questions/{question.pk}/retirer/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_questions(as_user, amina, questionnaire, django_assert_num_queries):
    browser = as_user(amina)
    with django_assert_num_queries(15):
        browser.get(HERE)
    for number in range(4, 16):
        Question.objects.create(questionnaire=questionnaire, number=number, title=f"Q{number}", text="?")
    with django_assert_num_queries(15):
        browser.get(HERE)
