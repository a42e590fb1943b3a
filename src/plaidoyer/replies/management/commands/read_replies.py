"""Have the machine read the replies that no machine has read yet (after a stop, or a new engine)."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from plaidoyer.replies.acts import read
from plaidoyer.replies.models import Reply


class Command(BaseCommand):
    help = "Fait lire par la machine les réponses reçues qui ne l’ont pas encore été."

    def handle(self, *args, **options):
        waiting = Reply.objects.filter(state=Reply.State.RECEIVED, is_awaiting_scan=False)
        total = waiting.count()
        for rank, reply in enumerate(waiting.iterator(), 1):
            read(actor=None, reply=reply)
            self.stdout.write(f"{rank}/{total} {reply}")
        self.stdout.write("Rien à lire." if not total else f"Lu : {total}.")
