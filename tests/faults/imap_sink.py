"""A mailbox on loopback: just enough IMAP to be fetched, and able to break off at a chosen moment."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Box:
    mails: dict[int, bytes] = field(default_factory=dict)
    uid_validity: int = 42
    password: str = "secret"
    breaks_at: int = 0  # the line is cut when this UID is asked for
    seen: set[int] = field(default_factory=set)
    fetched: list[int] = field(default_factory=list)
    context: ssl.SSLContext | None = None
    port: int = 0


class Talk(socketserver.StreamRequestHandler):
    box: Box

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        if self.box.context is not None:
            try:
                self.request = self.box.context.wrap_socket(self.request, server_side=True)
            except OSError:
                return
            self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
        self.say("* OK boite IMAP4rev1")
        while line := self.rfile.readline():
            tag, _, rest = line.decode("ascii", "replace").strip().partition(" ")
            if not self.answer(tag, rest):
                return

    def answer(self, tag: str, rest: str) -> bool:
        box, verb = self.box, rest.upper()
        if verb == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif verb.startswith("LOGIN"):
            if box.password not in rest:
                self.say(f"{tag} NO [AUTHENTICATIONFAILED] Invalid credentials")
                return True
        elif verb.startswith(("SELECT", "EXAMINE")):
            if "INBOX" not in verb:
                self.say(f"{tag} NO no such folder")
                return True
            self.say(f"* {len(box.mails)} EXISTS\r\n* OK [UIDVALIDITY {box.uid_validity}] ok")
        elif verb.startswith("UID SEARCH"):
            self.say("* SEARCH " + " ".join(str(uid) for uid in box.mails))
        elif verb.startswith("UID FETCH"):
            uid = int(rest.split()[2])
            if uid == box.breaks_at:
                return False
            assert "BODY.PEEK[]" in verb
            box.fetched.append(uid)
            data = box.mails[uid]
            self.wfile.write(f'* 1 FETCH (UID {uid} INTERNALDATE "02-Mar-2026 10:16:00 +0100" BODY[] {{{len(data)}}}\r\n'.encode() + data + b")\r\n")
        elif verb.startswith("UID STORE"):
            box.seen.add(int(rest.split()[2]))
        elif verb == "LOGOUT":
            self.say("* BYE")
            self.say(f"{tag} OK bye")
            return False
        self.say(f"{tag} OK done")
        return True


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


@contextmanager
def open_box(box: Box) -> Iterator[Box]:
    handler = type("Handler", (Talk,), {"box": box})
    with Server(("127.0.0.1", 0), handler) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join(5)
