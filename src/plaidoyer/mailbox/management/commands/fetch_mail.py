"""Fetches the mailboxes and sorts what came. Twice in a row changes nothing."""

import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from plaidoyer.mailbox import intake
from plaidoyer.mailbox.fetcher import fetch
from plaidoyer.mailbox.models import MailAccount


class Command(BaseCommand):
    help = "Relève les boîtes de courriel par IMAP et trie ce qui arrive. Deux fois de suite ne change rien."
    exit_code = 0

    def add_arguments(self, parser):
        parser.add_argument("--every", type=float, default=0, metavar="SECONDES", help="recommencer toutes les … secondes, jusqu’à Ctrl-C")

    def handle(self, *, every, **options):
        self.fetch_all()
        while every:
            time.sleep(every)
            close_old_connections()
            self.fetch_all()

    def fetch_all(self):
        accounts = [account for account in MailAccount.objects.active().select_related("collective") if account.can_receive]
        if not accounts:
            self.stdout.write("Aucune boîte à relever : indiquez un serveur de réception dans les réglages du courriel.")
        for account in accounts:
            told = fetch(account)
            self.stdout.write(f"{account.name} : {told.new} nouveaux messages.")
            if told.trouble:
                self.stderr.write(f"{account.name} : {told.trouble}")
                self.exit_code = 1
        intake.sort_waiting()
