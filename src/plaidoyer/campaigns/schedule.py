"""The dates of a campaign, the same for all lists, and the warnings of somebody who has seen a few."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from plaidoyer.campaigns.models import Campaign, Solicitation

# Ten days to answer five open questions is already short; three to read what came (domain dossier, 4.2).
DAYS_TO_ANSWER, DAYS_TO_READ = 10, 3


@dataclass(frozen=True, slots=True)
class Milestone:
    label: str
    on: datetime.date
    words: str
    state: str  # "" past, "here" the last one past, "ahead"


def road(campaign: Campaign) -> list[Milestone]:
    """Letter, deadline, publication, silence, vote, in the order of their dates."""
    polling = campaign.election.first_round_on
    first = campaign.solicitations.filter(kind=Solicitation.Kind.LETTER).order_by("sent_at").values_list("sent_at", flat=True).first()
    stops = [
        (timezone.localdate(first), "Lettre", "la même pour toutes les listes") if first else None,
        (campaign.deadline_on, "Délai de réponse", f"jusqu’à {campaign.deadline_at:%H h %M}, heure de chaque commune"),
        (campaign.publish_on, "Publication", "toutes les listes à la même minute") if campaign.publish_on else None,
        (polling - datetime.timedelta(days=1), "Silence électoral", "à 0 h : le site reste ouvert, rien n’y change"),
        (polling, "Premier tour", ""),
    ]
    ordered = sorted((stop for stop in stops if stop), key=lambda stop: stop[0])
    past = sum(stop[0] <= timezone.localdate() for stop in ordered)
    return [
        Milestone(label, on, words, "ahead" if index >= past else "here" if index == past - 1 else "")
        for index, (on, label, words) in enumerate(ordered)
    ]


def warnings(*, polling_on: datetime.date, deadline_on: datetime.date, publish_on: datetime.date | None, today: datetime.date) -> list[str]:
    """What does not fit between today and the silence; French sentences, none of them blocking."""
    silence = polling_on - datetime.timedelta(days=1)
    if deadline_on >= silence:
        return [
            (
                f"Le délai tombe le {deadline_on:%d/%m/%Y}, après le début du silence électoral ({silence:%d/%m/%Y}) : "
                "rien ne pourra être publié avant le vote."
            )
        ]
    found = []
    if today <= deadline_on and (deadline_on - today).days < DAYS_TO_ANSWER:
        found.append(f"Il reste {(deadline_on - today).days} jours pour répondre. C’est court : comptez au moins {DAYS_TO_ANSWER} jours.")
    if publish_on is None:
        if (silence - deadline_on).days < DAYS_TO_READ:
            found.append(
                f"Entre le délai et le silence électoral, il reste {(silence - deadline_on).days} jours pour relire et publier. "
                f"Comptez-en au moins {DAYS_TO_READ}."
            )
        return found
    if publish_on >= silence and publish_on <= polling_on:
        found.append(f"La publication est prévue le {publish_on:%d/%m/%Y}, pendant le silence électoral : elle sera refusée.")
    if publish_on <= deadline_on:
        found.append("La publication est prévue avant la fin du délai : les listes qui répondent à temps n’y seraient pas.")
    elif (publish_on - deadline_on).days < DAYS_TO_READ:
        found.append(
            f"Il y a {(publish_on - deadline_on).days} jour(s) entre le délai et la publication. "
            f"Comptez-en au moins {DAYS_TO_READ} pour relire à deux."
        )
    return found
