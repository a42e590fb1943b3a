"""The journal cannot be rewritten, by our code or by anybody's: the database refuses update and delete."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER journal_no_update BEFORE UPDATE ON accounts_journalentry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON accounts_journalentry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
POSTGRESQL = """
CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;
CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON accounts_journalentry
FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();
"""


def close_the_journal(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE.strip().split("END;"):
            if statement.strip():
                schema_editor.execute(statement + "END;")
    else:
        schema_editor.execute(POSTGRESQL)


def open_the_journal(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER journal_no_update")
        schema_editor.execute("DROP TRIGGER journal_no_delete")
    else:
        schema_editor.execute("DROP FUNCTION journal_is_append_only CASCADE")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(close_the_journal, open_the_journal)]
