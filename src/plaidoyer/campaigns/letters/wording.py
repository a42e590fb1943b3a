"""French around a name, a date and a number: « au Havre », « Madame la candidate », « vendredi 6 mars 2026 à 23 h 59 »."""

from __future__ import annotations

import datetime
import re

from plaidoyer.kit.typography import NARROW, french

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
NUMBERS = (
    "zéro",
    "une",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
)
VOWEL = re.compile(r"[AEIOUYÀÂÉÈÊËÎÏÔÖÛÜŒÆH]", re.IGNORECASE)
# Towns whose h is aspirated, or whose y is a consonant: « de Houilles », « d’Herblay » is the rule for the others.
ASPIRATED = re.compile(r"(Hagu|Ham\b|Hautmont|Haut|Hen|Hou|Huningue|Hyé|Hérouville|Y[aeoué])", re.IGNORECASE)


def day(date: datetime.date) -> str:
    """« 1er mars 2026 »."""
    return f"{'1er' if date.day == 1 else date.day} {MONTHS[date.month - 1]} {date.year}"


def full_day(date: datetime.date) -> str:
    """« vendredi 6 mars 2026 »."""
    return f"{DAYS[date.weekday()]} {day(date)}"


def hour(time: datetime.time) -> str:
    """« 23 h 59 », « 18 h », « minuit » ; narrow spaces, so that the hour is never cut."""
    if time.hour == 0 and time.minute == 0:
        return "minuit"
    minutes = f"{NARROW}{time.minute:02}" if time.minute else ""
    return f"{time.hour}{NARROW}h{minutes}"


def count(number: int, one: str, several: str) -> str:
    """« une question », « trois questions », « 23 questions »."""
    word = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{word} {several if number > 1 else one}"


def at(commune: str) -> str:
    """« à Valmorel », « au Havre », « aux Lilas », « à La Rochelle »."""
    if commune.startswith("Le "):
        return f"au {commune[3:]}"
    if commune.startswith("Les "):
        return f"aux {commune[4:]}"
    return f"à {commune}"


def of(commune: str) -> str:
    """« de Valmorel », « du Havre », « des Lilas », « d’Arcy », « de L’Haÿ »."""
    if commune.startswith("Le "):
        return f"du {commune[3:]}"
    if commune.startswith("Les "):
        return f"des {commune[4:]}"
    if VOWEL.match(commune) and not ASPIRATED.match(commune):
        return f"d’{commune}"
    return f"de {commune}"


def civility(sex: str) -> str:
    """From the sex that the official list of candidates declares; without it, both, and never from a first name."""
    return {"F": "Madame la candidate", "M": "Monsieur le candidat"}.get(sex, "Madame, Monsieur")


def titled(sex: str, name: str) -> str:
    """« Madame Inès Carpentras »; without a declared sex the name alone."""
    title = {"F": "Madame ", "M": "Monsieur "}.get(sex, "")
    return f"{title}{name}"


QUOTED = re.compile(r'"([^"\n]{1,400})"')


def typeset(text: str) -> str:
    """Our own words in French: straight quotes become guillemets, and spaces before high marks no longer break."""
    return french(QUOTED.sub(r"« \1 »", text)) if text.strip() else text
