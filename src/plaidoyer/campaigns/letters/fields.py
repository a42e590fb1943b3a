"""The closed list of fields, and what is wrong with a text that names others. Nothing is ever evaluated."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from plaidoyer.kit.text import folded


@dataclass(frozen=True, slots=True)
class Field:
    """``own``: differs from one list to the next of a commune, so that it is left out of the hash of the common text."""

    name: str
    label: str
    is_own: bool = False
    is_needed: bool = True


FIELDS: dict[str, Field] = {
    one.name: one
    for one in (
        Field("commune", "nom de la commune"),
        Field("a_commune", "« à Valmorel », « au Havre », « aux Lilas »"),
        Field("de_commune", "« de Valmorel », « du Havre », « d’Arcy »"),
        Field("departement", "nom du département", is_needed=False),
        Field("civilite", "« Madame la candidate », « Monsieur le candidat » ou « Madame, Monsieur »", is_own=True),
        Field("destinataire", "tête de liste et nom de la liste, sur deux lignes", is_own=True),
        Field("tete_de_liste", "prénom et nom de la tête de liste", is_own=True, is_needed=False),
        Field("liste", "nom de la liste", is_own=True),
        Field("date", "date de la lettre, en toutes lettres"),
        Field("election", "nom de l’élection"),
        Field("date_du_vote", "date du premier tour"),
        Field("date_limite", "dernier jour et dernière heure pour répondre"),
        Field("date_publication", "date à laquelle tout sera publié", is_needed=False),
        Field("annonce_publication", "la phrase qui annonce que tout sera publié"),
        Field("nombre_de_questions", "« trois questions »"),
        Field("questions", "toutes les questions, numérotées, dans les mots de la commune"),
        Field("paragraphe_local", "le paragraphe propre à la commune", is_needed=False),
        Field("fiche_communale", "les chiffres de la commune, avec leur source et leur date", is_needed=False),
        Field("collectif", "nom du collectif"),
        Field("organisations", "organisations membres, séparées par des points-virgules", is_needed=False),
        Field("contact", "adresse électronique du collectif", is_needed=False),
        Field("signataires", "les signataires, avec leur qualité et leur organisation"),
        Field("pieces_jointes", "les pièces jointes à la lettre", is_needed=False),
        Field("lien_reponse", "l’adresse de la page où la liste répond", is_own=True),
        Field("source_adresse", "d’où vient l’adresse de la liste", is_own=True, is_needed=False),
        Field("lien_opposition", "l’adresse où la liste demande qu’on ne lui écrive plus", is_own=True),
        Field("responsable", "qui répond de ces données : le collectif, avec son adresse", is_needed=False),
        Field("jours_restants", "nombre de jours avant la date limite", is_needed=False),
        Field("date_lettre", "jour où la lettre est partie (relances)", is_needed=False),
    )
}

MARK = re.compile(r"\{\{([^{}]{0,200})\}\}")
LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
NAME = re.compile(r"[^\W\d][\w ]*")
MOST_PROBLEMS = 40
OTHER_WORDS = {
    "ville": "commune",
    "mairie": "commune",
    "nom": "tete_de_liste",
    "candidat": "tete_de_liste",
    "delai": "date_limite",
    "signature": "signataires",
    "lien": "lien_reponse",
    "url": "lien_reponse",
    "association": "organisations",
    "associations": "organisations",
    "jour": "date",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What stops a template, where, and what to write instead."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place} : {self.sentence}" if self.place else self.sentence


class TemplateRefusedError(ValueError):
    """The template cannot be used; each problem is a French sentence with its place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = problems[:MOST_PROBLEMS]


def named(inside: str) -> str | None:
    """The field that stands between braces, or None. Spaces of any kind around it are Word's business, capitals too."""
    name = " ".join(inside.split()).casefold()
    return name if name in FIELDS else None


def problems_in(text: str, place: str) -> Iterator[Problem]:
    """Unknown fields, code, and braces that open or close nothing."""
    for found in MARK.finditer(text):
        if named(found[1]) is None:
            yield Problem(place, unknown(found[1].strip()))
    rest = MARK.sub("", text)
    if loose := LOOSE.search(rest):
        said = rest[loose.start() : loose.start() + 40].strip()
        yield Problem(place, broken(loose[0], said))


def unknown(inside: str) -> str:
    shown = "{{ " + inside[:60] + " }}"
    if not inside:
        return "des accolades vides {{ }} : écrivez un champ entre elles, ou effacez-les."
    if not NAME.fullmatch(inside):
        return f"{shown} ressemble à du code, et une lettre n’en contient pas. Les champs sont de simples noms, comme {{{{ commune }}}}."
    if close := nearest(inside):
        return f"{shown} n’est pas un champ ; voulez-vous dire {{{{ {close} }}}} ?"
    return f"{shown} n’est pas un champ. La liste des champs est à côté du modèle."


def nearest(inside: str) -> str | None:
    plain = folded(inside[:60]).replace(" ", "_")
    if plain in FIELDS:
        return plain
    if plain in OTHER_WORDS:
        return OTHER_WORDS[plain]
    return next(iter(difflib.get_close_matches(plain, FIELDS, n=1, cutoff=0.7)), None)


def broken(mark: str, said: str) -> str:
    if "%" in mark or "#" in mark:
        return f"« {said} » ressemble à du code, et une lettre n’en contient pas : effacez-le."
    if mark == "{{":
        return f"« {said} » ouvre un champ qui ne se ferme pas : il manque }}}}."
    return f"« {said} » ferme un champ qui ne s’ouvre pas : il manque {{{{."
