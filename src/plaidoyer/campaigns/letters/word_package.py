"""Opening a Word file that somebody uploads: its parts, within limits, or a French sentence that says what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from plaidoyer.campaigns.letters.fields import Problem, TemplateRefusedError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
LARGEST_FILE, LARGEST_PART, LARGEST_SUM, MOST_PARTS = 5 << 20, 8 << 20, 30 << 20, 400
DOCUMENT = "word/document.xml"
# Word runs or fetches these by itself when the file is opened: a letter needs none of them.
RUNS_BY_ITSELF = ("INCLUDETEXT", "INCLUDEPICTURE", "DDE", "MACROBUTTON", "DATABASE", "IMPORT")


class UnreadableTemplateError(TemplateRefusedError):
    def __init__(self, sentence: str) -> None:
        super().__init__([Problem("", sentence)])


def opened(content: bytes) -> dict[str, bytes]:
    """The parts by name, in the order of the file."""
    if len(content) > LARGEST_FILE:
        raise UnreadableTemplateError("Ce fichier dépasse 5 Mo. Réduisez les images du modèle.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTemplateError(
            "C’est un ancien fichier Word (.doc), ou un fichier protégé. Enregistrez-le au format .docx, sans mot de passe."
        )
    try:
        parts = dict(parts_of(content))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, TemplateRefusedError):
            raise
        raise UnreadableTemplateError(
            "Ce fichier n’est pas un document Word, ou il est abîmé. Enregistrez votre lettre au format .docx et déposez-la de nouveau."
        ) from error
    if DOCUMENT not in parts or "[Content_Types].xml" not in parts:
        raise UnreadableTemplateError(
            "Ce fichier n’est pas une lettre Word (.docx). Avec LibreOffice : Fichier, Enregistrer sous, Word 2007-365 (.docx)."
        )
    refuse_what_runs(parts)
    return parts


def parts_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    total = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        if len(members) > MOST_PARTS:
            raise UnreadableTemplateError("Ce fichier contient trop de morceaux pour une lettre.")
        for member in members:
            with archive.open(member) as stream:
                data = stream.read(LARGEST_PART + 1)
            total += len(data)
            if len(data) > LARGEST_PART or total > LARGEST_SUM:
                raise UnreadableTemplateError("Ce fichier est trop gros une fois ouvert. Réduisez les images du modèle.")
            yield member.filename, data


def refuse_what_runs(parts: dict[str, bytes]) -> None:
    if any("vbaproject" in name.lower() or "/activex/" in name.lower() or "/embeddings/" in name.lower() for name in parts):
        raise UnreadableTemplateError("Ce modèle contient des macros ou des objets incorporés. Enregistrez-le comme document .docx simple, sans eux.")
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        for link in parsed(data, name).iter(REL):
            if link.get("TargetMode") == "External" and not link.get("Type", "").endswith("/hyperlink"):
                raise UnreadableTemplateError(
                    "Ce modèle va chercher un fichier ailleurs (image liée, modèle attaché). Incorporez l’image, ou retirez le lien."
                )
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            refuse_automatic_fields(data, name)


def refuse_automatic_fields(data: bytes, name: str) -> None:
    if b"instr" not in data:
        return
    root = parsed(data, name)
    told = " ".join(
        [*(one.text or "" for one in root.iter(f"{W}instrText")), *(one.get(f"{W}instr", "") for one in root.iter(f"{W}fldSimple"))]
    ).upper()
    if found := next((word for word in RUNS_BY_ITSELF if word in told), None):
        raise UnreadableTemplateError(
            f"Ce modèle contient un champ automatique de Word ({found}). Retirez-le : les champs d’une lettre s’écrivent {{{{ commune }}}}."
        )


def parsed(data: bytes, name: str) -> etree._Element:
    """No entities, no network; a declaration of a document type has no place in Word."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise UnreadableTemplateError(
            "Ce fichier contient des déclarations qu’un document Word n’a pas. Enregistrez-le de nouveau depuis Word ou LibreOffice."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableTemplateError(f"Ce document est abîmé ({name}). Enregistrez-le de nouveau depuis Word ou LibreOffice.") from error
