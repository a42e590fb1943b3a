"""Mails (.eml): the standard library's parser, with the charset mistakes that real mails carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.message import EmailMessage, Message

from plaidoyer.reading.documents.plain import decode, mark_quoted, places
from plaidoyer.reading.documents.quoted import has_forward
from plaidoyer.reading.documents.record import Record, plural
from plaidoyer.reading.documents.refusals import refused
from plaidoyer.reading.documents.webpage import decode_html, is_utf8, read_html
from plaidoyer.reading.types import Attachment, State

EXTRACTOR = "eml 1"
MAX_DEPTH = 30
MAX_PARTS = 600
LOGO = 15_000  # bytes under which an image shown inside a mail is a logo, not a scanned letter
HEADERS = (("From", "De"), ("To", "À"), ("Cc", "Cc"), ("Date", "Date"), ("Subject", "Objet"))
UNSAFE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def read(data: bytes, record: Record) -> str:
    data = re.sub(rb"\A(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*\r?\n)?", b"", data, count=1)
    message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    head = [(label, value) for name, label in HEADERS if (value := header(message, name))]
    bodies = sort_parts(message, record)
    tell(message, record)
    return compose(head, bodies, record)


def compose(head: list[tuple[str, str]], bodies: list[tuple[str, str]], record: Record) -> str:
    """Header block, then the bodies; quoted history is marked, a mail without words is told as such."""
    record.block("\n".join(f"{label} : {value}" for label, value in head), "header", "en-tête du courriel")
    before = record.length
    for kind, text in bodies:
        add_html(text, record) if kind == "html" else add_plain(text, record)
    if record.length == before:
        record.state = State.NO_TEXT
        carried = plural(len(record.attachments), "pièce jointe", "pièces jointes")
        record.notice("empty-mail", f"Ce courriel ne contient aucun texte ({carried}).")
    return record.finish()


def add_plain(text: str, record: Record) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n \t")
    if not text:
        return
    if record.length:
        record.write("\n\n")
    at = record.length
    record.write(text)
    record.places.extend(replace(place, start=place.start + at, end=place.end + at) for place in places(text))
    tell_forward(text, record)


def add_html(html: str, record: Record) -> None:
    at, first = record.length, len(record.places)
    read_html(html, record, is_mail=True)
    text = "".join(record.parts)[at:]
    own = [replace(place, start=place.start - at, end=place.end - at) for place in record.places[first:]]
    record.places[first:] = [replace(place, start=place.start + at, end=place.end + at) for place in mark_quoted(text, own)]
    tell_forward(text, record)


def tell_forward(text: str, record: Record) -> None:
    if has_forward(text):
        record.notice("forwarded", "Ce courriel a été transféré par un tiers : vérifiez qui en est l'auteur.")


def header(message: Message, name: str) -> str:
    """One header on one line, decoded; what cannot be decoded is shown as it came."""
    try:
        value = str(message.get(name, ""))
    except (HeaderParseError, ValueError, IndexError, AttributeError, LookupError, TypeError):
        value = str(dict(message.raw_items()).get(name, "")) if isinstance(message, EmailMessage) else ""
    return header_line(value)


def header_line(value: str) -> str:
    """On one line, without control or direction signs, without halves of letters."""
    return " ".join(UNSAFE.sub(" ", value).split()).encode("utf-8", "replace").decode("utf-8")


def sort_parts(message: Message, record: Record) -> list[tuple[str, str]]:
    """(kind, text) of what is shown, in order; the rest goes to ``record.attachments``."""
    bodies: list[tuple[str, str]] = []
    logos = 0
    for count, part in enumerate(shown_parts(message, 0)):
        if count > MAX_PARTS:
            raise refused("mail-bomb", "Ce courriel est refusé : il contient un nombre démesuré de parties.")
        if is_body(part):
            bodies.append(("html" if part.get_content_subtype() == "html" else "plain", words(part)))
        elif is_logo(part):
            logos += 1
        else:
            record.attachments.append(attached(part, len(record.attachments) + 1))
    if logos:
        record.notice("logos", f"Le courriel affiche {plural(logos, 'petite image', 'petites images')} (logos, signature), non reprises.")
    return bodies


def shown_parts(part: Message, depth: int) -> Iterator[Message]:
    """Leaves in reading order; of an alternative, the version that says the most."""
    if depth > MAX_DEPTH:
        raise refused("mail-bomb", "Ce courriel est refusé : ses parties sont imbriquées sans fin.")
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
    elif part.get_content_subtype() == "alternative":
        yield from alternative(part, depth)
    else:
        for inner in parts_of(part):
            yield from shown_parts(inner, depth + 1)


def alternative(part: Message, depth: int) -> Iterator[Message]:
    """Plain text when it is whole; the HTML when the plain version is a stub ("your program cannot show this")."""
    leaves = [list(shown_parts(inner, depth + 1)) for inner in parts_of(part)]
    plain = next((group for group in leaves if any(is_body(p) and p.get_content_subtype() != "html" for p in group)), None)
    html = next((group for group in leaves if any(is_body(p) and p.get_content_subtype() == "html" for p in group)), None)
    chosen = plain if plain and (html is None or is_whole(plain, html)) else html or plain or []
    kept = [p for group in leaves for p in group if not is_body(p)]  # pictures and invitations of the version left aside
    yield from (p for p in chosen if is_body(p))
    yield from kept


def is_whole(plain: list[Message], html: list[Message]) -> bool:
    sheet = Record()
    for part in html:
        if is_body(part):
            read_html(words(part), sheet, is_mail=True)
    letters = sum(len("".join(words(p).split())) for p in plain if is_body(p))
    return letters * 2 >= len("".join("".join(sheet.parts).split()))


def parts_of(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def is_body(part: Message) -> bool:
    if part.get_content_maintype() == "multipart":  # it announced parts and has none
        return True
    if part.get_content_maintype() != "text" or part.get_content_subtype() not in ("plain", "html", "enriched"):
        return False
    return part.get_content_disposition() != "attachment" and not file_name(part)


def is_logo(part: Message) -> bool:
    is_inline = part.get("Content-ID") is not None or part.get_content_disposition() == "inline"
    return part.get_content_maintype() == "image" and is_inline and len(payload_of(part)) < LOGO


def words(part: Message) -> str:
    """The part's text. The declared charset is believed only when the bytes agree with it."""
    data = payload_of(part)
    told = str(part.get_content_charset() or "")
    if part.get_content_subtype() == "html":
        return decode_html(data, told)
    if is_utf8(data) and told != "utf-7":
        return data.decode("utf-8-sig")
    try:
        return data.decode("cp1252" if told in ("iso-8859-1", "us-ascii") else told or "cp1252")
    except (UnicodeDecodeError, LookupError):
        return decode(data)[0]


def payload_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def attached(part: Message, number: int) -> Attachment:
    if part.get_content_type() == "message/rfc822":
        inner = parts_of(part)
        data = inner[0].as_bytes() if inner else b""
        return Attachment(file_name(part) or f"message-{number}.eml", "message/rfc822", data)
    return Attachment(file_name(part) or f"piece-{number}", part.get_content_type(), payload_of(part))


def file_name(part: Message) -> str:
    """A name that is only a name: no folder, no control or direction sign, at most 150 characters."""
    try:
        name = str(part.get_filename() or "")
    except (HeaderParseError, ValueError, IndexError, AttributeError, LookupError, TypeError):
        return ""
    return clean_name(name)


def clean_name(name: str) -> str:
    name = UNSAFE.sub("", name).replace("\\", "/").rpartition("/")[2].strip(". ")
    stem, dot, extension = name.rpartition(".")
    return name if len(name) <= 150 else f"{stem[: 149 - len(extension)]}{dot}{extension}"[:150]


def tell_attachments(record: Record) -> None:
    if record.attachments:
        names = ", ".join(f"« {attachment.name} »" for attachment in record.attachments[:5])
        more = " …" if len(record.attachments) > 5 else ""
        record.notice("attachments", f"Pièces jointes, à lire à part : {names}{more}.")


def tell(message: Message, record: Record) -> None:
    tell_attachments(record)
    automatic = header(message, "Auto-Submitted").lower()
    if (automatic and automatic != "no") or header(message, "X-Autoreply") or header(message, "Precedence").lower() == "auto_reply":
        record.notice("auto-submitted", "Ce courriel a été envoyé automatiquement par une machine : ce n'est sans doute pas une réponse.")
    if message.get_content_type() in ("application/pkcs7-mime", "multipart/encrypted"):
        record.notice("encrypted", "Ce courriel est chiffré : demandez à la liste de le renvoyer en clair.")
