"""Fetches the mailboxes, then takes the letters into the replies. Twice in a row, or two at once, change nothing."""

import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from plaidoyer.accounts.models import Collective
from plaidoyer.replies.mail_tasks import fetch_and_pull


class Command(BaseCommand):
    help = "Relève les boîtes de courriel, puis range les courriers parmi les réponses. Deux fois de suite ne change rien."
    exit_code = 0

    def add_arguments(self, parser):
        parser.add_argument("--every", type=float, default=0, metavar="SECONDES", help="recommencer toutes les … secondes, jusqu’à Ctrl-C")
        parser.add_argument("--no-fetch", action="store_true", help="ne pas relever : ranger seulement ce qui est déjà là")

    def handle(self, *, every, no_fetch, **options):
        self.go_round(fetches=not no_fetch)
        while every:
            time.sleep(every)
            close_old_connections()
            self.go_round(fetches=not no_fetch)

    def go_round(self, *, fetches):
        for collective in Collective.objects.order_by("name", "pk"):
            said, *troubles = fetch_and_pull(collective, fetches=fetches)
            self.stdout.write(f"{collective.name} : {said}")
            for trouble in troubles:
                self.stderr.write(trouble)
                self.exit_code = 1
