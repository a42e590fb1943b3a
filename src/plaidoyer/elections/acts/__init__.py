"""The only functions of this room that change data."""

from plaidoyer.elections.acts.contacts import add_contact, retire_contact
from plaidoyer.elections.acts.draws import record_draw
from plaidoyer.elections.acts.elections import contest_of, create_election, edit_contest, edit_election, open_contest
from plaidoyer.elections.acts.files import abandon_list_file, apply_list_file, match_columns, preview_list_file, receive_list_file, table_of
from plaidoyer.elections.acts.imports import import_official, preview_official
from plaidoyer.elections.acts.lists import edit_list, merge_lists, move_standing, register_list

__all__ = [
    "abandon_list_file",
    "add_contact",
    "apply_list_file",
    "contest_of",
    "create_election",
    "edit_contest",
    "edit_election",
    "edit_list",
    "import_official",
    "match_columns",
    "merge_lists",
    "move_standing",
    "open_contest",
    "preview_list_file",
    "preview_official",
    "receive_list_file",
    "record_draw",
    "register_list",
    "retire_contact",
    "table_of",
]
