"""What goes with every answer: the same guards on a page, a refusal, a file and a picture; and nothing personal in a cache."""

# ruff: noqa: F811  a fixture has the name of what it gives
from __future__ import annotations

import re

import pytest
from django.test import Client

from plaidoyer.publication.addresses import public_addresses
from tests.faults.test_web_doors import addresses  # noqa: F401
from tests.publication.conftest import four_lists, published  # noqa: F401
from tests.replies.conftest import on_tuesday, receive, reply  # noqa: F401

GUARDS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": ("same-origin", "strict-origin"),  # the second is stricter: the candidate's page gives no path, even to us
    "Cross-Origin-Opener-Policy": "same-origin",
}


def unguarded(answer) -> list[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    loose = [word for word in ("unsafe-inline", "unsafe-eval", "*", "http:", "https:") if word in policy]
    needed = {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"}
    missing = [part for part in needed if part not in policy and not policy.startswith("sandbox")]
    others = [
        name
        for name, value in GUARDS.items()
        if name != "Content-Security-Policy" and answer.headers.get(name) not in ((value,) if isinstance(value, str) else value)
    ]
    return loose + missing + others


def test_the_policy_of_an_ordinary_page_is_this_one(client, published):
    assert client.get("/").headers["Content-Security-Policy"] == GUARDS["Content-Security-Policy"]


def test_every_answer_carries_the_guards(addresses, as_user, amina, emile):
    wrong = []
    for browser in (Client(), as_user(amina), as_user(emile)):
        for one in addresses:
            for answer in (browser.get(one.path), browser.generic("PUT", one.path)):
                wrong += [f"{answer.status_code} {one.name}: {missing}" for missing in unguarded(answer)]
    assert sorted(set(wrong)) == []


@pytest.mark.parametrize("path", ["/nulle-part/", "/statique/desk.css", "/statique/absent.css", "/bureau", "/%00", "/campagnes/../bureau/"])
def test_odd_addresses_carry_them_too(client, published, path):
    answer = client.get(path)
    assert answer.status_code < 500
    assert unguarded(answer) == []


def test_a_forged_host_is_refused_with_the_guards(client, published):
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_pages_of_the_desk_are_never_kept_by_a_cache(addresses, as_user, amina):
    hers = as_user(amina)
    kept = []
    for one in (one for one in addresses if one.is_desk):
        rule = hers.get(one.path).headers.get("Cache-Control", "")
        if not {"private", "no-store"} <= set(re.split(r",\s*", rule)):
            kept.append(f"{one.name}: {rule!r}")
    assert kept == []


def test_what_a_cache_may_keep_sets_no_cookie_and_names_nobody(addresses, as_user, amina):
    hers, nobody = as_user(amina), Client()
    wrong = []
    for one in addresses:
        mine, theirs = hers.get(one.path), nobody.get(one.path)
        if "public" in mine.headers.get("Cache-Control", "") and (
            mine.cookies or "Amina" in mine.content.decode() or "Cookie" in mine.headers.get("Vary", "") or mine.content != theirs.content
        ):
            wrong.append(one.name)
        if theirs.cookies and "no-store" not in theirs.headers["Cache-Control"]:
            wrong.append(f"{one.name} hands out a cookie")
    assert wrong == []


def test_every_public_page_may_be_kept(published, client):
    rules = {address.page: client.get(address.page).headers["Cache-Control"] for address in public_addresses()}
    assert set(rules.values()) == {"public, max-age=60"}
    assert len(rules) > 12
