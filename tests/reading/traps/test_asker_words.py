"""The asker's infinitives repeated by the candidate are not the candidate's promises."""

from tests.reading.letters import QUESTIONS, read_letter, sure_quotes


def test_a_question_copied_before_its_answer_is_no_commitment():
    text = f"Madame,\n\n1. {QUESTIONS[0].text}\n\nNous construirons 300 logements sociaux.\n\n2. {QUESTIONS[1].text}\n\nNon."
    quotes = sure_quotes(text)
    assert any("300 logements" in q for q in quotes)
    assert not any("Vous engagez-vous" in q for q in quotes)


def test_the_copied_question_is_marked_as_the_askers_words():
    text = f"1. {QUESTIONS[0].text}\n\nNous construirons 300 logements sociaux."
    roles = [p.role for p in read_letter(text).passages]
    assert roles == ["question", "answer"]


def test_the_quoted_mail_below_the_reply_binds_nobody():
    quoted = "\n".join(f"> {q.code[1]}. {q.text}" for q in QUESTIONS)
    text = f"Bonjour,\n\nSur la 4, nous ouvrirons 20 places.\n\nLe 3 février 2026 à 10:02, Le collectif a écrit :\n\n{quoted}\n\n> Nous publierons toutes les réponses."
    assert all(c.end < text.index("Le 3 février") for c in read_letter(text).commitments)
