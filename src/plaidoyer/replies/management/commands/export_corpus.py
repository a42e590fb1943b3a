"""Write the reviewed letters of a campaign, without the people in them, for other collectives."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Campaign
from plaidoyer.replies.acts.corpus import export_corpus, prepare_corpus


class Command(BaseCommand):
    help = "Exporte les lettres relues d’une campagne avec leurs annotations, sans données personnelles. Montre tout ; n’écrit qu’avec --apply."

    def add_arguments(self, parser):
        parser.add_argument("campaign", help="adresse courte de la campagne")
        parser.add_argument("folder", type=Path, help="dossier à créer")
        parser.add_argument("--apply", action="store_true", help="écrire le dossier ; sans cette option, rien n’est écrit")

    def handle(self, *args, **options):
        campaign = Campaign.objects.filter(slug=options["campaign"]).first()
        if campaign is None:
            raise CommandError(f"Aucune campagne « {options['campaign']} ». Son adresse courte est dans l’adresse de sa page.")
        try:
            act = export_corpus if options["apply"] else prepare_corpus
            made = act(actor=None, campaign=campaign, **({"folder": options["folder"]} if options["apply"] else {}))
        except (ActRefusedError, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.show(made)
        done = f"Écrit dans {options['folder']}." if options["apply"] else "Rien n’est écrit : relisez les remplacements, puis relancez avec --apply."
        self.stdout.write(done)
        self.exit_code = 1 if made.left else 0

    def show(self, made):
        for letter, replaced in zip(made.letters, made.replaced, strict=True):
            count = len(letter.gold["commitments"])
            self.stdout.write(f"{letter.name} : {len(letter.text)} caractères, {count} engagement{'s' if count > 1 else ''}")
            for one in dict.fromkeys((" ".join(r.before.split()), " ".join(r.after.split())) for r in replaced):
                self.stdout.write(f"    {one[0]} → {one[1]}")
        for one in made.left:
            self.stdout.write(f"{one.name} : reste ici, {one.reason}")
