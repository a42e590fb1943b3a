"""The parser, in a process of its own with limits: a message made to hang or to eat the memory takes only this process with it.

``python -m plaidoyer.mailbox.parse_child SECONDS MEGABYTES < message.eml`` prints the facts as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, BinaryIO


@dataclass(frozen=True, slots=True)
class Limits:
    seconds: int = 10
    megabytes: int = 400


class ParserDiedError(Exception):
    """The child hung, crashed or ran out of memory on this message."""


def facts_in_child(raw: BinaryIO, limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-m", "plaidoyer.mailbox.parse_child", str(limits.seconds), str(limits.megabytes)]
    try:
        done = subprocess.run(command, stdin=raw, capture_output=True, timeout=limits.seconds * 3 + 10, check=False)
    except subprocess.TimeoutExpired as error:
        raise ParserDiedError("la lecture ne finit pas") from error
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ParserDiedError((last[-1] if last else f"processus arrêté ({done.returncode})")[:300])
    return json.loads(done.stdout)


def limit(seconds: int, megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the time-out of the parent remains
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))


def main() -> None:
    limit(int(sys.argv[1]), int(sys.argv[2]))
    from plaidoyer.mailbox.parsing import facts_of

    json.dump(facts_of(sys.stdin.buffer.read()).as_json(), sys.stdout)


if __name__ == "__main__":
    main()
