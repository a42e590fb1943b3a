"""An act that cannot be done, said in a French sentence that tells what to do. Nothing has changed when it is raised."""

from __future__ import annotations


class Refused(ValueError):
    """The message is shown to the volunteer as it is."""


class NotYours(Refused):
    """Somebody else holds the claim, or nobody does."""
