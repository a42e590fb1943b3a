"""Forms of letters that have no blank line where a paragraph ends, or numbers that count something else than the questions."""

from __future__ import annotations

from plaidoyer.reading import Document, Question, Source, read
from plaidoyer.reading.paragraphs import split
from plaidoyer.reading.skeleton import Frame, frames

ASKED = [
    Question("Q1", "Ouvrirez-vous une halte de nuit pour les personnes sans abri ?"),
    Question("Q2", "Quel tarif de cantine proposerez-vous aux familles modestes ?"),
    Question("Q3", "Que ferez-vous pour les fontaines et les toilettes publiques ?"),
]


def document(text: str) -> Document:
    return Document(text, Source("", "text/plain"), "txt")


def parts(text: str) -> list[str]:
    return [text[p.start : p.end] for p in split(document(text))]


def framed(text: str) -> list[Frame]:
    return frames(text, split(document(text)), [q.text for q in ASKED])


def test_every_line_of_a_list_of_bullets_is_a_paragraph():
    text = "Bonjour,\n\n- ouvrir la halte\n- baisser la cantine\n- réparer les fontaines"
    assert parts(text) == ["Bonjour,", "- ouvrir la halte", "- baisser la cantine", "- réparer les fontaines"]


def test_bullets_under_their_sentence_stay_with_it():
    text = "Pour la cantine nous ferons trois choses, dès la rentrée :\n- un repas à un euro\n- une régie"
    assert parts(text) == [text]


def test_two_bullets_are_not_yet_a_list():
    text = "- ouvrir la halte\n- baisser la cantine"
    assert parts(text) == [text]


def test_lines_with_an_equals_sign_are_labelled_lines():
    text = "Halte = OK.\nCantine = NON, trop cher.\nFontaines = à voir."
    assert parts(text) == ["Halte = OK.", "Cantine = NON, trop cher.", "Fontaines = à voir."]


def test_who_speaks_begins_a_paragraph_in_minutes():
    text = "[Odile] la halte, oui.\n[Bachir] la cantine à un euro.\n[Odile] les fontaines, on verra."
    assert parts(text) == text.split("\n")


def test_a_record_with_the_same_labels_each_time_stays_whole():
    first, second = "SUJET : halte\nPOSITION : pour\nDATE : 2027", "SUJET : cantine\nPOSITION : contre\nDATE : -"
    assert parts(f"{first}\n\n{second}") == [first, second]


def test_records_without_a_blank_line_part_at_their_first_label():
    text = "SUJET : halte\nPOSITION : pour\nSUJET : cantine\nPOSITION : contre"
    assert parts(text) == ["SUJET : halte\nPOSITION : pour", "SUJET : cantine\nPOSITION : contre"]


def test_the_subject_of_a_record_is_what_announces_it():
    found = framed("SUJET : tarif de cantine\nPOSITION : pour\n\nSUJET : halte de nuit\nPOSITION : contre")
    assert [w.folded for w in found[0].lead] == ["tarif", "de", "cantine"]


def test_a_series_that_counts_further_than_the_questions_numbers_none_of_them():
    text = "Nos propositions\n\n1. Un marché\n2. Une fête\n3. Des bancs\n4. Une halte\n5. Des arbres\n6. Un stade"
    found = [f for f in framed(text) if f.item]
    assert [f.numbers for f in found] == [()] * 6
    assert [f.measure for f in found] == ["1", "2", "3", "4", "5", "6"]


def test_a_series_as_long_as_the_questionnaire_still_numbers_it():
    found = framed("1. Oui pour la halte.\n\n2. Non pour la cantine.\n\n3. Nous verrons.")
    assert [f.numbers for f in found] == [(1,), (2,), (3,)]


def test_numbers_under_a_numbered_answer_count_its_parts():
    found = framed("Q3. Trois choses :\n1. des fontaines\n2. des bancs")
    assert [f.numbers for f in found] == [(3,), (), ()]


def test_a_question_number_needs_no_mark_after_its_q():
    assert framed("Q3 (eau) Nous réparerons les fontaines.")[0].numbers == (3,)


def test_one_line_may_answer_all_questions_by_their_rank():
    found = framed("(la 1ère, c'est oui ; la 2e, c'est non ; la 3e, on verra)")
    assert (found[0].numbers, found[0].anchor) == ((1, 2, 3), "named")


def test_answers_in_a_list_of_notes_go_to_their_questions():
    text = (
        "Bonjour,\n\nHalte de nuit = OK, nous ouvrirons 20 places.\n"
        "Cantine = NON, le tarif restera le même.\nToilettes publiques = nous en installerons six."
    )
    found = read(document(text), ASKED)
    bound = {c.quote.rstrip(".").split()[-1]: c.questions for c in found.commitments}
    assert {q for p in found.passages for q in p.questions} == {"Q1", "Q2", "Q3"}
    assert (bound["places"], bound["même"], bound["six"]) == (("Q1",), ("Q2",), ("Q3",))


def measures_of(text: str, words: str) -> tuple[str, ...]:
    return next(c.measures for c in read(document(text), ASKED).commitments if words in c.quote)


def test_these_measures_are_those_that_were_just_cited():
    text = "La cantine figure dans les mesures 4 et 5 du programme. Par ces mesures, nous baisserons le tarif de la cantine à un euro."
    assert measures_of(text, "baisserons le tarif") == ("4", "5")


def test_measures_of_another_paragraph_stay_there():
    text = "Sur la halte de nuit, voyez la mesure 9 du programme.\n\nNous baisserons le tarif de la cantine à un euro."
    assert measures_of(text, "baisserons le tarif") == ()


def test_a_sentence_that_ends_with_a_measure_number_ends_there():
    text = "Nous ouvrirons une halte de nuit, c'est notre mesure 8. Nous baisserons le tarif de la cantine."
    assert (measures_of(text, "ouvrirons"), measures_of(text, "baisserons")) == (("8",), ())


def test_the_items_of_a_programme_bear_their_numbers():
    text = "Nos propositions\n\n1. Un marché\n2. Une fête\n3. Des bancs\n4. Ouvrir une halte de nuit\n5. Des arbres\n6. Un stade"
    assert measures_of(text, "Ouvrir une halte") == ("4",)
