"""Sends what is due. Several may run at once, on one machine or more: each message still leaves once."""

import datetime
import time

from django.core.management.base import BaseCommand, CommandError

from plaidoyer.mailbox.models import MailAccount, OutgoingMessage
from plaidoyer.mailbox.sender import DELAYS, RELAY_REST, Sender, watch

WORDS = {
    "accepted": "envoyés",
    "later": "à réessayer plus tard",
    "refused": "refusés par le serveur",
    "unknown": "incertains (à trancher dans la boîte d’envoi)",
    "uncertain": "incertains, laissés par un envoi interrompu (à trancher dans la boîte d’envoi)",
    "requeued": "remis en file après un envoi interrompu",
    "faulty": "impossibles à composer",
    "expired": "non partis : heure limite passée",
    "held": "retenus au dernier moment (pause, annulation ou heure)",
    "no-relay": "remis en file : le serveur d’envoi ne répond pas comme il faut",
}


class Command(BaseCommand):
    help = "Envoie les messages en file. Sans --once, reste à l’écoute jusqu’à ce qu’on l’arrête (Ctrl-C)."
    exit_code = 0

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="envoyer ce qui est dû, puis s’arrêter")
        parser.add_argument("--every", type=float, default=20, metavar="SECONDES", help="attente entre deux passages (20)")
        parser.add_argument("--no-wait", action="store_true", help="s’arrêter plutôt que d’attendre le rythme permis (pour cron)")
        parser.add_argument("--retry-after", metavar="MINUTES", help="délais après un « plus tard » du serveur, par exemple 5,15,60")

    def handle(self, *, once, every, no_wait, retry_after, **options):
        sender = Sender(delays=delays_of(retry_after), rest=RELAY_REST)
        if not once:
            self.stdout.write("À l’écoute de la file d’envoi. Ctrl-C pour arrêter.")
            watch(sender, every)
        started = time.monotonic()
        told = sender.drain(waits_for_slots=not no_wait)
        for what, number in told.items():
            self.stdout.write(f"{number} {WORDS[what]}")
        waiting = OutgoingMessage.objects.waiting().count()
        self.stdout.write(f"{waiting} encore en file. Durée : {time.monotonic() - started:.1f} s.")
        for account in MailAccount.objects.active().exclude(trouble=""):
            self.stderr.write(f"{account.name} : {account.trouble}")
            self.exit_code = 1


def delays_of(words):
    if not words:
        return DELAYS
    try:
        return tuple(datetime.timedelta(minutes=float(word)) for word in words.split(","))
    except ValueError as error:
        raise CommandError("--retry-after attend des minutes séparées par des virgules, par exemple 5,15,60.") from error
