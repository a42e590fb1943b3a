"""Three ways in, and what the page says when something is wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plaidoyer.replies.models import Original, Reply
from tests.replies.letters import ANSWER


def address(campaign, way="fichiers"):
    return reverse("replies:receive", args=[campaign.slug, way])


def asked(**more):
    return {"received_on": "2026-03-04", "received_at": "18:42", "channel": "email", "each": "one", **more}


def file(name="réponse.txt", data=ANSWER):
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def test_a_dropped_file_becomes_a_reply_of_the_list(as_user, amina, campaign, lists):
    answer = as_user(amina).post(address(campaign), asked(files=[file()], candidate_list=lists[0].pk, answered_by="Inès Carpentras"))
    reply = Reply.objects.get()
    assert answer.url == reply.get_absolute_url()
    assert (reply.candidate_list, reply.answered_by, reply.received_at.isoformat()) == (lists[0], "Inès Carpentras", "2026-03-04T17:42:00+00:00")


def test_two_files_make_one_reply_or_two_as_asked(as_user, amina, campaign, lists):
    browser = as_user(amina)
    browser.post(address(campaign), asked(files=[file("a.txt", "Un"), file("b.txt", "Deux")], candidate_list=lists[0].pk))
    assert [Reply.objects.count(), Original.objects.count()] == [1, 2]
    browser.post(address(campaign), asked(files=[file("c.txt", "Trois"), file("d.txt", "Quatre")], each="many"))
    assert Reply.objects.in_tray().count() == 2


def test_the_script_gets_the_address_of_the_reply(as_user, amina, campaign):
    answer = as_user(amina).post(address(campaign), asked(files=[file()]), headers={"X-Requested-With": "fetch"})
    assert answer.json() == {"address": Reply.objects.get().get_absolute_url()}


def test_the_same_file_again_is_said_and_not_doubled(as_user, amina, campaign, lists):
    browser = as_user(amina)
    browser.post(address(campaign), asked(files=[file()], candidate_list=lists[0].pk))
    page = browser.post(address(campaign), asked(files=[file("copie.txt")], candidate_list=lists[0].pk), follow=True)
    assert "Déjà reçu" in page.content.decode()
    assert Reply.objects.count() == 1


def test_a_pasted_text_is_kept_to_the_letter(as_user, amina, campaign, lists):
    text = "  Bonjour,\r\n\r\nOui.  \r\n"
    as_user(amina).post(address(campaign, "texte"), asked(text=text, candidate_list=lists[0].pk))
    with Original.objects.get().file.open() as kept:
        assert kept.read() == text.encode()


def test_a_letter_on_paper_can_be_announced_before_it_is_scanned(as_user, amina, campaign, lists):
    as_user(amina).post(address(campaign, "papier"), asked(text="", channel="post", candidate_list=lists[0].pk))
    assert Reply.objects.get().is_awaiting_scan


@pytest.mark.parametrize(
    ("way", "more", "said"),
    [
        ("fichiers", {}, "Choisissez au moins un fichier."),
        ("texte", {"text": "  "}, "Collez le texte"),
        ("texte", {"text": "Oui", "received_on": "2027-01-01"}, "dans le futur"),
        ("texte", {"text": "Oui", "received_on": "hier"}, "Écrivez la date ainsi"),
        ("texte", {"text": "Oui", "candidate_list": "9999"}, "Choisissez une liste de cette campagne."),
        ("texte", {"text": "Oui", "channel": "pigeon"}, "pigeon"),
    ],
)
def test_what_is_wrong_is_said_on_the_page_and_nothing_is_written(as_user, amina, campaign, way, more, said):
    answer = as_user(amina).post(address(campaign, way), asked(**more))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Original.objects.exists()


def test_an_empty_file_is_named(as_user, amina, campaign):
    answer = as_user(amina).post(address(campaign), asked(files=[file("vide.txt", "")]))
    assert "vide" in answer.content.decode()
    assert not Reply.objects.exists()


def test_the_hour_is_that_of_the_commune(as_user, amina, campaign, election, saint_leu_des_iles):
    import datetime

    from plaidoyer.campaigns.models import CampaignCommune
    from plaidoyer.elections.models import Contest
    from tests.cast import candidate_list

    CampaignCommune.objects.create(campaign=campaign, commune=saint_leu_des_iles)
    far = Contest.objects.create(election=election, commune=saint_leu_des_iles, polling_on=datetime.date(2026, 3, 15))
    one = candidate_list(far, 1, "Saint-Leu avance", "Rose Hoarau")
    as_user(amina).post(address(campaign, "texte"), asked(text="Oui.", candidate_list=one.pk))
    assert Reply.objects.get().received_at.isoformat() == "2026-03-04T14:42:00+00:00"


def test_a_local_group_enters_replies_of_its_commune_only(as_user, bruno, campaign, lists, pontaubry, election):
    import datetime

    from plaidoyer.elections.models import Contest
    from tests.cast import candidate_list

    elsewhere = candidate_list(
        Contest.objects.create(election=election, commune=pontaubry, polling_on=datetime.date(2026, 3, 15)), 1, "Pontaubry demain", "Rose Ancelin"
    )
    browser = as_user(bruno)
    assert "Pontaubry demain" not in browser.get(address(campaign)).content.decode()
    assert browser.post(address(campaign, "texte"), asked(text="Oui.", candidate_list=elsewhere.pk)).status_code == 422
    assert browser.post(address(campaign, "texte"), asked(text="Oui.", candidate_list=lists[0].pk)).status_code == 302


def test_an_observer_may_not_enter_a_reply_and_a_stranger_learns_nothing(as_user, emile, chloe, campaign):
    assert as_user(emile).get(address(campaign)).status_code == 403
    assert as_user(emile).post(address(campaign, "texte"), asked(text="Oui.")).status_code == 403
    assert as_user(chloe).get(address(campaign)).status_code == 404


def test_a_scan_joins_the_letter_that_announced_it(as_user, amina, campaign, lists):
    browser = as_user(amina)
    browser.post(address(campaign, "papier"), asked(text="", channel="post", candidate_list=lists[0].pk))
    reply = Reply.objects.get()
    browser.post(reverse("replies:add-part", args=[reply.pk]), {"files": [file("scan.txt")]})
    reply.refresh_from_db()
    assert (reply.is_awaiting_scan, reply.originals.get().name) == (False, "scan.txt")


def test_adding_no_file_says_what_to_do(as_user, amina, reply):
    page = as_user(amina).post(reverse("replies:add-part", args=[reply.pk]), follow=True)
    assert "Choisissez au moins un fichier." in page.content.decode()
