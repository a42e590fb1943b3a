"""Plaidoyer: ask, receive, read, publish, follow."""

__version__ = "0.1.0"
