"""What surrounds a clause: lines begun on purpose, whom a pronoun stands for, titles, and the runs left in doubt."""

from plaidoyer.reading.company import in_company
from plaidoyer.reading.layout import lines
from plaidoyer.reading.spans import Run, doubts
from plaidoyer.reading.words import tokens
from tests.reading.letters import level_of, read_letter, sure_quotes


def _lines(text):
    return [text[own[0].start : own[-1].end] for own in lines(text, tokens(text))]


def test_a_line_begun_on_purpose_is_a_line():
    notes = ["bourse au permis", "local en autogestion à voir avec eux", "stages de troisième et apprentissage dans les services de la mairie"]
    assert _lines("\n".join(notes)) == notes


def test_a_line_that_was_full_goes_on():
    wrapped = "Nous ouvrirons une halte de nuit dans l'ancienne trésorerie, avec vingt\nplaces et trois veilleurs."
    assert _lines(wrapped) == [wrapped]


def test_a_line_that_ends_on_an_article_goes_on():
    assert _lines("Nous parlerons de la\nprécarité dans une réunion publique ouverte à tous") == [
        "Nous parlerons de la\nprécarité dans une réunion publique ouverte à tous"
    ]


def test_no_company_for_an_empty_letter():
    assert in_company([]) == []


def test_the_same_promise_with_another_end_is_a_doubt():
    found = [Run((0,), 0.4), Run((0, 1), 0.5), Run((3,), 0.1)]
    assert [r.members for r in doubts(found, [2, 9, 5, 5], [Run((0, 1), 0.5)], 0.2)] == [(0,)]


def test_what_shares_half_of_its_words_with_what_is_shown_is_no_doubt():
    found = [Run((0,), 0.4), Run((0, 1), 0.5)]
    assert doubts(found, [9, 2], [Run((0, 1), 0.5)], 0.2) == []


def test_the_title_of_a_measure_gives_its_number_to_the_sentence():
    text = "4. Accueil de nuit.\n\nMesure 28. Accueil de nuit. Nous ouvrirons vingt places dans l'ancienne trésorerie."
    found = {c.quote: c.measures for c in read_letter(text).commitments if c.tier == "sure"}
    assert found.get("Nous ouvrirons vingt places dans l'ancienne trésorerie.") == ("28",)


def test_a_letter_that_promises_nothing_is_read_all_the_same():
    assert read_letter("Bonjour,\n\nMerci de votre courrier.\n\nCordialement,").commitments == ()


def test_the_state_s_future_binds_nobody_here():
    assert sure_quotes("4. L'État construira une aire d'accueil à Vaudel, comme il s'y est engagé en 2011.") == []


def test_a_condition_in_so_many_words_decides():
    text = "4. Nous ouvrirons un accueil de nuit dès lors que l'État maintiendra les postes de veilleurs."
    assert level_of(text, "Nous ouvrirons") == "conditional"


def test_a_promise_that_holds_anyway_is_not_conditional():
    assert level_of("4. Nous ouvrirons un accueil de nuit, quoi qu'il arrive.", "Nous ouvrirons") == "firm"
