"""The hour of a commune, from its INSEE code. The silence before an election and every deadline follow the local hour."""

from __future__ import annotations

MAINLAND = "Europe/Paris"
BY_DEPARTEMENT = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
# French Polynesia keeps three hours: the Marquesas are half an hour ahead of Tahiti, the Gambier one hour.
BY_COMMUNE = {
    **dict.fromkeys(["98718", "98723", "98731", "98746", "98756", "98757"], "Pacific/Marquesas"),
    "98719": "Pacific/Gambier",
}


def time_zone_of(code: str) -> str:
    """``time_zone_of("97411")`` is "Indian/Reunion"."""
    return BY_COMMUNE.get(code) or BY_DEPARTEMENT.get(code[:3], MAINLAND)
