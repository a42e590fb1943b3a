"""The command line ``plaidoyer``: hyphenated verbs, help that a volunteer understands, one clear sentence instead of a traceback.

Exit codes: 0 done, 1 done but something needs a look (rejects, differences), 2 not done.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import sys

# verb: what it does in one line, and where it lives. A module has run(arguments) -> exit code; a name without a dot is a management command.
VERBS: dict[str, tuple[str, str]] = {
    "demo": ("joue la campagne d’exemple (inventée) et ouvre le site", "plaidoyer.cli.demo"),
    "serve": ("sert votre installation sur cette machine", "plaidoyer.cli.serve"),
    "read": ("lit une réponse et montre passages et engagements, sans base de données", "plaidoyer.cli.read"),
    "read-waiting": ("fait lire les réponses qui attendent (--workers N : par plusieurs processus)", "read_replies"),
    "learn": ("fait apprendre le lecteur de vos relectures (--dry-run, --rollback, --status)", "learn_reader"),
    "export-corpus": ("exporte des lettres relues, sans données personnelles, pour d’autres collectifs", "export_corpus"),
    "import-corpus": ("reçoit des lettres annotées par un autre collectif, pour apprendre", "import_corpus"),
    "load-territories": ("charge les communes, EPCI, départements et régions", "load_territories"),
    "import-lists": ("importe les listes et candidats d’un fichier du ministère (aperçu, puis --apply)", "import_lists"),
    "first-start": ("affiche l’adresse où créer le premier collectif et le premier accès", "first_start"),
    "create-collective": ("crée un collectif et sa coordination (premier démarrage)", "create_collective"),
    "send-mail": ("envoie les messages en file, sans jamais envoyer deux fois", "send_mail"),
    "fetch-mail": ("relève les boîtes de courriel et trie ce qui arrive", "fetch_mail"),
    "pull-mail": ("relève les boîtes, puis range les courriers parmi les réponses", "pull_mail"),
    "check-journal": ("vérifie que le journal n’a pas été retouché", "check_journal"),
    "migrate": ("met la base de données à jour après un changement de version", "migrate"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] in {"-h", "--help", "aide", "help"}:
        print(overview())
        return 0
    if words[0] in {"-V", "--version"}:
        from plaidoyer import __version__

        print(f"plaidoyer {__version__}")
        return 0
    if words[0] not in VERBS:
        print(f"« {words[0]} » n’est pas un verbe de plaidoyer.\n\n{overview()}", file=sys.stderr)
        return 2
    return run(words[0], words[1:])


def overview() -> str:
    lines = [f"  plaidoyer {verb:<18} {summary}" for verb, (summary, _) in VERBS.items()]
    return "\n".join(["Plaidoyer : demander, recevoir, lire, publier.", "", *lines, "", "« plaidoyer VERBE --help » explique chaque verbe."])


def run(verb: str, arguments: list[str]) -> int:
    """Errors that we foresee become one sentence; the others too, with the way to see more (PLAIDOYER_DEBUG=1)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plaidoyer.config.settings")
    place = VERBS[verb][1]
    speak_french()
    try:
        if "." in place:
            return int(importlib.import_module(place).run(arguments) or 0)
        return management(place, arguments, verb)
    except KeyboardInterrupt:
        print("\nInterrompu. Rien n’a été écrit à moitié.", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 2
    except Exception as error:
        if os.environ.get("PLAIDOYER_DEBUG"):
            raise
        print(f"plaidoyer {verb} : {sentence_of(error)}", file=sys.stderr)
        return 2


def sentence_of(error: Exception) -> str:
    """What a volunteer can do something with. Django's command errors already are sentences."""
    if type(error).__name__ in {"ActRefusedError", "CommandError", "DemoRefusedError", "ImproperlyConfigured", "ReadError"}:
        return str(error)
    if type(error).__name__ == "OperationalError" and "no such table" in str(error):
        return "la base n’est pas encore prête. Lancez d’abord « plaidoyer migrate »."
    return f"une erreur imprévue est survenue ({type(error).__name__} : {error}). Relancez avec PLAIDOYER_DEBUG=1 pour le détail."


def management(name: str, arguments: list[str], verb: str) -> int:
    """Run a management command as if it were ours: same help, our exit codes."""
    import django
    from django.core.management import CommandError, load_command_class

    django.setup()
    app = next((room for room in ("accounts", "territories", "elections", "campaigns", "replies", "mailbox") if has_command(room, name)), None)
    command = load_command_class(f"plaidoyer.{app}" if app else "django.core", name)
    command.suppressed_base_arguments = command.suppressed_base_arguments | FOR_DEVELOPERS
    parser = command.create_parser("plaidoyer", verb)
    options = vars(parser.parse_args(arguments))
    try:
        return int(command.execute(*options.pop("args", ()), **options) or 0) if not app else result_of(command, options)
    except CommandError as error:
        print(f"plaidoyer {verb} : {error}", file=sys.stderr)
        return error.returncode if error.returncode != 1 else 2


# What every command of Django offers, and no volunteer needs.
FOR_DEVELOPERS = {"--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color", "--skip-checks"}
FRENCH = {
    "usage: ": "usage : ",
    "options": "options",
    "positional arguments": "à donner",
    "show this help message and exit": "montre cette aide",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "option inconnue : %s",
    "expected one argument": "une valeur est attendue",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r n’est pas possible (au choix : %(choices)s)",
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n",
}


def speak_french() -> None:
    """The parser asks gettext for its own words; this is where they come from."""
    argparse._ = lambda words: FRENCH.get(words, words)  # type: ignore[attr-defined]


def result_of(command: object, options: dict[str, object]) -> int:
    """Our own commands may set ``exit_code`` to say "done, but look"."""
    command.execute(*options.pop("args", ()), **options)  # type: ignore[attr-defined]
    return int(getattr(command, "exit_code", 0))


def has_command(room: str, name: str) -> bool:
    return importlib.util.find_spec(f"plaidoyer.{room}.management") is not None and (
        importlib.util.find_spec(f"plaidoyer.{room}.management.commands.{name}") is not None
    )
