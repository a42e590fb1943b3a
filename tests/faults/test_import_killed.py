"""An import that is killed leaves the lists of before, whole; the next run brings the lists of after, whole (case D1)."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys

import pytest

from tests.elections.conftest import HEADER_2026, line_2026

TOWNS, PEOPLE = 700, 4  # four chunks of constituencies, each written before the next is read
SEED = f"""
import django; django.setup()
from plaidoyer.territories.models import Commune
Commune.objects.bulk_create([
    Commune(code=f"ZZ{{n:03}}", name=f"Ville {{n}}", slug=f"ville-{{n}}", search_name=f" ville {{n}}", cog_year=2026, is_fictional=True)
    for n in range({TOWNS})
])
"""


@pytest.fixture
def elsewhere(tmp_path):
    """A database of its own, on disk, and the environment of a process that uses it."""
    environment = os.environ | {"PLAIDOYER_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "plaidoyer.config.settings", "DATABASE_URL": ""}
    environment.pop("DATABASE_URL")
    for command in (["-m", "django", "migrate", "--verbosity", "0"], ["-c", SEED]):
        subprocess.run([sys.executable, *command], env=environment, check=True, capture_output=True)
    lines = [line_2026(f"ZZ{town:03}", "1", f"Liste {town}", rank, f"NOM{rank}", "Prénom") for town in range(TOWNS) for rank in range(1, PEOPLE + 1)]
    (tmp_path / "listes.csv").write_text("\n".join([HEADER_2026, *lines, ""]))
    return tmp_path, environment


def start(folder, environment) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "django", "import_lists", str(folder / "listes.csv"), "--apply"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def kill_after(process: subprocess.Popen[bytes], chunks: int) -> None:
    """Progress is told on the error stream, once a chunk is written and before the next: so the transaction is open."""
    told = b""
    while told.count(b"lues") < chunks:
        part = process.stderr.read1(64)
        assert part, "the import ended before it could be killed"
        told += part
    process.send_signal(signal.SIGKILL)
    process.communicate()


def counted(folder) -> tuple[int, int, str]:
    with sqlite3.connect(folder / "plaidoyer.sqlite3") as base:
        rows = [base.execute(f"SELECT count(*) FROM elections_{table}").fetchone()[0] for table in ("candidatelist", "candidate")]
        return (*rows, base.execute("PRAGMA integrity_check").fetchone()[0])


@pytest.mark.slow
def test_an_import_killed_at_any_chunk_leaves_nothing_and_the_next_one_brings_all(elsewhere):
    folder, environment = elsewhere
    for chunks in (1, 2, 4):
        kill_after(start(folder, environment), chunks)
        assert counted(folder) == (0, 0, "ok")
    whole = start(folder, environment)
    whole.communicate()
    assert whole.returncode == 0
    assert counted(folder) == (TOWNS, TOWNS * PEOPLE, "ok")
    again = start(folder, environment)
    told, _ = again.communicate()
    assert "0 à ajouter, 0 à modifier, 700 inchangées, 0 disparues" in told.decode().replace("\u202f", " ")
