"""Opening elections and contests."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections.models import Body, Contest, Election
from plaidoyer.territories.models import Commune

CLOSING_HOUR = datetime.time(20)  # the latest that the code allows (R41): a window that ends late never breaks the silence


@transaction.atomic
def create_election(  # noqa: PLR0913  keyword-only: one argument for each fact of an election
    *,
    actor: User | None,
    collective: Collective | None,
    slug: str,
    name: str,
    first_round_on: datetime.date,
    second_round_on: datetime.date | None = None,
    kind: str = Election.Kind.GENERAL,
    source: str = "",
    is_fictional: bool = False,
) -> Election:
    if collective is not None:  # the command line makes the elections of the law for the whole installation
        require(actor, "campaign", collective)
    check_rounds(first_round_on, second_round_on)
    if Election.objects.filter(slug=slug).exists():
        raise ActRefusedError(f"Une élection porte déjà l’adresse « {slug} ». Choisissez-en une autre, ou utilisez celle-là.")
    made = Election.objects.create(
        slug=slug, name=name, kind=kind, year=first_round_on.year, first_round_on=first_round_on,
        second_round_on=second_round_on, source=source, is_fictional=is_fictional,
    )  # fmt: skip
    sentence = f"L’élection « {name} » est créée, premier tour le {first_round_on:%d/%m/%Y}."
    journal.write(actor=actor, collective=collective, verb="election.create", target=made, sentence=sentence)
    return made


def check_rounds(first: datetime.date, second: datetime.date | None) -> None:
    if second is not None and second <= first:
        raise ActRefusedError("Le second tour vient après le premier.")


@transaction.atomic
def edit_election(
    *,
    actor: User | None,
    collective: Collective,
    election: Election,
    name: str,
    first_round_on: datetime.date,
    second_round_on: datetime.date | None,
    source: str,
) -> Election:
    """The dates of its contests follow, unless a contest was given a day of its own."""
    require(actor, "campaign", collective)
    check_rounds(first_round_on, second_round_on)
    before = Election.objects.select_for_update().get(pk=election.pk)
    for number, day in [(1, first_round_on), (2, second_round_on)]:
        if day is None and before.contests.filter(round=number).exists():
            raise ActRefusedError("Des scrutins de second tour sont déjà ouverts : le second tour garde une date.")
        if day is not None:
            before.contests.filter(round=number, polling_on=before.polling_on(number)).update(polling_on=day)
    facts = {"name": name, "first_round_on": first_round_on, "second_round_on": second_round_on, "source": source, "year": first_round_on.year}
    Election.objects.filter(pk=election.pk).update(**facts)
    election.refresh_from_db()
    sentence = f"L’élection « {name} » est modifiée : premier tour le {first_round_on:%d/%m/%Y}."
    data = {"before": {"name": before.name, "first_round_on": str(before.first_round_on), "second_round_on": str(before.second_round_on)}}
    journal.write(actor=actor, collective=collective, verb="election.edit", target=election, sentence=sentence, data=data)
    return election


@transaction.atomic
def open_contest(  # noqa: PLR0913  the same
    *,
    actor: User | None,
    collective: Collective,
    election: Election,
    commune: Commune,
    round: int = 1,  # noqa: A002  the word of the domain
    body: str = Body.COUNCIL,
    sector: str = "",
    polling_on: datetime.date | None = None,
    closes_at: datetime.time = CLOSING_HOUR,
) -> Contest:
    require(actor, "lists", collective, commune.pk)
    day = polling_on or election.polling_on(round)
    if day is None:
        raise ActRefusedError("La date du second tour manque : indiquez-la dans la fiche de l’élection.")
    try:
        with transaction.atomic():
            made = Contest.objects.create(
                election=election, commune=commune, round=round, body=body, sector=sector, polling_on=day, closes_at=closes_at
            )
    except IntegrityError as error:
        raise ActRefusedError(f"Ce scrutin est déjà ouvert à {commune.name}.") from error
    journal.write(
        actor=actor, collective=collective, verb="contest.open", target=made, commune_code=commune.pk,
        sentence=f"Le scrutin de {commune.name} ({made.body_name}, tour {round}) est ouvert pour le {day:%d/%m/%Y}.",
    )  # fmt: skip
    return made


@transaction.atomic
def edit_contest(*, actor: User | None, collective: Collective, contest: Contest, polling_on: datetime.date, closes_at: datetime.time) -> Contest:
    """The day and the closing hour of one commune, when the decree gives it its own. The period of silence follows."""
    require(actor, "lists", collective, contest.commune_id)
    before = Contest.objects.select_for_update().get(pk=contest.pk)
    if (before.polling_on, before.closes_at) == (polling_on, closes_at):
        return contest
    Contest.objects.filter(pk=contest.pk).update(polling_on=polling_on, closes_at=closes_at)
    contest.refresh_from_db()
    day = f"{polling_on:%d/%m/%Y}, jusqu’à {closes_at:%H} h {closes_at:%M}"
    journal.write(
        actor=actor, collective=collective, verb="contest.edit", target=contest, commune_code=contest.commune_id,
        sentence=f"Le scrutin de {contest.commune.name}, tour {contest.round}, est fixé au {day}.",
        data={"before": {"polling_on": str(before.polling_on), "closes_at": str(before.closes_at)}},
    )  # fmt: skip
    return contest


def contest_of(
    *, actor: User | None, collective: Collective, election: Election, commune: Commune, number: int = 1, body: str = Body.COUNCIL, sector: str = ""
) -> Contest:
    """The contest, opened if nobody has yet: people register lists, they do not think of contests."""
    found = Contest.objects.filter(election=election, commune=commune, round=number, body=body, sector=sector).first()
    return found or open_contest(actor=actor, collective=collective, election=election, commune=commune, round=number, body=body, sector=sector)
