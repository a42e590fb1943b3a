"""A table of figures for many communes: what it says, line by line, and what is refused with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from plaidoyer.campaigns.acts.sheets import Figure, quoted_communes
from plaidoyer.campaigns.models import Campaign
from plaidoyer.campaigns.sheet_models import CommuneFigure
from plaidoyer.kit.downloads import Reject
from plaidoyer.kit.tables import Row, Table, TableRefusedError
from plaidoyer.kit.text import folded
from plaidoyer.territories.gazetteer import Gazetteer

COLUMNS = {
    "commune": ("code insee", "insee", "code commune", "codgeo", "commune", "ville", "nom de la commune"),
    "label": ("intitule", "indicateur", "chiffre", "libelle", "donnee"),
    "value": ("valeur", "value", "nombre", "taux"),
    "dated": ("millesime", "annee", "date"),
    "source": ("source", "origine", "producteur"),
}
LABELS = {"commune": "Commune", "label": "Intitulé", "value": "Valeur", "dated": "Millésime", "source": "Source"}
KNOWN = {name for names in COLUMNS.values() for name in names}


@dataclass
class FigurePlan:
    sheets: defaultdict[str, list[Figure]] = field(default_factory=lambda: defaultdict(list))
    rejects: list[Reject] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.sheets.values()))


def plan_figures(table: Table, campaign: Campaign) -> FigurePlan:
    plan, gazetteer, at = FigurePlan(), Gazetteer(), columns_of(table)
    places, quoted = set(campaign.communes.values_list("commune", flat=True)), quoted_communes(campaign)
    for row in table.rows:
        take(row, at, plan, gazetteer, places, quoted)
    return plan


def columns_of(table: Table) -> dict[str, int]:
    named = [folded(one) for one in table.columns]
    found = {key: next((named.index(name) for name in names if name in named), -1) for key, names in COLUMNS.items()}
    if lacking := [LABELS[key] for key, index in found.items() if index < 0]:
        raise TableRefusedError(
            f"Il manque dans ce tableau : {', '.join(lacking)}. Sa première ligne nomme les colonnes Code INSEE, Intitulé, Valeur, Millésime, Source."
        )
    return found


def take(row: Row, at: dict[str, int], plan: FigurePlan, gazetteer: Gazetteer, places: set[str], quoted: set[str]) -> None:
    said = {key: " ".join(row.cells[index].split()) if index < len(row.cells) else "" for key, index in at.items()}
    if not any(said.values()):
        return
    asked = said.pop("commune")
    code = gazetteer.by_code(asked) or gazetteer.line(asked).code
    if reason := why_not_here(code, places, quoted):
        plan.rejects.append(Reject(row.line, LABELS["commune"], asked, reason))
    elif wrong := next((key for key, text in said.items() if not text or len(text) > longest(key)), ""):
        reason = f"plus de {longest(wrong)} caractères" if said[wrong] else "vide : un chiffre sans elle ne se vérifie pas"
        plan.rejects.append(Reject(row.line, LABELS[wrong], said[wrong], reason))
    elif any(one["label"] == said["label"] for one in plan.sheets[code]):
        plan.rejects.append(Reject(row.line, LABELS["label"], said["label"], "cette commune a déjà ce chiffre plus haut dans le tableau"))
    else:
        plan.sheets[code].append(said)


def why_not_here(code: str, places: set[str], quoted: set[str]) -> str:
    if not code:
        return "commune inconnue : écrivez son code INSEE"
    if code not in places:
        return "cette commune n’est pas dans la campagne"
    return "sa lettre est partie : ses chiffres ne changent plus" if code in quoted else ""


def longest(key: str) -> int:
    return int(CommuneFigure._meta.get_field(key).max_length or 0)
