"""A campaign is made, changed, opened and closed here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, Organisation, User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Campaign, CampaignCommune, Questionnaire
from plaidoyer.elections.models import Contest, Election
from plaidoyer.elections.silence import window_of
from plaidoyer.kit.templatetags.french import plural
from plaidoyer.kit.text import first_free
from plaidoyer.territories.models import Commune

DATES = {"deadline_on", "deadline_at"}
SHOWN = {"name", "publish_on"}  # what the public pages of the campaign say of it before any commune is published


@transaction.atomic
def create_campaign(
    *,
    actor: User | None,
    collective: Collective,
    election: Election,
    communes: Iterable[Commune],
    organisations: Iterable[Organisation] = (),
    **facts: Any,
) -> Campaign:
    """``facts``: name, deadline_on, deadline_at, publish_on, introduction, method, letter_opening, letter_closing."""
    require(actor, "campaign", collective)
    made = Campaign.objects.create(collective=collective, election=election, slug=free_slug(facts["name"]), **facts)
    made.organisations.set(organisations)
    Questionnaire.objects.create(campaign=made)
    CampaignCommune.objects.bulk_create(CampaignCommune(campaign=made, commune=commune) for commune in communes)
    journal.write(
        actor=actor,
        collective=collective,
        verb="campaign.create",
        target=made,
        sentence=f"{journal.signature_of(actor)} a créé la campagne « {made.name} », {plural(made.communes.count(), 'commune,communes')}.",
    )
    return made


def free_slug(name: str) -> str:
    base = slugify(name)[:70].strip("-") or "campagne"
    taken = set(Campaign.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return first_free(base, taken)


@transaction.atomic
def edit_campaign(*, actor: User | None, campaign: Campaign, organisations: Iterable[Organisation], reason: str = "", **facts: Any) -> Campaign:
    """Once a letter has gone, the deadline moves for all the lists at once and for a reason that is kept."""
    require(actor, "campaign", campaign.collective)
    before = Campaign.objects.get(pk=campaign.pk)
    moved = any(getattr(before, name) != facts[name] for name in DATES & facts.keys())
    was_sent = campaign.solicitations.exists()
    if moved and was_sent and not reason:
        raise ActRefusedError("Des lettres sont parties avec l’ancien délai. Dites pourquoi il change : la raison restera au journal.")
    if facts.get("election", before.election) != before.election and was_sent:
        raise ActRefusedError("Des lettres sont parties : l’élection ne change plus.")
    if any(getattr(before, name) != facts[name] for name in SHOWN & facts.keys()):
        refuse_in_silence(before)
    Campaign.objects.filter(pk=campaign.pk).update(**facts)
    campaign.organisations.set(organisations)
    campaign.refresh_from_db()
    journal.write(
        actor=actor,
        collective=campaign.collective,
        verb="campaign.edit",
        target=campaign,
        sentence=_edit_sentence(actor, before, campaign, moved, reason),
    )
    return campaign


def refuse_in_silence(campaign: Campaign) -> None:
    """A public page that mixes communes is frozen as long as one of them is silent."""
    now = timezone.now()
    contests = Contest.objects.filter(election=campaign.election_id, commune__in=campaign.communes.values("commune")).select_related("commune")
    days = (now.date() - datetime.timedelta(days=2), now.date() + datetime.timedelta(days=3))
    held = next((one for one in contests.filter(polling_on__range=days) if window_of(one).holds_at(now)), None)
    if held:
        raise ActRefusedError(
            f"Période de silence électoral à {held.commune.name} : le nom de la campagne et sa date de publication sont publics, "
            "ils ne changent pas avant la fermeture des bureaux de vote (article L49 du code électoral)."
        )


def _edit_sentence(actor: User | None, before: Campaign, after: Campaign, moved: bool, reason: str) -> str:  # noqa: FBT001
    if not moved:
        return f"{journal.signature_of(actor)} a modifié la campagne « {after.name} »."
    because = f" Raison : {reason}" if reason else ""
    return (
        f"{journal.signature_of(actor)} a déplacé le délai de « {after.name} », du {before.deadline_on:%d/%m/%Y} à {before.deadline_at:%H h %M} "
        f"au {after.deadline_on:%d/%m/%Y} à {after.deadline_at:%H h %M}, pour toutes les listes.{because}"
    )


@transaction.atomic
def add_communes(*, actor: User | None, campaign: Campaign, communes: Iterable[Commune]) -> list[Commune]:
    require(actor, "campaign", campaign.collective)
    present = set(campaign.communes.values_list("commune_id", flat=True))
    new = [commune for commune in communes if commune.pk not in present]
    CampaignCommune.objects.bulk_create(CampaignCommune(campaign=campaign, commune=commune) for commune in new)
    if new:
        names = ", ".join(commune.name for commune in new[:5]) + (f" et {len(new) - 5} autres" if len(new) > 5 else "")
        journal.write(
            actor=actor,
            collective=campaign.collective,
            verb="campaign.communes",
            target=campaign,
            data={"added": [commune.pk for commune in new]},
            sentence=f"{journal.signature_of(actor)} a ajouté à « {campaign.name} » : {names}.",
        )
    return new


@transaction.atomic
def remove_commune(*, actor: User | None, campaign_commune: CampaignCommune) -> Campaign:
    """Only while nothing has been asked there: what was sent or received is never forgotten."""
    campaign, commune = campaign_commune.campaign, campaign_commune.commune
    require(actor, "campaign", campaign.collective)
    lists = campaign_commune.lists()
    if campaign.solicitations.filter(candidate_list__in=lists).exists() or lists.filter(replies__campaign=campaign).exists():
        raise ActRefusedError(f"{commune.name} ne peut plus être retirée : des lettres y sont parties ou des réponses en sont venues.")
    campaign_commune.delete()
    journal.write(
        actor=actor,
        collective=campaign.collective,
        verb="campaign.communes",
        target=campaign,
        commune_code=commune.pk,
        sentence=f"{journal.signature_of(actor)} a retiré {commune.name} de « {campaign.name} ».",
    )
    return campaign


@transaction.atomic
def close_campaign(*, actor: User | None, campaign: Campaign) -> Campaign:
    return _moved_to(actor, campaign, Campaign.State.CLOSED, [Campaign.State.OPEN], "campaign.close", "a clos")


@transaction.atomic
def reopen_campaign(*, actor: User | None, campaign: Campaign) -> Campaign:
    return _moved_to(actor, campaign, Campaign.State.OPEN, [Campaign.State.CLOSED, Campaign.State.DRAFT], "campaign.open", "a ouvert")


def _moved_to(actor: User | None, campaign: Campaign, state: Campaign.State, origins: list[Campaign.State], verb: str, did: str) -> Campaign:
    require(actor, "campaign", campaign.collective)
    if not Campaign.objects.filter(pk=campaign.pk, state__in=origins).update(state=state):
        raise ActRefusedError(f"La campagne est déjà {state.label}.")
    campaign.refresh_from_db()
    journal.write(
        actor=actor,
        collective=campaign.collective,
        verb=verb,
        target=campaign,
        sentence=f"{journal.signature_of(actor)} {did} la campagne « {campaign.name} ».",
    )
    return campaign
