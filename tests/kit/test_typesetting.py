"""The press: typst fed with data, in a folder of its own."""

from __future__ import annotations

import datetime
import os

from plaidoyer.kit import typesetting
from plaidoyer.kit.typesetting import Press

DAY = datetime.date(2026, 2, 9)
TEMPLATE = '#let data = json("data.json")\n#set document(title: "Essai")\n#set text(lang: "fr")\n#data.words'


def press(tmp_path) -> Press:
    (tmp_path / "essai.typ").write_text(TEMPLATE, encoding="utf-8")
    return Press(tmp_path / "essai.typ")


def test_the_same_words_on_the_same_day_give_the_same_bytes(tmp_path):
    here = press(tmp_path)
    first, other = here.pdf({"words": "un toit"}, made_on=DAY), here.pdf({"words": "un lit"}, made_on=DAY)
    assert first.startswith(b"%PDF-1.7")
    assert first != other
    assert here.pdf({"words": "un toit"}, made_on=DAY) == first == press(tmp_path).pdf({"words": "un toit"}, made_on=DAY)


def test_words_are_not_left_on_the_disk_and_the_folder_goes_with_the_press(tmp_path):
    here = press(tmp_path)
    here.pdf({"words": "une adresse privée"}, made_on=DAY)
    folder = here.desk()
    assert (folder / typesetting.DATA).read_bytes() == b""
    del here
    assert not folder.exists()


def test_a_worker_that_ends_leaves_the_folder_of_its_parent_alone(tmp_path):
    here = press(tmp_path)
    folder = here.desk()
    if (worker := os.fork()) == 0:
        del here
        os._exit(0)
    os.waitpid(worker, 0)
    assert folder.exists()
