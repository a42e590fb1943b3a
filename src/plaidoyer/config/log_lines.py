"""How much the log says: a refusal is an answer, told in one line; a traceback is kept for a fault of ours."""

from __future__ import annotations

import logging


class RefusalsInOneLine(logging.Filter):
    """Django adds the whole traceback to an act that was refused (403) or to a request that makes no sense (400)."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and 400 <= getattr(record, "status_code", 0) < 500:
            reason = str(record.exc_info[1] or "").strip()
            record.msg, record.args = " — ".join(part for part in (record.getMessage(), " ".join(reason.split())) if part), None
            record.exc_info = record.exc_text = None
        return True
