"""One function for each message that this room sends. They build, and decide nothing."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from plaidoyer.campaigns.letter_links import Door, objection_url
from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import CandidateList
from plaidoyer.mailbox.drafts import Draft
from plaidoyer.replies.publish_checks import spoken

CORRECTION = """Madame, Monsieur,

Avant de publier les réponses de toutes les listes de {commune}, nous montrons à chacune ce que nous avons compris de la sienne : \
les passages retenus pour chaque question, ce que nous y lisons comme un engagement, et ce qui sera dit si nous n’avons rien reçu.

Votre page, sans compte ni mot de passe :
{url}

Si quelque chose n’y est pas juste, vous pouvez l’écrire sur cette page jusqu’au {until}. Le délai est le même pour toutes les listes. \
Nous répondrons à chaque remarque avant de publier.

Votre lettre elle-même sera publiée mot pour mot : rien n’y sera changé.

{collective}

--
Ne plus recevoir nos messages : {objection}
"""


def correction_notice(campaign: Campaign, one: CandidateList, address: str, door: Door | None, closes_at: datetime.datetime, key: str) -> Draft:
    commune = one.commune
    objection = objection_url(campaign.pk, one.pk)
    until = f"{spoken(closes_at.astimezone(ZoneInfo(commune.time_zone)))} (heure de {commune.name})"
    text = CORRECTION.format(
        commune=commune.name, url=door.url if door else "", until=until,
        collective=campaign.collective.name, objection=objection,
    )  # fmt: skip
    return Draft(
        key=key, recipient=address, recipient_name=one.head_name, subject=f"Avant publication : voici ce que nous avons compris ({commune.name})",
        text=text, reply_token=door.token if door else "", unsubscribe_url=objection, not_after=closes_at,
    )  # fmt: skip
