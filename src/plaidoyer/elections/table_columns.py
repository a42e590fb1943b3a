"""The columns of a volunteer's own table: what each may be called, and which is probably which. A person corrects the guess on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plaidoyer.kit.text import folded


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    label: str
    hint: str
    also_called: tuple[str, ...]


FIELDS = (
    Field("commune", "Commune", "le nom", ("commune", "ville", "nom commune", "nom de la commune", "libelle commune", "municipalite")),
    Field("insee", "Code INSEE", "cinq signes", ("insee", "code insee", "code commune", "code insee commune", "cog", "code circonscription")),
    Field("postal", "Code postal", "aide à choisir entre communes du même nom", ("code postal", "cp", "codepostal")),
    Field("departement", "Département", "son numéro", ("departement", "dept", "dep", "code departement", "numero departement")),
    Field("name", "Nom de la liste", "", ("liste", "nom de la liste", "nom liste", "intitule", "libelle de la liste", "libelle liste", "titre")),
    Field(
        "head",
        "Tête de liste",
        "prénom et nom",
        (
            "tete de liste",
            "tete",
            "candidat",
            "candidate",
            "candidat e",
            "nom tete de liste",
            "nom tete",
            "nom candidat",
            "nom du candidat",
            "nom prenom",
            "prenom nom",
            "tdl",
        ),
    ),
    Field("given", "Prénom de la tête de liste", "s’il a sa colonne", ("prenom", "prenom tete de liste", "prenom du candidat")),
    Field("panel", "Numéro de panneau", "", ("panneau", "numero de panneau", "n panneau", "no panneau", "numero panneau", "num panneau")),
    Field(
        "etiquette", "Étiquette déclarée", "telle que la liste la dit", ("etiquette", "parti", "partis", "etiquette politique", "soutien", "soutiens")
    ),
    Field(
        "email",
        "Courriel",
        "plusieurs possibles",
        ("email", "e mail", "mail", "courriel", "adresse mail", "adresse email", "adresse electronique", "mel"),
    ),
    Field("phone", "Téléphone", "plusieurs possibles", ("telephone", "tel", "portable", "mobile", "phone", "num tel")),
    Field("address", "Adresse postale", "", ("adresse", "adresse postale", "permanence", "local de campagne")),
    Field("website", "Site", "", ("site", "site web", "site internet", "url", "lien", "page", "web")),
    Field("source", "Source", "où l’information a été trouvée", ("source", "sources", "origine", "trouve ou", "provenance")),
)
KNOWN_NAMES = frozenset(name for field in FIELDS for name in field.also_called)
CONTACTS = ("email", "phone", "address")
NAMES_A_COMMUNE = ("commune", "insee", "postal")


def guessed(columns: Sequence[str]) -> dict[str, int]:
    """The column of each field: an exact name first, then a name that begins so; no column is used twice."""
    names = [folded(column) for column in columns]
    found: dict[str, int] = {}
    for fits in (lambda name, alias: name == alias, lambda name, alias: name.startswith(f"{alias} ")):
        for field in FIELDS:
            free = [at for at in range(len(names)) if at not in found.values()]
            at = next((at for alias in field.also_called for at in free if fits(names[at], alias)), None)
            if field.name not in found and at is not None:
                found[field.name] = at
    if "given" in found and "head" not in found and "nom" in names:
        found["head"] = names.index("nom")  # beside « Prénom », « Nom » is a person's; alone, it may as well be the list's
    return found
