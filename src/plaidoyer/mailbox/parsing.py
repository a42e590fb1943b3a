"""From raw bytes to facts. Pure: no Django, no network, no clock; run in a child process of its own (parse_child.py), since mail is hostile.

It says what it sees and where it saw it. It decides nothing: a message that it takes for spam or an automatic reply is still there, whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

from plaidoyer.mailbox import outlook

DEPTH, PARTS, EXCERPT = 60, 2000, 1200
FORWARDED = "Message transféré : l’auteur de la réponse est dans le message transféré."

AUTO_SUBJECT = re.compile(
    r"^\W*(réponse automatique|reponse automatique|message d['’]absence|absence du bureau|absent(e|\(e\))? du bureau"
    r"|en congés?\b|accusé de réception automatique|automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|auto ?:|abwesenheit)",
    re.IGNORECASE,
)
BOUNCE_SUBJECT = re.compile(
    r"(undeliver|undelivered|delivery (status notification|failure|has failed)|mail delivery (failed|system)|returned mail|failure notice"
    r"|non[- ]?(remis|distribu|délivr)|[ée]chec de (la )?(remise|distribution|livraison)|n['’]a pas (pu être|été) (remis|distribué|délivré)"
    r"|message retourné|avis de non[- ]remise|courrier retourné)",
    re.IGNORECASE,
)
DAEMON = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|no-?reply-bounce)@", re.IGNORECASE)
FORWARD = re.compile(r"^\W*(tr|fwd?|transf\.?|transféré)\s*:", re.IGNORECASE)
FORWARD_BODY = re.compile(r"-{3,} ?(forwarded message|message transféré|courriel transféré)", re.IGNORECASE)
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
UUENCODED = re.compile(rb"^begin [0-7]{3} ([^\r\n]+)", re.MULTILINE)


@dataclass(slots=True)
class Bounce:
    recipient: str = ""
    status: str = ""
    action: str = ""
    words: str = ""
    message_id: str = ""  # of ours that came back


@dataclass(slots=True)
class Facts:
    """What can be said of one message. Texts are bounded; nothing here replaces the raw bytes."""

    kind: str = "reply"
    kind_why: str = ""
    message_id: str = ""
    references: list[str] = field(default_factory=list)
    subject: str = ""
    from_name: str = ""
    from_address: str = ""
    envelope_from: str = ""
    sent_to: list[str] = field(default_factory=list)
    sent_at: str = ""
    arrived_at: str = ""
    excerpt: str = ""
    attachments: list[dict[str, Any]] = field(default_factory=list)
    checks: list[dict[str, str]] = field(default_factory=list)
    our_mark: str = ""
    bounce: Bounce | None = None
    concerns: list[str] = field(default_factory=list)
    content_sha256: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def facts_of(raw: bytes) -> Facts:
    if outlook.is_outlook(raw):
        return facts_of_outlook(raw)
    mail = message_from_bytes(raw, policy=compat32)
    facts = Facts(content_sha256=content_hash(mail, raw))
    read_headers(mail, facts)
    parts = list(leaves(mail, facts))
    read_parts(parts, facts)
    facts.kind, facts.kind_why = sort(mail, parts, facts)
    return facts


def facts_of_outlook(raw: bytes) -> Facts:
    try:
        facts = facts_of(outlook.as_mail(raw))
    except Exception as error:  # noqa: BLE001  the library tells damage in a dozen ways
        return Facts(
            kind="unreadable", kind_why=f"message d’Outlook abîmé ({type(error).__name__})", content_sha256=hashlib.sha256(raw).hexdigest(),
            concerns=["Ce message d’Outlook (.msg) ne s’ouvre pas. Les octets sont intacts : demandez aussi un envoi en .eml ou en PDF."],
        )  # fmt: skip
    facts.content_sha256 = hashlib.sha256(raw).hexdigest()  # the mail that we wrote from it has a boundary of chance
    return facts


def arrival(mail: Message) -> str:
    """When the last server took it: the end of the topmost « Received » line. Asked only of a message that a person of ours puts in by hand."""
    lines = raw_values(mail, "Received")
    return date_of(lines[0].rpartition(";")[2].strip()) if lines else ""


def read_headers(mail: Message, facts: Facts) -> None:
    facts.subject = header(mail, "Subject")[:2000]
    people = addresses(mail, "From")
    facts.from_name, facts.from_address = (people[0][0][:300], people[0][1][:320]) if people else ("", "")
    facts.envelope_from = header(mail, "Return-Path").strip("<> ")[:320]
    facts.message_id = header(mail, "Message-ID").strip()[:300]
    facts.references = re.findall(r"<[^<>\s]{1,300}>", f"{header(mail, 'In-Reply-To')} {header(mail, 'References')}")[:60]
    places = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
    facts.sent_to = list(dict.fromkeys(address.lower()[:320] for name in places for _, address in addresses(mail, name)))[:60]
    facts.sent_at = date_of(header(mail, "Date"))
    facts.arrived_at = arrival(mail)
    facts.our_mark = header(mail, "X-Plaidoyer-Message").strip()[:20]
    facts.checks = [checked for value in raw_values(mail, "Authentication-Results") if (checked := check_of(value))][:20]
    if not facts.from_address:
        facts.concerns.append("Aucun expéditeur lisible.")
    if not facts.sent_at:
        facts.concerns.append("Aucune date lisible dans le message : seule compte la date de réception.")


def raw_values(mail: Message, name: str) -> list[str]:
    """As they stand in the bytes: asking the message itself would replace raw 8-bit letters by question marks."""
    return [plain(value) for key, value in mail.raw_items() if key.lower() == name.lower()]


def header(mail: Message, name: str) -> str:
    values = raw_values(mail, name)
    return " ".join(decoded(values[0]).split()) if values else ""


def plain(value: object) -> str:
    """Raw 8-bit bytes come as surrogates: UTF-8 if they are, else the code page of Windows."""
    text = str(value)
    data = text.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def decoded(value: str) -> str:
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(piece if isinstance(piece, str) else in_charset(piece, charset) for piece, charset in pieces).replace("\x00", "")


def in_charset(data: bytes, charset: str | None) -> str:
    """The charset that is claimed, else what French mail is written in. Never an exception, never a lost byte."""
    for name in (charset, "utf-8", "cp1252"):
        try:
            if name:
                return data.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("latin-1")


def addresses(mail: Message, name: str) -> list[tuple[str, str]]:
    values = raw_values(mail, name)
    found = [(decoded(person), address) for person, address in getaddresses(values, strict=False) if "@" in address]
    if found:
        return found
    return [("", one) for value in values for one in ADDRESS.findall(decoded(value))]


def date_of(value: str) -> str:
    try:
        moment = parsedate_to_datetime(value)
        return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(UTC).isoformat()
    except (TypeError, ValueError, OverflowError, IndexError):
        return ""


def check_of(value: str) -> dict[str, str]:
    """One Authentication-Results header (RFC 8601): who says it, and spf, dkim, dmarc."""
    authority, _, rest = value.partition(";")
    results = {name.lower(): said.lower() for name, said in re.findall(r"\b(spf|dkim|dmarc)\s*=\s*(\w+)", rest, re.IGNORECASE)}
    words = authority.split()
    return {"by": words[0].lower(), **results} if words and results else {}


def content_hash(mail: Message, raw: bytes) -> str:
    """Of what the sender wrote, without the stamps of the road: the same message by two roads has one hash."""
    body = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[-1].replace(b"\r\n", b"\n").rstrip()
    heads = "\n".join(header(mail, name) for name in ("From", "Date", "Subject", "Message-ID"))
    return hashlib.sha256(heads.encode("utf-8", "replace") + b"\n\n" + body).hexdigest()


def leaves(mail: Message, facts: Facts) -> Iterator[Message]:
    """Every part that has content, without recursion and within bounds. Attached messages are kept whole, and looked into."""
    stack, seen = [(mail, 0)], 0
    while stack:
        part, depth = stack.pop()
        seen += 1
        if seen > PARTS or depth > DEPTH:
            facts.concerns.append("Message construit de façon anormale (trop de parties) : seul le début a été lu.")
            return
        if part.is_multipart():
            stack.extend((child, depth + 1) for child in reversed(part.get_payload()))
        if not part.is_multipart() or part.get_content_type() in {"message/rfc822", "message/delivery-status"}:
            yield part


def read_parts(parts: list[Message], facts: Facts) -> None:
    text = html = ""
    for part in parts:
        kind, name = part.get_content_type(), decoded(plain(part.get_filename() or "")) if part.get_filename() else ""
        is_file = bool(name) or part.get_content_disposition() == "attachment" or kind == "message/rfc822"
        if is_file or part.get_content_maintype() not in {"text", "multipart", "message"}:
            facts.attachments.append({"name": clean_name(name, kind), "media_type": kind, "size": size_of(part)})
        elif (kind == "text/plain" or part.get_content_maintype() == "multipart") and not text.strip():  # a multipart without parts is a text
            text = words_of(part)
            facts.attachments += [
                {"name": clean_name(in_charset(one, None), ""), "media_type": "uuencode", "size": 0} for one in UUENCODED.findall(body_of(part))
            ]
        elif kind == "text/html" and not html.strip():
            html = words_of(part)
    facts.attachments = facts.attachments[:600]
    facts.excerpt = " ".join((text if text.strip() else stripped(html)).replace("\x00", "").split())[:EXCERPT]
    if any(one["name"].lower() == "winmail.dat" for one in facts.attachments):
        facts.concerns.append("Pièce « winmail.dat » (Outlook) : si elle ne s’ouvre pas, demandez un envoi en PDF.")
    if FORWARD.search(facts.subject) or FORWARD_BODY.search(text[:20000]):
        facts.concerns.append(FORWARDED)


def clean_name(name: str, kind: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[:200] or ("message.eml" if kind == "message/rfc822" else "sans nom")


def body_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def size_of(part: Message) -> int:
    return len(body_of(part)) if not part.is_multipart() else sum(len(str(child)) for child in part.get_payload())


def words_of(part: Message) -> str:
    charset = part.get_content_charset()
    return in_charset(body_of(part), charset if charset != "us-ascii" else None)


class Stripper(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  the parser's own signature
        self.hidden += tag in {"style", "script", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"style", "script", "title"} and self.hidden > 0

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def stripped(html: str) -> str:
    reader = Stripper()
    reader.feed(html[:2_000_000])
    return " ".join(reader.words)


def sort(mail: Message, parts: list[Message], facts: Facts) -> tuple[str, str]:
    """The kind, and the sign that shows it."""
    report = mail.get_param("report-type") if mail.get_content_type() == "multipart/report" else None
    facts.bounce = bounce_of(parts, facts, str(report or ""))
    if facts.bounce is not None:
        return ("auto-reply", "accusé de remise") if facts.bounce.action in {"delivered", "relayed", "expanded"} else ("bounce", "avis de non-remise")
    if str(report or "").lower() == "disposition-notification":
        return "auto-reply", "accusé de lecture"
    if why := automatic(mail, facts):
        return "auto-reply", why
    if why := suspect(mail):
        return "spam", why
    if not facts.excerpt and not facts.attachments:
        return "unreadable", "ni texte ni pièce jointe"
    return "reply", ""


def automatic(mail: Message, facts: Facts) -> str:
    said = header(mail, "Auto-Submitted").lower()
    if said and not said.startswith("no"):
        return f"Auto-Submitted: {said[:60]}"
    for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autogenerated"):
        if header(mail, name) and header(mail, name).lower() != "no":
            return name
    if header(mail, "Precedence").lower() in {"auto_reply", "auto-reply"}:
        return "Precedence: auto_reply"
    if found := AUTO_SUBJECT.search(facts.subject):
        return f"objet : « {found[1]} »"
    if mail.get("Return-Path") is not None and not facts.envelope_from:
        return "adresse de retour vide"
    return ""


def suspect(mail: Message) -> str:
    for name in ("X-Spam-Flag", "X-Spam-Status", "X-Spam", "X-VR-SPAMSTATE"):
        if header(mail, name).lower().startswith(("yes", "true", "spam")):
            return f"{name}: {header(mail, name)[:60]}"
    score = header(mail, "X-MS-Exchange-Organization-SCL")
    return f"X-MS-Exchange-Organization-SCL: {score}" if score.isdigit() and int(score) >= 5 else ""


def bounce_of(parts: list[Message], facts: Facts, report: str) -> Bounce | None:
    """RFC 3464 when the server speaks it; else the words of a daemon that writes to us from nowhere."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            return told_by_status(part, parts)
    is_daemon = bool(DAEMON.search(facts.from_address)) or (facts.from_address == "" and report == "delivery-status")
    if report.lower() == "delivery-status" or (is_daemon and BOUNCE_SUBJECT.search(facts.subject)):
        status = STATUS.search(facts.excerpt)
        ours = {facts.from_address.lower(), *facts.sent_to}
        whom = next((one for one in ADDRESS.findall(facts.excerpt) if one.lower() not in ours), "")
        return Bounce(
            recipient=whom.lower(), status=status[1] if status else "", action="failed", words=facts.excerpt[:400], message_id=returned_id(parts)
        )
    return None


def told_by_status(part: Message, parts: list[Message]) -> Bounce:
    bounce = Bounce(message_id=returned_id(parts))
    for block in part.get_payload() if part.is_multipart() else []:
        for name in ("Original-Recipient", "Final-Recipient"):
            if value := header(block, name):
                bounce.recipient = value.rpartition(";")[2].strip(" <>").lower()[:320]
        bounce.action = header(block, "Action").lower()[:20] or bounce.action
        bounce.status = (found[1] if (found := STATUS.search(header(block, "Status"))) else "") or bounce.status
        bounce.words = header(block, "Diagnostic-Code")[:400] or bounce.words
    bounce.action = bounce.action or "failed"
    return bounce


def returned_id(parts: list[Message]) -> str:
    """The identity of our message, in the copy or the headers that came back."""
    for part in parts:
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            return header(part.get_payload()[0], "Message-ID").strip()[:300]
        if part.get_content_type() in {"text/rfc822-headers", "message/rfc822"}:
            return header(message_from_bytes(body_of(part), policy=compat32), "Message-ID").strip()[:300]
    return ""
