"""Somebody else's future is nobody's promise here."""

import pytest

from plaidoyer.reading.actors import subject
from plaidoyer.reading.clauses import finite
from plaidoyer.reading.words import tokens
from tests.reading.letters import read_letter, sure_quotes


def test_an_opponents_future_is_not_ours():
    text = "1. Nos adversaires vous promettront la lune. Nous construirons 40 logements sociaux par an."
    assert not any("adversaires" in q for q in sure_quotes(text))


def test_asking_the_department_is_our_own_act():
    text = "3. La ville n'a pas la main sur les collèges. Nous demanderons au département d'aligner ses tarifs sur les nôtres."
    assert any("Nous demanderons au département" in q for q in sure_quotes(text))


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("Une autre liste promet la gratuité.", "rival"),
        ("D'autres vous offriront un minibus.", "rival"),
        ("Certains promettent mille logements.", "rival"),
        ("La liste d'en face construira mille logements.", "rival"),
        ("La majorité sortante ouvrira une halte.", "rival"),
        ("Notre concurrent supprimera la taxe.", "rival"),
        ("Madame Verrier installera des caméras.", "named"),
        ("Madame Roux, notre colistière, tiendra une permanence.", "town"),
        ("Les agents du CCAS se déplaceront.", "town"),
        ("Notre liste construira des logements.", "town"),
        ("Le bailleur rénovera vingt logements.", "others"),
        ("Le bailleur municipal rénovera vingt logements.", "town"),
        ("Marne Habitat rénovera vingt logements.", "named"),
        ("L'équipe en place vendra le presbytère.", "rival"),
        ("La mise en place du guichet commencera en mai.", "noun"),
        ("Le terrain d'en face sera acheté.", "noun"),
        ("Les propriétaires augmenteront les loyers.", "folk"),
        ("Nous ouvrirons une halte.", "nous"),
    ],
)
def test_who_acts_is_told_from_the_words_before_the_verb(sentence, actor):
    words = tokens(sentence)
    verb = next(i for i in range(len(words)) if finite(words, i))
    assert subject(words, verb, finite(words, verb).persons) == actor


@pytest.mark.parametrize(
    "sentence",
    [
        "Une autre liste promet la gratuité de la cantine pour tous.",
        "D'autres listes vous offriront un minibus, un local neuf et un annuaire en couleurs.",
        "D'autres vous diront qu'ils ouvriront trois centres de santé.",
        "La liste d'en face construira mille logements, à l'en croire.",
        "Le maire sortant promet un local depuis 2014.",
        "La majorité sortante ouvrira, paraît-il, une halte de nuit en décembre.",
        "Certains promettent la gratuité totale des transports.",
        "L'État ouvrira vingt places d'hébergement en janvier.",
        "Le département financera deux postes d'éducateurs.",
        "La Région prendra en charge les abonnements des apprentis.",
        "Le préfet a annoncé qu'il réquisitionnera l'ancien hôpital.",
        "La CAF versera une aide de 200 euros aux familles.",
        "Les habitants nous demandent d'ouvrir une épicerie solidaire.",
        "Vous nous demandez si nous construirons 25 % de logements sociaux.",
        "Si rien ne change, nos enfants partiront et les loyers continueront de grimper.",
        "Sans médecin, le bourg se videra.",
        "Dans dix ans, un habitant sur trois aura plus de soixante ans.",
        "Nos voisins de Saint-Aubrin ont ouvert une halte de nuit l'an passé.",
        "Le magazine municipal consacre quatre pages aux inaugurations.",
        "On entend dire que le gymnase sera vendu.",
        "Nous aurons l'occasion d'en reparler lors du débat du 12 mars.",
        "Nous savons que beaucoup d'entre vous sont inquiets.",
        "Pour le personnel, nous n'avons aucune idée à ce stade.",
        "Il n'est pas digne de laisser des enfants dehors.",
    ],
)
def test_what_others_will_do_is_never_surely_ours(sentence):
    text = (
        f"1. Madame, Monsieur, la question du logement nous préoccupe depuis longtemps. {sentence} Les dossiers s'empilent et les familles attendent."
    )
    assert [c.quote for c in read_letter(text).commitments if c.tier == "sure" and c.level != "past" and c.quote.strip(".") in sentence] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Les familles seront reçues sous huit jours par un agent du CCAS.",
        "Le bailleur municipal rénovera cent logements d'ici 2030.",
        "Madame Roux, notre colistière, tiendra une permanence chaque samedi en mairie.",
        "Les agents du CCAS se déplaceront au domicile des personnes âgées.",
        "Votre local sera prêt en mars.",
        "Notre liste ouvrira une halte de nuit.",
    ],
)
def test_what_the_town_will_have_done_is_ours_whoever_the_subject_is(sentence):
    text = (
        f"1. Madame, Monsieur, la question du logement nous préoccupe depuis longtemps. {sentence} Les dossiers s'empilent et les familles attendent."
    )
    assert any(sentence.rstrip(".") in q for q in sure_quotes(text))
