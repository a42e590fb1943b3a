"""Fixtures of whole stories: the example campaign on a server of its own, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.example_site import Site, chromium_or_skip, played, served


@pytest.fixture(scope="session")
def example_home(tmp_path_factory) -> Path:
    """The example, played once for the whole run (twenty seconds): take a copy before changing anything."""
    shelf = tmp_path_factory.getbasetemp()
    return played(shelf.parent if os.environ.get("PYTEST_XDIST_WORKER") else shelf)


@pytest.fixture(scope="module")
def own_copy(example_home, tmp_path_factory) -> Path:
    return shutil.copytree(example_home, tmp_path_factory.mktemp("site") / "home")


@pytest.fixture(scope="module")
def site(own_copy) -> Iterator[Site]:
    with served(own_copy) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """One Chromium for a file. Its driver runs a loop in this thread: tests of such a file ask Django for nothing."""
    found = chromium_or_skip()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield opened
        opened.close()
