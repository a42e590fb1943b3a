"""``plaidoyer demo``: the example campaign, played once, then served with the addresses and the accounts printed."""

from __future__ import annotations

import argparse
import os
import sys
import time
import webbrowser

from plaidoyer.cli.serve import prepare, serve


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="plaidoyer demo",
        description="Joue une campagne inventée par les vrais gestes (3 communes, 11 listes), puis sert le site. Arrêt : Ctrl-C.",
    )
    made.add_argument("--port", type=int, default=8000, help="port (8000)")
    made.add_argument("--no-serve", action="store_true", help="jouer seulement, sans servir")
    return made


def run(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    os.environ.setdefault("PLAIDOYER_SITE_URL", f"http://localhost:{options.port}")
    os.environ["PLAIDOYER_DEMO"] = "1"
    began = time.perf_counter()
    step("préparation de la base et des pages")
    prepare()
    played = play_once()
    words = "La campagne d’exemple est prête" if played else "La campagne d’exemple était déjà prête"
    print(f"\n{words} ({time.perf_counter() - began:.0f} s).\n{where_to_look(options.port)}", flush=True)
    if not options.no_serve:
        if sys.stdout.isatty():
            webbrowser.open(f"http://localhost:{options.port}/visite/")
        serve("127.0.0.1", options.port, 2)
    return 0


def step(sentence: str) -> None:
    print(f"  · {sentence}", file=sys.stderr, flush=True)


def play_once() -> bool:
    """Whether there was something to play. A play that was interrupted begins again; an installation with real accounts is left alone."""
    from plaidoyer.accounts.models import User
    from plaidoyer.cli.example import play, story
    from plaidoyer.replies.models import Release

    if Release.objects.filter(commune=story.COMMUNES[-1][0]).exists():
        return False
    if User.objects.exclude(email__endswith=".example").exists():
        raise DemoRefusedError("cette installation a déjà de vrais comptes : jouez l’exemple ailleurs, avec PLAIDOYER_HOME=var/demo.")
    if User.objects.exists():
        step("la démonstration précédente avait été interrompue : on recommence")
        begin_again()
    play.play(step)
    return True


class DemoRefusedError(Exception):
    """The example is never mixed with real work."""


def begin_again() -> None:
    from django.core.management import call_command

    call_command("flush", verbosity=0, interactive=False)


def where_to_look(port: int) -> str:
    from plaidoyer.cli.example import story

    site = f"http://localhost:{port}"
    lines = [
        "",
        f"  {site}/visite/                                   par où commencer",
        f"  {site}/campagnes/{CAMPAIGN}/   la campagne, en public",
        f"  {site}/campagnes/{CAMPAIGN}/ZZ101-courvalle-sur-arvigne/   cinq listes côte à côte",
        f"  {site}/bureau/                                   le bureau des bénévoles",
        "",
        f"  Comptes (mot de passe : {story.PASSWORD})",
        *[f"    {email:<26} {name}, {WORDS[role]}" for email, name, role, _ in story.PEOPLE],
        "",
    ]
    return "\n".join(lines)


CAMPAIGN = "cinq-questions-aux-listes-du-val-darvigne"
WORDS = {"coordinator": "coordination", "local": "groupe local de Courvalle", "reader": "relecture", "observer": "observation"}
