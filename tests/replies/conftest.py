"""What this room's tests start from: a letter received, read by the machine, claimed by Diane."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plaidoyer.campaigns.acts.exceptions import explain
from plaidoyer.campaigns.equality import ledger_of
from plaidoyer.replies import acts
from plaidoyer.replies.models import TextOfRecord
from tests.replies.letters import ANSWER

TUESDAY = datetime.datetime(2026, 3, 10, 11, 0, tzinfo=datetime.UTC)  # 10 March 2026, noon in Paris: after the deadline, before the silence
IN_TIME = datetime.datetime(2026, 3, 4, 17, 42, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def on_tuesday():
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def journal_emptied_after(transactional_db):
    """A test on a real server ends by emptying the tables; the journal refuses, so its lock is lifted for that moment only."""
    yield
    if connection.vendor != "sqlite":
        return  # TRUNCATE passes where DELETE does not
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'journal_no_delete'")
        (lock,) = cursor.fetchone()
        cursor.execute("DROP TRIGGER journal_no_delete")
        cursor.execute("DELETE FROM accounts_journalentry")
        cursor.execute(lock)


@pytest.fixture
def queries_of(db):
    """How many queries this page asks, the frame of the desk included."""

    def counted(visit):
        with CaptureQueriesContext(connection) as asked:
            visit()
        return len(asked)

    return counted


@pytest.fixture
def receive(amina, campaign, django_capture_on_commit_callbacks):
    """Receive a text, and let the machine read it as it would after the commit."""

    def received(text, candidate_list=None, *, received_at=IN_TIME, name="réponse.txt", **more):
        with django_capture_on_commit_callbacks(execute=True):
            made = acts.receive(
                actor=amina,
                campaign=campaign,
                files=[(name, text.encode() if isinstance(text, str) else text)],
                candidate_list=candidate_list,
                received_at=received_at,
                **more,
            )
        made.reply.refresh_from_db()
        return made.reply

    return received


@pytest.fixture
def reply(receive, lists, sent):
    return receive(ANSWER, lists[0])


@pytest.fixture
def text(reply):
    return TextOfRecord.objects.get(original__replies=reply)


@pytest.fixture
def questions(questionnaire):
    return list(questionnaire.questions.order_by("number"))


@pytest.fixture
def claimed(reply, diane):
    return acts.claim(actor=diane, reply=reply)


@pytest.fixture
def span(text):
    """Where these words stand in the letter."""

    def found(words):
        start = text.text.index(words)
        return start, start + len(words)

    return found


def settle_all(reply, person, text, questions, quotes):
    """Keep one quote per question and say « répond », then finish and see what is hidden."""
    acts.claim(actor=person, reply=reply)
    for question, quote in zip(questions, quotes, strict=True):
        acts.add(actor=person, reply=reply, quote=quote, question=question)
        acts.settle(actor=person, reply=reply, question=question, stance="answers")
    acts.finish(actor=person, reply=reply)
    return acts.see_redactions(actor=person, reply=reply)


def explain_all(person, campaign, commune):
    """Give its reason to each difference between the lists of a commune."""
    place = campaign.communes.get(commune=commune)
    for one in ledger_of(place).unexplained:
        explain(actor=person, campaign_commune=place, code=one.code, sentence=one.sentence, reason="Adresse trouvée trop tard.")
