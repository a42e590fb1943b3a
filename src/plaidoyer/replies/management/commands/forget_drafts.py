"""Once a day: three months after the vote, drafts and the addresses of receipts go."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from plaidoyer.campaigns.models import Campaign
from plaidoyer.replies.acts.forget import forget_drafts, is_time_to_forget


class Command(BaseCommand):
    help = "Efface, trois mois après le vote, les brouillons des listes et les adresses données pour un reçu."

    def handle(self, *args, **options):
        today, total = timezone.localdate(), 0
        for campaign in Campaign.objects.select_related("collective", "election"):
            if is_time_to_forget(campaign, today):
                total += forget_drafts(actor=None, campaign=campaign)
        self.stdout.write(f"Effacé : {total}." if total else "Rien à effacer.")
