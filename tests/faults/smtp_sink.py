"""A mail server on loopback that counts what it was given, and fails as it is told to. It never sends anything anywhere."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

OK, BUSY, GONE, BUSY_AFTER_TEXT, CUT_TAKEN, CUT_LOST = "ok", "busy", "gone", "busy-after-text", "cut-taken", "cut-lost"
type Plan = Callable[[str, int], str]  # (recipient, how often it was tried) -> what to do


def always_ok(_recipient: str, _tries: int) -> str:
    return OK


def at_random(seed: int, *, busy: float = 0.0, gone: float = 0.0, late_busy: float = 0.0, taken: float = 0.0, lost: float = 0.0) -> Plan:
    """The same failures for the same seed. ``gone`` is for good: the same recipient is always refused."""

    def plan(recipient: str, tries: int) -> str:
        if random.Random(f"{seed}{recipient}gone").random() < gone:
            return GONE
        draw = random.Random(f"{seed}{recipient}{tries}").random()
        for share, what in ((busy, BUSY), (late_busy, BUSY_AFTER_TEXT), (taken, CUT_TAKEN), (lost, CUT_LOST)):
            if draw < share:
                return what
            draw -= share
        return OK

    return plan


@dataclass
class Sink:
    plan: Plan = always_ok
    refuses_sender: bool = False
    delay: float = 0.0
    port: int = 0
    taken: Counter[str] = field(default_factory=Counter)  # recipient -> messages that a person would find in her mailbox
    tries: Counter[str] = field(default_factory=Counter)
    texts: dict[str, bytes] = field(default_factory=dict)
    keeps_texts: bool = True
    reached: Callable[[str], None] = lambda _stage: None

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await self.converse(reader, writer)
        writer.close()

    async def converse(self, reader, writer) -> None:
        def say(line: str) -> None:
            writer.write(line.encode() + b"\r\n")

        say("220 sink ESMTP")
        self.reached("connected")
        recipient, todo = "", OK
        while line := await reader.readline():
            verb = line.strip().decode("ascii", "replace")
            upper = verb.upper()
            if upper.startswith(("EHLO", "HELO")):
                say("250-sink\r\n250-SIZE 40000000\r\n250 8BITMIME")
            elif upper.startswith("MAIL"):
                recipient = ""
                say("553 5.7.1 Sender address rejected: not owned by user" if self.refuses_sender else "250 ok")
            elif upper.startswith("RCPT"):
                assert not recipient, "two recipients in one envelope"
                recipient = verb[verb.index("<") + 1 : verb.index(">")]
                self.tries[recipient] += 1
                todo = self.plan(recipient, self.tries[recipient])
                say({BUSY: "451 4.7.1 Greylisted, try again later", GONE: "550 5.1.1 No such user here"}.get(todo, "250 ok"))
            elif upper == "DATA":
                self.reached("envelope")
                say("354 go")
                await writer.drain()
                self.reached("data")
                text = await reader.readuntil(b"\r\n.\r\n")
                if self.delay:
                    await asyncio.sleep(self.delay)
                if todo == CUT_LOST:
                    return
                if todo == BUSY_AFTER_TEXT:
                    say("452 4.2.2 Mailbox full for now")
                    continue
                self.taken[recipient] += 1
                if self.keeps_texts:
                    self.texts[recipient] = text
                self.reached("text")
                if todo == CUT_TAKEN:
                    return
                say("250 2.0.0 queued as SINK")
                await writer.drain()
                self.reached("answered")
            elif upper == "QUIT":
                say("221 bye")
                await writer.drain()
                return
            else:
                say("250 ok")
            await writer.drain()


@contextlib.contextmanager
def running(sink: Sink) -> Iterator[Sink]:
    """The sink in a thread of its own, on a free port of loopback (or on ``sink.port`` when it is set)."""
    loop = asyncio.new_event_loop()
    ready, stop = threading.Event(), asyncio.Event()

    async def serve() -> None:
        server = await asyncio.start_server(sink.talk, "127.0.0.1", sink.port, limit=64 * 2**20)
        sink.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()

    def run() -> None:
        loop.run_until_complete(serve())
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield sink
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
