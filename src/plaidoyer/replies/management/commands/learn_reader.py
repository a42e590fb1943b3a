"""Have the reader learn from the reviews of this installation, say what it is worth, or go back."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand, CommandError

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies.acts import learning
from plaidoyer.replies.learning import in_use, shared
from plaidoyer.replies.learning.judge import MEASURES, NAMED
from plaidoyer.replies.models import ReaderVersion

SHIPPED = "En service : le lecteur livré avec Plaidoyer."


class Command(BaseCommand):
    help = "Fait apprendre le lecteur des relectures de cette installation. Il n’est remplacé que si le nouveau lit mieux ; rien de publié ne change."

    def add_arguments(self, parser):
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--dry-run", action="store_true", help="apprend et compare, sans rien garder")
        way.add_argument("--rollback", action="store_true", help="remet en service la version d’avant")
        way.add_argument("--status", action="store_true", help="dit quelle version est en service, et ce qu’il y aurait à apprendre")

    def handle(self, *args, **options):
        try:
            self.act(options)
        except ActRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal

    def act(self, options):
        if options["status"]:
            self.status()
        elif options["rollback"]:
            version = learning.roll_back(actor=None)
            self.stdout.write(f"En service : version {version.number}." if version else "En service : le lecteur livré avec Plaidoyer.")
        elif options["dry_run"]:
            self.dry_run()
        else:
            version = learning.learn(actor=None, version=learning.ask_to_learn(actor=None), progress=self.progress)
            self.show(version.report)
            self.exit_code = 0 if version.state == ReaderVersion.State.ADOPTED else 1

    def dry_run(self):
        if not learning.lessons().exists() and not shared.kept():
            raise ActRefusedError(learning.NOTHING)
        number = ReaderVersion.objects.count() + 1
        self.show(learning.attempt(number, None, self.progress)["report"])
        self.stdout.write("Essai seulement : rien n’a été gardé.")

    def progress(self, sentence, done, total):
        if sys.stderr.isatty():
            print(f"\r{sentence} : {100 * done // total} %{'' if done < total else chr(10)}", end="", file=sys.stderr, flush=True)  # noqa: T201

    def show(self, report):
        letters = "1 lettre relue" if report["learnt"] == 1 else f"{report['learnt']} lettres relues"
        self.stdout.write(f"Appris sur {letters}.")
        for one in report["sets"]:
            self.stdout.write(f"\n{one['letters']} {one['name']}{'':4}avant   après")
            for name in MEASURES:
                self.stdout.write(f"  {NAMED[name]:34}{number_of(one['before'][name])}   {number_of(one['after'][name])}{mark(one, name)}")
        self.stdout.write(f"\n{report['verdict']}")

    def status(self):
        version = in_use.version_in_use()
        self.stdout.write(f"En service : version {version.number}, apprise sur {version.letters} lettres." if version else SHIPPED)
        sleeping = ReaderVersion.objects.filter(is_in_use=True).first()
        if sleeping and not version:
            self.stdout.write(f"La version {sleeping.number} ne sert plus : le programme a changé depuis. Lancez « plaidoyer learn ».")
        self.stdout.write(f"Relectures dont on peut apprendre : {learning.lessons().count()}. Lettres reçues d’ailleurs : {len(shared.kept())}.")
        for one in ReaderVersion.objects.all()[:10]:
            self.stdout.write(f"  version {one.number} du {one.asked_at:%d/%m/%Y} : {one.get_state_display()}. {one.sentence}")


def number_of(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")


def mark(one: dict, name: str) -> str:
    moved = round(one["after"][name] - one["before"][name], 3)
    return "" if not moved else f"   {'+' if moved > 0 else '−'}{abs(moved):.3f}".replace(".", ",")
