"""The fingerprint of a publication: the same content always gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def seal(content: Any) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()
