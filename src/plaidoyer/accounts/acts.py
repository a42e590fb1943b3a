"""The only functions that change people, collectives and roles. Each opens one transaction and writes one line of the journal."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, CollectiveMember, Invitation, Membership, MembershipCommune, Organisation, Role, User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.kit.templatetags.french import plural
from plaidoyer.kit.text import first_free

INVITATION_LASTS = datetime.timedelta(days=14)


# ------------------------------------------------------------------------------------------------------------ the house and its collectives


@transaction.atomic
def create_collective(*, actor: User | None, name: str, about: str = "", contact_email: str = "", is_fictional: bool = False) -> Collective:
    made = Collective.objects.create(
        name=name,
        slug=free_slug(name),
        about=about,
        contact_email=contact_email,
        is_fictional=is_fictional,
    )
    journal.write(actor=actor, collective=made, verb="collective.create", sentence=f"Le collectif « {made.name} » est créé.", target=made)
    return made


def free_slug(name: str) -> str:
    base = slugify(name)[:54] or "collectif"
    taken = set(Collective.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return first_free(base, taken)


@transaction.atomic
def open_house(*, actor: None = None, collective_name: str, full_name: str, email: str, password: str) -> User:  # noqa: ARG001  every act names its actor
    """First start: the first person, her collective, and her role in it. Refused as soon as anybody has an account.

    ``actor`` is nobody: there is nobody yet.
    """
    if User.objects.exists():
        raise ActRefusedError("Cette installation a déjà des comptes. Demandez une invitation à la coordination.")
    user = User.objects.create_user(email, full_name, password, is_staff=True)
    collective = create_collective(actor=user, name=collective_name, contact_email=user.email)
    give_role(actor=user, collective=collective, user=user, role=Role.COORDINATOR)
    return user


@transaction.atomic
def give_role(*, actor: User | None, collective: Collective, user: User, role: str, commune_codes: Iterable[str] = ()) -> Membership:
    """For the first coordinator and the command line; everybody else comes by an invitation."""
    made = Membership.objects.create(collective=collective, user=user, role=role)
    cover(made, commune_codes)
    journal.write(
        actor=actor,
        collective=collective,
        verb="people.role",
        target=made,
        sentence=f"{user.full_name} reçoit le rôle « {made.get_role_display()} ».",
    )
    return made


@transaction.atomic
def edit_collective(*, actor: User, collective: Collective, facts: dict[str, str], organisations: list[str]) -> Collective:
    """``facts``: name, about, url, contact_email, publication_director. ``organisations``: the names of the members, in order."""
    require(actor, "people", collective)
    Collective.objects.filter(pk=collective.pk).update(**facts)
    collective.refresh_from_db()
    CollectiveMember.objects.filter(collective=collective).delete()
    for position, name in enumerate(dict.fromkeys(organisations)):
        member, _ = Organisation.objects.get_or_create(name=name)
        CollectiveMember.objects.create(collective=collective, organisation=member, position=position)
    journal.write(
        actor=actor,
        collective=collective,
        verb="collective.edit",
        target=collective,
        sentence=(
            f"{actor.full_name} a mis à jour la présentation du collectif "
            f"({plural(len(set(organisations)), 'organisation membre,organisations membres')})."
        ),
    )
    return collective


# ------------------------------------------------------------------------------------------------------------ invitations


@transaction.atomic
def invite(*, actor: User, collective: Collective, email: str, role: str, commune_codes: Iterable[str] = ()) -> tuple[Invitation, str]:
    """The invitation and its secret, which is kept nowhere: put it into the mail, and show it once."""
    require(actor, "people", collective)
    codes = sorted(set(commune_codes))
    refuse_without_communes(role, codes)
    if Membership.objects.filter(collective=collective, user__email__iexact=email).exists():
        raise ActRefusedError(f"{email} a déjà un rôle dans ce collectif : changez-le dans la liste des personnes.")
    now, token = timezone.now(), secrets.token_urlsafe(32)
    Invitation.objects.open_at(now).filter(collective=collective, email__iexact=email).update(revoked_at=now)
    made = Invitation.objects.create(
        collective=collective,
        email=email.lower(),
        role=role,
        commune_codes=codes,
        token_hash=hash_of(token),
        invited_by=actor,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    journal.write(
        actor=actor,
        collective=collective,
        verb="people.invite",
        target=made,
        sentence=f"{actor.full_name} invite {veiled(made.email)} : {made.get_role_display()}.",
        data={"communes": codes},
    )
    return made, token


def veiled(email: str) -> str:
    """An address in the journal would never leave it: « l…@example.org » is enough to recognise it."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def refuse_without_communes(role: str, codes: list[str]) -> None:
    if role == Role.LOCAL and not codes:
        raise ActRefusedError("Un groupe local a au moins une commune : choisissez-la.")


@transaction.atomic
def revoke_invitation(*, actor: User, invitation: Invitation) -> Invitation:
    require(actor, "people", invitation.collective)
    if not Invitation.objects.open_at(timezone.now()).filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        raise ActRefusedError("Cette invitation n’attend plus de réponse.")
    journal.write(
        actor=actor,
        collective=invitation.collective,
        verb="people.revoke",
        target=invitation,
        sentence=f"{actor.full_name} annule l’invitation de {veiled(invitation.email)}.",
    )
    return invitation


@transaction.atomic
def accept_invitation(*, actor: User | None, invitation: Invitation, full_name: str = "", password: str = "") -> User:
    """``actor`` is the person when she already has an account; otherwise her account is made now."""
    if actor and actor.email.lower() != invitation.email.lower():
        raise ActRefusedError(f"Cette invitation est pour {invitation.email}. Déconnectez-vous, puis ouvrez de nouveau le lien.")
    if not Invitation.objects.open_at(timezone.now()).filter(pk=invitation.pk).update(accepted_at=timezone.now()):
        raise ActRefusedError("Cette invitation a déjà servi, a été annulée ou a expiré. Demandez-en une nouvelle à la coordination.")
    user = actor or User.objects.create_user(invitation.email, full_name, password)
    role, _ = Membership.objects.update_or_create(
        collective=invitation.collective,
        user=user,
        defaults={"role": invitation.role, "is_active": True},
    )
    cover(role, invitation.commune_codes)
    journal.write(
        actor=user,
        collective=invitation.collective,
        verb="people.join",
        target=role,
        sentence=f"{user.full_name} rejoint le collectif : {role.get_role_display()}.",
    )
    return user


# ------------------------------------------------------------------------------------------------------------ roles


def cover(role: Membership, codes: Iterable[str]) -> None:
    MembershipCommune.objects.filter(membership=role).delete()
    MembershipCommune.objects.bulk_create(MembershipCommune(membership=role, commune_code=code) for code in sorted(set(codes)))


@transaction.atomic
def change_role(*, actor: User, membership: Membership, role: str, commune_codes: Iterable[str] = ()) -> Membership:
    require(actor, "people", membership.collective)
    codes = sorted(set(commune_codes))
    refuse_without_communes(role, codes)
    keep_one_coordinator(membership, stays=role == Role.COORDINATOR)
    Membership.objects.filter(pk=membership.pk).update(role=role)
    membership.refresh_from_db()
    cover(membership, codes)
    journal.write(
        actor=actor,
        collective=membership.collective,
        verb="people.role",
        target=membership,
        data={"communes": codes},
        sentence=f"{actor.full_name} donne à {membership.user.full_name} le rôle « {membership.get_role_display()} ».",
    )
    return membership


@transaction.atomic
def suspend(*, actor: User, membership: Membership) -> Membership:
    """The person no longer sees this collective. Her name stays beside what she did."""
    require(actor, "people", membership.collective)
    keep_one_coordinator(membership, stays=False)
    if not Membership.objects.filter(pk=membership.pk, is_active=True).update(is_active=False):
        raise ActRefusedError("L’accès de cette personne est déjà suspendu.")
    journal.write(
        actor=actor,
        collective=membership.collective,
        verb="people.suspend",
        target=membership,
        sentence=f"{actor.full_name} suspend l’accès de {membership.user.full_name}.",
    )
    return membership


@transaction.atomic
def restore(*, actor: User, membership: Membership) -> Membership:
    require(actor, "people", membership.collective)
    if not Membership.objects.filter(pk=membership.pk, is_active=False).update(is_active=True):
        raise ActRefusedError("L’accès de cette personne est déjà ouvert.")
    journal.write(
        actor=actor,
        collective=membership.collective,
        verb="people.restore",
        target=membership,
        sentence=f"{actor.full_name} rouvre l’accès de {membership.user.full_name}.",
    )
    return membership


def keep_one_coordinator(membership: Membership, *, stays: bool) -> None:
    """A collective without a coordinator could never be opened again."""
    others = Membership.objects.active().filter(collective=membership.collective, role=Role.COORDINATOR).exclude(pk=membership.pk)
    if membership.role == Role.COORDINATOR and not stays and not others.exists():
        raise ActRefusedError("C’est la seule personne à la coordination. Donnez d’abord ce rôle à quelqu’un d’autre.")


# ------------------------------------------------------------------------------------------------------------ oneself


@transaction.atomic
def rename(*, actor: User, full_name: str) -> User:
    before = actor.full_name
    User.objects.filter(pk=actor.pk).update(full_name=full_name)
    actor.refresh_from_db()
    journal.write(actor=actor, collective=None, verb="user.rename", target=actor, sentence=f"{before} s’appelle désormais {full_name}.")
    return actor


@transaction.atomic
def change_password(*, actor: User, password: str) -> User:
    actor.set_password(password)
    actor.save(update_fields=["password"])
    journal.write(actor=actor, collective=None, verb="user.password", target=actor, sentence=f"{actor.full_name} a changé de mot de passe.")
    return actor
