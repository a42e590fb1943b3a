"""A server that listens is ready: what it loads is loaded before the first visit, and nothing that only a few acts need."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.anydb
SCRIPT = "import sys, plaidoyer.config.wsgi; print(' '.join(sys.modules))"


def test_the_door_loads_every_view_and_leaves_heavy_libraries_to_who_needs_them(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=kept | {"PLAIDOYER_HOME": str(tmp_path)}, capture_output=True, text=True, timeout=120, check=True
    )
    loaded = set(done.stdout.split())
    assert {"plaidoyer.publication.views", "plaidoyer.replies.views.desk", "plaidoyer.campaigns.views.questions"} <= loaded
    assert not loaded & {"numpy", "openpyxl", "pypdfium2"}
