"""Take in annotated letters of another collective: the reader learns from them, nothing else does."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plaidoyer.replies.acts.corpus import import_corpus
from plaidoyer.replies.learning import shared


class Command(BaseCommand):
    help = "Reçoit des lettres annotées par un autre collectif, pour que le lecteur en apprenne. Montre tout ; ne garde qu’avec --apply."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="le dossier reçu")
        parser.add_argument("--apply", action="store_true", help="garder les lettres ; sans cette option, rien ne change")

    def handle(self, *args, **options):
        folder = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"Le dossier « {folder} » n’existe pas : vérifiez son nom.")
        found = list(shared.read(folder))
        letters = [one for one in found if not isinstance(one, shared.Rejected)]
        rejected = [one for one in found if isinstance(one, shared.Rejected)]
        if not found:
            raise CommandError(f"Aucune lettre annotée dans « {folder} » : on cherche des fichiers reply-….gold.json (voir docs/shared-letters.md).")
        for one in rejected:
            self.stdout.write(f"{one.name} : refusée, {one.reason}.")
        if options["apply"]:
            self.stdout.write(f"Gardées : {import_corpus(actor=None, letters=letters)} nouvelles sur {len(letters)}. Ensuite : plaidoyer learn.")
        else:
            self.stdout.write(f"Lettres lisibles : {len(letters)}. Rien n’est gardé : relancez avec --apply.")
        self.exit_code = 1 if rejected else 0
