"""Check every chain of the journal, line by line."""

import sys

from django.core.management.base import BaseCommand

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, JournalEntry


class Command(BaseCommand):
    help = "Vérifie que le journal n’a pas été retouché. Code de sortie 1 si une chaîne est rompue."

    def handle(self, *args, **options):
        broken = False
        for collective in [None, *Collective.objects.order_by("name")]:
            count = JournalEntry.objects.filter(collective=collective).count()
            line = journal.first_break(collective)
            broken = broken or line is not None
            state = f"chaîne intacte, {count} lignes" if line is None else f"CHAÎNE ROMPUE à la ligne {line}"
            self.stdout.write(f"{collective or 'Installation'} : {state}.")
        if broken:
            sys.exit(1)
