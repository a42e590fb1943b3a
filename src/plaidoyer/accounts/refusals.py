"""What an act says when it cannot be done now."""

from __future__ import annotations


class ActRefusedError(ValueError):
    """The message is a French sentence for the person who tried: why not, and what to do instead."""
