# ruff: noqa: SIM905 — lists of words read better as words
"""Who acts in a clause: a pronoun, the town, another body, a rival, somebody named, people, or a thing."""

from __future__ import annotations

from itertools import pairwise

from plaidoyer.reading.clauses import DETERMINERS, relative, subordinate
from plaidoyer.reading.words import Word

TOWN = frozenset(
    """liste equipe municipalite ville commune mairie majorite ccas conseil adjoint adjointe elu elue elus caisse service services
    agent agents regie colistier colistiere colistiers programme projet mesure mesures municipal""".split()
)
OTHERS = frozenset(
    """etat prefet prefete prefecture departement region gouvernement metropole intercommunalite agglomeration agglo caf ars bailleur
    bailleurs adversaire adversaires concurrent concurrents concurrente opposition opposant opposants collectif association associations parlement
    sortant sortante rectorat communaute loi lois tribunal juge justice agence direction groupement hopital banque ministre ministere electeurs
    electeur presse syndicat operateur delegataire poste sncf senat europe promoteur promoteurs gouvernants senateur depute senateurs deputes
    inspection academie police gendarmerie office interco departementale regionale esprits voix fournisseur fournisseurs edf engie enedis orange
    diocese paroisse eveche communaute com etablissement fondation samu secours croix-rouge emmaus hopitaux chu universite crous lycee college
    notaire notaires huissier huissiers commissaire procureur assureur assureurs architecte architectes legislateur bercy securite mission
    sous-prefet sous-prefete sous-prefecture plateforme plateformes agences enseigne enseignes supermarche
    supermarches compagnie transporteur""".split()
)
FOLK = frozenset(
    """famille familles enfant enfants jeune jeunes parent parents gens habitant habitants riverain riverains locataire locataires usager usagers
    commercant commercants entreprise entreprises acheteur acheteurs ancien anciens benevole benevoles proprietaire proprietaires eleve eleves
    medecin medecins loyer loyers prix facture factures ceux celles celui chacun personne personnes femme femmes homme hommes gamin gamins
    etudiant etudiants heritier heritiers investisseur investisseurs employeur employeurs patron patrons voisin voisins voisine voisines pecheur
    pecheurs agriculteur agriculteurs retraite retraites salarie salaries touriste touristes vacancier vacanciers contribuable contribuables
    conjoint praticien praticiens docteur docteurs infirmier infirmiere infirmiers infirmieres interne internes""".split()
)
KNOWN = TOWN | OTHERS | FOLK
RIVALS = frozenset(
    """adversaire adversaires concurrent concurrents concurrente concurrentes opposant opposants rival rivaux sortant sortante sortants
    sortantes predecesseur predecesseurs""".split()
)
CANDIDATES = frozenset("candidat candidate candidats".split())
LISTS = frozenset("liste listes equipe equipes candidats".split())
SIDES = LISTS | frozenset("majorite municipalite maire camp gens ceux".split())  # « l'équipe en place », « ceux d'en face »
OURS = frozenset("notre nos mon ma mes colistier colistiere adjoint adjointe elu elue".split())
OWN = frozenset("municipal municipale municipaux municipales communal communale communaux communales".split())
TITLES = frozenset("m mm monsieur messieurs mme madame mesdames mlle maitre dr docteur".split())
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


def _rival(words: list[Word]) -> bool:
    """Whether another list, its head or « d'autres » act: « la liste d'en face », « l'équipe en place », « certains »."""
    said = [w.folded for w in words if not w.is_mark]
    known = set(said)
    if known & RIVALS or (known & CANDIDATES and not known & OURS):
        return True
    nouns = any(w.has("N") and w.folded not in DETERMINERS and w.folded not in ("autre", "autres") for w in words)
    others = bool({"autre", "autres", "aucuns"} & set(said[:3]))
    if others and (known & LISTS or not nouns):
        return True
    facing = bool({("en", "face"), ("en", "place")} & set(pairwise(said))) and bool(known & SIDES)
    return facing or (not nouns and bool({"certains", "certaines"} & set(said[:2])))


def _named(words: list[Word]) -> bool:
    """Whether somebody is named who is not said to be of the list: « Madame Verrier installera », « Marne Habitat rénovera »."""
    said = {w.folded for w in words}
    if said & OURS:
        return False
    if said & TITLES:
        return True
    last = next((w for w in reversed(words) if not w.is_mark and w.folded not in OBJECTS), None)
    unknown = last is not None and _capital(last) and not last.readings
    trade = len(words) > 1 and all(_capital(w) and w.folded not in DETERMINERS for w in words[:2])
    return (unknown or trade) and not said & KNOWN


def _capital(word: Word) -> bool:
    return word.raw[:1].isupper() and len(word.raw) > 2


def subject(words: list[Word], verb: int, persons: str) -> str:
    """Who does it: je, nous, on, vous, il, elles…, or the kind of noun before the verb."""
    if found := _pronoun(words, verb, persons):
        return found
    before = words[:verb]
    if _rival(before):
        return "rival"
    return "named" if _named(before) else _noun(before)


def _noun(words: list[Word]) -> str:
    """The kind of the nouns that stand before a verb, those of relatives set apart."""
    inside, nouns = False, []
    for i, word in enumerate(words):
        if opens(words, i):
            inside = True
        elif word.raw == ",":
            inside = False
        elif not inside and word.has("N") and word.folded not in DETERMINERS:
            nouns.append(word)
    if any(w.folded in OTHERS for w in nouns[:2]):
        return "town" if any(w.folded in OWN for w in words) else "others"  # « le bailleur municipal »
    if any(w.folded in TOWN for w in nouns):
        return "town"
    if any(w.folded in FOLK for w in nouns[:2]) or any(w.folded in ("ceux", "celui", "celles") for w in words[:2]):
        return "folk"
    return "noun" if nouns else "none"


def whose(words: list[Word]) -> str:
    """The kind of the last noun before a relative: « le groupement hospitalier, qui ouvrira… » is somebody else."""
    nouns = [w.folded for w in words if w.has("N") and w.folded not in DETERMINERS][-3:]
    for kind, names in (("others", OTHERS), ("town", TOWN), ("folk", FOLK)):
        if any(n in names for n in nouns):
            return kind
    return "noun"
