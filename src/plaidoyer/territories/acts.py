"""The only functions of this room that change data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.kit.text import folded
from plaidoyer.kit.typography import thousands
from plaidoyer.territories import reference
from plaidoyer.territories.models import Commune, Departement, PostalCode, Region

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """What one table gained and what was corrected in it. Nothing is ever removed: a commune that left the COG keeps its history."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Difference) -> Difference:
        return Difference(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)


@transaction.atomic
def load_territories(*, actor: User | None, folder: Path = reference.DATA) -> dict[str, Difference]:
    """Bring every place up to the vendored files. A second run finds nothing to do and writes nothing, not even in the journal."""
    found = {model._meta.verbose_name_plural or "": synchronise(model, rows) for model, rows in reference.places(folder)}
    found["codes postaux"] = synchronise_postal_codes(reference.postal_codes(folder))
    total = sum(found.values(), Difference())
    if total.added or total.changed:
        sentence = f"Communes du COG {reference.COG_YEAR} chargées : {thousands(total.added)} lignes ajoutées, {thousands(total.changed)} modifiées."
        journal.write(actor=actor, collective=None, verb="load-territories", sentence=sentence)
    return found


def synchronise(model: type[models.Model], rows: list[models.Model]) -> Difference:
    """Insert what is new, update what differs, leave the rest alone."""
    names = [field.attname for field in model._meta.concrete_fields]
    standing = {values[0]: values for values in model._default_manager.order_by("pk").values_list("pk", *names)}
    wanted = [(row, (row.pk, *(getattr(row, name) for name in names))) for row in rows]
    added = [row for row, values in wanted if row.pk not in standing]
    changed = [row for row, values in wanted if row.pk in standing and standing[row.pk] != values]
    model._default_manager.bulk_create(added, batch_size=AT_ONCE)
    if changed:
        fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        model._default_manager.bulk_update(changed, fields, batch_size=200)
    return Difference(len(added), len(changed), len(rows) - len(added) - len(changed))


def synchronise_postal_codes(rows: list[PostalCode]) -> Difference:
    """Postal codes have no key of their own: pairs that the files no longer know are dropped, invented communes are left alone."""
    standing = {(commune, code): pk for pk, commune, code in PostalCode.objects.order_by("pk").values_list("pk", "commune_id", "code")}
    wanted = {(row.commune_id, row.code): row for row in rows}
    added = [row for pair, row in wanted.items() if pair not in standing]
    real = set(Commune.objects.filter(is_fictional=False).values_list("pk", flat=True)) if standing else set()
    gone = [pk for (commune, code), pk in standing.items() if commune in real and (commune, code) not in wanted]
    PostalCode.objects.bulk_create(added, batch_size=AT_ONCE)
    for start in range(0, len(gone), AT_ONCE):
        PostalCode.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    return Difference(len(added), len(gone), len(wanted) - len(added))


@transaction.atomic
def invent_commune(*, actor: User | None, code: str, name: str, population: int, departement: str, region: str) -> Commune:
    """A commune that does not exist, flagged so everywhere: for examples and tests. The same code twice is the same commune."""
    home, _ = Region.objects.get_or_create(code="ZZ", defaults={"name": region})
    county, _ = Departement.objects.get_or_create(code="ZZ", defaults={"name": departement, "region": home})
    words = folded(name)
    made, is_new = Commune.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "slug": words.replace(" ", "-"),
            "search_name": f" {words}",
            "departement": county,
            "region": home,
            "population": population,
            "cog_year": reference.COG_YEAR,
            "is_fictional": True,
        },
    )
    if is_new:
        journal.write(actor=actor, collective=None, verb="invent-commune", sentence=f"La commune fictive « {name} » a été ajoutée.", target=made)
    return made
