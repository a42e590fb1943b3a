"""Mail becomes replies: by itself on certain signs, through the tray on all others, once, and never what a machine sent."""

import datetime

import pytest

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.letter_models import Objection
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.reply_tokens import first_digest, token_of
from plaidoyer.elections.models import CandidateList, Contact
from plaidoyer.mailbox import intake
from plaidoyer.mailbox.models import AddressBlock, IncomingMessage, OutgoingMessage
from plaidoyer.replies import acts
from plaidoyer.replies.models import MailReply, Original, Reply
from plaidoyer.territories.models import PostalCode
from tests.mailbox.ugly_mails import UGLY, file, mail, multipart, plain
from tests.replies.conftest import TUESDAY
from tests.replies.mails_cast import *
from tests.replies.mails_cast import ANSWER, AT

STRANGER = "Une Inconnue <inconnue@ailleurs.example>"


def why(reply, one):
    return list(reply.list_suggestions.filter(candidate_list=one).values_list("reason", flat=True))


# ---- certain signs


def test_a_mail_to_the_reply_address_of_a_list_is_its_reply_whole_and_dated_by_the_server(letters, came, only, lists):
    message = came(Date="Mon, 02 Mar 2026 10:15:00 +0100")
    reply = only()
    assert (reply.candidate_list, reply.received_at, reply.channel) == (lists[0], AT, "email")
    assert reply.mails.get().sign == "token"
    assert reply.mails.get().concerns == []
    assert message.raw.open().read() == reply.originals.get(carried_by=None).file.open().read()
    message.refresh_from_db()
    assert message.state == "handled"
    assert message.handled_note == "Réponse rattachée à « Valmorel solidaire ». Signe : l’adresse de réponse de cette liste."
    assert message.sent_at == datetime.datetime(2026, 3, 2, 9, 15, tzinfo=datetime.UTC)  # both dates are kept


def test_a_mail_in_the_thread_of_our_letter_is_a_reply(letters, came, only, lists):
    came(To="campagne@untoit.example", From="thibaut@valmorel.example", In_Reply_To=letters[1].message_id)
    reply = only()
    assert (reply.candidate_list, reply.mails.get().sign) == (lists[1], "thread")


def test_a_mail_from_an_address_that_one_list_alone_has_is_a_reply(letters, came, only, lists):
    came(To="campagne@untoit.example", From="Ghislaine <Ghislaine@valmorel.example>")
    reply = only()
    assert (reply.candidate_list, reply.mails.get().sign, reply.mails.get().concerns) == (lists[2], "sender", [])


def test_the_address_of_a_reply_page_quoted_under_the_answer_names_its_list(letters, came, only, campaign, lists, django_capture_on_commit_callbacks):
    for one in lists[:2]:
        nonce = f"{one.pk:032}"
        ReplyLink.objects.create(campaign=campaign, candidate_list=one, nonce=nonce, digest=first_digest(nonce))
    link = token_of(ReplyLink.objects.get(candidate_list=lists[1]))
    came(f"{ANSWER}\n\n> Répondez ici : https://untoit.example/repondre/{link}/", From=STRANGER, To="campagne@untoit.example")
    reply = only()
    assert (reply.candidate_list, reply.mails.get().sign) == (lists[1], "link")
    assert reply.mails.to_check().count() == 1
    acts.detach(actor=None, reply=reply)
    with django_capture_on_commit_callbacks(execute=True):
        acts.read(actor=None, reply=reply)
    reply.refresh_from_db()
    assert reply.candidate_list is None  # what a person has undone, the machine does not do again


def test_attachments_are_originals_of_the_same_reply(letters, came, only):
    came(data=multipart(plain(ANSWER), file("programme.txt", b"Notre programme.", "text/plain"), To="reponses+jetonA@untoit.example"))
    reply = only()
    assert list(reply.originals.order_by("parts__position").values_list("name", flat=True)) == ["courriel.eml", "programme.txt"]


# ---- attached, but somebody must look


def test_a_foreign_sender_on_a_reply_address_is_attached_and_must_be_verified(letters, came, only, lists):
    came(From=STRANGER)
    reply = only()
    assert reply.candidate_list == lists[0]
    assert reply.mails.to_check().get().concerns == ["inconnue@ailleurs.example n’est pas une adresse connue de cette liste : vérifiez qui répond."]


def test_another_known_address_of_the_list_is_no_stranger(letters, came, only, lists):
    Contact.objects.create(
        candidate_list=lists[0], collective_id=lists[0].contacts.first().collective_id, kind="email", value="inconnue@ailleurs.example", source="site",
        found_on=AT.date(),
    )  # fmt: skip
    came(From=STRANGER)
    assert only().mails.get().concerns == []


def test_failing_checks_of_our_own_server_must_be_verified(letters, came, only):
    came(Authentication_Results="mx.untoit.example; spf=fail smtp.mailfrom=valmorel.example; dmarc=fail")
    assert only().mails.get().concerns == ["L’authenticité de l’expéditeur n’est pas établie (SPF, DMARC en échec)."]


def test_a_doubtful_mail_stops_the_publication_until_a_person_vouches_for_it(letters, came, only, campaign, valmorel, bruno):
    from plaidoyer.replies.publish_checks import obstacles

    came(From=STRANGER)
    reply = only()
    said = "Vérifier qui a écrit le courrier rattaché à « Valmorel solidaire »."
    assert said in [one.sentence for one in obstacles(campaign, valmorel, TUESDAY)]
    acts.vouch(actor=bruno, reply=reply)
    assert said not in [one.sentence for one in obstacles(campaign, valmorel, TUESDAY)]
    line = JournalEntry.objects.get(verb="reply.vouched")
    assert line.sentence.startswith("Bruno Test confirme que ce courrier vient de la liste « Valmorel solidaire ». Était à vérifier : inconnue@")
    with pytest.raises(ActRefusedError, match="plus rien à vérifier"):
        acts.vouch(actor=bruno, reply=reply)


def test_sent_on_by_a_volunteer_it_is_the_first_author_who_counts_and_somebody_checks(letters, came, only, lists, bruno):
    words = f"---------- Forwarded message ---------\nDe : Karim Delaunoy <karim@valmorel.example>\nDate : mar. 3 mars 2026\n\n{ANSWER}"
    came(words, From=f"Bruno <{bruno.email}>", To="campagne@untoit.example", Subject="Tr : réponse")
    reply = only()
    assert (reply.candidate_list, reply.mails.get().sign) == (lists[3], "forward")
    assert reply.mails.to_check().get().concerns[0].startswith("Message transféré par Bruno : l’expéditeur d’origine n’est que cité.")


# ---- the tray


def test_a_mail_without_certain_sign_waits_whole_with_the_reasons_for_each_list(letters, came, only, lists):
    came("Bonjour,\n\nVoici la réponse.\n\nPour L’Ourse en commun", From=STRANGER, To="campagne@untoit.example", Subject="Questionnaire")
    reply = only()
    assert (reply.candidate_list, reply.suggested_list) == (None, lists[3])
    assert why(reply, lists[3]) == ["Le nom de la liste est dans la lettre : L’Ourse en commun."]
    assert IncomingMessage.objects.get().handled_note == "Mis « à rattacher »."


@pytest.mark.parametrize(
    ("headers", "words", "reason"),
    [
        ({"Subject": "Réponse de Valmorel solidaire"}, "Voici.", "Le nom de la liste est dans l’objet : Valmorel solidaire."),
        ({}, "Inès Carpentras, tête de liste", "Le nom de la tête de liste est dans la lettre : Inès Carpentras."),
        ({"From": "CARPENTRAS Inès <autre@ailleurs.example>"}, "Voici.", "L’expéditeur porte le nom de la tête de liste : Inès Carpentras."),
        ({"From": "equipe@solidaire.example"}, "Voici.", "L’adresse de l’expéditeur finit par solidaire.example, comme le site ou une adresse de cette liste."),
        ({"To": "reponses+jetonAA@untoit.example"}, "Voici.", "L’adresse de réponse ressemble, à une faute près, à celle de cette liste."),
        ({}, "Les élus de Valmorel-sur-Ourse", "La commune est nommée : Valmorel-sur-Ourse."),
        ({}, "12 rue des Lilas, 99001", "Le code postal 99001 est celui de Valmorel-sur-Ourse."),
    ],
)  # fmt: skip
def test_each_sign_is_told_in_words_and_attaches_nothing(letters, came, only, lists, valmorel, headers, words, reason):
    CandidateList.objects.filter(pk=lists[0].pk).update(website="https://www.solidaire.example/programme")
    PostalCode.objects.create(commune=valmorel, code="99001")
    came(words, **({"From": STRANGER, "To": "campagne@untoit.example", "Subject": "Bonjour"} | headers))
    reply = only()
    assert reply.candidate_list is None
    assert reason in why(reply, lists[0])


def test_a_sender_who_bears_the_name_of_a_candidate_is_told(letters, came, only, lists):
    lists[1].candidates.create(rank=4, family_name="VASSELIN", given_name="Odile")
    came("Voici.", From="Odile Vasselin <odile@gmail.com>", To="campagne@untoit.example")
    assert why(only(), lists[1]) == ["L’expéditeur porte le nom d’une personne de la liste : Odile VASSELIN."]


def test_the_name_of_a_list_in_an_attached_file_is_found_once_it_is_open(letters, came, only, lists):
    data = multipart(
        plain("Ci-joint."), file("reponse.txt", "Un nouvel élan pour Valmorel répond.".encode(), "text/plain"), From=STRANGER, To="campagne@untoit.example"
    )  # fmt: skip
    came(data=data)
    reply = only()
    assert reply.suggested_list == lists[1]
    assert why(reply, lists[1]) == ["Le nom de la liste est dans la lettre : Un nouvel élan pour Valmorel."]


def test_two_lists_at_the_foot_of_one_mail_go_to_the_tray_even_on_a_reply_address(letters, came, only, lists):
    came("Bonjour, voici notre réponse commune.\n\nPour Valmorel solidaire et L’Ourse en commun")
    reply = only()
    assert reply.candidate_list is None
    assert why(reply, lists[0])[0] == "Le nom de cette liste est au début ou à la fin du message, avec celui d’une autre."
    assert why(reply, lists[3])[0] == "Le nom de cette liste est au début ou à la fin du message, avec celui d’une autre."


def test_a_rival_named_in_the_middle_of_a_long_letter_is_not_an_author(letters, came, only, lists):
    long = "Notre commune compte beaucoup de logements vides. " * 8
    came(f"{long}La liste L’Ourse en commun propose autre chose. {long}")
    assert only().candidate_list == lists[0]


def test_a_mail_to_the_reply_addresses_of_two_lists_speaks_for_neither(letters, came, only):
    came(To="reponses+jetonA@untoit.example, reponses+jetonB@untoit.example")
    reply = only()
    assert (reply.candidate_list, reply.list_suggestions.filter(weight=100).count()) == (None, 3)


def test_an_address_that_serves_two_lists_attaches_to_neither(letters, came, only, lists):
    Contact.objects.filter(candidate_list=lists[1]).update(value="ines@valmorel.example")
    OutgoingMessage.objects.filter(pk=letters[1].pk).update(recipient="ines@valmorel.example")
    came(To="campagne@untoit.example")
    assert only().candidate_list is None


def test_an_answer_to_a_rehearsal_is_never_the_answer_of_a_list(letters, came, only):
    OutgoingMessage.objects.update(is_rehearsal=True)
    came(From="amina@example.org")
    reply = only()
    assert reply.candidate_list is None
    assert "Réponse à un envoi de répétition : ce n’est sans doute pas une liste qui écrit." in reply.mails.get().concerns


# ---- what never becomes a reply


@pytest.mark.parametrize("name", [name for name, (_, kind, _, _) in UGLY.items() if kind in {"auto-reply", "bounce"}])
def test_what_a_machine_sent_is_never_a_reply(letters, came, pulled, name):
    came(data=UGLY[name][0])
    assert pulled().total == 0
    assert Reply.objects.count() == 0


def test_spam_is_no_reply_unless_it_answers_us_and_then_somebody_looks(letters, came, pulled):
    came("Gagnez !", From=STRANGER, To="campagne@untoit.example", X_Spam_Flag="YES")
    assert pulled().total == 0
    came(X_Spam_Flag="YES")
    assert pulled().to_check == 1
    assert "Marqué indésirable par le serveur" in MailReply.objects.get().concerns[0]


def test_the_copy_of_a_mail_already_here_is_no_second_reply(letters, came, pulled):
    came()
    came(
        data=mail(ANSWER, From="Inès Carpentras <ines@valmorel.example>", To="reponses+jetona@untoit.example", Subject="Notre réponse", Received="x")
    )
    assert pulled().attached == 1
    assert Reply.objects.count() == 1


@pytest.mark.parametrize(
    "words",
    [
        "Merci de ne plus nous contacter.",
        "Veuillez me désinscrire.",
        "Ne m’écrivez plus.",
        "Merci de retirer mon adresse de votre liste de diffusion",
        "STOP",
    ],
)
def test_a_wish_to_be_left_alone_is_flagged_for_a_person_and_is_no_answer(letters, came, only, lists, amina, words):
    came(words, Subject="Re: Trois questions")
    reply = only()
    assert (reply.candidate_list, reply.mails.get().is_objection, reply.suggested_list) == (None, True, lists[0])
    acts.note_objection(actor=amina, reply=reply, candidate_list=lists[0])
    reply.refresh_from_db()
    assert reply.state == "set-aside"
    assert reply.set_aside_reason == "Opposition de la liste « Valmorel solidaire » : ce n’est pas un refus de répondre."
    assert Objection.objects.get().candidate_list == lists[0]
    assert AddressBlock.objects.filter(address="ines@valmorel.example").count() == 1
    assert Reply.objects.filter(nature="refusal").count() == 0


def test_a_real_letter_that_speaks_of_a_register_is_no_objection(letters, came, only):
    came("Nous ne souhaitons pas que les familles cessent de recevoir vos messages. " + ANSWER * 20)
    assert only().mails.get().is_objection is False


# ---- once


def test_pulling_twice_changes_nothing(letters, came, pulled):
    came()
    came("Autre courrier.", From=STRANGER, To="campagne@untoit.example", Message_ID="<b@x.example>")
    first = pulled()
    assert (first.attached, first.to_check, first.tray) == (1, 0, 1)
    assert pulled().sentence() == "Aucun nouveau courrier."
    assert (Reply.objects.count(), MailReply.objects.count(), Original.objects.count()) == (2, 2, 2)


def test_a_letter_that_was_also_dropped_by_hand_is_one_reply(letters, came, pulled, receive, lists):
    message = came()
    by_hand = receive(message.raw.open().read(), lists[0], name="reçu.eml")
    pulled()
    assert (Reply.objects.get(), MailReply.objects.get().reply) == (by_hand, by_hand)


def test_one_mail_that_cannot_be_taken_does_not_hold_the_next(letters, came, pulled, settings):
    came("Trop lourd. " * 200, Message_ID="<lourd@x.example>", Subject="Photos")
    came()
    settings.UPLOAD_LIMIT = 1500
    told = pulled()
    assert (told.attached, Reply.objects.count()) == (1, 1)
    assert told.left == ["« Photos » reste dans les messages reçus : il dépasse 0 Mo. Téléchargez-le, et déposez ses pièces une à une."]
    assert IncomingMessage.objects.new().count() == 1


def test_a_message_that_the_machine_cannot_read_waits_in_the_tray(letters, collective, account, only, monkeypatch):
    row, _ = intake.keep(collective=collective, account=account, data=b"\x00\x01", received_at=AT)
    for _ in range(3):
        intake.failed(row, "essai")
    reply = only()
    assert reply.candidate_list is None
    assert reply.mails.get().concerns == [
        "La machine n’a pas pu lire ce message. Les octets sont intacts : téléchargez-les, ou demandez un autre envoi."
    ]


def test_without_a_campaign_mail_stays_in_the_mailbox(collective, account, came, pulled):
    came()
    assert pulled().left == ["Aucune campagne n’attend de réponse : ce courrier reste dans les messages reçus."]
    assert IncomingMessage.objects.new().count() == 1


# ---- people


def test_a_wrong_list_is_detached_with_a_trace_and_the_letter_waits_with_its_reasons(letters, came, only, lists, bruno):
    came("Bonjour. Valmorel d’abord, par Ghislaine Pontivier, répond : oui à tout, sans réserve aucune, comme toujours. " * 9)
    reply = only()
    assert reply.candidate_list == lists[0]
    acts.detach(actor=bruno, reply=reply, reason="C’est une autre liste qui signe")
    reply.refresh_from_db()
    assert (reply.candidate_list, reply.suggested_list) == (None, None)  # the address says one list, the words another: both are told
    assert why(reply, lists[2])[0] == "Le nom de la liste est dans la lettre : Valmorel d’abord."
    assert JournalEntry.objects.filter(verb="reply.detached").count() == 1


def test_the_date_of_reception_is_corrected_with_a_reason_that_stays(letters, came, only, bruno):
    came(received_at=TUESDAY)
    reply = only()
    assert reply.is_late
    acts.correct_reception(actor=bruno, reply=reply, received_at=AT, reason="Reçu d’abord par Bruno, voir l’en-tête")
    reply.refresh_from_db()
    assert (reply.received_at, reply.is_late) == (AT, False)
    assert reply.originals.first().received_at == TUESDAY  # the evidence keeps its own
    sentence = JournalEntry.objects.get(verb="reply.reception_corrected").sentence
    assert sentence == (
        "Date de réception corrigée : 04/03/2026 à 18 h 42, au lieu de 10/03/2026 à 12 h 00. Raison : Reçu d’abord par Bruno, voir l’en-tête"
    )


@pytest.mark.parametrize(
    ("at", "reason", "said"),
    [(AT, " ", "Dites à quoi"), (TUESDAY + datetime.timedelta(days=1), "vu", "dans le futur"), (TUESDAY, "vu", "déjà la date")],
)
def test_a_date_is_not_corrected_without_reason_nor_into_the_future(letters, came, only, bruno, at, reason, said):
    came(received_at=TUESDAY)
    with pytest.raises(ActRefusedError, match=said):
        acts.correct_reception(actor=bruno, reply=only(), received_at=at, reason=reason)
