"""Merging a letter: fields in pieces, fields that are lists, fields that are empty; and what is said of a faulty template."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from plaidoyer.campaigns.letters import blocks, plain, word_template, word_writer
from plaidoyer.campaigns.letters.fields import TemplateRefusedError
from plaidoyer.campaigns.letters.values import Line, missing
from tests.campaigns.letters_cast import VALUES, docx, p, words

DEFAULT = word_writer.written(blocks.paragraphs("letter", blocks.default_texts("letter")), "Lettre")


def document(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


def merged(body: str, **values) -> str:
    return document(word_template.compiled(docx(body)).merge(VALUES | values))


def refusals(body: str) -> list[str]:
    with pytest.raises(TemplateRefusedError) as refused:
        word_template.compiled(docx(body))
    return [str(problem) for problem in refused.value.problems]


def test_a_field_cut_into_five_runs_by_word_is_one_field():
    template = word_template.compiled(docx(p("À {", "{ com", "mu", "ne }", "}, bonjour.")))
    assert re.sub("<[^>]+>", "", document(template.merge(VALUES))).strip() == "À Valmorel-sur-Ourse, bonjour."


def test_a_field_keeps_the_look_of_the_run_where_it_begins():
    body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{ liste</w:t></w:r><w:r><w:t> }} suite</w:t></w:r></w:p>"
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Valmorel solidaire</w:t>' in merged(body)


def test_spaces_and_capitals_around_a_name_do_not_matter():
    assert "Valmorel solidaire, Valmorel solidaire" in merged(p("{{liste}}, {{\u00a0LISTE\u00a0}}"))


def test_questions_alone_in_their_paragraph_become_one_paragraph_each():
    template = word_template.compiled(docx(p("Avant") + p("{{ questions }}", properties='<w:pPr><w:jc w:val="both"/></w:pPr>') + p("Après")))
    made = document(template.merge(VALUES))
    assert made.count("<w:p>") == 5
    assert made.count('<w:jc w:val="both"/>') == 3
    assert made.index("1. Domicilierez-vous") < made.index("a) avec quels moyens") < made.index("2. Combien")


def test_a_sub_question_stands_one_centimetre_further_in():
    assert '<w:ind w:left="567"/>' in merged(p("{{ questions }}"))


def test_questions_in_a_list_numbered_by_word_lose_our_numbers():
    made = merged(p("{{ questions }}", properties='<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'))
    assert ">Domicilierez-vous chacun ?<" in made
    assert ">1. " not in made
    assert ">a) avec quels moyens" in made


def test_a_paragraph_whose_fields_are_all_empty_goes_away():
    assert "Pièces jointes" not in merged(p("Pièces jointes : {{ pieces_jointes }}"))
    assert "Pièces jointes : budget" in merged(p("Pièces jointes : {{ pieces_jointes }}"), pieces_jointes="budget").replace("\u00a0", " ")


def test_the_only_paragraph_of_a_cell_stays_even_when_empty():
    body = "<w:tbl><w:tr><w:tc>" + p("{{ pieces_jointes }}") + "</w:tc></w:tr></w:tbl>"
    assert "<w:tc><w:p>" in merged(body)


def test_a_value_is_words_and_never_markup():
    made = merged(p("{{ liste }}"), liste='<w:b/> & "{{ commune }}" \x00\x07 ]]>')
    assert '&lt;w:b/&gt; &amp; "{{ commune }}"' in made
    assert "\x00" not in made


def test_lines_of_a_value_stay_lines():
    assert 'Amina Test</w:t><w:br/><w:t xml:space="preserve">présidente' in merged(p("{{ signataires }}"))


def test_the_same_facts_give_the_same_bytes():
    first, second = (word_template.compiled(DEFAULT).merge(VALUES) for _ in range(2))
    assert first == second


def test_headers_footers_and_notes_have_fields_too():
    header = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' + p("{{ collectif }}") + "</w:hdr>"
    content = docx(p("Corps"), **{"word/header1.xml": header.encode()})
    made = word_template.compiled(content).merge(VALUES)
    assert "Un toit à Valmorel" in zipfile.ZipFile(io.BytesIO(made)).read("word/header1.xml").decode()


def test_what_the_author_drew_is_kept_byte_for_byte():
    picture = b"\x89PNG\r\n\x1a\n fausse image"
    made = word_template.compiled(docx(p("{{ commune }}"), **{"word/media/logo.png": picture})).merge(VALUES)
    assert zipfile.ZipFile(io.BytesIO(made)).read("word/media/logo.png") == picture


def test_an_unknown_field_is_named_with_its_place_and_the_right_one():
    body = p("Madame, Monsieur") + p("") + p("Vous habitez {{ comune }}.")
    assert refusals(body) == ["texte, paragraphe 2 : {{ comune }} n’est pas un champ ; voulez-vous dire {{ commune }} ?"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tête de liste", "tete_de_liste"),
        ("Ville", "commune"),
        ("date limite", "date_limite"),
        ("signataire", "signataires"),
        ("lien", "lien_reponse"),
        ("délai", "date_limite"),
    ],
)
def test_what_people_write_by_mistake_finds_its_field(written, meant):
    assert "voulez-vous dire {{ " + meant + " }}" in refusals(p("{{ " + written + " }}"))[0]


def test_every_fault_is_named_at_once():
    assert len(refusals(p("{{ comune }} {{ lista }}") + p("{{ liste"))) == 3


def test_a_field_that_does_not_close_is_shown():
    assert refusals(p("Bonjour {{ commune, et la suite")) == [
        "texte, paragraphe 1 : « {{ commune, et la suite » ouvre un champ qui ne se ferme pas : il manque }}."
    ]


def test_a_needed_field_without_value_is_told_by_name():
    assert missing(frozenset({"commune", "lien_reponse", "pieces_jointes"}), {"commune": "Valmorel"}) == ["lien_reponse"]


def test_the_hash_is_that_of_what_all_lists_read_alike():
    template = word_template.compiled(DEFAULT)
    same = template.digest(VALUES)
    assert template.digest(VALUES | {"liste": "Autre", "civilite": "Monsieur le candidat", "lien_reponse": "https://x.example"}) == same
    assert template.digest(VALUES | {"date_limite": "demain"}) != same
    assert template.digest(VALUES | {"questions": (Line("Autre question ?", "1."),)}) != same


def test_the_default_letter_opens_elsewhere_and_says_what_it_must():
    said = "\n".join(words(word_template.compiled(DEFAULT).merge(VALUES)))
    for part in (
        "Valmorel-sur-Ourse, le 9 février 2026",
        "Madame la candidate,",
        "vendredi 6 mars 2026",
        "https://plaidoyer.example/repondre/abc",
        "Amina Test",
        "https://plaidoyer.example/opposition/abc",
        "CNIL",
    ):
        assert part in said
    assert "{{" not in said
    assert "Pièces jointes" not in said


def test_french_spaces_are_set_in_the_words_of_the_template():
    assert "Que ferez-vous\u202f?" in merged(p("Que ferez-vous ? {{ commune }}"))
    assert "«\u202foui\u202f»" in merged(p('Dire "oui". {{ commune }}'))


def test_blocks_name_their_faults_by_block_and_paragraph():
    texts = blocks.default_texts("letter") | {"opening": "Un.\n\nDeux {{ comune }}."}
    assert [str(one) for one in blocks.problems("letter", texts)] == [
        "bloc « Qui écrit, et pourquoi », paragraphe 2 : {{ comune }} n’est pas un champ ; voulez-vous dire {{ commune }} ?"
    ]


@pytest.mark.parametrize("kind", ["letter", "reminder"])
def test_default_blocks_have_no_fault(kind):
    assert blocks.problems(kind, blocks.default_texts(kind)) == []


def test_items_of_a_list_are_paragraphs_of_their_own():
    assert blocks.split("Un\ndeux\n\n- trois\n- quatre\ncinq") == ["Un\ndeux", "- trois", "- quatre", "cinq"]


def test_a_mailing_says_to_each_list_what_its_letter_alone_would_say():
    sheet = word_template.compiled(DEFAULT).sheet
    mailing = plain.Mailing(sheet)
    for place, commune, name in [("1", "Valmorel", "Un"), ("1", "Valmorel", "Deux"), ("2", "Pontaubry", "Trois"), ("1", "Valmorel", "Quatre")]:
        values = VALUES | {"commune": commune, "liste": name, "civilite": name, "lien_reponse": f"https://x.example/{name}"}
        assert mailing.text(values, place) == plain.mail_text(sheet, values)
