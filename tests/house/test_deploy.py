"""Django's own look at a server set up as docs/install.md says: nothing that it does not explain."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.anydb
AS_THE_GUIDE_SAYS = {
    "PLAIDOYER_SITE_URL": "https://plaidoyer.example.org",
    "PLAIDOYER_HOSTS": "plaidoyer.example.org",
    "PLAIDOYER_BEHIND_PROXY": "1",
    "PLAIDOYER_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DJANGO_SETTINGS_MODULE": "plaidoyer.config.settings",
}


def looked_at(tmp_path, **settings):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLAIDOYER_") and name != "DATABASE_URL"}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=kept | settings | {"PLAIDOYER_HOME": str(tmp_path)}, capture_output=True, text=True, timeout=120, check=False)


def test_a_server_set_up_as_the_guide_says_has_no_warning(tmp_path):
    done = looked_at(tmp_path, **AS_THE_GUIDE_SAYS)
    assert done.returncode == 0, done.stderr


def test_a_server_that_would_print_its_mail_instead_of_sending_it_is_told_so(tmp_path):
    done = looked_at(tmp_path, **{name: value for name, value in AS_THE_GUIDE_SAYS.items() if name != "PLAIDOYER_EMAIL_BACKEND"})
    assert done.returncode == 1
    assert "mail.E001" in done.stderr
