"""A collective and its coordinator, from the command line. Run twice, it says that nothing was to be done."""

import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from plaidoyer.accounts import acts
from plaidoyer.accounts.models import Collective, Membership, Role, User


class Command(BaseCommand):
    help = "Crée un collectif et la personne qui le coordonne. Le mot de passe est demandé sans s’afficher."

    def add_arguments(self, parser):
        parser.add_argument("name", help="le nom du collectif")
        parser.add_argument("--email", required=True, help="l’adresse de la personne à la coordination")
        parser.add_argument("--full-name", default="", help="ses prénom et nom (inutile si elle a déjà un compte)")
        parser.add_argument("--password", default="", help="pour les scripts seulement ; sans lui, il est demandé")

    def handle(self, *args, name, email, full_name, password, **options):
        existing = Collective.objects.filter(name=name).first()
        if existing and Membership.objects.filter(collective=existing, user__email__iexact=email).exists():
            self.stdout.write(f"« {name} » existe déjà, et {email} y a un rôle : rien à faire.")
            return
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            checked_email(email)
            if not full_name:
                raise CommandError("Cette adresse n’a pas encore de compte : ajoutez --full-name « Prénom Nom ».")
            password = checked_password(password or asked_password(), full_name, email)
        with transaction.atomic():
            person = person or User.objects.create_user(email, full_name, password)
            collective = existing or acts.create_collective(actor=None, name=name, contact_email=email)
            acts.give_role(actor=None, collective=collective, user=person, role=Role.COORDINATOR)
        self.stdout.write(f"« {collective.name} » est prêt ; {person.full_name} en assure la coordination.")


def asked_password() -> str:
    try:
        return getpass.getpass("Mot de passe : ")
    except EOFError as error:
        raise CommandError("Personne n’est là pour taper le mot de passe : lancez la commande dans un terminal, ou ajoutez --password.") from error


def checked_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"« {email} » n’est pas une adresse électronique.") from error


def checked_password(password: str, full_name: str, email: str) -> str:
    try:
        validate_password(password, User(full_name=full_name, email=email))
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
