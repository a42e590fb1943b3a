"""One question across all the communes and lists of a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from plaidoyer.campaigns.models import Campaign
from plaidoyer.publication import visibility
from plaidoyer.publication.comparator import Cell, cell_of
from plaidoyer.replies.models import Release

COMMUNES_PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class TownAnswers:
    """One commune's lists before the question. ``local_text`` is the commune's own wording, when it has one."""

    release: Release
    commune: dict[str, Any]
    order: str
    local_text: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class QuestionPage:
    number: int
    towns: list[TownAnswers]
    page: int
    pages: int


def question_page(campaign: Campaign, number: int, page: int) -> QuestionPage | None:
    """None when there is no such page."""
    codes = list(Release.objects.public().filter(campaign=campaign).order_by("commune__name", "commune_id").values_list("commune_id", flat=True))
    pages = max(1, -(-len(codes) // COMMUNES_PER_PAGE))
    if not 1 <= page <= pages:
        return None
    wanted = codes[(page - 1) * COMMUNES_PER_PAGE : page * COMMUNES_PER_PAGE]
    cells = visibility.cells(campaign, number).filter(released_list__release__commune__in=wanted)
    towns = [town(list(rows)) for _, rows in groupby(cells, key=lambda cell: cell.released_list.release_id)]
    return QuestionPage(number, [one for one in towns if one], page, pages)


def town(cells: list[Any]) -> TownAnswers | None:
    """A number may also be a question of one commune alone: that one is on the commune's page, not here."""
    release = cells[0].released_list.release
    asked = next((one for one in release.facts["questions"] if one["number"] == cells[0].question_number), None)
    if asked is None or asked["is_local"]:
        return None
    commune = release.facts["commune"]
    return TownAnswers(
        release=release,
        commune=commune,
        order=release.facts["order"]["sentence"],
        local_text=asked["text"] if asked["has_local_wording"] else "",
        cells=[cell_of(cell.released_list, cell, commune["time_zone"]) for cell in cells],
    )
