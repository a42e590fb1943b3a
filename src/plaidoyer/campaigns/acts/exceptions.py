"""What departs from equal treatment, each time with its reason: a deadline opened again, a difference explained, an objection honoured."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.letter_models import Explanation, Objection, Reopening
from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.elections.models import CandidateList, Contact
from plaidoyer.elections.silence import current_window
from plaidoyer.mailbox import acts as mailbox


@transaction.atomic
def reopen_for_one(*, actor: User | None, campaign: Campaign, candidate_list: CandidateList, until: datetime.datetime, reason: str) -> Reopening:
    """One list may answer later. The reason stands in the public ledger, beside those that had no such delay."""
    require(actor, "send", campaign.collective)
    if not reason.strip():
        raise ActRefusedError("Dites pourquoi cette liste a un délai de plus : la raison sera publique.")
    if until <= max(timezone.now(), campaign.deadline_in(candidate_list.commune)):
        raise ActRefusedError("Le nouveau délai doit être à venir, et plus tard que celui de toutes les listes.")
    if current_window(campaign.election, candidate_list.commune, until):
        raise ActRefusedError("Ce délai finit pendant le silence électoral : choisissez une heure avant, ou après le vote.")
    if not campaign.lists().filter(pk=candidate_list.pk).exists():
        raise ActRefusedError(f"« {candidate_list.name} » n’est pas une liste de cette campagne.")
    made = Reopening.objects.create(campaign=campaign, candidate_list=candidate_list, until=until, reason=reason.strip(), opened_by=actor)
    when = f"{timezone.localtime(until):%d/%m/%Y à %H h %M}"
    journal.write(
        actor=actor, collective=campaign.collective, verb="send.reopen", target=made, commune_code=candidate_list.commune_id,
        sentence=f"{journal.signature_of(actor)} rouvre le délai pour « {candidate_list.name} » jusqu’au {when}. Raison : {reason}",
    )  # fmt: skip
    return made


@transaction.atomic
def explain(*, actor: User | None, campaign_commune: CampaignCommune, code: str, sentence: str, reason: str) -> Explanation:
    """Why a difference is there; said again, it replaces what was said. It is public."""
    campaign = campaign_commune.campaign
    require(actor, "send", campaign.collective)
    if not reason.strip():
        raise ActRefusedError("Dites pourquoi les listes ne sont pas traitées de la même façon : la raison sera publique.")
    made, _new = Explanation.objects.update_or_create(
        campaign=campaign, commune=campaign_commune.commune, code=code,
        defaults={"sentence": sentence[:400], "reason": reason.strip()[:300], "given_by": actor, "given_at": timezone.now()},
    )  # fmt: skip
    journal.write(
        actor=actor, collective=campaign.collective, verb="send.explain", target=made, commune_code=campaign_commune.commune_id,
        sentence=f"{journal.signature_of(actor)} explique un écart. {sentence} Raison : {reason}",
    )  # fmt: skip
    return made


@transaction.atomic
def object_to_mail(*, actor: User | None, campaign: Campaign, candidate_list: CandidateList) -> Objection:
    """By the link of our letter (``actor`` None) or told to us. Honoured at once for every electronic address; never a refusal to answer."""
    require(actor, "send", campaign.collective)
    made, is_new = Objection.objects.get_or_create(campaign=campaign, candidate_list=candidate_list)
    if not is_new:
        return made
    addresses = Contact.objects.active().filter(candidate_list=candidate_list, collective=campaign.collective_id, kind=Contact.Kind.EMAIL)
    for address in addresses.values_list("value", flat=True):
        mailbox.block_address(actor=actor, collective=campaign.collective, address=address, note=f"Opposition de la liste « {candidate_list.name} »")
    journal.write(
        actor=actor, collective=campaign.collective, verb="send.objection", target=made, commune_code=candidate_list.commune_id,
        sentence=f"La liste « {candidate_list.name} » a demandé à ne plus recevoir nos messages. Ce n’est pas un refus de répondre.",
    )  # fmt: skip
    return made
