"""How many gestures it takes to settle the two letters of the seeds at the desk, when one wants exactly what the annotators found.

The letters are real and never leave the folder beside the checkout: without it this is skipped. The figures are in docs/review.md.
"""

from __future__ import annotations

import collections
import datetime
import json
import os
import pathlib
import re

import pytest

from plaidoyer.campaigns.models import Question, Questionnaire
from plaidoyer.reading.questionnaire import parse
from plaidoyer.replies import acts
from plaidoyer.replies.models import Suggestion

SHARED = pathlib.Path(os.environ.get("PLAIDOYER_SHARED", pathlib.Path(__file__).resolve().parents[3] / "shared")) / "reading-dev"
WORD = re.compile(r"\w+")
# folder: gestures of all kinds, taking the reply and ending the review included; what they were when this was first counted, with a little room
MOST = {"seed-levallois-2020": 20, "seed-clamart-2026": 20}
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the letters of the seeds are not beside this checkout")


def words(text, start, end):
    return {m.start() for m in WORD.finditer(text, start, end)}


def share(a, b):
    return len(a & b) / len(a | b) if a | b else 0.0


class Volunteer:
    """Knows what the annotators found, takes from the machine what is right, corrects, adds; counts every gesture."""

    def __init__(self, person, reply, text, gold):
        self.person, self.reply, self.text, self.gold = person, acts.claim(actor=person, reply=reply), text, gold
        self.count = collections.Counter({"take": 1})
        self.owed = [(words(text.text, c["start"], c["end"]), c) for c in gold["commitments"]]
        self.met = set()

    def pending(self, code):
        return [one for one in Suggestion.objects.filter(reading__reply=self.reply, decision=None) if code in one.questions]

    def wanted(self, one):
        """The annotators' commitment that this proposal points at, or whether its paragraph answers what they say."""
        own = words(self.text.text, one.start, one.end)
        if one.kind == "commitment":
            options = [(share(own, w), k) for k, (w, _) in enumerate(self.owed) if k not in self.met]
            best = max(options, default=(0, -1))
            return best[1] if best[0] >= 0.5 else None
        inside = [s for s in self.gold["segments"] if len(own & words(self.text.text, s["start"], s["end"])) > 0.3 * len(own)]
        return "passage" if any(set(one.questions) & set(s["questions"]) for s in inside) else None

    def do(self, kind, act, **asked):
        act(actor=self.person, reply=self.reply, **asked)
        self.count[kind] += 1

    def settle(self, question):
        code = question.code
        answered = any(code in s["questions"] for s in self.gold["segments"])
        found = [(one, self.wanted(one)) for one in self.pending(code)]
        wrong = [one for one, target in found if target is None and one.tier == "sure"]
        right = [(one, target) for one, target in found if target is not None]
        if not answered and not right:
            self.do("settle", acts.settle, question=question, stance="skips")
            return
        sure = [one for one, _ in right if one.tier == "sure"]
        if len(wrong) < len(sure):  # set the wrong ones aside, keep all that is sure and settle in one gesture
            for one in wrong:
                self.do("set aside", acts.reject, suggestion=one)
            self.do("keep what is sure", acts.keep_sure, question=question)
        for one, target in right:
            self.keep(one, target)
        self.add_missing(question)
        if not self.reply.answers.filter(question=question).exists():
            self.do(
                "settle", acts.settle, question=question, stance="answers" if self.reply.extracts.filter(question=question).exists() else "refers"
            )

    def keep(self, one, target):
        level = None if target == "passage" else self.owed[target][1]["level"]
        self.met |= set() if target == "passage" else {target}
        kept = self.reply.extracts.filter(suggestion=one).first()
        if kept is None:
            self.do("keep", acts.keep, suggestion=one, level=level)
        elif level is not None and kept.level != level:
            self.do("correct", acts.change, extract=kept, level=level)

    def add_missing(self, question):
        for k, (_, c) in enumerate(self.owed):
            if k not in self.met and question.code in c["questions"]:
                self.met.add(k)
                self.do("add", acts.add, text=self.text, span=(c["start"], c["end"]), question=question, level=c["level"])


@pytest.mark.parametrize("folder", MOST)
def test_the_gestures_to_settle_a_real_letter(folder, receive, campaign, questionnaire, lists, diane, capsys):
    place = SHARED / folder
    asked = parse((place / "questions.md").read_text(encoding="utf-8"))
    questionnaire.questions.all().delete()
    for number, one in enumerate(asked, 1):
        Question.objects.create(questionnaire=questionnaire, number=number, title=f"Question {number}", text=one.text)
    Questionnaire.objects.filter(pk=questionnaire.pk).update(locked_at=datetime.datetime(2026, 2, 9, tzinfo=datetime.UTC))
    (path,) = place.glob("reply-*.gold.json")
    gold = json.loads(path.read_text(encoding="utf-8"))
    reply = receive((path.parent / path.name.replace(".gold.json", ".txt")).read_bytes(), lists[0], name="lettre.txt")
    text = reply.originals.get().texts.get()
    volunteer = Volunteer(diane, reply, text, gold)
    for question in questionnaire.questions.order_by("number"):
        volunteer.settle(question)
    volunteer.do("finish", acts.finish)
    total, by_hand = sum(volunteer.count.values()), len(gold["commitments"]) + len(asked) + 2
    with capsys.disabled():
        print(f"\n{folder}: {total} gestures ({dict(volunteer.count)}); by hand {by_hand}")  # noqa: T201  the figure is what one comes here for
    assert all(code in reply.answers.values_list("question__number", flat=True) for code in range(1, len(asked) + 1))
    assert total <= MOST[folder]
