"""``plaidoyer serve``: the whole site on this machine, with nothing to configure."""

from __future__ import annotations

import argparse
import os
import sys
from typing import NoReturn


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="plaidoyer serve", description="Sert votre installation. Arrêt : Ctrl-C.")
    made.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1 : cette machine seulement)")
    made.add_argument("--port", type=int, default=8000, help="port (8000)")
    made.add_argument("--workers", type=int, default=2, help="processus (2)")
    return made


def run(arguments: list[str]) -> NoReturn:
    options = parser().parse_args(arguments)
    os.environ.setdefault("PLAIDOYER_SITE_URL", f"http://localhost:{options.port}")
    prepare()
    greet()
    serve(options.host, options.port, options.workers)


def prepare() -> None:
    """Bring the database to this version and gather the static files: quick when there is nothing to do."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def greet() -> None:
    """Where the site is; and on an empty installation, where its first access is made."""
    from django.conf import settings

    from plaidoyer.accounts import first_start

    first_start.remember_address()
    print(
        f"Le site est ici : {settings.SITE_URL}/ (bureau : {settings.SITE_URL}/bureau/). Arrêt : Ctrl-C.", flush=True
    )  # flushed: our process is about to become another
    if first_start.is_due():
        print(f"Cette installation est neuve. Créez votre collectif et votre accès ici, une seule fois :\n  {first_start.link()}", flush=True)


def serve(host: str, port: int, workers: int) -> NoReturn:
    """Start gunicorn in the foreground; its own messages stay quiet unless something is wrong."""
    os.environ.setdefault("PLAIDOYER_SITE_URL", f"http://localhost:{port}")
    command = [sys.executable, "-m", "gunicorn", "plaidoyer.config.wsgi:application", "--bind", f"{host}:{port}", "--workers", str(workers)]
    # --preload: everything is loaded once for all the processes, before the port opens.
    # Our process becomes the server: what stops us stops it, and nothing is left behind on the port.
    os.execv(command[0], [*command, "--preload", "--log-level", "warning", "--timeout", "120"])  # noqa: S606  fixed arguments, no shell
