"""The optional encoder: the reader does without it; when it is there, it must understand French."""

import pytest

from plaidoyer.reading import encoder
from tests.reading.letters import read_letter

needs_model = pytest.mark.skipif(encoder.model() is None, reason="the extra « encoder » is not installed")
# A sentence, the same thing said otherwise, and a sentence on another subject. (Sentences that share a word with the first fool it half the time.)
SAID = [
    ("Le repas de la cantine coûtera un euro.", "Les écoliers mangeront à midi pour 1 €.", "La voirie sera refaite rue Haute."),
    ("Nous ouvrirons un accueil de nuit.", "Les sans-abri pourront dormir au chaud.", "Les impôts n'augmenteront pas."),
    ("Le bus sera gratuit pour les chômeurs.", "Les demandeurs d'emploi ne paieront plus les transports.", "Le conservatoire aura deux salles de plus."),
    ("Nous construirons des logements sociaux.", "Des HLM seront bâtis dans la commune.", "La police municipale sera armée."),
    ("Un médecin sera salarié par la ville.", "La commune emploiera un docteur.", "Le stade portera le nom d'un champion."),
    ("Les personnes âgées isolées recevront des visites.", "Nous irons voir les aînés qui sont seuls.", "Les commerces du centre seront soutenus."),
    ("La mairie aidera à payer les factures d'énergie.", "Un fonds soutiendra ceux qui ne peuvent plus se chauffer.", "Une piste cyclable longera la rivière."),
    ("Nous refusons toute expulsion sans relogement.", "Personne ne sera mis dehors sans autre toit.", "La place du marché sera pavée."),
    ("Une fontaine sera installée au parc.", "On pourra boire de l'eau au jardin public.", "Le personnel de mairie sera mieux payé."),
    ("Les cours de français seront doublés.", "Davantage d'ateliers pour apprendre la langue.", "Les arbres seront taillés en hiver."),
]  # fmt: skip


@needs_model
@pytest.mark.parametrize(("said", "again", "other"), SAID)
def test_a_paraphrase_is_nearer_than_another_subject(said, again, other):
    [[same, different]] = encoder.likeness([said], [again, other])
    assert same > different


def test_without_the_model_it_says_so(monkeypatch):
    monkeypatch.setattr(encoder, "model", lambda: None)
    with pytest.raises(LookupError):
        encoder.vector("une phrase que personne n'a encore lue")


def test_the_reader_does_without_it(monkeypatch):
    monkeypatch.setattr(encoder, "model", lambda: None)
    assert read_letter("1. Nous construirons 300 logements.").passages[0].questions == ("Q1",)
