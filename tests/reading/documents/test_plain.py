from hypothesis import given, strategies

from tests.reading.documents.reading_aids import codes, read, said


def test_a_utf8_text_is_kept_to_the_letter():
    text = "Bonjour,\r\n\r\nNous  ouvrirons l’accueil\u00a0: « oui »…\n\n\n"
    assert read(text.encode(), "a.txt").text == text


def test_a_byte_order_mark_is_not_a_letter():
    assert read(b"\xef\xbb\xbfOui.", "a.txt").text == "Oui."


def test_utf16_of_an_old_notepad_is_read():
    assert read("Été à Évry".encode("utf-16"), "a.txt").text == "Été à Évry"


def test_utf16_without_its_mark_is_read():
    assert read("Nous ouvrirons l'été.".encode("utf-16-le"), "a.txt").text == "Nous ouvrirons l'été."


def test_a_windows_text_keeps_its_euro_and_its_apostrophe():
    document = read("L\x92\xe9cole : 1 \x80".encode("latin-1"), "a.txt")
    assert document.text == "L’école : 1 €"
    assert "encoding" in codes(document)


def test_bytes_that_windows_leaves_undefined_are_still_read():
    assert read(b"caf\xe9 \x81", "a.txt").text == "café \x81"


def test_markdown_is_not_rendered():
    assert read(b"# Titre\n\n* **oui**", "a.md").text == "# Titre\n\n* **oui**"


def test_a_text_full_of_tags_stays_a_text_when_its_name_says_so():
    assert read(b"<p>Oui</p>", "a.txt").text == "<p>Oui</p>"


def test_empty_lines_part_paragraphs():
    document = read(b"Un\ndeux\n\n  \nTrois  \n", "a.txt")
    assert said(document, "paragraph") == ["Un\ndeux", "Trois"]


def test_the_quoted_history_is_told_apart():
    text = "Oui aux deux.\n\nLe 3 mars 2026 à 10:02, Collectif <c@x.example> a écrit :\n> Vous engagez-vous ?\n> Merci\n\nOdile"
    document = read(text.encode(), "a.txt")
    assert said(document, "quoted") == ["Le 3 mars 2026 à 10:02, Collectif <c@x.example> a écrit :\n> Vous engagez-vous ?\n> Merci"]
    assert said(document, "paragraph") == ["Oui aux deux.", "Odile"]


def test_answers_between_quoted_lines_are_not_quoted():
    document = read(b"> 1. La cantine ?\nOui.\n> 2. Les douches ?\nNon.", "a.txt")
    assert said(document, "quoted") == ["> 1. La cantine ?", "> 2. Les douches ?"]
    assert said(document, "paragraph") == ["Oui.", "Non."]


def test_a_famous_quotation_does_not_open_a_history():
    text = "Comme l’abbé Pierre a écrit :\n\nNous ouvrirons vingt places."
    assert said(read(text.encode(), "a.txt"), "quoted") == []


def test_a_header_typed_at_the_top_is_not_a_quotation():
    text = "De : Odile\nÀ : Collectif\nEnvoyé : lundi\nObjet : réponse\n\nNous ouvrirons vingt places."
    assert said(read(text.encode(), "a.txt"), "quoted") == []


@given(strategies.text(strategies.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), min_size=1))
def test_whatever_is_typed_comes_back_to_the_letter(text):
    document = read(("x" + text).encode(), "a.txt")
    assert document.text == "x" + text
