"""What a file truly is, from its bytes: the name and the declared type are only a hint, and a lie is told to the reviewer."""

from __future__ import annotations

import re
from dataclasses import dataclass

import olefile  # type: ignore[import-untyped]

from plaidoyer.reading.documents.archives import Archive, child, local
from plaidoyer.reading.documents.plain import unmarked_utf16
from plaidoyer.reading.documents.refusals import unknown, without_text

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {
    "txt": "text/plain",
    "md": "text/markdown",
    "html": "text/html",
    "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
    "pdf": "application/pdf",
    "docx": WORD,
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "doc": "application/msword",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tiff": "image/tiff",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "webp": "image/webp",
}
# What people call the same thing; the first of each line is our name.
EXTENSIONS = {
    "txt": ("txt", "text", "asc", "log"),
    "md": ("md", "markdown"),
    "html": ("html", "htm", "xhtml", "mht"),
    "eml": ("eml", "mbox"),
    "jpg": ("jpg", "jpeg", "jpe", "jfif"),
    "tiff": ("tif", "tiff"),
    "docx": ("docx", "dotx"),
    "docm": ("docm", "dotm"),
    "doc": ("doc", "dot"),
    "odt": ("odt", "ott"),
}
NAMES = {
    "txt": "un texte brut", "md": "un texte brut", "html": "une page web", "eml": "un courriel", "msg": "un courriel d'Outlook", "pdf": "un PDF",
    "docx": "un document Word", "docm": "un document Word avec macros", "doc": "un document Word ancien", "odt": "un document LibreOffice",
    "rtf": "un document RTF", "jpg": "une image JPEG", "png": "une image PNG", "tiff": "une image TIFF",
    "gif": "une image GIF", "bmp": "une image BMP",
    "webp": "une image WebP",
}  # fmt: skip
IMAGES = frozenset({"jpg", "png", "tiff", "gif", "bmp", "webp"})
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"),
    (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"BM", "bmp"),
)  # fmt: skip
TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
MAIL_FIELDS = re.compile(
    rb"^(from|to|cc|date|subject|received|return-path|message-id|mime-version|content-type|delivered-to|x-[\w-]+|dkim-signature):", re.IGNORECASE
)
HTML_START = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|div|p|table|font|span|h[1-6])[\s>/]", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """``kind`` is one of the keys of ``MEDIA_TYPES``; ``lie`` the French sentence when name and bytes disagree."""

    kind: str
    media_type: str
    lie: str = ""


def sniff(data: bytes, name: str = "", media_type: str = "") -> Sniffed:
    """The true kind of ``data``. Raises ``Unread`` with a French sentence when no reader exists for it."""
    if not data.strip(b"\x00 \t\r\n"):
        raise without_text("empty", "Ce fichier est vide : demandez à la liste de le renvoyer.")
    told = told_kind(name, media_type)
    kind = from_bytes(data, told)
    return Sniffed(kind, MEDIA_TYPES[kind], told_otherwise(name, told, kind))


def told_kind(name: str, media_type: str) -> str:
    """Our name for the extension, else for the declared type, "" when neither says anything."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    for kind, spellings in EXTENSIONS.items():
        if extension in spellings:
            return kind
    if extension in MEDIA_TYPES or extension:
        return extension
    return next((kind for kind, media in MEDIA_TYPES.items() if media == media_type.split(";", maxsplit=1)[0].strip().lower()), "")


def told_otherwise(name: str, told: str, kind: str) -> str:
    same = {told, kind} in ({"md", "txt"}, {"docx", "docm"}) or told in ("", kind)
    if same or (kind == "txt" and told not in MEDIA_TYPES):
        return ""
    return f"Le nom du fichier se termine par « .{name.rpartition('.')[2]} » mais son contenu est {NAMES[kind]} : il a été lu comme tel."


def from_bytes(data: bytes, told: str) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zip_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return compound_kind(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        raise unknown(
            "heic", "Cette photo est au format HEIC (iPhone), que nous ne lisons pas : enregistrez-la en JPEG, ou saisissez le texte à la main."
        )
    for magic, kind in MAGIC:
        if data.startswith(magic) and (kind != "bmp" or told == "bmp" or b"\x00" in data[:64]):
            return kind
    return text_kind(data, told)


def text_kind(data: bytes, told: str) -> str:
    """Text of some sort. A name in .txt or .md is believed: such a file is kept to the letter."""
    if told not in ("txt", "md") and looks_like_mail(data):
        return "eml"
    if not data.startswith(TEXT_MARKS) and is_binary(data):
        raise unknown("unknown", "Nous ne savons pas lire ce type de fichier : demandez une version PDF ou Word, ou saisissez le texte à la main.")
    if told in ("txt", "md"):
        return told
    if HTML_START.match(data.removeprefix(TEXT_MARKS[0])[:20_000]):
        return "html"
    return "html" if told == "html" else "eml" if told == "eml" else "txt"


def is_binary(data: bytes) -> bool:
    head = data[:8192]
    odd = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return not unmarked_utf16(head) and (b"\x00" in head or odd > 4 + len(head) // 50)


def looks_like_mail(data: bytes) -> bool:
    """At least three known fields in the first lines, before the first empty one."""
    lines = data.removeprefix(TEXT_MARKS[0]).replace(b"\r\n", b"\n").lstrip(b"\n")[:20_000].split(b"\n\n")[0].split(b"\n")
    named = {match.group(1).lower() for line in lines if (match := MAIL_FIELDS.match(line))}
    shaped = all(line[:1] in b" \t" or re.match(rb"[!-9;-~]+:|From ", line) or not line for line in lines[:40])
    return shaped and (len(named) >= 3 or (lines[0].startswith(b"From ") and len(named) >= 2))


def zip_kind(data: bytes) -> str:
    archive = Archive(data)
    if "[Content_Types].xml" in archive.names:
        return office_kind(archive)
    mimetype = (archive.read("mimetype", 200) or b"").decode("ascii", "replace").strip()
    if mimetype.startswith("application/vnd.oasis.opendocument.text"):
        return "odt"
    if mimetype.startswith("application/vnd.oasis.opendocument"):
        raise unknown("not-a-letter", "Ce fichier LibreOffice est un tableur ou une présentation, pas une lettre : demandez une version PDF.")
    raise unknown("archive", "Ce fichier est une archive (zip) : ouvrez-la et déposez un à un les fichiers qu'elle contient.")


def office_kind(archive: Archive) -> str:
    """A Word document, with or without macros, or another thing of the same family."""
    if main_part(archive) is None:
        raise unknown("not-a-letter", "Ce fichier Office est un tableur ou une présentation, pas une lettre : demandez une version PDF.")
    types = archive.xml("[Content_Types].xml")
    told = "" if types is None else " ".join(value for node in types for value in map(str, node.attrib.values()))
    has_macros = "macroEnabled" in told or any(name.lower().endswith("vbaproject.bin") for name in archive.names)
    return "docm" if has_macros else "docx"


def main_part(archive: Archive) -> str | None:
    """The part that holds the letter, from the package's relations, as Word finds it."""
    relations = archive.xml("_rels/.rels")
    for node in () if relations is None else relations:
        if local(node) == "Relationship" and str(node.get("Type", "")).endswith("/officeDocument"):
            target = str(node.get("Target", "")).lstrip("/")
            if target.startswith("word/") and target in archive.names:
                return target
    root = archive.xml("word/document.xml")
    return "word/document.xml" if root is not None and child(root, "body") is not None else None


def compound_kind(data: bytes) -> str:
    """Microsoft's older container: a letter, a mail, or a Word file under a password."""
    try:
        with olefile.OleFileIO(data) as container:
            streams = {"/".join(path) for path in container.listdir(streams=True, storages=False)}
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise without_text("damaged", "Ce fichier est abîmé et ne peut pas être ouvert : demandez à la liste de le renvoyer.") from error
    if "EncryptedPackage" in streams:
        raise without_text("encrypted", "Ce fichier est protégé par un mot de passe : demandez une version sans protection.")
    if any(stream.startswith("__properties_version1.0") for stream in streams):
        return "msg"
    if "WordDocument" in streams:
        return "doc"
    raise unknown("not-a-letter", "Ce fichier Office ancien est un tableur ou une présentation, pas une lettre : demandez une version PDF.")
