"""Zip files and XML parts from strangers: every limit is checked before a parser sees a byte.

Measured reasons (docs/documents.md): a 331 kB Word file of three million empty paragraphs opens in 6 s and 1.6 GB when only
its size on disk is looked at; an external entity is dropped without a word, which alters the text.
"""

from __future__ import annotations

import itertools
import struct
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from plaidoyer.reading.documents.refusals import Unread, refused, without_text

MAX_ENTRIES = 2_000
MAX_DIRECTORY = 1_000_000  # bytes of central directory, read before the entries are
MAX_TOTAL = 200_000_000  # declared bytes of all parts, images included
MAX_PART = 20_000_000  # inflated bytes of one XML part
MAX_TAGS = 1_000_000
END_OF_DIRECTORY = b"PK\x05\x06"
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"))


def bomb(detail: str) -> Unread:
    return refused("zip-bomb", f"Ce fichier est refusé : {detail}. Demandez à la liste de renvoyer sa lettre en PDF.")


class Archive:
    """A zip whose directory was found sane. Nothing is ever written to disk."""

    def __init__(self, data: bytes) -> None:
        check_directory(data)
        try:
            self.file = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OverflowError) as error:
            raise damaged() from error
        self.names = check_entries(self.file)

    def read(self, name: str, limit: int = MAX_PART) -> bytes | None:
        """The inflated bytes of a part, None when absent; inflating stops at ``limit`` whatever the directory says."""
        if name not in self.names:
            return None
        try:
            with self.file.open(name) as part:
                data = part.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise damaged() from error
        except RuntimeError as error:  # zipfile's own word for "encrypted"
            raise without_text("encrypted", "Ce fichier est protégé par un mot de passe : demandez une version sans protection.") from error
        if len(data) > limit:
            raise bomb("une fois décompressé, il dépasse la taille permise")
        return data

    def xml(self, name: str) -> etree._Element | None:
        data = self.read(name)
        return None if not data else parse_xml(data)


def damaged() -> Unread:
    return without_text("damaged", "Ce fichier est abîmé ou incomplet et ne peut pas être ouvert : demandez à la liste de le renvoyer.")


def check_directory(data: bytes) -> None:
    """Refuse too many entries from the last 22 bytes on, before any of them costs memory."""
    at = data.rfind(END_OF_DIRECTORY, max(0, len(data) - 66_000))
    if at < 0 or len(data) < at + 22:
        raise damaged()
    entries, size = struct.unpack("<HI", data[at + 10 : at + 16])
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise bomb("il contient trop de fichiers (plus de 2 000)")


def check_entries(file: zipfile.ZipFile) -> frozenset[str]:
    """Refuse doubled names, overlapping entries and sizes that no letter has."""
    entries = sorted(file.infolist(), key=lambda entry: entry.header_offset)
    names = frozenset(entry.filename for entry in entries)
    if len(names) != len(entries):
        raise bomb("deux parties du fichier portent le même nom")
    for one, following in itertools.pairwise(entries):
        if one.header_offset + 30 + len(one.filename.encode()) + one.compress_size > following.header_offset:
            raise bomb("ses parties se chevauchent")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise bomb("une fois décompressé, il dépasse la taille permise")
    return names


def parse_xml(data: bytes) -> etree._Element:
    """Parse with entities, network and huge trees off; refuse any DOCTYPE, even a harmless one."""
    if any(mark in data for mark in DOCTYPES):
        raise doctype()
    if data.count(b"<") > MAX_TAGS:
        raise bomb("il contient un nombre démesuré d'éléments")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    if str(getattr(root.getroottree().docinfo, "doctype", "")):
        raise doctype()
    return root


def doctype() -> Unread:
    return refused(
        "doctype", "Ce fichier est refusé : il déclare un DOCTYPE, ce qu'aucun traitement de texte ne fait et qui peut cacher une attaque."
    )


def local(node: etree._Element) -> str:
    """The tag without its namespace: transitional and strict Office files then read alike."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(node: etree._Element, name: str) -> str | None:
    """An attribute by local name, whatever its namespace."""
    for key, value in node.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(node: etree._Element | None, *names: str) -> etree._Element | None:
    """The first descendant along a path of local names."""
    for name in names:
        if node is None:
            return None
        node = next((c for c in node if local(c) == name), None)
    return node
