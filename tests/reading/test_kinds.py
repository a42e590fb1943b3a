"""What sort of paper this is: a blank form and the asker's own letter bind nobody."""

from tests.reading.letters import QUESTIONS, read_letter

FORM = "Questionnaire aux candidats\n\n" + "\n\n".join(f"{q.code[1]}. {q.text}\n☐ Oui   ☐ Non   Précisions : ……………………………" for q in QUESTIONS)


def test_a_blank_form_yields_no_commitment():
    reading = read_letter(FORM)
    assert reading.kind == "blank-form"
    assert reading.commitments == ()


def test_the_asking_letter_yields_no_commitment():
    asked = "\n\n".join(f"{q.code[1]}. {q.text}" for q in QUESTIONS)
    text = f"Madame, Monsieur,\n\nVous conduisez une liste aux prochaines élections municipales. Nous vous soumettons quatre questions.\n\n{asked}\n\nNous publierons toutes les réponses reçues avant le 28 février.\n\nLe collectif"
    reading = read_letter(text)
    assert reading.kind == "asker-letter"
    assert reading.commitments == ()


def test_an_absence_message_is_not_a_reply():
    text = "Bonjour,\n\nJe suis absente du bureau jusqu'au 3 mars. Ceci est une réponse automatique, je vous répondrai à mon retour."
    assert read_letter(text).kind == "auto-reply"


def test_a_reply_above_the_quoted_questionnaire_is_a_reply():
    quoted = "\n".join(f"> {q.code[1]}. {q.text}" for q in QUESTIONS)
    text = f"Bonjour,\n\nC'est oui pour les points 1 et 2.\n\nLe 3 février 2026, Le collectif a écrit :\n\n{quoted}"
    assert read_letter(text).kind == "reply"


def test_a_letter_in_notes_without_a_pronoun_is_still_a_reply():
    item = "- Création d'un accueil de nuit de 20 places, près de la gare, avec une bagagerie et des douches.\n"
    assert read_letter("Accueil de nuit\n" + item * 12).kind == "reply"


def test_a_reply_that_cites_numbered_commitments_and_a_charter_is_not_a_blank_pledge():
    text = (
        "Bonjour,\n\nMerci de vos questions. Les bailleurs signent une charte.\n\n- Un accueil de nuit de 20 places (engagement 9)\n"
        "- Une halte de jour (engagement 12)\n- Des douches (engagement 14)\n- Un fonds d'aide (engagement 15)\n\nObjectif : trois semaines."
    )
    assert read_letter(text).kind == "reply"
