from hypothesis import given, strategies

from plaidoyer.reading.views import View, dehyphenated, folded, searchable, unwrapped

TYPED = strategies.text(strategies.sampled_from("aéŒœAÀ’'«»\u00a0\u202f \t\n\r-‐–—\u00adﬁﬂ\u200b>.:1İß"), max_size=60)


def test_words_broken_at_a_line_end_are_whole():
    assert dehyphenated("des loge-\nments soci\u00ad\naux").text == "des logements sociaux"


def test_a_hyphen_that_french_keeps_is_kept():
    assert dehyphenated("l'après-\nmidi, la vice-\nprésidente, dites-\nnous").text == "l'après-midi, la vice-présidente, ditesnous"


def test_a_line_end_is_a_space_and_an_empty_line_stays():
    assert unwrapped("Nous\nouvrirons\n\nvingt\nplaces").text == "Nous ouvrirons\n\nvingt places"


def test_marks_of_quotation_do_not_cut_a_sentence():
    assert unwrapped("> Vous engagez-vous\n> à ouvrir ?").text == "> Vous engagez-vous à ouvrir ?"


def test_signs_are_folded():
    assert folded("l’été\u202f: «\u00a0oﬃce\u00a0» – peut‑être").text == 'l\'été : " office " - peut-être'


def test_a_find_leads_back_to_the_words_as_typed():
    record = "La loge-\nment d’abord,\nLE LOGEMENT\u00a0D'ABORD"
    view = searchable(record)
    assert [record[start:end] for start, end in view.find("logement d'abord")] == ["loge-\nment d’abord", "LOGEMENT\u00a0D'ABORD"]


def test_half_a_ligature_stands_for_the_whole():
    view = folded("ﬁn")
    assert view.text == "fin"
    assert view.to_record(0, 1) == (0, 1)
    assert view.to_record(1, 3) == (0, 2)


def test_a_span_of_the_record_is_found_in_the_view():
    view = searchable("Un loge-\nment")
    start, end = view.from_record(3, 13)
    assert view.text[start:end] == "logement"


@given(TYPED)
def test_the_whole_view_stands_within_the_record_and_in_order(record):
    view = searchable(record)
    ends = [view.to_record(at, at + 1) for at in range(len(view.text))]
    assert all(0 <= start < end <= len(record) for start, end in ends)
    assert ends == sorted(ends)


@given(TYPED)
def test_letters_and_digits_are_never_lost_nor_invented(record):
    kept = [letter for letter in record if letter.isalnum()]
    seen = [letter for letter in searchable(record).text if letter.isalnum()]
    assert [letter.lower() for letter in "".join(kept).replace("ﬁ", "fi").replace("ﬂ", "fl") if len(letter.lower()) == 1] == [
        letter for letter in seen if len(letter.lower()) == 1 and letter.lower() == letter
    ]


@given(TYPED, strategies.data())
def test_an_untouched_letter_leads_back_to_itself(record, data):
    view = searchable(record)
    if view.text:
        at = data.draw(strategies.integers(0, len(view.text) - 1))
        start, end = view.to_record(at, at + 1)
        typed = record[start:end]
        assert view.text[at] in (typed.lower(), " ", "'", '"', "-") or typed in ("ﬁ", "ﬂ") or view.text[at] == typed


@given(TYPED)
def test_a_view_of_nothing_is_the_record(record):
    assert View(record).text == record
