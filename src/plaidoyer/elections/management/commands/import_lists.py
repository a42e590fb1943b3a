"""plaidoyer import-lists FILE: the ministry's lists, shown before anything changes, applied on demand."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from plaidoyer.accounts.models import Collective
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections import acts
from plaidoyer.elections.changes import Change, Report
from plaidoyer.elections.known import KNOWN
from plaidoyer.elections.models import Election
from plaidoyer.elections.official import FileRefusedError, OfficialFile, open_official
from plaidoyer.kit.downloads import REJECT_COLUMNS, csv_text
from plaidoyer.kit.typography import thousands

SHOWN = 15
MARKS = {"added": "+", "changed": "~", "gone": "-"}


class Command(BaseCommand):
    help = "Importe les listes et candidatures du fichier du ministère (2020 ou 2026). Montre ce qui changera ; n’écrit qu’avec --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="le fichier du ministère, tel que téléchargé (.txt, .csv ou .xlsx)")
        parser.add_argument("--election", default="", help="adresse courte de l’élection, par exemple municipales-2026")
        parser.add_argument("--tour", type=int, choices=[1, 2], default=1, help="tour du scrutin (1 par défaut)")
        parser.add_argument("--departement", action="append", default=[], help="n’importer que ce département ; peut se répéter (34, 2A, 974)")
        parser.add_argument("--collectif", default="", help="adresse courte du collectif au nom duquel le journal écrit")
        parser.add_argument("--rejets", type=Path, help="où écrire le fichier des rejets (à côté du fichier par défaut)")
        parser.add_argument("--apply", action="store_true", help="écrire dans la base ; sans cette option, rien ne change")

    def handle(self, *args: Any, **options: Any) -> None:
        start = time.monotonic()
        try:
            file = open_official(options["file"])
            report = self.run_import(file, options)
        except FileNotFoundError as error:
            raise CommandError(f"Le fichier {options['file']} n’existe pas.") from error
        except (FileRefusedError, ActRefusedError, OSError) as error:
            raise CommandError(str(error)) from error
        self.show(report, file)
        self.write_rejects(report, options["rejets"] or options["file"].with_suffix(".rejets.csv"))
        done = "Importé" if options["apply"] else "Rien n’est écrit : relancez avec --apply pour importer"
        self.stdout.write(self.style.SUCCESS(f"{done} ({time.monotonic() - start:.1f} s).".replace(".", ",", 1)))

    def run_import(self, file: OfficialFile, options: dict[str, Any]) -> Report:
        """A preview runs in a transaction that is rolled back: an election that is not there yet is made for the look, and leaves no trace."""
        with transaction.atomic():
            collective = self.collective(options["collectif"])
            election = self.election(options["election"] or f"municipales-{file.format.year}", collective)
            facts = {"file": file, "election": election, "number": options["tour"], "departements": departements(options["departement"])}
            if options["apply"]:
                return acts.import_official(actor=None, collective=collective, progress=self.progress, **facts)
            report = acts.preview_official(progress=self.progress, **facts)
            transaction.set_rollback(True)
            return report

    def collective(self, slug: str) -> Collective | None:
        if not slug:
            return None
        found = Collective.objects.filter(slug=slug).first()
        if found is None:
            raise CommandError(f"Aucun collectif n’a l’adresse « {slug} ».")
        return found

    def election(self, slug: str, collective: Collective | None) -> Election:
        found = Election.objects.filter(slug=slug).first()
        if found is None and slug in KNOWN:
            return acts.create_election(actor=None, collective=collective, slug=slug, **KNOWN[slug])
        if found is None:
            names = ", ".join(Election.objects.values_list("slug", flat=True)) or "aucune"
            raise CommandError(f"Aucune élection n’a l’adresse « {slug} ». Élections connues : {names}. Précisez --election.")
        return found

    def progress(self, candidates: int) -> None:
        self.stderr.write(f"\r{thousands(candidates)} candidatures lues…", ending="")

    def show(self, report: Report, file: OfficialFile) -> None:
        self.stderr.write("")
        self.stdout.write(
            f"Format de {file.format.year}, {file.encoding}. {thousands(len(report.tallies))} communes, {thousands(report.candidates)} candidatures."
        )
        total = report.total
        self.stdout.write(
            f"Listes : {thousands(total.added)} à ajouter, {thousands(total.changed)} à modifier, "
            f"{thousands(total.unchanged)} inchangées, {thousands(total.gone)} disparues."
        )
        for change in report.details[:SHOWN]:
            self.stdout.write(told(change))
        if (more := total.moves - SHOWN) > 0:
            self.stdout.write(f"  … et {thousands(more)} autres.")

    def write_rejects(self, report: Report, path: Path) -> None:
        if not report.reject_count:
            return
        path.write_text(csv_text(REJECT_COLUMNS, (reject.cells() for reject in report.rejects)), encoding="utf-8", newline="")
        self.stdout.write(self.style.WARNING(f"{thousands(report.reject_count)} lignes refusées, avec leur raison : {path}"))


def departements(given: list[str]) -> list[str]:
    return [one for text in given for one in text.replace(",", " ").split()]


def told(change: Change) -> str:
    moves = " ; ".join(f"{what} : {before or 'vide'} → {after or 'vide'}" for what, before, after in change.moves)
    return f"  {MARKS[change.kind]} {change.commune} : {change.name}{f' ({moves})' if moves else ''}"
