"""Have the machine read the replies that no machine has read yet (after a stop, or a great arrival), by several processes if one wants."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import F

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies.acts import read
from plaidoyer.replies.models import Reply
from plaidoyer.replies.tasks import read_reply

IMMEDIATE = "django.tasks.backends.immediate.ImmediateBackend"


def waiting():
    return Reply.objects.filter(state=Reply.State.RECEIVED, is_awaiting_scan=False)


class Command(BaseCommand):
    help = "Fait lire par la machine les réponses reçues qui ne l’ont pas encore été. Arrêté, il reprend où il en était."

    def add_arguments(self, parser):
        parser.add_argument("--workers", type=int, default=1, metavar="N", help="nombre de processus qui lisent (1)")
        parser.add_argument("--share", default="0/1", help="la part de ce processus, « 0/2 » : la première de deux (réservé aux processus eux-mêmes)")

    def handle(self, *args, **options):
        if not 1 <= options["workers"] <= 64:
            raise CommandError("Donnez un nombre de processus entre 1 et 64.")
        total = waiting().count()
        if not total:
            self.stdout.write("Rien à lire.")
        elif settings.TASKS["default"]["BACKEND"] != IMMEDIATE:
            self.hand_over(total)
        elif options["workers"] > 1:
            self.share_out(total, options["workers"])
        else:
            self.read_share(options["share"], total)

    def hand_over(self, total):
        """The workers of this installation read; this command only fills their queue."""
        for pk in waiting().order_by("pk").values_list("pk", flat=True):
            read_reply.enqueue(pk)
        self.stdout.write(f"Confié aux processus de l’installation : {total}.")

    def read_share(self, share, total):
        rank, count = map(int, share.split("/"))
        mine = waiting().alias(part=F("pk") % count).filter(part=rank).order_by("pk")
        for done, reply in enumerate(list(mine.values_list("pk", flat=True)), 1):
            self.read_one(reply)
            if count == 1:
                self.show(done, total)
        if count == 1:
            self.conclude(total)

    def read_one(self, reply):
        """One that cannot be read now says why, and keeps nobody else waiting."""
        try:
            read(actor=None, reply=Reply.objects.get(pk=reply))
        except ActRefusedError as refusal:
            self.stderr.write(f"Réponse {reply} : {refusal}")

    def share_out(self, total, count):
        """Each process takes its own share: none waits for another, and what a dead one left is simply still waiting."""
        command = [sys.executable, "-c", "import sys; from plaidoyer.cli import main; sys.exit(main())", "read-waiting", "--share"]
        workers = [subprocess.Popen([*command, f"{rank}/{count}"], env=os.environ, stdout=subprocess.DEVNULL) for rank in range(count)]
        try:
            while any(worker.poll() is None for worker in workers):
                self.show(total - waiting().count(), total)
                time.sleep(0.5)
        except KeyboardInterrupt:
            for worker in workers:
                worker.terminate()
            raise
        self.conclude(total)

    def show(self, done, total):
        if sys.stderr.isatty():
            bar = "█" * (30 * done // total)
            print(f"\r{done} sur {total} {bar:·<30}", end="", file=sys.stderr, flush=True)  # noqa: T201

    def conclude(self, total):
        left = waiting().count()
        if sys.stderr.isatty():
            print(file=sys.stderr)  # noqa: T201
        self.stdout.write(f"Lu : {total - left}." if not left else f"Lu : {total - left}. Reste : {left}. Relancez la commande, rien n’est perdu.")
        self.exit_code = 1 if left else 0
