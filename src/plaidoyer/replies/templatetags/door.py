"""For the pages of a list: a moment on the commune's own clock, in words."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from django import template

from plaidoyer.kit.typography import NARROW, french
from plaidoyer.replies.publish_checks import spoken

register = template.Library()


@register.filter
def local_moment(moment: datetime.datetime, zone: str) -> str:
    """``{{ sending.sent_at|local_moment:commune.time_zone }}`` is « mercredi 4 mars 2026 à 18 h 42 »."""
    return french(spoken(moment.astimezone(ZoneInfo(zone)))).replace("h ", f"h{NARROW}")  # an hour stays with its minutes
