"""The figures that a commune's letter quotes. Once a letter has gone there they stand as they went: with their vintage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.letter_models import Dispatch, LetterKind
from plaidoyer.campaigns.models import Campaign, CampaignCommune, Solicitation
from plaidoyer.campaigns.sheet_models import CommuneFigure

type Figure = Mapping[str, str]  # label, value, dated, source
MOST_FIGURES = 30


def quoted_communes(campaign: Campaign) -> set[str]:
    """The communes of which a real letter has gone, or waits in the queue: their figures stand."""
    sent = Solicitation.objects.filter(campaign=campaign, kind=Solicitation.Kind.LETTER)
    queued = Dispatch.objects.filter(wave__campaign=campaign, wave__kind=LetterKind.LETTER, wave__is_rehearsal=False)
    return {code for rows in (sent, queued) for code in rows.order_by().values_list("candidate_list__commune", flat=True).distinct()}


@transaction.atomic
def set_figures(*, actor: User | None, campaign_commune: CampaignCommune, figures: Iterable[Figure]) -> list[CommuneFigure]:
    """They replace those of before, in this order."""
    campaign, commune = campaign_commune.campaign, campaign_commune.commune
    require(actor, "local", campaign.collective, commune.pk)
    made = _replaced(campaign_commune, list(figures))
    journal.write(
        actor=actor,
        collective=campaign.collective,
        verb="local.figures",
        target=campaign_commune,
        sentence=f"{journal.signature_of(actor)} a fixé les chiffres de {commune.name} ({len(made)}), « {campaign.name} ».",
        commune_code=commune.pk,
    )
    return made


@transaction.atomic
def import_figures(*, actor: User | None, campaign: Campaign, sheets: Mapping[str, list[Figure]]) -> int:
    """``sheets``: figures by INSEE code. A figure of the same label is replaced, the others stay. All, or none."""
    require(actor, "campaign", campaign.collective)
    places = {place.commune_id: place for place in campaign.communes.select_related("commune", "campaign").filter(commune__in=sheets)}
    for code, new in sheets.items():
        standing = {
            one.label: {"label": one.label, "value": one.value, "dated": one.dated, "source": one.source} for one in places[code].figures.all()
        }
        _replaced(places[code], list((standing | {one["label"]: dict(one) for one in new}).values()))
    count = sum(map(len, sheets.values()))
    journal.write(
        actor=actor,
        collective=campaign.collective,
        verb="campaign.figures",
        target=campaign,
        sentence=f"{journal.signature_of(actor)} a pris d’un tableau {count} chiffres de {len(sheets)} communes, « {campaign.name} ».",
    )
    return count


def _replaced(place: CampaignCommune, figures: list[Figure]) -> list[CommuneFigure]:
    CampaignCommune.objects.select_for_update().get(pk=place.pk)
    if place.commune_id in quoted_communes(place.campaign):
        raise ActRefusedError(f"La lettre de {place.commune.name} est partie avec ces chiffres : ils restent ceux de la lettre, avec leur millésime.")
    if len(figures) > MOST_FIGURES:
        raise ActRefusedError(f"{MOST_FIGURES} chiffres au plus pour {place.commune.name} : au-delà, joignez une fiche.")
    if len({one["label"] for one in figures}) < len(figures):
        raise ActRefusedError("Deux chiffres portent le même intitulé : distinguez-les.")
    place.figures.all().delete()
    return CommuneFigure.objects.bulk_create(CommuneFigure(campaign_commune=place, position=position, **one) for position, one in enumerate(figures))
