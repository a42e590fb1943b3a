"""The people of a collective, its card, and its journal."""

import csv
import io

import pytest
from django.core import mail
from django.db import connection

from plaidoyer.accounts import acts
from plaidoyer.accounts.models import Invitation, Membership
from plaidoyer.campaigns.acts import questions, sending
from tests.campaigns.test_campaign_page import rows
from tests.campaigns.test_home import words
from tests.campaigns.test_sending import NOON

HERE = "/bureau/collectifs/un-toit-a-valmorel/"
PEOPLE = f"{HERE}personnes/"
JOURNAL = f"{HERE}journal/"


def test_everybody_sees_who_does_what_and_the_coordination_their_addresses(as_user, amina, bruno, diane, emile):
    assert [row[:3] for row in rows(as_user(amina).get(PEOPLE))] == [
        ["Amina Test amina@example.org", "coordination", "toutes"],
        ["Bruno Test bruno@example.org", "groupe local", "Valmorel-sur-Ourse"],
        ["Diane Test diane@example.org", "relecture", "toutes"],
        ["Émile Test emile@example.org", "observation", "toutes"],
    ]
    assert "@example.org" not in words(as_user(emile).get(PEOPLE))


def test_an_invitation_is_mailed_and_its_link_shown_once(as_user, amina, collective, valmorel):
    browser = as_user(amina)
    page = browser.post(f"{PEOPLE}inviter/", {"email": "lea@example.org", "role": "local", "communes": [valmorel.pk]})
    [message] = mail.outbox
    assert message.to == ["lea@example.org"]
    link = next(line for line in message.body.splitlines() if line.startswith("http://localhost:8000/compte/invitation/"))
    assert link in page.content.decode()
    assert link not in browser.get(PEOPLE).content.decode()
    assert "lea@example.org groupe local" in words(browser.get(PEOPLE))


def test_an_invitation_survives_a_mail_that_cannot_leave(as_user, amina, collective, settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": {"host": "127.0.0.1", "port": 1}}}
    page = as_user(amina).post(f"{PEOPLE}inviter/", {"email": "lea@example.org", "role": "reader"})
    assert "Le courriel n’a pas pu partir" in words(page)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "pas une adresse"}, "adresse"),
        ({"role": "chef"}, "choix valide"),
        ({"role": "local"}, "au moins une commune"),
        ({"email": "amina@example.org"}, "a déjà un rôle"),
    ],
)
def test_a_wrong_invitation_is_explained(as_user, amina, collective, wrong, sentence):
    assert sentence in words(as_user(amina).post(f"{PEOPLE}inviter/", {"email": "lea@example.org", "role": "reader"} | wrong))
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_a_role_changes_and_access_is_suspended_and_restored(as_user, amina, diane, collective, valmorel):
    browser, role = as_user(amina), Membership.objects.get(user=diane)
    browser.post(f"{PEOPLE}{role.pk}/", {"role": "local", "communes": [valmorel.pk]})
    assert ["groupe local", "Valmorel-sur-Ourse"] in [row[1:3] for row in rows(browser.get(PEOPLE))]
    assert "Suspendre l’accès de Diane Test" in words(browser.get(f"{PEOPLE}{role.pk}/suspendre/"))
    browser.post(f"{PEOPLE}{role.pk}/suspendre/")
    assert "accès suspendu" in words(browser.get(PEOPLE))
    browser.post(f"{PEOPLE}{role.pk}/rouvrir/")
    assert "accès suspendu" not in words(browser.get(PEOPLE))


def test_the_last_coordinator_is_told_why_she_stays(as_user, amina, collective):
    role = Membership.objects.get(user=amina)
    assert "seule personne à la coordination" in words(as_user(amina).post(f"{PEOPLE}{role.pk}/suspendre/", follow=True))


def test_an_invitation_can_be_cancelled(as_user, amina, collective):
    made, _ = acts.invite(actor=amina, collective=collective, email="lea@example.org", role="reader")
    as_user(amina).post(f"{HERE}invitations/{made.pk}/annuler/")
    assert "lea@example.org" not in words(as_user(amina).get(PEOPLE))


def test_the_card_lists_the_member_organisations_in_order(as_user, amina, collective):
    told = {
        "name": "Un toit à Valmorel",
        "about": "",
        "url": "",
        "contact_email": "",
        "publication_director": "Amina Test",
        "organisation_names": "La Table ouverte\n\n  Secours de l’Ourse \n",
    }
    as_user(amina).post(f"{HERE}presentation/", told)
    assert [one.name for one in collective.organisations.order_by("collectivemember__position")] == ["La Table ouverte", "Secours de l’Ourse"]


def test_only_the_coordination_touches_people(as_user, bruno, diane, emile, chloe, collective, amina):
    role = Membership.objects.get(user=amina)
    pages = [f"{PEOPLE}inviter/", f"{PEOPLE}{role.pk}/", f"{PEOPLE}{role.pk}/suspendre/", f"{PEOPLE}{role.pk}/rouvrir/", f"{HERE}presentation/"]
    for page in pages:
        for member in (bruno, diane, emile):
            assert as_user(member).post(page, {"role": "observer"}).status_code == 403
        assert as_user(chloe).post(page, {"role": "observer"}).status_code == 404
    assert Membership.objects.get(user=amina).role == "coordinator"


def test_a_role_of_another_collective_is_not_found(as_user, amina, chloe, collective, other_collective):
    role = Membership.objects.get(user=chloe)
    assert as_user(amina).post(f"{PEOPLE}{role.pk}/suspendre/").status_code == 404
    assert as_user(chloe).get(PEOPLE).status_code == 404


# ------------------------------------------------------------------------------------------------------------ the journal


@pytest.fixture
def lived(amina, bruno, campaign, questionnaire, lists, campaign_commune):
    """Three lines: two by Amina, one by Bruno; two of them in Valmorel."""
    questions.move_question(actor=amina, question=questionnaire.questions.get(title="Cantine"), by=-1)
    questions.add_question(actor=bruno, questionnaire=questionnaire, campaign_commune=campaign_commune, title="Trottoirs", text="?")
    sending.record_sent(actor=amina, campaign=campaign, lists=lists, kind="letter", channel="email", sent_at=NOON)


def lines(answer) -> list[str]:
    from bs4 import BeautifulSoup

    return [line.p.get_text() for line in BeautifulSoup(answer.content, "html.parser").select(".log li")]


def test_the_journal_tells_everything_last_first_and_holds(as_user, amina, lived):
    page = as_user(amina).get(JOURNAL)
    assert [line.split()[0] for line in lines(page)] == ["Amina", "Bruno", "Amina"]
    assert lines(page)[2].startswith("Amina Test a placé la question « Cantine » au rang 2".replace("« ", "«\u202f").replace(" »", "\u202f»"))
    assert "Chaîne intacte" in words(page)


@pytest.mark.parametrize(
    ("query", "count"),
    [("q=Trottoirs", 1), ("commune=ZZ001", 2), ("personne=Bruno+Test", 1), ("acte=send", 1), ("acte=question", 2), ("q=rien", 0), ("page=99", 3)],
)
def test_the_journal_is_searched(as_user, amina, lived, query, count):
    assert len(lines(as_user(amina).get(f"{JOURNAL}?{query}"))) == count


def test_a_local_group_reads_the_lines_of_its_communes(as_user, bruno, lived):
    page = as_user(bruno).get(JOURNAL)
    assert len(lines(page)) == 2
    assert "Chaîne" not in words(page)


def test_a_retouched_line_is_shown_to_all(as_user, emile, lived):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE accounts_journalentry DISABLE TRIGGER journal_no_change")
        cursor.execute("UPDATE accounts_journalentry SET sentence = 'Rien.' WHERE sequence = 2")
    assert "Chaîne rompue à la ligne 2" in words(as_user(emile).get(JOURNAL))


def test_the_journal_comes_as_a_table_that_runs_no_formula(as_user, amina, lived, campaign_commune):
    campaign_commune.campaign.questionnaires.update(locked_at=None)
    acts.rename(actor=amina, full_name="=HYPERLINK(1)")
    questions.add_question(actor=amina, questionnaire=campaign_commune.campaign.latest_questionnaire(), title="T", text="?")
    answer = as_user(amina).get(f"{HERE}journal.csv")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[0] == ["numéro", "date", "personne", "acte", "phrase", "commune", "empreinte"]
    assert len(table) == 5
    assert table[1][2] == "'=HYPERLINK(1)"
    assert table[1][4].startswith("'=HYPERLINK(1) a ajouté")


def test_strangers_find_no_journal(as_user, chloe, lived):
    assert as_user(chloe).get(JOURNAL).status_code == 404
    assert as_user(chloe).get(f"{HERE}journal.csv").status_code == 404


def test_the_journal_only_shows(as_user, amina, lived):
    assert as_user(amina).post(JOURNAL).status_code == 405


def test_the_number_of_queries_does_not_grow(as_user, amina, collective, campaign, questionnaire, lived, django_assert_num_queries):
    browser = as_user(amina)
    with django_assert_num_queries(17):
        browser.get(JOURNAL)
    campaign.questionnaires.update(locked_at=None)
    for _ in range(20):
        questions.edit_question(actor=amina, question=questionnaire.questions.get(title="Cantine"), theme="repas")
    with django_assert_num_queries(17):
        browser.get(JOURNAL)
    with django_assert_num_queries(12):
        browser.get(PEOPLE)
