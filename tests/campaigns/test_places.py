"""One commune of a campaign: its lists, what was sent to each, what is its own in the letter."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plaidoyer.campaigns.acts import local, sending
from plaidoyer.campaigns.models import Attachment, Signatory
from plaidoyer.replies.models import Reply
from tests.campaigns.test_campaign_page import rows
from tests.campaigns.test_home import words

HERE = "/bureau/campagnes/valmorel-2026/communes/ZZ001/"
ELSEWHERE = "/bureau/campagnes/valmorel-2026/communes/ZZ002/"


def test_silence_bounce_and_unasked_are_three_different_words(as_user, amina, campaign, sent):
    sending.mark_failed(actor=amina, solicitation=sent[1], note="retour")
    sent[2].delete()
    by_panel = [(row[0], row[3], row[5]) for row in rows(as_user(amina).get(HERE))]
    assert by_panel == [
        ("1", "9 février courriel", "rien reçu"),
        ("2", "non aboutie courriel", "rien reçu"),
        ("3", "pas encore", "non sollicitée"),
        ("4", "9 février courriel", "rien reçu"),
    ]


def test_a_reply_shows_its_day_its_nature_and_its_lateness(as_user, amina, campaign, lists, sent):
    on_time, late = datetime.datetime(2026, 3, 6, 22, 59, 59, tzinfo=datetime.UTC), datetime.datetime(2026, 3, 6, 23, 0, tzinfo=datetime.UTC)
    made = Reply.objects.create(campaign=campaign, candidate_list=lists[0], received_at=on_time, channel="email")
    Reply.objects.create(campaign=campaign, candidate_list=lists[1], received_at=late, channel="email")
    Reply.objects.create(campaign=campaign, candidate_list=lists[2], received_at=on_time, channel="email", nature="refusal")
    page = as_user(amina).get(HERE)
    assert [row[5] for row in rows(page)] == ["réponse, 6 mars", "réponse, 7 mars, hors délai", "refus de répondre, 6 mars", "rien reçu"]
    assert f'href="{made.get_absolute_url()}"' in page.content.decode()


def test_a_commune_without_lists_says_what_to_do(as_user, amina, campaign):
    assert "Aucune liste connue ici" in words(as_user(amina).get(ELSEWHERE))


def test_the_letter_has_the_communes_own_paragraph_words_and_signatories(as_user, amina, bruno, campaign, campaign_commune, questionnaire):
    local.set_signatories(actor=amina, campaign=campaign, campaign_commune=None, people=[{"name": "Jeanne Aubrée"}])
    browser = as_user(bruno)
    question = questionnaire.questions.get(title="Cantine")
    browser.post(f"{HERE}paragraphe/", {"introduction": "Vous trouverez ci-joint la fiche de Valmorel."})
    browser.post(f"{HERE}questions/{question.pk}/formulation/", {"text": "Et la cantine de Valmorel ?"})
    browser.post(f"{HERE}questions/ajouter/", {"title": "Trottoirs", "text": "Et les trottoirs ?", "competent_body": "commune", "lever": "decides"})
    signing = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-name": "Paul Marin",
        "form-0-organisation": "La Table ouverte",
        "form-0-email": "p@x.example",
        "form-1-name": "",
    }
    browser.post(f"{HERE}signataires/", signing)
    here, there = words(as_user(amina).get(f"{HERE}lettre/")), words(as_user(amina).get(f"{ELSEWHERE}lettre/"))
    for mine in ("la fiche de Valmorel", "Et la cantine de Valmorel ?", "4 Et les trottoirs ?", "Paul Marin"):
        assert mine in here
        assert mine not in there
    assert "Jeanne Aubrée" in there
    assert "Jeanne Aubrée" not in here


def test_the_letter_comes_as_plain_text_too(as_user, amina, campaign):
    answer = as_user(amina).get(f"{HERE}lettre/?texte=1")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "1. Vous engagez-vous à ce que le CCAS domicilie" in answer.content.decode()


def test_a_signatorys_mail_is_checked(as_user, amina, campaign):
    answer = as_user(amina).post(
        f"{HERE}signataires/", {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "Paul", "form-0-email": "pas une adresse"}
    )
    assert answer.status_code == 200
    assert not Signatory.objects.exists()


def test_an_attachment_goes_with_the_letter_and_comes_back_as_a_download(as_user, bruno, campaign):
    browser = as_user(bruno)
    browser.post(f"{HERE}pieces/ajouter/", {"title": "Fiche logement", "file": SimpleUploadedFile("fiche.html", b"<script>alert(1)</script>")})
    joined = Attachment.objects.get()
    assert joined.sha256 == "5c140d35dcb46a622e2cedf5ef5cc3638cdffd1c118c9331f8c84669f0b74783"
    answer = browser.get(f"/bureau/campagnes/valmorel-2026/lettre/pieces/{joined.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"


@pytest.mark.parametrize("content", [b"", b"x" * (10 * 1024 * 1024 + 1)])
def test_an_empty_or_too_heavy_attachment_is_refused(as_user, amina, campaign, content):
    answer = as_user(amina).post(f"{HERE}pieces/ajouter/", {"title": "Fiche", "file": SimpleUploadedFile("fiche.pdf", content)})
    assert answer.status_code == 200
    assert not Attachment.objects.exists()


def test_what_went_with_a_letter_stays(as_user, amina, campaign, campaign_commune, sent):
    joined = local.add_attachment(
        actor=amina, campaign=campaign, campaign_commune=campaign_commune, title="Fiche", file=SimpleUploadedFile("f.pdf", b"x")
    )
    answer = as_user(amina).post(f"/bureau/campagnes/valmorel-2026/lettre/pieces/{joined.pk}/retirer/", follow=True)
    assert "elle ne s’efface plus" in words(answer)
    assert Attachment.objects.exists()


def test_another_communes_attachment_is_not_found(as_user, amina, bruno, campaign, pontaubry):
    there = campaign.communes.get(commune=pontaubry)
    joined = local.add_attachment(actor=amina, campaign=campaign, campaign_commune=there, title="Fiche", file=SimpleUploadedFile("f.pdf", b"x"))
    assert as_user(bruno).get(f"/bureau/campagnes/valmorel-2026/lettre/pieces/{joined.pk}/").status_code == 404


PLACES = ["", "lettre/", "paragraphe/", "signataires/", "pieces/ajouter/", "questions/ajouter/", "questions.md"]


@pytest.mark.parametrize("page", PLACES)
def test_a_stranger_gets_404_everywhere_and_a_local_group_outside_its_communes(as_user, bruno, chloe, campaign, page):
    assert as_user(chloe).get(HERE + page).status_code == 404
    assert as_user(bruno).get(ELSEWHERE + page).status_code == 404
    assert as_user(bruno).get(HERE + page).status_code == 200


@pytest.mark.parametrize("page", PLACES[2:-1])
def test_readers_and_observers_change_nothing(as_user, diane, emile, campaign, page):
    for member in (diane, emile):
        assert as_user(member).get(HERE + page).status_code == 403
        assert as_user(member).post(HERE + page, {"introduction": "x"}).status_code == 403


def test_the_number_of_queries_does_not_grow_with_lists(as_user, amina, campaign, contest, sent, django_assert_num_queries):
    from tests.cast import candidate_list

    browser = as_user(amina)
    with django_assert_num_queries(22):
        browser.get(HERE)
    for number in range(5, 12):
        candidate_list(contest, number, f"Liste {number}", "X")
    with django_assert_num_queries(22):
        browser.get(HERE)
