"""Files from the other side of the door: looked into in a child process before anything is kept, and refused in words that say what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.reading.types import Document, State
from plaidoyer.replies import engine
from plaidoyer.replies.original_store import plain_name

FILES_AT_MOST = 8
TOTAL_AT_MOST = 60 * 1024 * 1024
ACCEPTED = ".pdf,.docx,.odt,.doc,.rtf,.txt,.md,.jpg,.jpeg,.png,.tif,.tiff,.webp"
WORDS = "PDF, Word (.docx), LibreOffice (.odt), texte, ou photo (JPEG, PNG)"
LETTERS = {
    "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.ms-word.document.macroEnabled.12", "application/msword", "application/vnd.oasis.opendocument.text", "application/rtf",
    "text/plain", "text/markdown", "image/jpeg", "image/png", "image/tiff", "image/webp", "image/gif", "image/bmp",
}  # fmt: skip
# The engine speaks to volunteers (« demandez à la liste… »); here the list itself is listening.
BECAUSE = {
    "empty": "il est vide (0 octet)",
    "damaged": "il est abîmé ou incomplet",
    "encrypted": "il est protégé par un mot de passe",
    "heic": "c’est une photo au format HEIC (iPhone) ; enregistrez-la en JPEG",
    "archive": "c’est une archive (zip) ; joignez un à un les documents qu’elle contient",
    "not-a-letter": "c’est un tableur ou une présentation ; enregistrez-le en PDF",
    "too-slow": "il est trop lourd à ouvrir",
    "too-heavy": "il est trop lourd à ouvrir",
    "zip-bomb": "une fois décompressé, il dépasse toute mesure",
    "too-long": "son texte est plus long que celui d’un livre",
    "too-deep": "sa structure est anormale",
    "too-big": "il est trop lourd à ouvrir",
    "doctype": "il contient des instructions cachées (DOCTYPE)",
}
TOLD = {
    "scan": "C’est une image de texte : une machine la lira, puis une personne vérifiera chaque mot.",
    "images-only": "Ce document ne contient que des images : une personne le lira.",
    "no-text": "Nous n’y avons pas trouvé de texte : une personne le lira.",
    "macros": "Il contient des macros : elles ne seront ni exécutées ni publiées, seul son texte sera lu.",
    "wrong-extension": "Son nom et son contenu ne s’accordent pas : il a été reconnu par son contenu.",
    "hidden-text": "Il contient du texte masqué, qui ne sera pas repris.",
    "tracked-deletions": "Il garde la trace de passages supprimés : ils ne seront pas repris.",
    "comments": "Il porte des commentaires en marge : ils ne seront pas repris.",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """An accepted file: its true type, and what its sender should know about it."""

    media_type: str
    notice: str


def look_into(name: str, data: bytes) -> Looked:
    """Raises ActRefusedError with a sentence for whoever sent the file."""
    refuse_by_size(name, data)
    document = engine.look(data, name)
    refuse_by_content(name, document)
    told = [TOLD[notice.code] for notice in document.notices if notice.code in TOLD]
    return Looked(document.source.media_type, " ".join(dict.fromkeys(told)))


def refuse_by_size(name: str, data: bytes) -> None:
    if not data:
        raise refused(name, "il est vide (0 octet)")
    if len(data) > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise refused(name, f"il dépasse {limit} Mo ; joignez une version plus légère")


def refuse_by_content(name: str, document: Document) -> None:
    codes = [notice.code for notice in document.notices]
    if document.state in {State.REFUSED, State.UNKNOWN} or (document.state == State.NO_TEXT and not {"scan", "images-only", "no-text"} & set(codes)):
        why = next((BECAUSE[code] for code in reversed(codes) if code in BECAUSE), "nous ne savons pas l’ouvrir")
        raise refused(name, why)
    if document.source.media_type not in LETTERS:
        raise refused(name, "ce n’est ni une lettre ni une photo")


def refused(name: str, why: str) -> ActRefusedError:
    return ActRefusedError(f"« {plain_name(name)} » n’est pas joint : {why}. Nous acceptons : {WORDS}, 30 Mo au plus chacun.")


def look_at_the_lot(count: int, total: int) -> None:
    if count > FILES_AT_MOST:
        raise ActRefusedError(f"{FILES_AT_MOST} documents au plus : retirez-en un, ou réunissez-les en un seul PDF.")
    if total > TOTAL_AT_MOST:
        raise ActRefusedError(f"Ensemble, vos documents dépassent {TOTAL_AT_MOST // (1024 * 1024)} Mo : joignez-en une version plus légère.")
