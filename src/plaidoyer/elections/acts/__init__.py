"""The only functions of this room that change data."""

from plaidoyer.elections.acts.contacts import add_contact, retire_contact
from plaidoyer.elections.acts.draws import record_draw
from plaidoyer.elections.acts.elections import contest_of, create_election, edit_election, open_contest
from plaidoyer.elections.acts.imports import import_official, preview_official
from plaidoyer.elections.acts.lists import edit_list, merge_lists, move_standing, register_list

__all__ = [
    "add_contact",
    "contest_of",
    "create_election",
    "edit_election",
    "edit_list",
    "import_official",
    "merge_lists",
    "move_standing",
    "open_contest",
    "preview_official",
    "record_draw",
    "register_list",
    "retire_contact",
]
