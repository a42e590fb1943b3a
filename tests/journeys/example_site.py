"""The example campaign, played once and served by the real command; and a visitor who follows its links without a browser.

The example lives on SQLite files of its own, whatever database the other tests run on: tests that use it are marked ``anydb``.
"""

from __future__ import annotations

import fcntl
import http.client
import http.cookiejar
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.urls import Resolver404, resolve

PASSWORD = "essai-plaidoyer"
SLUG = "cinq-questions-aux-listes-du-val-darvigne"
PLAIDOYER = Path(sys.executable).parent / "plaidoyer"
PATIENCE = 300  # seconds for playing the example: about twenty on a machine of one's own, more on a crowded one


def chromium_or_skip() -> str:
    """Where Chromium is. Without one the journey is skipped, or fails when PLAIDOYER_FULL=1 asks for everything."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    if found is None:
        (pytest.fail if os.environ.get("PLAIDOYER_FULL") == "1" else pytest.skip)("no Chromium on this machine")
    return found


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}}
    return kept | {"PLAIDOYER_HOME": str(home), "PLAIDOYER_DEMO": "1", "PYTHONUNBUFFERED": "1"}


def played(shelf: Path) -> Path:
    """The home of a played example; several workers of one test run share it."""
    home = shelf / "example"
    with (shelf / "example.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "played").exists():
            done = subprocess.run(
                [PLAIDOYER, "demo", "--no-serve"], env=environment(home), capture_output=True, text=True, timeout=PATIENCE, check=False
            )
            assert done.returncode == 0, done.stderr
            (home / "played").touch()
    return home


def by_script(home: Path, script: str) -> str:
    """Run a few lines of acts in the installation: what other people do while the journey looks elsewhere."""
    command = [
        sys.executable,
        "-c",
        f"import django, os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'plaidoyer.config.settings'\ndjango.setup()\n{script}",
    ]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass
class Site:
    url: str
    home: Path
    log: Path

    @property
    def host(self) -> str:
        return self.url.split("/")[2]

    def faults(self) -> list[str]:
        """What the server had to say: nothing, when all is well."""
        return [line for line in self.log.read_text(encoding="utf-8").splitlines() if "Internal Server Error" in line or "[CRITICAL]" in line]


@contextmanager
def served(home: Path) -> Iterator[Site]:
    """A server of this home on a free port, ended with the test."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    log = home / "server.log"
    with log.open("wb") as told:
        server = subprocess.Popen([PLAIDOYER, "serve", "--port", str(port)], env=environment(home), stdout=told, stderr=told)
        try:
            wait_for(port, server)
            yield Site(f"http://127.0.0.1:{port}", home, log)
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(10)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


@dataclass
class Seen:
    """One answer of the site."""

    address: str
    status: int
    route: str
    html: str
    came_from: str

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "lxml")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


@dataclass
class Visitor:
    """Somebody who follows links; signed in, or not."""

    site: Site
    name: str = ""
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), NoRedirect)
        if self.name:
            self.get("/compte/connexion/")
            status, _, _ = self.post("/compte/connexion/", {"username": f"{self.name}@leseuil.example", "password": PASSWORD})
            assert status == 302, f"{self.name} could not sign in"

    def cookie(self, name: str) -> str:
        return next((one.value or "" for one in self.jar if one.name == name), "")

    def get(self, address: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        return self.open(urllib.request.Request(self.site.url + address))

    def post(self, address: str, told: dict[str, str]) -> tuple[int, http.client.HTTPMessage, bytes]:
        body = urllib.parse.urlencode({**told, "csrfmiddlewaretoken": self.cookie("csrf")}).encode()
        return self.open(urllib.request.Request(self.site.url + address, data=body))

    def open(self, request: urllib.request.Request) -> tuple[int, http.client.HTTPMessage, bytes]:
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            return answer.status, answer.headers, answer.read()

    def walk(self, starts: list[str], per_route: int = 4) -> list[Seen]:
        """Every page that links lead to, at most ``per_route`` of each kind."""
        waiting, known, met, seen = [(start, "") for start in starts], set(starts), {}, []
        while waiting:
            address, came_from = waiting.pop(0)
            route = route_of(address)
            met[route] = met.get(route, 0) + 1
            if met[route] > per_route:
                continue
            status, headers, body = self.get(address)
            is_page = headers.get_content_type() == "text/html"
            seen.append(Seen(address, status, route, body.decode() if is_page else "", came_from))
            found = links(seen[-1], self.site) if is_page else []
            if 300 <= status < 400:
                found = [urllib.parse.urljoin(address, headers["Location"])]
            new = [one for one in found if one not in known]
            known.update(new)
            waiting += [(one, address) for one in new]
        return seen


def reply_of(visitor: Visitor, name: str) -> str:
    """The address of this list's reply, read in the inbox."""
    _, _, body = visitor.get(f"/bureau/reponses/campagne/{SLUG}/")
    link = next(one for one in BeautifulSoup(body, "lxml").select("main a[href]") if name in one.get_text())
    return re.sub(r"(/bureau/reponses/\d+/).*", r"\1", str(link["href"]))


def links(page: Seen, site: Site) -> list[str]:
    """The addresses of this site that a page leads to, without their fragments."""
    found = []
    for link in page.soup.select("a[href], link[rel=alternate][href], img[src], form[method=get][action]"):
        target = urllib.parse.urljoin(site.url + page.address, str(link.get("href") or link.get("src") or link.get("action")))
        parts = urllib.parse.urlsplit(target)
        if parts.scheme.startswith("http") and parts.netloc == site.host:
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return list(dict.fromkeys(found))


def route_of(address: str) -> str:
    """The kind of page: its route, and which questions are asked of it."""
    path, _, query = address.partition("?")
    asked = sorted({part.split("=")[0] for part in query.split("&") if part})
    try:
        return " ".join([resolve(path).route, *asked])
    except Resolver404:
        return path if path.startswith("/statique/") else f"nowhere: {path}"


def writing_forms(page: Seen) -> list[tuple[str, str, dict[str, str]]]:
    """Where each form of a page writes, with what its hidden fields say, once for each of its buttons."""
    found = []
    for form in page.soup.select("form[method=post]"):
        hidden = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[type=hidden][name]")}
        target = urllib.parse.urljoin(page.address, str(form.get("action", ""))).partition("#")[0]
        buttons: list[Tag | None] = [*form.select("button[name]")] or [None]
        for button in buttons:
            said = {str(button["name"]): str(button.get("value", ""))} if button else {}
            found.append((page.address, target, hidden | said))
    return found
