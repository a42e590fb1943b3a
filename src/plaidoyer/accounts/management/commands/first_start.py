"""Print the one-time address at which the first account is made."""

from django.core.management.base import BaseCommand, CommandError

from plaidoyer.accounts import first_start


class Command(BaseCommand):
    help = "Affiche l’adresse, valable une fois, où créer le premier collectif et le premier accès."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, help="le port où le site est servi (celui du dernier « plaidoyer serve » ou « make run »)")

    def handle(self, *args, **options):
        if not first_start.is_due():
            raise CommandError("Cette installation a déjà des comptes. Demandez une invitation à la coordination.")
        self.stdout.write("Ouvrez cette adresse dans votre navigateur (elle sert une fois) :")
        self.stdout.write(first_start.link(options["port"]))
