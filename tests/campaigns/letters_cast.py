"""A letter and its facts, for tests of the merge engine: no database."""

from __future__ import annotations

import io
import zipfile

from plaidoyer.campaigns.letters.values import Line

VALUES = {
    "commune": "Valmorel-sur-Ourse",
    "a_commune": "à Valmorel-sur-Ourse",
    "de_commune": "de Valmorel-sur-Ourse",
    "civilite": "Madame la candidate",
    "destinataire": (Line("Madame Inès Carpentras"), Line("tête de la liste « Valmorel solidaire »")),
    "tete_de_liste": "Inès Carpentras",
    "liste": "Valmorel solidaire",
    "date": "9 février 2026",
    "date_limite": "vendredi 6 mars 2026 à 23 h 59",
    "annonce_publication": "Toutes les réponses seront publiées ensemble.",
    "nombre_de_questions": "deux questions",
    "questions": (Line("Domicilierez-vous chacun ?", "1."), Line("avec quels moyens ?", "a)", 1), Line("Combien de logements ?", "2.")),
    "collectif": "Un toit à Valmorel",
    "organisations": "Secours de l’Ourse ; Habitat partagé",
    "signataires": (Line("Amina Test\nprésidente"), Line("Bruno Test\nbénévole")),
    "pieces_jointes": "",
    "lien_reponse": "https://plaidoyer.example/repondre/abc",
    "lien_opposition": "https://plaidoyer.example/opposition/abc",
    "responsable": "Un toit à Valmorel, bonjour@untoit.example",
    "source_adresse": "site de la liste",
}

HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'


def docx(body: str, **more: bytes) -> bytes:
    """A Word file with this body; ``more`` are other parts, by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?>{HEAD}{body}</w:body></w:document>')
        for name, data in more.items():
            archive.writestr(name, data)
    return out.getvalue()


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p>{properties}{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def words(content: bytes) -> list[str]:
    """The paragraphs of a Word file, as its readers see them: python-docx is not ours."""
    import docx as python_docx

    return [one.text for one in python_docx.Document(io.BytesIO(content)).paragraphs]
