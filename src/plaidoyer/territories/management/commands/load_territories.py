"""plaidoyer load-territories: the communes of France, from the files that come with Plaidoyer. No network."""

from __future__ import annotations

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from plaidoyer.kit.typography import thousands
from plaidoyer.territories import acts, reference


class Command(BaseCommand):
    help = "Charge les communes, intercommunalités, départements et régions livrés avec Plaidoyer. Se relance sans risque."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dossier", type=Path, default=reference.DATA, help="un autre dossier de fichiers, pour un autre millésime")

    def handle(self, *args, **options) -> None:
        start = time.monotonic()
        for name, found in acts.load_territories(actor=None, folder=options["dossier"]).items():
            counts = [
                f"{thousands(number)} {word}"
                for number, word in [(found.added, "ajoutés"), (found.changed, "modifiés"), (found.unchanged, "inchangés")]
                if number
            ]
            self.stdout.write(f"{name} : {', '.join(counts) or 'rien'}")
        self.stdout.write(self.style.SUCCESS(f"Fait en {time.monotonic() - start:.1f} s".replace(".", ",")))
