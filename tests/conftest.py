"""Strictness for every test: an undefined template variable fails, the disk is a scratch one, and the cast is always the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cast import *

SHARED = Path(os.environ.get("PLAIDOYER_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture
def shared() -> Path:
    """Real documents and open data, when this checkout has them beside it."""
    if not SHARED.is_dir():
        pytest.skip("no shared/ folder of real documents beside this checkout")
    return SHARED


@pytest.fixture(autouse=True)
def scratch_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "originals"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for no database is the same on both: the run on PostgreSQL leaves it out."""
    for item in items:
        if not item.get_closest_marker("django_db") and not {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("anydb")


class LongestFirst:
    """Whole stories begin first, so that no worker is left alone with one at the end. After the shuffling."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(LongestFirst(), "longest-first")
