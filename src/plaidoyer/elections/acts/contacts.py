"""How to write to a list: private to the collective that found it, always with its source."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections.models import CandidateList, Contact

DIGITS_OF_A_PHONE = 9


@transaction.atomic
def add_contact(*, actor: User | None, collective: Collective, candidate_list: CandidateList, kind: str, value: str, source: str) -> Contact:
    """The journal says that a contact was found, never the contact itself: it outlives the purge."""
    require(actor, "lists", collective, candidate_list.commune_id)
    value, source = tidy(kind, value), source.strip()
    if not source:
        raise ActRefusedError("Indiquez où vous avez trouvé ce contact : site de la liste, presse, mairie…")
    made, is_new = Contact.objects.get_or_create(
        collective=collective, candidate_list=candidate_list, kind=kind, value=value,
        defaults={"source": source, "found_on": timezone.localdate(), "entered_by": actor},
    )  # fmt: skip
    if not is_new and made.is_active:
        raise ActRefusedError("Ce contact est déjà connu pour cette liste.")
    if not is_new:
        Contact.objects.filter(pk=made.pk).update(is_active=True, source=source, found_on=timezone.localdate(), entered_by=actor)
        made.refresh_from_db()
    sentence = f"Un contact ({made.get_kind_display()}) est ajouté pour « {candidate_list.name} »."
    journal.write(
        actor=actor, collective=collective, verb="contact.add", target=candidate_list, commune_code=candidate_list.commune_id, sentence=sentence
    )
    return made


def tidy(kind: str, value: str) -> str:
    """The contact as it is used: checked for what it says it is, in the sentence that helps."""
    value = " ".join(value.split())
    checks = {Contact.Kind.EMAIL: check_email, Contact.Kind.PHONE: check_phone, Contact.Kind.FORM: check_form}
    if not value:
        raise ActRefusedError("Indiquez le contact.")
    return checks.get(Contact.Kind(kind), str)(value)


def check_email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError as error:
        raise ActRefusedError(f"« {value} » n’est pas une adresse électronique complète, comme nom@exemple.fr.") from error
    return value


def check_phone(value: str) -> str:
    if sum(mark.isdigit() for mark in value) < DIGITS_OF_A_PHONE:
        raise ActRefusedError(f"« {value} » n’est pas un numéro de téléphone complet.")
    return value


def check_form(value: str) -> str:
    address = value if "://" in value else f"https://{value}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise ActRefusedError(f"« {value} » n’est pas une adresse de page, comme https://exemple.fr/contact.") from error
    return address


@transaction.atomic
def retire_contact(*, actor: User | None, collective: Collective, contact: Contact) -> None:
    """No letter goes there any more. The line stays, so that nobody adds it again unawares."""
    require(actor, "lists", collective, contact.candidate_list.commune_id)
    if not Contact.objects.filter(pk=contact.pk, collective=collective, is_active=True).update(is_active=False):
        raise ActRefusedError("Ce contact n’est déjà plus en usage.")
    subject = contact.candidate_list
    sentence = f"Un contact ({contact.get_kind_display()}) de « {subject.name} » n’est plus utilisé."
    journal.write(actor=actor, collective=collective, verb="contact.retire", target=subject, commune_code=subject.commune_id, sentence=sentence)
