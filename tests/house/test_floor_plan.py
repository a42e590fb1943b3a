"""The house itself: what holds for every room, whoever writes in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/plaidoyer"
ROOMS = ["kit", "reading", "mailbox", "accounts", "territories", "elections", "campaigns", "replies", "commitments", "publication"]
PYTHON = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "managers", "base", "services", "core"}


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_in_ten_lines_what_it_is_for_and_what_it_is_not_for(room):
    text = (SOURCE / room / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 14
    assert "not" in text.lower()


def test_no_file_has_a_name_that_says_nothing():
    assert [] == [str(path.relative_to(ROOT)) for path in PYTHON if path.stem in FORBIDDEN_NAMES]


def test_no_file_grows_past_four_hundred_lines():
    long = {str(path.relative_to(ROOT)): n for path in PYTHON if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert {} == long


def test_no_function_grows_past_forty_lines_and_no_view_past_sixty():
    long = []
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > (
                60 if path.stem == "views" or "views" in path.parts else 40
            ):
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert [] == long


def is_in_acts(path: Path) -> bool:
    return path.stem == "acts" or path.parent.name == "acts"


def names_called_from_outside() -> set[str]:
    """What views, commands and the command line use of the acts: by attribute, or by import."""
    names = set()
    for path in PYTHON:
        if is_in_acts(path):
            continue
        text = path.read_text(encoding="utf-8")
        if ".acts" in text or "import acts" in text:
            names |= set(re.findall(r"\bacts\.([a-z_]+)\b", text))
            for imported in re.findall(r"from plaidoyer\.\w+\.acts(?:\.\w+)? import ([^\n(]+|\([^)]+\))", text):
                names |= set(re.findall(r"\w+", imported))
    return names


def test_acts_take_their_arguments_by_name_and_say_who_acts():
    called = names_called_from_outside()
    wrong, seen = [], 0
    for path in PYTHON:
        if not is_in_acts(path):
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            # what changes data opens a transaction or belongs to a gesture; what only looks is free to take its arguments as it likes
            if isinstance(node, ast.FunctionDef) and node.name in called and re.search(r"atomic|gesture\(|journal\.write", ast.unparse(node)):
                seen += 1
                if node.args.args or "actor" not in [arg.arg for arg in node.args.kwonlyargs]:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert [] == wrong
    assert seen > 40


def test_only_acts_write_a_journal_line():
    writers = [str(path.relative_to(ROOT)) for path in PYTHON if "journal.write(" in path.read_text(encoding="utf-8")]
    strangers = [name for name in writers if not re.search(r"/acts(\.py|/)", name) and not name.endswith("accounts/journal.py")]
    assert [] == strangers


def test_no_signal_and_no_save_with_side_effects():
    for path in PYTHON:
        text = path.read_text(encoding="utf-8")
        assert "django.dispatch" not in text, path
        assert "post_save" not in text, path


def test_migrations_are_complete(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_name_on_screen_begins_with_a_small_letter(db):
    wrong = []
    for model in apps.get_models():
        if model.__module__.startswith("plaidoyer."):
            for field in model._meta.get_fields():
                name = str(getattr(field, "verbose_name", ""))
                if name and name[0].isupper() and not name.split(maxsplit=1)[0].isupper() and not name.startswith(("SHA", "ID")):
                    wrong.append(f"{model.__name__}.{field.name}: {name}")
    assert [] == wrong


def test_every_noun_of_the_house_is_in_the_lexicon(db):
    lexicon = (ROOT / "docs/lexique.md").read_text(encoding="utf-8")
    nouns = [model.__name__ for model in apps.get_models() if model.__module__.startswith("plaidoyer.")]
    assert [] == [noun for noun in nouns if f"`{noun}`" not in lexicon and f"`{noun}." not in lexicon]


def walk(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern


OPEN_BY_DESIGN = {"connexion", "premier", "invitation", "mot-de-passe", "deconnexion"}  # the doors of the desk itself


def test_every_address_of_the_desk_is_closed_to_strangers(client, db):
    closed = 0
    for address, pattern in walk(get_resolver().url_patterns):
        if not address.startswith(("bureau/", "compte/")) or any(word in address for word in OPEN_BY_DESIGN):
            continue
        path = "/" + re.sub(r"<(?:(\w+):)?(\w+)>", lambda m: "1" if m[1] == "int" else "x", address)
        response = client.get(path)
        assert response.status_code in {302, 404, 405}, (path, pattern.name)
        if response.status_code == 302:
            assert "/compte/connexion" in response["Location"], path
            closed += 1
    assert closed > 10


def test_every_template_is_used_somewhere():
    everything = "\n".join(path.read_text(encoding="utf-8") for path in [*PYTHON, *SOURCE.rglob("*.html")])
    by_convention = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    unused = []
    for path in SOURCE.rglob("*.html"):
        folder = "jinja2" if "jinja2" in path.parts else "templates"
        name = "/".join(path.parts[path.parts.index(folder) + 1 :])
        if name not in by_convention and f'"{name}' not in everything and f"'{name}" not in everything:
            unused.append(name)
    assert [] == unused


def test_no_page_carries_a_script_or_a_style_that_the_content_policy_forbids():
    forbidden = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>|\sstyle=|\son(?:click|change|submit|load|input)=|javascript:", re.IGNORECASE
    )
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in SOURCE.rglob("*.html")
        if "reading" not in path.parts and (found := forbidden.search(path.read_text(encoding="utf-8")))
    ]
    assert [] == wrong


def test_every_setting_from_the_environment_is_documented():
    install = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    names = set()
    for path in PYTHON:
        names |= set(re.findall(r'"(PLAIDOYER_[A-Z_]+|DATABASE_URL)"', path.read_text(encoding="utf-8")))
    assert set() == {name for name in names if f"`{name}`" not in install}


def test_every_verb_of_the_command_line_is_documented():
    from plaidoyer.cli import VERBS

    install = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    assert [] == [verb for verb in VERBS if f"plaidoyer {verb}" not in install]


def test_nothing_of_this_house_names_a_machine_or_a_registry():
    forbidden = re.compile(r"/work/|/root/|pythonhosted|pypi\.org|registry\.npmjs|deb\.debian\.org", re.IGNORECASE)
    wrong = []
    for pattern in ("*.py", "*.md", "*.toml", "*.txt", "*.sh", "*.html", "*.js", "*.css", "Makefile", ".ci/run"):
        for path in ROOT.rglob(pattern):
            parts = set(path.relative_to(ROOT).parts)
            ours = not parts & {".venv", "var", ".tools", ".git", "node_modules"} and path != Path(__file__)
            if ours and (found := forbidden.search(path.read_text(encoding="utf-8", errors="replace"))):
                wrong.append(f"{path.relative_to(ROOT)}: {found.group()}")
    assert [] == wrong
