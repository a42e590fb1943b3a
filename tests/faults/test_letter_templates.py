"""U8, U9: a template that people upload is data. What looks like code is refused with its place, quickly; words stay words."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from plaidoyer.campaigns.letters import word_template
from plaidoyer.campaigns.letters.fields import TemplateRefusedError
from tests.campaigns.letters_cast import HEAD, VALUES, docx, p


def refusal(content: bytes) -> str:
    started = time.monotonic()
    with pytest.raises(TemplateRefusedError) as refused:
        word_template.compiled(content)
    assert time.monotonic() - started < 2
    return str(refused.value)


@pytest.mark.parametrize(
    "code",
    [
        "{{ ''.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ commune.name }}", "{{ commune|upper }}", "{{ 7*7 }}", "{{ range(1000000000) }}",
        "{{ self }}{{ commune() }}", "{% for x in range(1000000000) %}a{% endfor %}", "{% include '/etc/passwd' %}", "{# rien #}", "{{ cycler.__init__ }}", "{{ request['x'] }}",
    ],
)  # fmt: skip
def test_u8_what_looks_like_code_is_refused_with_its_place(code):
    said = refusal(docx(p("Madame") + p(code)))
    assert "texte, paragraphe 2" in said


def test_u8_code_cut_into_runs_is_refused_too():
    assert "ressemble à du code" in refusal(docx(p("{", "% fo", "r %", "}")))


def test_u8_a_million_braces_take_no_time():
    assert refusal(docx(p("{{" * 200_000)))
    assert refusal(docx(p("{{ " + "a" * 400_000)))
    assert refusal(docx("".join(p("{{ commun }}") for _ in range(3_000))))


def test_our_own_marks_in_a_file_are_not_fields():
    made = word_template.compiled(
        docx(p("\ue000liste\ue001 {{ commune }}", properties='<w:pPr><w:pStyle w:val="&#xE000;liste&#xE001;"/></w:pPr>'))
    ).merge(VALUES)
    said = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert "Valmorel solidaire" not in said
    assert "liste Valmorel-sur-Ourse" in said


def test_a_processing_instruction_of_ours_in_a_file_changes_nothing():
    made = word_template.compiled(docx("<?plaidoyer begin?>" + p("{{ commune }}"))).merge(VALUES)
    assert "Valmorel-sur-Ourse" in zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "n’est pas un document Word"),
        (b"PK\x03\x04" + b"\0" * 200, "n’est pas un document Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ancien fichier Word"),
        (b"%PDF-1.7", "n’est pas un document Word"),
        (b"x" * (6 << 20), "dépasse 5 Mo"),
    ],
)
def test_what_is_not_a_word_letter_is_refused_with_what_to_do(content, said):
    assert said in refusal(content)


def test_a_zip_bomb_is_refused_before_it_opens():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (60 << 20))
    assert "trop gros" in refusal(out.getvalue())


def test_entities_are_refused():
    bomb = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + HEAD + p("&a;") + "</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bomb)
    assert "déclarations" in refusal(out.getvalue())


@pytest.mark.parametrize("instruction", ['INCLUDETEXT "C:\\\\secret.txt"', "DDEAUTO cmd", "MACROBUTTON x", 'INCLUDEPICTURE "http://x.example/p.png"'])
def test_fields_that_word_runs_by_itself_are_refused(instruction):
    run = f"<w:p><w:r><w:instrText>{instruction}</w:instrText></w:r></w:p>"
    assert "champ automatique" in refusal(docx(p("{{ commune }}") + run))


def test_macros_and_things_fetched_elsewhere_are_refused():
    assert "macros" in refusal(docx(p("x"), **{"word/vbaProject.bin": b"x"}))
    rels = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://x.example/t.dotm" TargetMode="External"/></Relationships>'
    assert "chercher un fichier ailleurs" in refusal(docx(p("x"), **{"word/_rels/settings.xml.rels": rels}))
