"""« Si nous sommes élus » is not a condition; « si l'État paie » is one."""

from tests.reading.letters import level_of, read_letter


def test_if_we_are_elected_stays_firm():
    assert level_of("4. Si nous sommes élus, nous ouvrirons vingt places d'accueil de nuit.", "nous ouvrirons") == "firm"


def test_if_the_state_pays_is_conditional():
    assert (
        level_of("4. Nous ouvrirons vingt places d'accueil de nuit si l'État finance les veilleurs.", "nous ouvrirons".capitalize()) == "conditional"
    )


def test_the_condition_has_its_span():
    text = "4. Nous ouvrirons vingt places d'accueil de nuit, sous réserve d'une subvention de la région."
    found = next(c for c in read_letter(text).commitments if "vingt places" in c.quote)
    assert text[slice(*found.condition)].startswith("sous réserve")
