"""A commune is published: every list at the same minute, exact words, and never during the silence."""

import datetime
import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Solicitation
from plaidoyer.replies import acts
from plaidoyer.replies.models import Redaction, Release, Reply
from plaidoyer.replies.release_draft import draft
from plaidoyer.replies.release_seal import seal
from tests.replies.conftest import TUESDAY, explain_all, settle_all
from tests.replies.letters import ANSWER, REFUSAL

CCAS = "le CCAS domiciliera toute personne qui a un lien avec Valmorel"
HOUSES = "Nous construirons 120 logements sociaux pendant le mandat, dont 40 en PLAI."
CANTEEN = "Nous souhaitons un repas à un euro pour les familles sous le seuil de pauvreté."


@pytest.fixture
def contested(contest):
    return contest


@pytest.fixture
def answered(reply, diane, text, questions):
    return settle_all(reply, diane, text, questions, [CCAS, HOUSES, CANTEEN])


@pytest.fixture
def release(answered, amina, campaign, valmorel):
    return acts.publish(actor=amina, campaign=campaign, commune=valmorel)


def row(release, panel):
    return release.lists.get(candidate_list__panel=panel)


def test_every_list_has_its_place_in_the_order_of_the_panels(release):
    assert [(one.position, one.candidate_list.panel, one.status) for one in release.lists.all()] == [
        (1, 1, "answered"), (2, 2, "silent"), (3, 3, "silent"), (4, 4, "silent"),
    ]  # fmt: skip


def test_a_silence_is_told_with_the_dates_of_the_letters(release):
    assert row(release, 2).facts["sentence"] == "Aucune réponse reçue au 10/03/2026 (sollicitée le 09/02/2026)."


def test_a_reminder_is_told_beside_the_silence(answered, amina, campaign, questionnaire, lists, valmorel):
    Solicitation.objects.create(
        campaign=campaign, questionnaire=questionnaire, candidate_list=lists[3], kind="reminder", channel="email",
        sent_at=datetime.datetime(2026, 2, 25, 8, 0, tzinfo=datetime.UTC),
    )  # fmt: skip
    explain_all(amina, campaign, valmorel)
    release = acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    assert row(release, 4).facts["sentence"] == "Aucune réponse reçue au 10/03/2026 (sollicitée le 09/02/2026, relancée le 25/02/2026)."


def test_refusal_promise_unreached_and_unsolicited_are_four_different_things(receive, amina, diane, campaign, lists, sent, valmorel):
    refusal = acts.claim(actor=diane, reply=receive(REFUSAL, lists[0]))
    acts.refuse_all(actor=diane, reply=refusal)
    acts.finish(actor=diane, reply=refusal)
    promise = acts.claim(actor=diane, reply=receive("Nous vous répondrons la semaine prochaine.", lists[1]))
    acts.name_nature(actor=diane, reply=promise, nature="promise")
    acts.finish(actor=diane, reply=promise)
    for one in (refusal, promise):
        acts.see_redactions(actor=diane, reply=one)
    Solicitation.objects.filter(candidate_list=lists[2]).update(outcome="failed")
    Solicitation.objects.filter(candidate_list=lists[3]).delete()
    explain_all(amina, campaign, valmorel)
    release = acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    assert [(one.status, one.facts["sentence"]) for one in release.lists.all()] == [
        ("refused", "Refuse de répondre (lettre du 04/03/2026)."),
        ("promised", "A annoncé une réponse le 04/03/2026. Aucune réponse reçue au 10/03/2026."),
        ("unreached", "Sollicitation non aboutie (dernier envoi le 09/02/2026)."),
        ("unsolicited", "Non sollicitée au 10/03/2026."),
    ]


def test_a_late_reply_keeps_its_place_its_status_and_its_date(receive, amina, diane, campaign, lists, sent, valmorel, questions):
    late = receive(ANSWER, lists[1], received_at=datetime.datetime(2026, 3, 8, 20, 14, tzinfo=datetime.UTC))
    settle_all(late, diane, None, questions, [CCAS, HOUSES, CANTEEN])
    release = acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    published = row(release, 2)
    assert (published.position, published.status, published.is_late) == (2, "answered", True)
    assert published.facts["sentence"] == "Répond aux 3 questions. Reçue hors délai, le 08/03/2026."
    assert published.facts["received_at"] == "2026-03-08T21:14:00+01:00"


def test_a_question_not_addressed_makes_the_reply_partial(claimed, diane, amina, questions, campaign, valmorel):
    acts.add(actor=diane, reply=claimed, quote=CCAS, question=questions[0])
    for question, stance in zip(questions, ["answers", "skips", "refers"], strict=True):
        acts.settle(actor=diane, reply=claimed, question=question, stance=stance)
    acts.finish(actor=diane, reply=claimed)
    acts.see_redactions(actor=diane, reply=claimed)
    release = acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    published = row(release, 1)
    assert published.facts["sentence"] == "Répond à 1 question sur 3."
    assert [cell.stance for cell in published.cells.all()] == ["answers", "skips", "refers"]


def test_every_published_word_is_an_exact_span_of_the_public_text(release):
    published = row(release, 1)
    (document,) = published.letter
    assert hashlib.sha256(document["text"].encode()).hexdigest() == document["sha256"]
    for block in document["blocks"]:
        assert "".join(piece["text"] for piece in block["pieces"]) == document["text"][block["start"] : block["end"]]
    segments = [segment for cell in published.cells.all() for segment in cell.segments]
    assert [segment["words"] for segment in segments] == [CCAS, HOUSES, CANTEEN]
    for segment in segments:
        assert document["text"][segment["start"] : segment["end"]] == segment["words"]
        assert "".join(piece["text"] for piece in segment["pieces"]) == segment["words"]


def test_nothing_hidden_is_anywhere_in_the_published_rows(release):
    everything = json.dumps([[one.facts, one.letter, [cell.segments for cell in one.cells.all()]] for one in release.lists.all()], ensure_ascii=False)
    assert "06 39 98 01 02" not in everything
    assert "contact@valmorel-solidaire.example" not in everything
    assert "Jeanne Trévoux" not in everything
    assert "[téléphone masqué]" in everything
    assert "[adresse électronique masquée]" in everything
    assert "[signature masquée]" in everything


def test_the_name_of_the_head_of_the_list_is_public(release):
    assert "Inès Carpentras" in row(release, 1).letter[0]["text"]


def test_a_fingerprint_that_would_give_a_hidden_number_away_is_withheld(release):
    assert row(release, 1).letter[0]["original"]["sha256"] == ""


def test_without_anything_hidden_the_fingerprint_of_the_original_is_published(receive, amina, diane, campaign, lists, sent, valmorel):
    refusal = acts.claim(actor=diane, reply=receive(REFUSAL, lists[2]))
    acts.refuse_all(actor=diane, reply=refusal)
    acts.finish(actor=diane, reply=refusal)
    acts.see_redactions(actor=diane, reply=refusal)
    release = acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    assert row(release, 3).letter[0]["original"]["sha256"] == hashlib.sha256(REFUSAL.encode()).hexdigest()


def test_a_commitment_is_marked_in_the_letter_and_in_its_cell(claimed, diane, amina, questions, campaign, valmorel):
    whole = f"{HOUSES} Si l’État maintient ses aides, nous irons jusqu’à 150."
    acts.add(actor=diane, reply=claimed, quote=whole, question=questions[1])
    acts.add(actor=diane, reply=claimed, quote="nous irons jusqu’à 150", question=questions[1], level="conditional")
    for question, stance in zip(questions, ["skips", "answers", "skips"], strict=True):
        acts.settle(actor=diane, reply=claimed, question=question, stance=stance)
    acts.finish(actor=diane, reply=claimed)
    acts.see_redactions(actor=diane, reply=claimed)
    release = acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    (segment,) = row(release, 1).cells.get(question_number=2).segments
    assert segment["words"] == whole
    marked = [(piece["text"], piece["level"], [end["word"] for end in piece["ends"]]) for piece in segment["pieces"]]
    assert marked == [
        (f"{HOUSES} Si l’État maintient ses aides, ", "", []),
        ("nous irons jusqu’à 150", "conditional", ["conditionnel"]),
        (".", "", []),
    ]
    (commitment,) = row(release, 1).letter[0]["commitments"]
    assert (commitment["words"], commitment["questions"], commitment["level"]) == ("nous irons jusqu’à 150", [2], "conditional")


def test_words_left_out_between_two_passages_are_told(claimed, diane, amina, questions, campaign, valmorel):
    acts.add(actor=diane, reply=claimed, quote=CCAS, question=questions[0])
    acts.add(actor=diane, reply=claimed, quote=CANTEEN, question=questions[0])
    for question, stance in zip(questions, ["answers", "skips", "skips"], strict=True):
        acts.settle(actor=diane, reply=claimed, question=question, stance=stance)
    acts.finish(actor=diane, reply=claimed)
    acts.see_redactions(actor=diane, reply=claimed)
    release = acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    segments = row(release, 1).cells.get(question_number=1).segments
    assert [segment["cut_before"] for segment in segments] == [False, True]


def test_the_margin_of_a_question_opens_at_its_first_paragraph(release):
    blocks = row(release, 1).letter[0]["blocks"]
    assert [block["opens"] for block in blocks if block["questions"]] == [[1], [2], [3]]


def test_the_seal_is_that_of_what_was_frozen(release):
    rows = [
        {
            "facts": one.facts, "status": one.status, "letter": one.letter,
            "cells": [{"question": cell.question_number, "stance": cell.stance, "segments": cell.segments} for cell in one.cells.all()],
        }
        for one in release.lists.all()
    ]  # fmt: skip
    assert seal({"facts": release.facts, "lists": rows}) == release.sha256


def test_what_was_previewed_is_what_is_published(answered, amina, campaign, valmorel):
    preview = draft(campaign, valmorel, TUESDAY)
    release = acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    assert seal(preview.content()) == release.sha256


@pytest.mark.parametrize(
    ("moment", "is_silent"),
    [
        (datetime.datetime(2026, 3, 13, 22, 59, 59, tzinfo=datetime.UTC), False),  # Friday 23:59:59 in Paris
        (datetime.datetime(2026, 3, 13, 23, 0, tzinfo=datetime.UTC), True),  # Saturday 00:00
        (datetime.datetime(2026, 3, 15, 18, 59, 59, tzinfo=datetime.UTC), True),  # Sunday 19:59:59
        (datetime.datetime(2026, 3, 15, 19, 0, tzinfo=datetime.UTC), False),  # Sunday 20:00, the last polling station closes
    ],
)
def test_nothing_is_published_from_saturday_midnight_to_the_closing_of_the_polls(answered, amina, campaign, valmorel, on_tuesday, moment, is_silent):
    on_tuesday.move_to(moment)
    if is_silent:
        with pytest.raises(ActRefusedError, match=r"du samedi 14 mars 2026 à 0 h au dimanche 15 mars 2026 à 20 h"):
            acts.publish(actor=amina, campaign=campaign, commune=valmorel)
        assert not Release.objects.exists()
    else:
        assert acts.publish(actor=amina, campaign=campaign, commune=valmorel).version == 1


def test_neither_a_correction_nor_a_withdrawal_passes_through_the_silence(release, amina, campaign, valmorel, on_tuesday):
    on_tuesday.move_to(datetime.datetime(2026, 3, 14, 12, 0, tzinfo=datetime.UTC))
    with pytest.raises(ActRefusedError, match="silence électoral"):
        acts.publish(actor=amina, campaign=campaign, commune=valmorel, reason="Une coquille.")
    with pytest.raises(ActRefusedError, match="silence électoral"):
        acts.withdraw(actor=amina, release=release, reason="Une erreur.")
    assert list(Release.objects.public()) == [release]


def test_an_unsettled_question_and_an_unseen_redaction_stop_the_publication_by_name(reply, amina, campaign, valmorel):
    with pytest.raises(ActRefusedError) as refused:
        acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    assert str(refused.value).splitlines() == [
        "Relire la réponse de « Valmorel solidaire » : questions 1, 2, 3 à régler.",
        "Voir les masquages de la réponse de « Valmorel solidaire » (3 proposés).",
    ]


def test_a_letter_in_the_tray_that_seems_to_come_from_this_commune_stops_the_publication(answered, receive, amina, campaign, lists, valmorel):
    waiting = receive("Notre réponse arrive.", suggested_list=lists[3])
    with pytest.raises(ActRefusedError, match="semble venir de « L’Ourse en commun »"):
        acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    acts.set_aside(actor=amina, reply=waiting, reason="Accusé de réception automatique.")
    assert acts.publish(actor=amina, campaign=campaign, commune=valmorel).version == 1


def test_a_letter_on_paper_that_nobody_has_read_stops_the_publication(answered, amina, campaign, lists, valmorel):
    acts.receive_typed(actor=amina, campaign=campaign, candidate_list=lists[3])
    with pytest.raises(ActRefusedError, match="Numériser ou taper la lettre sur papier de « L’Ourse en commun »"):
        acts.publish(actor=amina, campaign=campaign, commune=valmorel)


def test_two_questions_of_one_number_are_told_before_anything_is_published(answered, amina, campaign, campaign_commune, questionnaire, valmorel):
    questionnaire.questions.create(campaign_commune=campaign_commune, number=2, title="Marché", text="Et le marché ?")
    with pytest.raises(ActRefusedError, match="numéro 2"):
        acts.publish(actor=amina, campaign=campaign, commune=valmorel)


def test_a_reply_set_aside_is_no_reply(receive, amina, campaign, lists, sent, valmorel):
    aside = receive("Absent du bureau.", lists[0])
    acts.set_aside(actor=amina, reply=aside, reason="Réponse automatique.")
    assert row(acts.publish(actor=amina, campaign=campaign, commune=valmorel), 1).status == "silent"


def test_the_last_reply_is_shown_and_the_earlier_one_is_one_click_away(answered, receive, diane, amina, campaign, lists, valmorel, questions):
    second = receive(ANSWER.replace("120", "130"), lists[0], received_at=datetime.datetime(2026, 3, 5, 9, 0, tzinfo=datetime.UTC))
    settle_all(second, diane, None, questions, [CCAS, HOUSES.replace("120", "130"), CANTEEN])
    published = row(acts.publish(actor=amina, campaign=campaign, commune=valmorel), 1)
    assert published.reply == second
    (earlier,) = published.facts["earlier"]
    assert earlier["received_at"] == "2026-03-04T18:42:00+01:00"
    assert "120 logements" in earlier["letter"][0]["text"]


def test_a_correction_is_a_new_version_with_its_reason_and_the_old_one_stays(release, amina, campaign, valmorel):
    with pytest.raises(ActRefusedError, match="dites ce que change"):
        acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    second = acts.publish(actor=amina, campaign=campaign, commune=valmorel, reason="Passage ajouté à la question 2.")
    release.refresh_from_db()
    assert (second.version, second.is_current, release.is_current) == (2, True, False)
    assert list(Release.objects.public()) == [second]
    assert release.lists.count() == 4


def test_a_withdrawn_commune_is_not_public_and_says_why(release, amina):
    acts.withdraw(actor=amina, release=release, reason="Une adresse n’avait pas été masquée.")
    assert not Release.objects.public().exists()
    with pytest.raises(ActRefusedError, match="plus en ligne"):
        acts.withdraw(actor=amina, release=release, reason="Encore.")


def test_a_reader_may_not_publish(answered, diane, campaign, valmorel):
    with pytest.raises(PermissionDenied):
        acts.publish(actor=diane, campaign=campaign, commune=valmorel)


def test_a_later_change_at_the_desk_does_not_touch_what_is_on_line(release, diane, answered, questions):
    before = row(release, 1).letter
    acts.reopen(actor=diane, reply=answered)
    acts.settle(actor=diane, reply=answered, question=questions[2], stance="partial")
    answered.redactions.update(state=Redaction.State.DISMISSED)
    assert row(Release.objects.get(), 1).letter == before
    assert Reply.objects.get(pk=answered.pk).state == Reply.State.REVIEWING
