"""The child process of ``plaidoyer.reading.sandbox``: one file on standard input, one document on standard output.

The limits are set before a byte of the file is read. What comes back is data (JSON, then raw attachments), never pickled objects: a file that
took the child over could otherwise take the parent over too.
"""

from __future__ import annotations

import sys

from plaidoyer.reading.documents import extract
from plaidoyer.reading.documents.wire import pack

CPU_SECONDS = 10
MEMORY = 512 * 1024 * 1024


def main(arguments: list[str]) -> int:
    """``python -m plaidoyer.reading.documents NAME MEDIA_TYPE {text|ocr}``."""
    name, media_type, mode = arguments
    limit()
    document = extract(sys.stdin.buffer.read(), name, media_type, ocr=mode == "ocr")
    for part in pack(document):
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()
    return 0


def limit() -> None:
    """10 s of processor, 512 MB of address space, no core file. Only the wall clock guards where the system knows no limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS * 6))  # the optical reader, a process of its own, may raise its soft limit
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
