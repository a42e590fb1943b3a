"""The one refusal that the desk answers in its own way: somebody else is reading."""

from __future__ import annotations

from plaidoyer.accounts.refusals import ActRefusedError


class NotYoursError(ActRefusedError):
    """Somebody else holds the claim, or nobody does."""
