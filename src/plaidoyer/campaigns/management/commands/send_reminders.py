"""Queue the reminders whose hour has come, and learn what became of the letters that left. Run it every few minutes, beside ``send_mail``."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils import timezone

from plaidoyer.campaigns.acts.plans import pull_deliveries, send_due
from plaidoyer.campaigns.letter_models import Wave
from plaidoyer.campaigns.models import Campaign


class Command(BaseCommand):
    help = "Met en file les relances prévues dont l’heure est venue, et relève l’état des lettres parties."

    def handle(self, *args, **options):
        for wave, said in send_due(actor=None, moment=timezone.now()):
            self.stdout.write(f"{wave.campaign} : {said}")
        waves = Wave.objects.filter(state=Wave.State.QUEUED).exclude(campaign__state=Campaign.State.CLOSED).select_related("campaign")
        moved = sum(pull_deliveries(actor=None, wave=wave) for wave in waves)
        self.stdout.write(f"{moved} lettre(s) dont l’état a changé.")
