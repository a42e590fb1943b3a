"""Every address against those who should not pass: strangers, another collective, a form from elsewhere, a method that makes no sense."""

# ruff: noqa: F811  a fixture has the name of what it gives
from __future__ import annotations

import hashlib
import itertools

import pytest
from django.db import connection
from django.test import Client

from plaidoyer.accounts.models import Membership
from plaidoyer.elections.models import Standing
from plaidoyer.replies.models import Reply
from tests.faults.every_address import Address, every_address
from tests.publication.conftest import four_lists, published  # noqa: F401  the same town as in the tests of the room
from tests.replies.conftest import on_tuesday, receive, reply  # noqa: F401

# What changes when one merely looks: the session's own rows, and the database's book-keeping.
NOT_LOOKED_AT = {"django_session", "accounts_attempt", "sqlite_sequence", "django_migrations"}
NO_SENTENCE_OF_OURS = ("Valmorel", "Un toit", "Domiciliation", "Carpentras", "Amina")
# Doors of the desk itself, what belongs to whoever is signed in, and public facts that every collective shares (places, elections, lists).
# The reader is one for the whole installation: its quality is shown to all, its versions to all who coordinate.
READER = ("replies:quality", "replies:learn", "replies:roll-back", "replies:use-reader")
SHARED = ("accounts:", "campaigns:home", "campaigns:new", "replies:home", "mailbox:", "territories:", "elections:", *READER)
PRIVATE_FACTS = {f"elections:{page}" for page in ("file", "columns", "apply", "abandon", "rejects", "retire")}


@pytest.fixture
def addresses(published, reply, election, campaign, collective, valmorel, lists, sent, amina, bruno) -> list[Address]:
    solicitation, original = sent[0], reply.originals.get()
    facts = {
        "slug": campaign.slug, "code": valmorel.pk, "insee": valmorel.pk, "commune": valmorel.slug, "list_slug": lists[0].slug, "number": 1, "page": 2,
        "version": 1, "way": "texte", "kind": "letter", "form": "pdf", "file": "lettres.pdf",
        "territories slug": valmorel.slug, "elections slug": election.slug, "elections kind": "csv",
        "elections:move pk": Standing.objects.get(candidate_list=lists[0]).pk,
        "replies pk": reply.pk, "replies original_pk": original.pk,
        "campaigns:failed pk": solicitation.pk, "campaigns:strike pk": solicitation.pk,
        "campaigns:letter-list pk": lists[0].pk, "campaigns:letter-list-file pk": lists[0].pk,
        "campaigns:reopen-list pk": lists[0].pk,
    }  # fmt: skip
    facts |= {
        f"campaigns:{page} slug": collective.slug
        for page in ("people", "invite", "role", "suspend", "restore", "revoke", "card", "journal", "journal-csv")
    }
    facts |= {f"campaigns:{page} pk": Membership.objects.get(user=bruno).pk for page in ("role", "suspend", "restore")}
    question = campaign.questionnaires.get().questions.first().pk
    facts |= {f"campaigns:{page} pk": question for page in ("question", "question-up", "question-down", "remove-question", "add-part", "wording")}
    return list(every_address(facts))


def fingerprint() -> str:
    """Of every row of every table."""
    found = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - NOT_LOOKED_AT):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return found.hexdigest()


def is_shared(address: Address) -> bool:
    return not address.is_desk or (address.name.startswith(SHARED) and address.name not in PRIVATE_FACTS)


def test_looking_at_every_page_changes_nothing_whoever_looks(addresses, as_user, amina, bruno, diane, emile, chloe):
    browsers = [Client(), *map(as_user, (amina, bruno, diane, emile, chloe))]
    before = fingerprint()
    found = {}
    for browser, one in itertools.product(browsers, addresses):
        status = browser.get(one.path).status_code
        found.setdefault(status, set()).add(one.name)
        assert status < 500, one
    assert fingerprint() == before
    assert len(found[200]) > 60, sorted(found[404] - found[200])


def test_another_collective_meets_nothing_but_404_and_no_word_of_ours(addresses, as_user, chloe):
    hers = as_user(chloe)
    wrong = []
    for one in (one for one in addresses if not is_shared(one)):
        answers = [hers.get(one.path), hers.post(one.path)]
        statuses = [answer.status_code for answer in answers]  # 405 before anything is looked up tells nothing
        told = [word for word in NO_SENTENCE_OF_OURS if any(word in answer.content.decode() for answer in answers)]
        if told or 404 not in statuses or not set(statuses) <= {404, 405}:
            wrong.append(f"{statuses} {one.name} {one.path} {told}")
    assert wrong == []


def test_a_stranger_is_sent_to_the_door(addresses, client):
    wrong = []
    for one in (one for one in addresses if one.path.startswith("/bureau/")):
        for answer in (client.get(one.path), client.post(one.path)):
            if answer.status_code != 302 or not answer["Location"].startswith("/compte/connexion/?next=/bureau/"):
                wrong.append(f"{answer.status_code} {answer.wsgi_request.method} {one.path}")
    assert wrong == []


def test_an_observer_changes_nothing_by_any_form(addresses, as_user, emile):
    """Even with a form that he wrote himself: 403 or 405, or 404 where he sees nothing; never done."""
    his = as_user(emile)
    before = fingerprint()
    wrong = []
    for one in (one for one in addresses if one.path.startswith("/bureau/")):
        status = his.post(one.path, {"name": "x", "reason": "x", "text": "x", "gesture": "pick", "do": "refuse_all::"}).status_code
        if status not in {302, 403, 404, 405}:
            wrong.append(f"{status} {one.name} {one.path}")
    assert wrong == []
    assert fingerprint() == before
    assert not Reply.objects.filter(claimed_by=emile).exists()


def test_a_form_sent_from_elsewhere_is_refused_everywhere(addresses, amina):
    hers = Client(enforce_csrf_checks=True)
    hers.force_login(amina)
    before = fingerprint()
    assert [] == [f"{status} {one.name}" for one in addresses if (status := hers.post(one.path).status_code) not in {403, 404}]
    assert fingerprint() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_address_takes_a_method_that_it_does_not_know(addresses, as_user, amina, method):
    hers = as_user(amina)
    before = fingerprint()
    taken = [one.name for one in addresses if hers.generic(method, one.path).status_code not in {404, 405}]
    assert taken == ["accounts:new-password"]  # it says that the link is over, whatever is asked
    assert fingerprint() == before
