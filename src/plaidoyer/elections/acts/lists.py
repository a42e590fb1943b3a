"""Lists, where they stand, and their mergers. Lists are public facts, shared by every collective of the installation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections.acts.elections import contest_of
from plaidoyer.elections.models import Body, CandidateList, Contest, Election, Standing
from plaidoyer.elections.naming import free, key_of, short
from plaidoyer.elections.transitions import may_become
from plaidoyer.kit.text import folded
from plaidoyer.territories.models import Commune

EDITABLE = ("name", "short_name", "head_name", "panel", "etiquette", "etiquette_source", "website", "source")
TOLD = {
    "name": "nom", "short_name": "nom abrégé", "head_name": "tête de liste", "panel": "panneau",
    "etiquette": "étiquette", "etiquette_source": "source de l’étiquette", "website": "site", "source": "source",
}  # fmt: skip


@transaction.atomic
def register_list(
    *,
    actor: User | None,
    collective: Collective,
    election: Election,
    commune: Commune,
    name: str,
    state: str = Standing.State.REGISTERED,
    **facts: Any,
) -> CandidateList:
    """A new list of a first round. ``facts``: head_name, panel, short_name, etiquette and its source, website, source, body, sector."""
    require(actor, "lists", collective, commune.pk)
    place = {"body": facts.pop("body", Body.COUNCIL), "sector": facts.pop("sector", "")}
    contest = contest_of(actor=actor, collective=collective, election=election, commune=commune, **place)
    refuse_twins(contest, name, facts.get("panel"))
    made = CandidateList(election=election, commune=commune, name=name, **place, **dated(facts))
    made.key, made.slug = fresh_names(made)
    made.save(force_insert=True)
    Standing.objects.create(contest=contest, candidate_list=made, state=state)
    sentence = f"La liste « {made.name} » est ajoutée à {commune.name}."
    journal.write(actor=actor, collective=collective, verb="list.register", target=made, commune_code=commune.pk, sentence=sentence)
    return made


def dated(facts: dict[str, Any]) -> dict[str, Any]:
    """An étiquette has a source and a day; without them it would be hearsay."""
    if facts.get("etiquette") and not facts.get("etiquette_source"):
        raise ActRefusedError("Indiquez d’où vient l’étiquette : la liste elle-même, sa page, sa profession de foi…")
    return facts | ({"etiquette_on": timezone.localdate()} if facts.get("etiquette") else {})


def fresh_names(made: CandidateList) -> tuple[str, str]:
    """A key and a slug that nobody has in this commune."""
    standing = CandidateList.objects.filter(election_id=made.election_id, commune_id=made.commune_id)
    place = f"{made.commune_id} {made.sector}" if made.sector else made.commune_id
    key = free(key_of(place, made.head_name, made.name), set(standing.values_list("key", flat=True)))
    return key, free(short(made.name, 90), set(standing.values_list("slug", flat=True)))


def refuse_twins(contest: Contest, name: str, panel: int | None, but: CandidateList | None = None) -> None:
    others = CandidateList.objects.in_contest(contest).exclude(pk=but.pk if but else None)
    for other in others:
        if folded(other.name) == folded(name) and but is None:
            raise ActRefusedError(f"Une liste porte déjà ce nom à {contest.commune.name} : « {other.name} ».")
        if panel and other.panel == panel:
            raise ActRefusedError(f"Le panneau {panel} est déjà celui de « {other.name} ».")


@transaction.atomic
def edit_list(*, actor: User | None, collective: Collective, candidate_list: CandidateList, **facts: Any) -> CandidateList:
    """Correct what is public about a list. The journal keeps the values of before."""
    require(actor, "lists", collective, candidate_list.commune_id)
    before = CandidateList.objects.select_for_update().get(pk=candidate_list.pk)
    changed = {name: value for name, value in facts.items() if name in EDITABLE and getattr(before, name) != value}
    if not changed:
        return candidate_list
    for standing in before.standings.select_related("contest__commune"):
        refuse_twins(standing.contest, facts.get("name", before.name), changed.get("panel"), but=before)
    if "etiquette" in changed:
        changed |= dated({"etiquette": changed["etiquette"], "etiquette_source": facts.get("etiquette_source", before.etiquette_source)})
    CandidateList.objects.filter(pk=before.pk).update(**changed)
    candidate_list.refresh_from_db()
    told = ", ".join(TOLD[name] for name in changed if name in TOLD)
    journal.write(
        actor=actor, collective=collective, verb="list.edit", target=before, commune_code=before.commune_id,
        sentence=f"La liste « {candidate_list.name} » est modifiée ({told}).",
        data={"before": {name: str(getattr(before, name)) for name in changed}},
    )  # fmt: skip
    return candidate_list


@transaction.atomic
def move_standing(*, actor: User | None, collective: Collective, standing: Standing, to: str) -> Standing:
    """From one situation to the next. A list that stays is entered in the second round at once."""
    contest, subject = standing.contest, standing.candidate_list
    require(actor, "lists", collective, contest.commune_id)
    if to not in Standing.State.values:
        raise ActRefusedError("Choisissez une situation de la liste proposée.")
    if to not in may_become(standing):
        raise ActRefusedError(f"Une liste {standing.get_state_display()} ne peut pas devenir « {Standing.State(to).label} ».")
    if not Standing.objects.filter(pk=standing.pk, state=standing.state).update(state=to):
        raise ActRefusedError("Quelqu’un vient de changer la situation de cette liste. Rechargez la page.")
    if to == Standing.State.MAINTAINED:
        second = second_round_of(actor=actor, collective=collective, contest=contest)
        Standing.objects.get_or_create(contest=second, candidate_list=subject)
    sentence = f"« {subject.name} », {contest.commune.name} : {standing.get_state_display()} devient {Standing.State(to).label}."
    standing.refresh_from_db()
    journal.write(actor=actor, collective=collective, verb="list.move", target=subject, commune_code=contest.commune_id, sentence=sentence)
    return standing


def second_round_of(*, actor: User | None, collective: Collective, contest: Contest) -> Contest:
    return contest_of(
        actor=actor, collective=collective, election=contest.election, commune=contest.commune, number=2, body=contest.body, sector=contest.sector
    )


@transaction.atomic
def merge_lists(
    *,
    actor: User | None,
    collective: Collective,
    contest: Contest,
    lists: Sequence[CandidateList],
    name: str,
    head_name: str = "",
    panel: int | None = None,
    source: str = "",
) -> CandidateList:
    """Lists of a first round become one of the second: a new subject. What its parents answered stays theirs, under their names."""
    require(actor, "lists", collective, contest.commune_id)
    standings = list(contest.standings.select_for_update().filter(candidate_list__in=lists).select_related("candidate_list"))
    refuse_merger(contest, lists, standings)
    second = second_round_of(actor=actor, collective=collective, contest=contest)
    refuse_twins(second, name, panel)
    made = CandidateList(
        election=contest.election, commune=contest.commune, body=contest.body, sector=contest.sector,
        name=name, head_name=head_name, panel=panel, source=source,
    )  # fmt: skip
    made.key, made.slug = fresh_names(made)
    made.save(force_insert=True)
    made.merged_from.set(lists)
    Standing.objects.create(contest=second, candidate_list=made)
    Standing.objects.filter(pk__in=[one.pk for one in standings]).update(state=Standing.State.MERGED, merged_into=made)
    parents = ", ".join(f"« {one.name} »" for one in lists)
    sentence = f"Au second tour de {contest.commune.name}, {parents} fusionnent dans « {name} »."
    journal.write(actor=actor, collective=collective, verb="list.merge", target=made, commune_code=contest.commune_id, sentence=sentence)
    return made


def refuse_merger(contest: Contest, lists: Sequence[CandidateList], standings: Sequence[Standing]) -> None:
    if contest.round != 1:
        raise ActRefusedError("Une fusion part des listes du premier tour.")
    if len(lists) < 2:
        raise ActRefusedError("Une fusion réunit au moins deux listes du premier tour.")
    if len(standings) != len(lists):
        raise ActRefusedError("Ces listes ne sont pas toutes du même scrutin.")
    allowed = {Standing.State.REGISTERED, Standing.State.MAINTAINED, Standing.State.NOT_QUALIFIED}
    for one in standings:
        if one.state not in allowed:
            raise ActRefusedError(f"« {one.candidate_list.name} » est {one.get_state_display()} : elle ne peut pas fusionner.")
