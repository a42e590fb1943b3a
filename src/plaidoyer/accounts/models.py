"""People, organisations, collectives, and who may do what."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from plaidoyer.accounts.journal_models import JournalEntry, JournalHead

__all__ = [
    "Attempt",
    "Collective",
    "CollectiveMember",
    "Invitation",
    "JournalEntry",
    "JournalHead",
    "Membership",
    "MembershipCommune",
    "Organisation",
    "Role",
    "User",
]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, full_name: str, password: str | None = None, **more: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), full_name=full_name, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, full_name: str, password: str | None = None, **more: object) -> User:
        return self.create_user(email, full_name, password, is_staff=True, is_superuser=True, **more)


class User(AbstractBaseUser, PermissionsMixin):
    """A volunteer. Known by an e-mail address, shown by a name."""

    email = models.EmailField("adresse électronique", max_length=254, unique=True)
    full_name = models.CharField("prénom et nom", max_length=120)
    is_staff = models.BooleanField("peut administrer l’installation", default=False)
    is_active = models.BooleanField("compte actif", default=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_the_case")]

    def __str__(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]


class Organisation(models.Model):
    """A member association: Secours, Emmaüs, a local group."""

    name = models.CharField("nom", max_length=200, unique=True)
    url = models.URLField("site", blank=True)

    class Meta:
        verbose_name = "organisation"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class CollectiveQuerySet(models.QuerySet["Collective"]):
    def for_user(self, user: User) -> CollectiveQuerySet:
        return self.filter(memberships__user=user, memberships__is_active=True).distinct()


class Collective(models.Model):
    """Those who ask: the controller of the data and the publisher of the pages."""

    slug = models.SlugField("adresse courte", max_length=60, unique=True)
    name = models.CharField("nom", max_length=160)
    about = models.TextField("présentation", blank=True)
    url = models.URLField("site", blank=True)
    contact_email = models.EmailField("adresse de contact, publiée", blank=True)
    publication_director = models.CharField("directrice ou directeur de la publication", max_length=120, blank=True)
    is_fictional = models.BooleanField("fictif", default=False)
    organisations = models.ManyToManyField(Organisation, through="CollectiveMember", related_name="collectives", verbose_name="organisations membres")
    objects = CollectiveQuerySet.as_manager()

    class Meta:
        verbose_name = "collectif"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class CollectiveMember(models.Model):
    collective = models.ForeignKey(Collective, models.CASCADE)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "organisation membre"
        ordering: ClassVar = ["position", "organisation__name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["collective", "organisation"], name="collective_member_once")]


class Role(models.TextChoices):
    COORDINATOR = "coordinator", "coordination"
    LOCAL = "local", "groupe local"
    READER = "reader", "relecture"
    OBSERVER = "observer", "observation"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> MembershipQuerySet:
        return self.filter(is_active=True, user__is_active=True)


class Membership(models.Model):
    """One person's role in one collective. Without communes, it covers all of them (a local group must have some)."""

    collective = models.ForeignKey(Collective, models.CASCADE, related_name="memberships", verbose_name="collectif")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name="personne")
    role = models.CharField("rôle", max_length=12, choices=Role.choices)
    is_active = models.BooleanField("en activité", default=True)
    joined_on = models.DateField("depuis", auto_now_add=True)
    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "rôle dans un collectif"
        ordering: ClassVar = ["collective", "user__full_name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collective", "user"], name="membership_one_role_per_person"),
            models.CheckConstraint(condition=Q(role__in=["coordinator", "local", "reader", "observer"]), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    def commune_codes(self) -> list[str] | None:
        """The INSEE codes that this role covers; None means every commune."""
        codes = [row.commune_code for row in self.communes.all()]
        return None if not codes and self.role != Role.LOCAL else codes


class MembershipCommune(models.Model):
    """A commune in a role's reach, by INSEE code: this room knows no territories."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="communes")
    commune_code = models.CharField("code INSEE", max_length=5)

    class Meta:
        verbose_name = "commune d’un rôle"
        ordering: ClassVar = ["commune_code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["membership", "commune_code"], name="membership_commune_once")]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open_at(self, moment: datetime.datetime) -> InvitationQuerySet:
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=moment)


class Invitation(models.Model):
    """A role that waits for its person. The link is known to the mail alone: only its hash is kept."""

    collective = models.ForeignKey(Collective, models.CASCADE, related_name="invitations", verbose_name="collectif")
    email = models.EmailField("adresse électronique", max_length=254)
    role = models.CharField("rôle", max_length=12, choices=Role.choices)
    commune_codes = models.JSONField("codes INSEE", default=list, blank=True)
    token_hash = models.CharField("empreinte du lien", max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="invitée par")
    created_at = models.DateTimeField("envoyée le")
    expires_at = models.DateTimeField("valable jusqu’au")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    revoked_at = models.DateTimeField("annulée le", null=True, blank=True)
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=["coordinator", "local", "reader", "observer"]), name="invitation_role_known")
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.get_role_display()})"


class Attempt(models.Model):
    """One try at a door that must not be tried for ever: signing in, asking for a new password. ``key`` is a hash, not an address."""

    door = models.CharField("porte", max_length=20)
    key = models.CharField("clé", max_length=64)
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "essai"
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [models.Index(fields=["door", "key", "at"], name="attempt_by_door_and_key")]
