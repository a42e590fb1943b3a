"""The journal: one line per act, sealed, in the act's own transaction."""

import pytest
from django.db import DatabaseError, connection, transaction

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import JournalEntry


def write_two(collective, amina):
    with transaction.atomic():
        journal.write(actor=amina, collective=collective, verb="test.one", sentence="Amina a fait une chose.")
        journal.write(actor=None, collective=collective, verb="test.two", sentence="La machine en a fait une autre.")


def test_each_collective_has_its_own_unbroken_chain(collective, other_collective, amina):
    write_two(collective, amina)
    assert [1, 2] == list(JournalEntry.objects.filter(collective=collective).order_by("sequence").values_list("sequence", flat=True))
    assert journal.first_break(collective) is None
    assert journal.first_break(other_collective) is None


def test_a_line_cannot_be_written_outside_a_transaction(collective, amina, transactional_db):
    with pytest.raises(RuntimeError):
        journal.write(actor=amina, collective=collective, verb="test.one", sentence="Trop tard.")


def test_the_database_itself_refuses_to_change_a_line(collective, amina):
    write_two(collective, amina)
    with pytest.raises(DatabaseError), transaction.atomic():
        JournalEntry.objects.filter(sequence=1).update(sentence="Autre chose.")
    with pytest.raises(DatabaseError), transaction.atomic():
        JournalEntry.objects.filter(sequence=1).delete()


def test_a_line_changed_by_somebody_who_removed_the_lock_is_found_and_named(collective, amina):
    write_two(collective, amina)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE accounts_journalentry DISABLE TRIGGER journal_no_change")
        cursor.execute("UPDATE accounts_journalentry SET sentence = 'Rien.' WHERE sequence = 1")
    assert journal.first_break(collective) == 1


def test_a_machine_signs_as_plaidoyer(collective, amina):
    write_two(collective, amina)
    assert ["Amina Test", "Plaidoyer"] == list(JournalEntry.objects.order_by("sequence").values_list("actor_name", flat=True))
