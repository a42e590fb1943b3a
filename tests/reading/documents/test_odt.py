from plaidoyer.reading.types import State
from tests.reading.documents.nasty_open import listing, note, p, package, table
from tests.reading.documents.reading_aids import codes, read, said, sentence


def test_white_space_is_collapsed_as_the_format_prescribes():
    body = p("\n  Nous\n   <text:span>ouvrirons </text:span> l’accueil<text:s text:c='2'/>de<text:tab/>jour<text:line-break/> et la nuit")
    assert read(package(body)).text == "Nous ouvrirons l’accueil  de\tjour\net la nuit"


def test_numbers_and_bullets_are_printed_and_nested_ones_too():
    body = listing(["un", p("deux") + listing(["deux a", "deux b"], "L1"), "trois"], "L1") + listing(["puce"], "L2")
    assert said(read(package(body)), "item") == ["1. un", "2. deux", "a) deux a", "b) deux b", "3. trois", "• puce"]


def test_a_second_list_of_the_same_style_begins_again():
    body = listing(["un"], "L1") + p("Prose.") + listing(["encore un"], "L1")
    assert said(read(package(body)), "item") == ["1. un", "1. encore un"]


def test_a_list_that_says_it_goes_on_goes_on():
    body = listing(["un"], "L1") + p("Prose.") + listing(["deux"], "L1").replace("<text:list ", '<text:list text:continue-numbering="true" ', 1)
    assert said(read(package(body)), "item") == ["1. un", "2. deux"]


def test_tracked_deletions_are_absent_and_told():
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info/>" + p("peut-être") + "</text:deletion></text:changed-region>"
        "<text:changed-region><text:insertion><office:change-info/></text:insertion></text:changed-region></text:tracked-changes>"
    )
    document = read(package(changes + p("Nous ouvrirons<text:change text:change-id='x'/>.")))
    assert document.text == "Nous ouvrirons."
    assert "« peut-être »" in sentence(document, "tracked-deletions")
    assert "tracked-insertions" in codes(document)


def test_hidden_and_struck_words_are_told():
    document = read(package(p("Oui<text:span text:style-name='Cache'> non</text:span> à <text:span text:style-name='Barre'>cent</text:span> vingt")))
    assert document.text == "Oui à cent vingt"
    assert {"hidden-text", "struck-text"} <= codes(document)


def test_rows_notes_boxes_and_margins_have_their_place():
    frames = (
        "<draw:frame svg:y='5cm'><draw:text-box>" + p("bas") + "</draw:text-box></draw:frame>"
        "<draw:frame svg:y='1cm'><draw:text-box>" + p("haut") + "</draw:text-box></draw:frame>"
    )
    body = table([["Cantine", "1 €"]]) + p("Oui" + note("1", "sauf lundi") + "." + frames)
    document = read(package(body, margins="<style:footer>" + p("Page 1") + "</style:footer>"))
    assert document.text == "Cantine\t1 €\n\nOui[1].\n\nhaut\n\nbas\n\n[1] sauf lundi\n\nPage 1"
    assert said(document, "footer") == ["Page 1"]


def test_an_encrypted_file_is_told():
    document = read(package(p("x"), extra={"META-INF/manifest.xml": b"<m><encryption-data/></m>"}))
    assert document.state is State.NO_TEXT
    assert "encrypted" in codes(document)
