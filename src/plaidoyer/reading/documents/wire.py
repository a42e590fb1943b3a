"""A document as bytes and back, between the sandbox and its child."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from plaidoyer.reading.types import Attachment, Document, Notice, Place, Source, State

LENGTH = struct.Struct(">Q")


def pack(document: Document) -> Iterator[bytes]:
    """The length of the JSON, the JSON, then the attachments end to end."""
    told: dict[str, Any] = {
        "text": document.text,
        "source": asdict(document.source),
        "extractor": document.extractor,
        "state": document.state.value,
        "places": [[p.start, p.end, p.role, p.path, p.page, p.box, p.depth] for p in document.places],
        "notices": [[n.code, n.sentence] for n in document.notices],
        "is_ocr": document.is_ocr,
        "attachments": [[a.name, a.media_type, len(a.data)] for a in document.attachments],
    }
    body = json.dumps(told).encode("ascii")
    yield LENGTH.pack(len(body))
    yield body
    yield from (attachment.data for attachment in document.attachments)


def unpack(data: bytes) -> Document:
    """The inverse of ``pack``. Raises ``ValueError`` (or a child of it) for anything else, spans outside the text included."""
    if len(data) < LENGTH.size:
        raise ValueError(data[:20])
    (length,) = LENGTH.unpack_from(data)
    told = json.loads(data[LENGTH.size : LENGTH.size + length])
    places = tuple(place(told["text"], *values) for values in told["places"])
    attachments, at = [], LENGTH.size + length
    for name, media_type, size in told["attachments"]:
        attachments.append(Attachment(str(name), str(media_type), data[at : at + size]))
        at += size
    return Document(
        str(told["text"]), Source(**told["source"]), str(told["extractor"]), State(told["state"]), places,
        tuple(Notice(str(code), str(sentence)) for code, sentence in told["notices"]), bool(told["is_ocr"]), tuple(attachments),
    )  # fmt: skip


def place(text: str, start: int, end: int, role: str, path: str, page: int | None, box: list[float] | None, depth: int) -> Place:
    if not 0 <= start <= end <= len(text):
        raise ValueError((start, end))
    return Place(start, end, role, path, page, (box[0], box[1], box[2], box[3]) if box else None, depth)
