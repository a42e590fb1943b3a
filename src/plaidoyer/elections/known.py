"""General renewals that people need most, with the source of their dates. A partial election is entered on screen."""

from __future__ import annotations

import datetime
from typing import Any

KNOWN: dict[str, dict[str, Any]] = {
    "municipales-2026": {
        "name": "Élections municipales de 2026",
        "first_round_on": datetime.date(2026, 3, 15),
        "second_round_on": datetime.date(2026, 3, 22),
        "source": "Décret n° 2025-848 du 27 août 2025",
    },
    "municipales-2020": {
        "name": "Élections municipales de 2020",
        "first_round_on": datetime.date(2020, 3, 15),
        "second_round_on": datetime.date(2020, 6, 28),
        "source": "Décret n° 2019-928 du 4 septembre 2019 ; second tour reporté par le décret n° 2020-642 du 27 mai 2020",
    },
}
