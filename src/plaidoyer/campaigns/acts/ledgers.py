"""The public ledger of equal treatment is frozen here: it changes by this act alone, and never inside the silence."""

from __future__ import annotations

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.equality import ledger_of, public_facts
from plaidoyer.campaigns.letter_models import LedgerSnapshot
from plaidoyer.campaigns.models import CampaignCommune
from plaidoyer.elections.silence import current_window


@transaction.atomic
def publish_ledger(*, actor: User | None, campaign_commune: CampaignCommune) -> LedgerSnapshot:
    """What the public page shows from now on. Refused while a difference has no reason; the same ledger twice is one snapshot."""
    campaign, commune = campaign_commune.campaign, campaign_commune.commune
    require(actor, "publish", campaign.collective, commune.pk)
    now = timezone.now()
    if current_window(campaign.election, commune, now):
        raise ActRefusedError("C’est la période de silence électoral : le registre public ne change pas avant la fin du vote.")
    ledger = ledger_of(campaign_commune)
    if ledger.unexplained:
        raise ActRefusedError("Donnez d’abord la raison de chaque écart. " + " ".join(one.sentence for one in ledger.unexplained[:5]))
    facts = public_facts(ledger)
    sha256 = digest_of(facts)
    latest = LedgerSnapshot.objects.filter(campaign=campaign, commune=commune).first()
    if latest and latest.sha256 == sha256:
        return latest
    made = LedgerSnapshot.objects.create(campaign=campaign, commune=commune, facts=facts, sha256=sha256, taken_at=now)
    sentence = f"{journal.signature_of(actor)} publie le registre d’égalité de {commune.name}, « {campaign.name} »."
    journal.write(actor=actor, collective=campaign.collective, verb="ledger.publish", target=made, commune_code=commune.pk, sentence=sentence)
    return made


def digest_of(facts: dict[str, object]) -> str:
    """A publication names by it the ledger that stood beside it."""
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
