"""What an import would do, as data: shown before, counted after. Deciding is here; doing is in acts/imports.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from plaidoyer.elections.models import CandidateList, Standing
from plaidoyer.kit.downloads import Reject
from plaidoyer.kit.templatetags.french import plural

MOST_DETAILS, MOST_REJECTS = 400, 20_000
ADDED, CHANGED, UNCHANGED, GONE = "added", "changed", "unchanged", "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One list: what becomes of it, and each value that moves, as (what, before, after)."""

    kind: str
    commune_code: str
    commune: str
    name: str
    line: int = 0
    moves: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Tally:
    label: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0

    def count(self, kind: str) -> None:
        setattr(self, kind, getattr(self, kind) + 1)

    @property
    def moves(self) -> int:
        return self.added + self.changed + self.gone


@dataclass
class Report:
    """Totals, counts per commune, the first details, and every reject up to a bound: memory does not grow with the file."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    details: list[Change] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    reject_count: int = 0
    contacts_added: int = 0
    candidates: int = 0

    def note(self, change: Change) -> None:
        self.tallies.setdefault(change.commune_code, Tally(change.commune)).count(change.kind)
        if change.kind != UNCHANGED and len(self.details) < MOST_DETAILS:
            self.details.append(change)

    def refuse(self, reject: Reject) -> None:
        self.reject_count += 1
        if len(self.rejects) < MOST_REJECTS:
            self.rejects.append(reject)

    @property
    def total(self) -> Tally:
        found = Tally("")
        for one in self.tallies.values():
            found.added, found.changed = found.added + one.added, found.changed + one.changed
            found.unchanged, found.gone = found.unchanged + one.unchanged, found.gone + one.gone
        return found

    def sentence(self) -> str:
        """« 2 listes ajoutées, 1 modifiée, 1 retirée, 5 contacts », without what did not happen."""
        total = self.total
        told = [
            (total.added, "liste ajoutée,listes ajoutées"), (total.changed, "liste modifiée,listes modifiées"),
            (total.gone, "liste retirée,listes retirées"), (self.contacts_added, "contact ajouté,contacts ajoutés"),
        ]  # fmt: skip
        return ", ".join(plural(count, forms) for count, forms in told if count) or "rien de nouveau"

    @property
    def has_work(self) -> bool:
        return bool(self.total.moves or self.contacts_added)


@dataclass
class Known:
    """The lists that stand in some communes, with their candidates and where they stand. Two queries more than lists, whatever their number."""

    lists: dict[str, list[CandidateList]]
    standings: dict[int, dict[int, Standing]]

    @classmethod
    def of(cls, election_id: int, commune_codes: Iterable[str], *, with_candidates: bool = True) -> Known:
        found = CandidateList.objects.filter(election_id=election_id, commune_id__in=list(commune_codes)).order_by("pk")
        if with_candidates:
            found = found.prefetch_related("candidates")
        lists: dict[str, list[CandidateList]] = defaultdict(list)
        for one in found:
            lists[one.commune_id].append(one)
        standings: dict[int, dict[int, Standing]] = defaultdict(dict)
        pks = [one.pk for group in lists.values() for one in group]
        for standing in Standing.objects.filter(candidate_list__in=pks).select_related("contest").order_by("pk"):
            standings[standing.candidate_list_id][standing.contest.round] = standing
        return cls(lists, standings)
