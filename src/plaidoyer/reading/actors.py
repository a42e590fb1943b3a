# ruff: noqa: SIM905 — lists of words read better as words
"""Who acts in a clause: a pronoun, the town, another body, people, or a thing."""

from __future__ import annotations

from plaidoyer.reading.clauses import DETERMINERS, relative, subordinate
from plaidoyer.reading.words import Word

TOWN = frozenset(
    """liste equipe municipalite ville commune mairie majorite ccas conseil adjoint adjointe elu elue elus caisse service services
    agent agents regie programme projet mesure mesures municipal""".split()
)
OTHERS = frozenset(
    """etat prefet prefete prefecture departement region gouvernement metropole intercommunalite agglomeration agglo caf ars bailleur
    bailleurs adversaire adversaires concurrent concurrents concurrente opposition opposant opposants collectif association associations parlement
    sortant sortante rectorat communaute loi lois tribunal juge justice agence direction groupement hopital banque ministre ministere electeurs
    electeur presse syndicat operateur delegataire poste sncf senat europe promoteur promoteurs gouvernants senateur depute senateurs deputes
    inspection academie police gendarmerie office interco departementale regionale esprits voix""".split()
)
FOLK = frozenset(
    """famille familles enfant enfants jeune jeunes parent parents gens habitant habitants riverain riverains locataire locataires usager usagers
    commercant commercants entreprise entreprises acheteur acheteurs ancien anciens benevole benevoles proprietaire proprietaires eleve eleves
    medecin medecins loyer loyers prix facture factures ceux celles celui chacun personne personnes femme femmes homme hommes gamin gamins""".split()
)
PERSON = {"je": "1", "j'": "1", "tu": "2", "nous": "4", "vous": "5", "ils": "6", "elles": "6"}
OBJECTS = frozenset("ne n' se s' me m' te t' y en l' le la les lui leur nous vous".split())


def opens(words: list[Word], i: int) -> bool:
    """Whether word ``i`` opens a relative or subordinate clause."""
    return subordinate(words, i) or relative(words, i)


def _pronoun(words: list[Word], verb: int, persons: str) -> str:
    """The pronoun that agrees with the verb, just before it or just after (« ferons-nous »)."""
    for i in range(verb - 1, max(-1, verb - 5), -1):
        name = words[i].folded
        if name in PERSON and PERSON[name] in persons:
            return {"j'": "je", "ils": "elles"}.get(name, name)
        if name in ("on", "il", "elle", "ce", "c'", "cela", "ca", "qui", "tout"):
            return {"c'": "ce", "ca": "ce", "cela": "ce", "tout": "noun"}.get(name, name)
        if name not in OBJECTS:
            break
    return ""


def subject(words: list[Word], verb: int, persons: str) -> str:
    """Who does it: je, nous, on, vous, il, elles…, or the kind of noun before the verb."""
    if found := _pronoun(words, verb, persons):
        return found
    inside, before = False, []
    for i, word in enumerate(words[:verb]):
        if opens(words, i):
            inside = True
        elif word.raw == ",":
            inside = False
        elif not inside and word.has("N") and word.folded not in DETERMINERS:
            before.append(word)
    if any(w.folded in OTHERS for w in before[:2]):
        return "others"
    if any(w.folded in TOWN for w in before):
        return "town"
    if any(w.folded in FOLK for w in before[:2]) or any(w.folded in ("ceux", "celui", "celles") for w in words[:2]):
        return "folk"
    return "noun" if before else "none"


def whose(words: list[Word]) -> str:
    """The kind of the last noun before a relative: « le groupement hospitalier, qui ouvrira… » is somebody else."""
    nouns = [w.folded for w in words if w.has("N") and w.folded not in DETERMINERS][-3:]
    for kind, names in (("others", OTHERS), ("town", TOWN), ("folk", FOLK)):
        if any(n in names for n in nouns):
            return kind
    return "noun"
