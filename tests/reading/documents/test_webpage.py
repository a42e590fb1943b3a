import pytest

from plaidoyer.reading.types import State
from tests.reading.documents.reading_aids import codes, read, said, sentence


def page(body: str) -> bytes:
    return f"<!doctype html><html><head><meta charset=utf-8><title>Réponse</title></head><body>{body}</body></html>".encode()


def test_source_line_ends_are_spaces_and_entities_are_letters():
    document = read(page("<p>L&apos;accueil\n   de <b>jour</b>&nbsp;: oui &amp; non.<br>\n Suite</p>"), "a.html")
    assert document.text == "L'accueil de jour\u00a0: oui & non.\nSuite"


def test_lists_carry_the_marks_that_a_browser_shows():
    body = "<ol start=3><li>trois<li value=7>sept</ol><ol type=a><li>un</ol><ul><li>puce<ul><li>sous-puce</ul></ul>"
    assert said(read(page(body), "a.html"), "item") == ["3. trois", "7. sept", "a. un", "• puce", "• sous-puce"]


def test_a_table_is_read_row_by_row():
    body = "<table><tr><th>Cantine<td>1 €</tr><tr><td>Douches<td><p>gratuites</p><p>tous les jours</p></table>"
    document = read(page(body), "a.html")
    assert said(document, "row") == ["Cantine\t1 €", "Douches\tgratuites\ntous les jours"]


def test_scripts_styles_and_titles_are_not_words():
    assert read(page("<script>alert(1)</script><style>p{}</style><p>Oui.</p><template>non</template>"), "a.html").text == "Oui."


def test_hidden_words_and_deletions_are_told():
    document = read(page('<p>Oui <span style="display: none">mais non</span><del>cent</del> <s>dix</s> vingt.</p>'), "a.html")
    assert document.text == "Oui dix vingt."
    assert "« mais non »" in sentence(document, "hidden-text")
    assert "« cent »" in sentence(document, "tracked-deletions")
    assert "« dix »" in sentence(document, "struck-text")


def test_headings_keep_their_depth():
    document = read(page("<h1>Un</h1><h3>Trois</h3>"), "a.html")
    assert [(p.role, p.depth) for p in document.places] == [("heading", 1), ("heading", 3)]


def test_ticked_boxes_of_a_saved_form_are_text():
    assert read(page('<p><input type=checkbox checked>Oui <input type="checkbox">Non</p>'), "a.html").text == "☒ Oui ☐ Non"


def test_a_page_in_latin1_that_says_so_keeps_its_windows_signs():
    data = b'<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"></head><body><p>L\x92\xe9t\xe9</p></body></html>'
    assert read(data, "a.htm").text == "L’été"


def test_endless_nesting_is_refused():
    document = read(page("<div>" * 5000 + "x"), "a.html")
    assert document.state is State.REFUSED
    assert "too-deep" in codes(document)


@pytest.mark.parametrize("href", ["#sdfootnote1sym", "#_ftn1", "#fn1"])
def test_a_note_call_is_told_from_the_word_before(href):
    assert read(page(f'<p>automne<a href="{href}"><sup>1</sup></a>.</p>'), "a.html").text == "automne[1]."
