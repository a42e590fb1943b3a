"""Elections, contests, lists and the people on them. Dates are data: polling days and hours come from decrees, never from a constant."""

from __future__ import annotations

import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from plaidoyer.accounts.models import Collective, Membership, User
from plaidoyer.accounts.permissions import visible_to
from plaidoyer.elections.file_models import ListFile
from plaidoyer.territories.models import Commune

__all__ = ["Body", "Candidate", "CandidateList", "CandidateListQuerySet", "Contact", "Contest", "Draw", "Election", "ListFile", "Standing"]


class ElectionQuerySet(models.QuerySet["Election"]):
    def for_user(self, user: User) -> ElectionQuerySet:
        """Elections and lists are public facts: the desk shows them to whoever acts for a collective, and to nobody else."""
        return self.filter(models.Exists(Membership.objects.active().filter(user=user)))


class Election(models.Model):
    """A general renewal or a partial election."""

    class Kind(models.TextChoices):
        GENERAL = "general", "renouvellement général"
        PARTIAL = "partial", "élection partielle"

    slug = models.SlugField("adresse courte", max_length=60, unique=True)
    name = models.CharField("nom", max_length=120)
    kind = models.CharField("nature", max_length=8, choices=Kind.choices, default=Kind.GENERAL)
    year = models.PositiveSmallIntegerField("année")
    first_round_on = models.DateField("premier tour")
    second_round_on = models.DateField("second tour", null=True, blank=True)
    source = models.CharField("source des dates", max_length=300, blank=True)
    is_fictional = models.BooleanField("fictive", default=False)
    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = "élection"
        ordering: ClassVar = ["-first_round_on"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("elections:election", args=[self.slug])

    def polling_on(self, number: int) -> datetime.date | None:
        return self.first_round_on if number == 1 else self.second_round_on


class Body(models.TextChoices):
    COUNCIL = "council", "conseil municipal"
    SECTOR = "sector", "conseil d’arrondissement ou de secteur"
    METROPOLE = "metropole", "conseil métropolitain"


class Contest(models.Model):
    """One commune, one body, one round: what voters settle on one day."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="contests", verbose_name="élection")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="contests", verbose_name="commune")
    body = models.CharField("assemblée", max_length=9, choices=Body.choices, default=Body.COUNCIL)
    sector = models.CharField("secteur", max_length=80, blank=True)
    round = models.PositiveSmallIntegerField("tour", default=1)
    polling_on = models.DateField("jour du vote")
    opens_at = models.TimeField("ouverture", default=datetime.time(8))
    closes_at = models.TimeField("fermeture du dernier bureau", default=datetime.time(20))

    class Meta:
        verbose_name = "scrutin"
        ordering: ClassVar = ["polling_on", "commune__name", "body", "sector"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["election", "commune", "body", "sector", "round"], name="contest_once"),
            models.CheckConstraint(condition=Q(round__in=[1, 2]), name="contest_round_1_or_2"),
        ]

    def __str__(self) -> str:
        return f"{self.commune.name}, {'premier' if self.round == 1 else 'second'} tour, {self.polling_on:%d/%m/%Y}"

    @property
    def body_name(self) -> str:
        """What voters elect here, in words: « conseil municipal », or the sector's own name."""
        return self.sector or self.get_body_display()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.commune.time_zone)


class CandidateListQuerySet(models.QuerySet["CandidateList"]):
    def in_contest(self, contest: Contest) -> CandidateListQuerySet:
        return self.filter(standings__contest=contest)

    def with_contacts_of(self, user: User) -> CandidateListQuerySet:
        """``contact_count``: how many ways of writing to each list the user's collectives know."""
        known = Contact.objects.for_user(user).active().filter(candidate_list=models.OuterRef("pk")).order_by()
        counted = known.values("candidate_list").annotate(number=models.Count("pk")).values("number")
        return self.annotate(contact_count=Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0))

    def still_standing(self) -> CandidateListQuerySet:
        """Lists that one may still write to: not withdrawn, and not merged into another."""
        gone = Standing.objects.filter(candidate_list=models.OuterRef("pk"), state__in=[Standing.State.WITHDRAWN, Standing.State.MERGED])
        return self.exclude(models.Exists(gone))

    def in_official_order(self) -> CandidateListQuerySet:
        """Panel number when known, else the recorded draw, else the name: never the order of arrival."""
        return self.order_by(F("panel").asc(nulls_last=True), F("draw_position").asc(nulls_last=True), "name", "pk")


class CandidateList(models.Model):
    """The political subject: a list of one election in one commune. A merged list of the second round is a new subject."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="lists", verbose_name="élection")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="lists", verbose_name="commune")
    body = models.CharField("assemblée", max_length=9, choices=Body.choices, default=Body.COUNCIL)
    sector = models.CharField("secteur", max_length=80, blank=True)
    key = models.CharField("clé stable", max_length=80, help_text="Vient de la source et ne change pas d’un import à l’autre.")
    name = models.CharField("nom de la liste", max_length=300)
    short_name = models.CharField("nom abrégé", max_length=120, blank=True)
    slug = models.SlugField("adresse courte", max_length=100)
    panel = models.PositiveSmallIntegerField("numéro de panneau", null=True, blank=True)
    draw_position = models.PositiveSmallIntegerField("rang tiré au sort", null=True, blank=True)
    head_name = models.CharField("tête de liste", max_length=160, blank=True)
    # Two different facts, each with its source; never inferred, never used to sort or colour (domain dossier, 1.4).
    etiquette = models.CharField("étiquette déclarée", max_length=160, null=True, blank=True)  # noqa: DJ001  NULL = not declared, "" = declared empty
    etiquette_source = models.CharField("source de l’étiquette", max_length=300, blank=True)
    etiquette_on = models.DateField("étiquette relevée le", null=True, blank=True)
    nuance = models.CharField("nuance attribuée par le préfet", max_length=10, null=True, blank=True)  # noqa: DJ001  NULL = none attributed
    nuance_source = models.CharField("source de la nuance", max_length=300, blank=True)
    nuance_on = models.DateField("nuance relevée le", null=True, blank=True)
    website = models.URLField("site", blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    merged_from = models.ManyToManyField("self", symmetrical=False, related_name="merged_later_into", blank=True, verbose_name="issue de")
    created_at = models.DateTimeField(auto_now_add=True)
    objects = CandidateListQuerySet.as_manager()

    class Meta:
        verbose_name = "liste"
        ordering: ClassVar = ["commune__name", F("panel").asc(nulls_last=True), F("draw_position").asc(nulls_last=True), "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["election", "commune", "key"], name="list_key_once"),
            models.UniqueConstraint(fields=["election", "commune", "slug"], name="list_slug_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Standing(models.Model):
    """A list in a contest: where it stands, and what became of it."""

    class State(models.TextChoices):
        ANNOUNCED = "announced", "pressentie"
        REGISTERED = "registered", "enregistrée"
        WON_FIRST = "won-first", "élue au premier tour"
        MAINTAINED = "maintained", "maintenue"
        MERGED = "merged", "fusionnée"
        WITHDRAWN = "withdrawn", "retirée"
        NOT_QUALIFIED = "not-qualified", "non qualifiée"
        MAJORITY = "majority", "élue (majorité)"
        OPPOSITION = "opposition", "élus (opposition)"
        NO_SEAT = "no-seat", "sans élu"

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="standings", verbose_name="scrutin")
    candidate_list = models.ForeignKey(CandidateList, models.CASCADE, related_name="standings", verbose_name="liste")
    state = models.CharField("situation", max_length=13, choices=State.choices, default=State.REGISTERED)
    merged_into = models.ForeignKey(CandidateList, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fusionnée dans")
    votes = models.PositiveIntegerField("voix", null=True, blank=True)

    class Meta:
        verbose_name = "situation d’une liste"
        ordering: ClassVar = [F("candidate_list__panel").asc(nulls_last=True), "candidate_list__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "candidate_list"], name="standing_once"),
            models.CheckConstraint(condition=Q(merged_into__isnull=True) | Q(state="merged"), name="standing_merged_into_means_merged"),
        ]


class Candidate(models.Model):
    """A name on a list, as registered. Public by law; nothing else about the person is kept."""

    candidate_list = models.ForeignKey(CandidateList, models.CASCADE, related_name="candidates", verbose_name="liste")
    rank = models.PositiveSmallIntegerField("rang")
    family_name = models.CharField("nom", max_length=120)
    given_name = models.CharField("prénom", max_length=120, blank=True)
    sex = models.CharField("sexe déclaré", max_length=1, blank=True)
    is_head = models.BooleanField("tête de liste", default=False)

    class Meta:
        verbose_name = "candidate ou candidat"
        verbose_name_plural = "candidates et candidats"
        ordering: ClassVar = ["rank"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["candidate_list", "rank"], name="candidate_rank_once")]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class ContactQuerySet(models.QuerySet["Contact"]):
    def for_user(self, user: User) -> ContactQuerySet:
        return self.filter(visible_to(user, "collective", "candidate_list__commune"))

    def active(self) -> ContactQuerySet:
        return self.filter(is_active=True)


class Contact(models.Model):
    """How to write to a list. Private, sourced, purged after the election (domain dossier, 2.2)."""

    class Kind(models.TextChoices):
        EMAIL = "email", "courriel"
        PHONE = "phone", "téléphone"
        ADDRESS = "address", "adresse postale"
        FORM = "form", "formulaire en ligne"

    candidate_list = models.ForeignKey(CandidateList, models.CASCADE, related_name="contacts", verbose_name="liste")
    collective = models.ForeignKey(Collective, models.CASCADE, related_name="contacts", verbose_name="trouvé par")
    kind = models.CharField("nature", max_length=7, choices=Kind.choices)
    value = models.CharField("contact", max_length=300)
    source = models.CharField("source", max_length=300)
    found_on = models.DateField("trouvé le")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="saisi par")
    is_active = models.BooleanField("en usage", default=True)
    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "contact"
        ordering: ClassVar = ["kind", "value"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["collective", "candidate_list", "kind", "value"], name="contact_once")]


class Draw(models.Model):
    """A recorded draw of the order of lists, for when panels are not known: seed, date, witness; anybody can draw it again."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="draws", verbose_name="élection")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="draws", verbose_name="commune")
    seed = models.CharField("graine", max_length=80)
    drawn_at = models.DateTimeField("tiré le")
    witness = models.CharField("témoin", max_length=160, blank=True)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="tiré par")
    order = models.JSONField("ordre des clés de listes")

    class Meta:
        verbose_name = "tirage au sort"
        verbose_name_plural = "tirages au sort"
        ordering: ClassVar = ["-drawn_at"]
