"""What could be personal is proposed; a person decides; what nobody dismissed is hidden."""

import pytest

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies import acts
from plaidoyer.replies.public_text import Hidden, blocks, conceal
from plaidoyer.replies.redaction import propose


def proposed(text, names=()):
    return [(one.kind, text[one.start : one.end]) for one in propose(text, names)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Écrivez à jean.dupuis@liste-2026.example.", [("email", "jean.dupuis@liste-2026.example")]),
        ("Appelez le 06 39 98 01 02.", [("phone", "06 39 98 01 02")]),
        ("Tél. : 01.99.00.12.34", [("phone", "01.99.00.12.34")]),
        ("+33 (0)6 39 98 01 02 le soir", [("phone", "+33 (0)6 39 98 01 02")]),
        ("06\u202f39\u202f98\u202f01\u202f02", [("phone", "06\u202f39\u202f98\u202f01\u202f02")]),
        ("Permanence : 12 bis, rue de la Halte", [("address", "12 bis, rue de la Halte")]),
        ("4 place du Marché, 99120 Valmorel", [("address", "4 place du Marché, 99120 Valmorel")]),
        ("Signé : Odile Marchand", [("signature", "Odile Marchand")]),
    ],
)
def test_a_personal_detail_is_proposed_with_its_exact_span(text, expected):
    assert proposed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nous construirons 120 logements, dont 40 en PLAI, pour 2 500 000 euros en 2027.",
        "Le tarif passera de 2,10 à 1,00 euro entre 2026 et 2032.",
        "Nous ouvrirons 12 places en halte de nuit, rue des Tanneurs.",
        "Article L302-5 du code de la construction, loi 2000-1208.",
    ],
)
def test_figures_and_streets_without_a_number_are_left_alone(text):
    assert proposed(text) == []


def test_a_name_after_the_closing_words_is_a_signature_unless_it_is_public():
    letter = "Nous répondrons.\n\nBien cordialement,\n\nInès Carpentras\nJeanne Trévoux\n"
    assert proposed(letter, ["Inès Carpentras"]) == [("signature", "Jeanne Trévoux")]


def test_a_name_in_the_body_of_the_letter_is_not_a_signature():
    assert proposed("Jeanne Trévoux\n\nNous répondrons à tout, cordialement.\n\n" + "x" * 10) == []


def test_who_a_mail_was_addressed_to_is_hidden_and_the_head_of_the_list_is_not():
    mail = "De : Inès Carpentras <ines@liste.example>\nÀ : Amina Test <amina@untoit.example>\nObjet : Réponse\n\nOui."
    assert proposed(mail, ["Inès Carpentras"]) == [("email", "ines@liste.example"), ("name", "Amina Test <amina@untoit.example>")]


def test_the_public_text_says_what_is_hidden_where_it_is_hidden():
    public = conceal("Tél. 06 39 98 01 02, merci.", [Hidden(5, 19, "phone")])
    assert public.text == "Tél. [téléphone masqué], merci."
    assert public.span(0, 4) == (0, 4)
    assert public.span(21, 26) == (25, 30)


def test_a_span_that_cuts_a_hidden_part_takes_the_whole_marker():
    public = conceal("Tél. 06 39 98 01 02, merci.", [Hidden(5, 19, "phone")])
    start, end = public.span(8, 12)
    assert public.text[start:end] == "[téléphone masqué]"


def test_overlapping_hidden_parts_are_one_marker():
    assert conceal("Odile Marchand, 06 39 98 01 02", [Hidden(0, 20, "name"), Hidden(16, 30, "phone")]).text == "[nom masqué]"


def test_two_neighbours_hidden_apart_keep_the_words_between_them():
    public = conceal("a@b.fr et c@d.fr", [Hidden(0, 6, "email"), Hidden(10, 16, "email")])
    assert public.text == "[adresse électronique masquée] et [adresse électronique masquée]"
    start, end = public.span(7, 9)
    assert public.text[start:end] == "et"


def test_paragraphs_end_at_empty_lines_and_where_an_item_begins():
    text = "Titre\n\nUn\ndeux\n- a\n- b\n"
    items = [{"start": 15, "end": 18, "role": "item"}, {"start": 19, "end": 22, "role": "item"}]
    assert [(text[start:end], role) for start, end, role in blocks(text, items)] == [
        ("Titre", "paragraph"), ("Un\ndeux", "paragraph"), ("- a", "item"), ("- b", "item"),
    ]  # fmt: skip


def test_what_the_machine_proposes_is_only_proposed(reply, text):
    found = [(one.kind, text.text[one.start : one.end], one.state) for one in reply.redactions.all()]
    assert found == [
        ("phone", "06 39 98 01 02", "proposed"),
        ("email", "contact@valmorel-solidaire.example", "proposed"),
        ("signature", "Jeanne Trévoux", "proposed"),
    ]


def test_a_person_decides_each_and_seeing_hides_the_rest(reply, diane):
    phone = reply.redactions.get(kind="phone")
    acts.decide_redaction(actor=diane, reply=reply, redaction=phone, state="dismissed")
    acts.see_redactions(actor=diane, reply=reply)
    assert list(reply.redactions.values_list("kind", "state")) == [("phone", "dismissed"), ("email", "confirmed"), ("signature", "confirmed")]
    assert reply.redaction_seen_by == diane


def test_a_person_can_hide_what_the_machine_did_not_see(reply, diane):
    made = acts.add_redaction(actor=diane, reply=reply, kind="name", quote="Inès Carpentras")
    assert (made.state, made.text.text[made.start : made.end]) == ("confirmed", "Inès Carpentras")


def test_words_that_are_not_in_the_letter_cannot_be_hidden(reply, diane):
    with pytest.raises(ActRefusedError, match="pas dans la lettre"):
        acts.add_redaction(actor=diane, reply=reply, kind="name", quote="Odile Marchand")
