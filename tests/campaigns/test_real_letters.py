"""A real letter of 2020 is expressible to the letter: its questions, its signatories, its deadline. Needs the documents beside this checkout."""

import re

from plaidoyer.campaigns import letter
from plaidoyer.campaigns.models import Campaign
from plaidoyer.reading.questionnaire import parse
from tests.campaigns.test_home import words

HERE = "/bureau/campagnes/valmorel-2026/"


def test_the_questions_of_a_real_letter_are_pasted_and_kept_word_for_word(as_user, amina, campaign, questionnaire, shared):
    [seed] = (shared / "seeds").glob("000_*.txt")
    text = seed.read_text(encoding="utf-8")
    body = text[text.index("·") : text.index("Nous souhaitons")]  # what a volunteer selects and pastes
    questionnaire.questions.all().delete()
    as_user(amina).post(f"{HERE}questions/coller/", {"pasted": body, "keep": "1"})
    asked = letter.asked_in(questionnaire, None)
    assert len(asked) == 5
    for one in asked:
        assert one.text in text
        assert one.text.endswith("?")
    assert [one.code for one in parse(letter.as_questions_file(asked))] == ["Q1", "Q2", "Q3", "Q4", "Q5"]


def test_its_whole_letter_is_written_with_its_two_signatories(as_user, amina, campaign, shared):
    [seed] = (shared / "seeds").glob("000_*.txt")
    text = seed.read_text(encoding="utf-8")
    opening, closing = text[text.index("Madame") : text.index("·")].strip(), text[text.index("Nous souhaitons") : text.index("Bien respect")].strip()
    names = re.findall(r"^(\w+ [A-Z]{4,})\s+(\w+ [A-Z]{4,})$", text, re.MULTILINE)[0]
    mails = re.findall(r"\S+@\S+", text)
    browser = as_user(amina)
    browser.post(f"{HERE}lettre/", {"letter_opening": opening, "letter_closing": closing})
    forms = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    for number, (name, mail) in enumerate(zip(names, mails, strict=True)):
        forms |= {f"form-{number}-name": name, f"form-{number}-email": mail}
    browser.post(f"{HERE}communes/ZZ001/signataires/", forms)
    campaign = Campaign.objects.get(pk=campaign.pk)
    assert campaign.letter_opening.replace("\r\n", "\n") == opening
    said = words(browser.get(f"{HERE}communes/ZZ001/lettre/"))
    for name in names:
        assert name in said
    assert words(browser.get(f"{HERE}communes/ZZ002/lettre/")).count(names[0]) == 0
