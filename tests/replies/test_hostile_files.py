"""A stranger's file may be anything: it is kept, contained, told in French, and never an empty answer."""

import io
import zipfile

import pytest

from plaidoyer.replies.models import Reply


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in parts.items():
            zipped.writestr(name.replace("__", "/"), data)
    return out.getvalue()


CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
BOMB = archive(**{"[Content_Types].xml": CONTENT_TYPES, "word__document.xml": b"<a>" + b"0" * 80_000_000})
ENTITIES = archive(
    **{"[Content_Types].xml": CONTENT_TYPES, "word__document.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'}
)


@pytest.mark.parametrize(
    ("name", "data"),
    [("bombe.docx", BOMB), ("entites.docx", ENTITIES), ("tronque.pdf", b"%PDF-1.7\n1 0 obj"), ("vide.pdf", b"%PDF-1.4\n%%EOF")],
)
def test_a_file_that_cannot_be_read_stays_with_its_reason(receive, lists, name, data):
    reply = receive(data, lists[0], name=name)
    original = reply.originals.get()
    text = original.texts.get()
    assert original.size == len(data)
    assert text.text == ""
    assert text.notices[-1]["sentence"].endswith((".", "!"))
    assert reply.state == Reply.State.READ
    assert not reply.answers.exists()


def test_a_page_named_pdf_is_read_for_what_it_is_and_said_so(receive, lists):
    reply = receive("<html><body><p>Oui, nous domicilierons.</p><script>alert(1)</script></body></html>", lists[0], name="lettre.pdf")
    text = reply.originals.get().texts.get()
    assert "Oui, nous domicilierons." in text.text
    assert "alert" not in text.text
    assert [notice["code"] for notice in text.notices] == ["wrong-extension"]
