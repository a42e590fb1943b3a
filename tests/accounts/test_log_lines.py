"""What the host reads in the log: one line for a refusal or a missing page, a traceback for a fault of ours."""

import io
import logging

import pytest
from django.conf import settings as live_settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path
from django.utils.module_loading import import_string

from plaidoyer.config.urls import urlpatterns as real

urlpatterns = [path("en-panne/", login_not_required(lambda _: HttpResponse(str(1 // 0)))), *real]


@pytest.fixture
def log():
    """The handler of the settings, writing where a test can look."""
    written = io.StringIO()
    console = logging.StreamHandler(written)
    for name in live_settings.LOGGING["handlers"]["console"]["filters"]:
        console.addFilter(import_string(live_settings.LOGGING["filters"][name]["()"])())
    logging.getLogger().addHandler(console)
    yield written
    logging.getLogger().removeHandler(console)


def lines(log):
    return log.getvalue().splitlines()


def test_a_refused_act_is_one_line_with_its_reason(log, as_user, emile, campaign):
    assert as_user(emile).get("/bureau/campagnes/valmorel-2026/modifier/").status_code == 403
    assert len(lines(log)) == 1
    assert lines(log)[0].startswith("Forbidden (Permission denied): /bureau/campagnes/valmorel-2026/modifier/ — Votre rôle ne permet pas")


def test_a_missing_page_is_one_line(log, client, db):
    assert client.get("/nulle-part/").status_code == 404
    assert lines(log) == ["Not Found: /nulle-part/"]


@pytest.mark.urls("tests.accounts.test_log_lines")
def test_a_fault_of_ours_keeps_its_traceback(log, client, db):
    client.raise_request_exception = False
    assert client.get("/en-panne/").status_code == 500
    assert "ZeroDivisionError" in log.getvalue()
