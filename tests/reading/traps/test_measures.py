"""Numbers of the author's own programme, in every phrasing met or feared; the asker's numbers, laws and counts are none."""

import pytest

from plaidoyer.reading.items import item_measures
from plaidoyer.reading.measures import citations
from tests.reading.letters import read_letter

CITED = [
    ("Nous rouvrirons l'accueil (mesure 8).", "8"),
    ("Nous rouvrirons l'accueil (**mesure 8**).", "8"),
    ("Nous rouvrirons l'accueil (MESURE 8).", "8"),
    ("Nous rouvrirons l'accueil (mesure n° 8).", "8"),
    ("Nous rouvrirons l'accueil (mesure n°8).", "8"),
    ("Nous rouvrirons l'accueil (mesure nº 8).", "8"),
    ("Nous rouvrirons l'accueil (mesure no 8).", "8"),
    ("Nous rouvrirons l'accueil (mesure numéro 8).", "8"),
    ("Nous rouvrirons l'accueil (cf. mesure 8).", "8"),
    ("Nous rouvrirons l'accueil (c'est notre mesure 8).", "8"),
    ("Nous rouvrirons l'accueil [mesure 8].", "8"),
    ("Nous rouvrirons l'accueil, mesure 8 de notre programme.", "8"),
    ("Nous rouvrirons l'accueil : mesure #8.", "8"),
    ("Cf. notre mesure 90 !", "90"),
    ("C'est notre mesure 23.", "23"),
    ("C’est notre mesure 23 !", "23"),
    ("C'était déjà notre mesure 23 en 2020.", "23"),
    ("Notre mesure 38, sur la sécurité sociale alimentaire, y répond.", "38"),
    ("Notre **mesure 38**, sur la sécurité sociale alimentaire, y répond.", "38"),
    ("Notre mesure **38** y répond.", "38"),
    ("La mesure 22 voudrait conduire à la gratuité.", "22"),
    ("Un plan de 400 000 euros par an est inscrit à notre mesure 51.", "51"),
    ("Dans la mesure n° 17, nous nous y engageons.", "17"),
    ("Voir la mesure-phare n° 3.", "3"),
    ("Notre mesure phare 3 le dit.", "3"),
    ("Ce sont les mesures 44,45 et 46 de notre programme.", "44 45 46"),
    ("Ce sont les mesures 44, 45 et 46.", "44 45 46"),
    ("Ce sont les mesures 44 et 45.", "44 45"),
    ("Ce sont les mesures n° 44 et n° 45.", "44 45"),
    ("Ce sont les mesures n°s 44 et 45.", "44 45"),
    ("Ce sont les mesures 44/45.", "44 45"),
    ("Ce sont les mesures 44 & 45.", "44 45"),
    ("Ce sont les mesures 44, puis 46.", "44 46"),
    ("Ce sont la mesure 44 et la mesure 46.", "44 46"),
    ("C'est la mesure 44, ainsi que la 46.", "44 46"),
    ("Ce sont (mesures 33, 34) deux promesses.", "33 34"),
    ("Ce sont les mesures (12, 13).", "12 13"),
    ("Les **mesures 12** et **13** le prévoient.", "12 13"),
    ("Nos mesures 3 à 7 le prévoient.", "3 4 5 6 7"),
    ("Nos mesures 3-5 le prévoient.", "3 4 5"),
    ("De la mesure 12 à la mesure 15, tout est dit.", "12 13 14 15"),
    ("Les mesures suivantes : 12, 14 et 15.", "12 14 15"),
    ("C'est notre mesure 1 ! Et la 2, et la 14.", "1 2 14"),
    ("Notre proposition 22 mobilise les facteurs. La 24 crée une avance.", "22 24"),
    ("Notre programme commence par cette mesure, la numéro 1!", "1"),
    ("Cette mesure, la n° 14, sera votée en juin.", "14"),
    ("Nos n°s 3 à 5 le disent.", "3 4 5"),
    ("C'est dans notre programme, au n° 12.", "12"),
    ("Ce sont les n°s 3 à 5 de notre programme.", "3 4 5"),
    ("C'est notre proposition 7.", "7"),
    ("Nous l'avons écrit : propositions 7 et 9.", "7 9"),
    ("Une halte de nuit (prop. 12).", "12"),
    ("Une halte de nuit (proposition n°12 de mon projet).", "12"),
    ("Une halte de nuit (engagement n°4).", "4"),
    ("Nos engagements 4 et 5 en parlent.", "4 5"),
    ("C'est l'engagement numéro 4 de notre projet.", "4"),
    ("Voyez l'action 15.", "15"),
    ("Une halte de nuit (action 15).", "15"),
    ("Nos actions 3, 4 & 5.", "3 4 5"),
    ("Une halte de nuit (fiche 8).", "8"),
    ("Une halte de nuit (cf. fiche 8).", "8"),
    ("C'est la fiche n° 8 de notre programme.", "8"),
    ("Dans notre projet, fiche n° 4, nous l'avons chiffré.", "4"),
    ("C'est le point 3.2 de notre programme.", "3.2"),
    ("Notre programme (point 12) le prévoit.", "12"),
    ("Notre point 12 le prévoit.", "12"),
    ("C'est l'objectif 6 de notre programme.", "6"),
    ("C'est l'article 9 de notre projet.", "9"),
    ("C'est le chantier n° 2 de notre projet municipal.", "2"),
    ("C'est la mesure dix-sept.", "17"),
    ("C'est la mesure quatre-vingt-douze de notre programme.", "92"),
    ("C'est la proposition quatre de notre programme.", "4"),
    ("C'est notre mesure numéro un.", "1"),
    ("C'est la mesure 12 bis.", "12 bis"),
    ("C'est la mesure M12.", "12"),
    ("C'est la première mesure de notre programme.", "1"),
    ("C'est la douzième proposition de notre programme.", "12"),
    ("C'est notre 12e proposition.", "12"),
    ("La mesure 12 et 30 logements suivront.", "12"),
    ("Notre mesure 22 crée 120 emplois d'été.", "22"),
    ("Mesure 6 : portage de repas 7 jours sur 7", "6"),
    ("Les numéros entre parenthèses renvoient à notre programme. Une halte (12), un bagagerie (n° 13).", "12 13"),
    ("Une halte [M12] et une bagagerie [M13].", "12 13"),
]
NOT_CITED = [
    "Dans la mesure du possible, nous ouvrirons 20 places.",
    "C'est oui pour les points 1, 2 et 5.",
    "Votre proposition 3 nous convient.",
    "Vos propositions 2 et 4 nous conviennent.",
    "La proposition 3 de votre questionnaire nous convient.",
    "L'engagement 3 de votre charte nous convient.",
    "Au point 2 de votre courrier, vous parlez de douches.",
    "La question n° 2 nous a surpris.",
    "La mesure 3 du plan Logement d'abord le permet.",
    "La mesure 9 du programme du maire sortant n'a rien donné.",
    "L'article 3 de la loi le permet.",
    "Le collectif du 92 sera reçu en secteur 1.",
    "Nous reboucherons les trous de la RN134, déchets D3E compris.",
    "Le plan d'actions 2026-2032 sera public.",
    "Nos 56 mesures tiennent sur une page.",
    "Nous prendrons 12 mesures.",
    "Nous soutiendrons des actions 3 fois par an.",
    "Nous prendrons un engagement un peu plus fort.",
    "C'est notre priorité n° 1.",
    "Notre première mesure sera la gratuité.",
    "C'est deux poids deux mesures, deux fois de suite.",
    "Le bus n° 7 passera le dimanche.",
    "La ligne n° 7 passera le dimanche.",
    "Le bus passera. La 24 passera aussi.",
    "Une mesure 2,5 % moins chère.",
    "Rendez-vous au 12 de la rue des Mesures.",
]


@pytest.mark.parametrize(("sentence", "numbers"), CITED)
def test_a_programme_is_cited_in_many_ways(sentence, numbers):
    found = [n for c in citations(sentence) for n in c.numbers]
    assert found == (numbers.split() if "bis" not in numbers else [numbers])


@pytest.mark.parametrize("sentence", NOT_CITED)
def test_a_number_that_is_no_measure_is_left_alone(sentence):
    assert citations(sentence) == ()


def _measures_of(text, words):
    place = text.index(words)
    return next(c.measures for c in read_letter(text).commitments if c.start <= place < c.end)


def test_a_bracket_after_the_full_stop_goes_with_the_promise_before():
    assert _measures_of("4. Nous ouvrirons un accueil de nuit de vingt places. (Mesure 12.)", "vingt places") == ("12",)


def test_a_bracket_inside_a_sentence_goes_with_its_own_clause():
    text = "4. Nous ouvrirons un accueil de nuit de vingt places (mesure 12) et nous recruterons trois veilleurs."
    assert _measures_of(text, "vingt places") == ("12",)
    assert _measures_of(text, "trois veilleurs") == ()


def test_these_measures_are_those_named_just_before():
    text = "4. Nous ouvrirons un accueil de nuit (mesures 4 et 5). Ces mesures seront votées en juin."
    assert _measures_of(text, "Ces mesures") == ("4", "5")


def test_the_number_at_the_head_of_an_item_is_that_of_its_line_only():
    text = "Mesure 5 : création d'un accueil de nuit\nMesure 6 : portage de repas"
    assert item_measures(text, [(0, len(text), False)]) == {0: ("5",), 41: ("6",)}


def test_a_yes_under_the_asker_s_own_number_cites_no_programme():
    assert item_measures("Proposition 2 : oui, bien sûr.", [(0, 30, False)]) == {0: ()}


ELSEWHERE = [
    ("Le point 5 de notre projet crée un réseau. Des bancs seront posés (point 11).", "5 11"),
    ("Notre projet « 60 idées pour Orvel » le dit. La garantie (idée 32) durera six mois.", "32"),
    ("Une halte ouvrira (mesure 9). Les salles ouvriront le soir (voir la 41 et la 42).", "9 41 42"),
    ("Une halte ouvrira (mesure 9). Nous ferons la crèche (c'est la 44 de notre programme).", "9 44"),
    ("Une halte ouvrira (mesure 9).\n\nLa 52 finance trois postes.", "9 52"),
    ("Une halte sera créée (mesure 3.2). Les repas seront bio (3.5).", "3.2 3.5"),
    ("Notre mesure phare, la 1.1, est un centre de santé.", "1.1"),
]


@pytest.mark.parametrize(("letter", "numbers"), ELSEWHERE)
def test_a_way_of_counting_said_once_holds_for_the_whole_letter(letter, numbers):
    assert [n for c in citations(letter) for n in c.numbers] == numbers.split()


@pytest.mark.parametrize(
    "letter", ["Nous poserons des bancs (point 2).", "Les repas seront bio (3.5).", "Le tarif est bas (mesure 4). La 2 CV rouge passe."]
)
def test_a_number_that_nothing_ties_to_the_programme_is_left_alone(letter):
    assert [n for c in citations(letter) for n in c.numbers] in ([], ["4"])


def test_lines_numbered_beyond_any_questionnaire_are_the_measures_of_a_programme():
    text = "31. Ouvrir une agence.\n32. Instaurer un permis.\n\nVoir le numéro 32."
    assert item_measures(text, [(0, 47, False), (49, len(text), False)]) == {0: ("31",), 23: ("32",), 49: ()}
    assert [c.numbers for c in citations(text)] == [("32",)]


def test_ten_numbered_answers_are_no_programme():
    text = "\n".join(f"{n}. Oui, nous le ferons." for n in range(1, 12))
    assert set(item_measures(text, [(0, len(text), False)]).values()) == {()}


def test_a_reference_before_a_colon_goes_with_the_promise_after_it():
    text = "4. Cf. mesure 12 : nous ouvrirons un accueil de nuit de vingt places."
    assert _measures_of(text, "vingt places") == ("12",)
    assert all(c.quote != "Cf. mesure 12" for c in read_letter(text).commitments)


def test_several_numbers_at_the_end_of_two_promises_are_for_both():
    text = "4. Nous doublerons le fonds d'urgence, et l'aide sera versée sous huit jours (mesures 9 et 10)."
    assert _measures_of(text, "doublerons") == ("9", "10")
    assert _measures_of(text, "sous huit jours") == ("9", "10")


@pytest.mark.parametrize(
    ("letter", "numbers"),
    [
        ("Une halte ouvrira (mesure 59). Quatre terrains seront créés (n° 61).", "59 61"),
        ("Une halte ouvrira (mesure 41). Cinq terrains s'y ajouteront (42).", "41 42"),
        ("Une halte ouvrira (mesure 41). Cinq terrains s'y ajouteront (92).", "41"),
        ("Une halte ouvrira (engagement 40). L'interprétariat est prévu au 41.", "40 41"),
        ("Les bancs viendront (mesure 4) : tous les 200 mètres.", "4"),
        ("Une halte est au chapitre 3 de notre projet (mesure 21).", "21"),
        ("Les subventions seront versées (engagement 33) ; des conventions suivront.", "33"),
    ],
)
def test_a_bare_number_counts_when_the_letter_gives_it_a_meaning(letter, numbers):
    assert [n for c in citations(letter) for n in c.numbers] == numbers.split()


def test_a_programme_copied_from_its_first_measure_is_known_by_the_later_ones():
    text = "Notre livret :\n1. Réquisitionner.\n2. Abriter.\n3. Ouvrir.\n\n31. Défendre.\n32. Limiter."
    assert [n for held in item_measures(text, [(0, len(text), False)]).values() for n in held] == ["1", "2", "3", "31", "32"]


@pytest.mark.parametrize(
    ("letter", "numbers"),
    [
        ("Les n° de notre programme sont entre crochets. Bus gratuit [2]. Un lieu à nous [5].", "2 5"),
        ("Une halte ouvrira (mesure 9). Un bus passera, cf. n° 28, le soir.", "9 28"),
        ("31. Ouvrir une agence.\n32. Instaurer un permis.\n\nLa 31 dépend de l'État.", "31"),
        ("Numéros entre parenthèses = engagements de notre plateforme. Un bus passera (2).", "2"),
        ("Un bus passera (n° 2). Des bancs seront posés (n° 3). Une halte ouvrira (n° 11).", "2 3 11"),
        ("Une halte ouvrira (mesure 9). Une infirmière passera, la 3 le prévoit.", "9 3"),
        ("Nos propositions 2.1 à 2.4 le disent.", "2.1 2.2 2.3 2.4"),
        ("Un service doublé [p. 8, n° 2]. Une provision de 6 M€ [même page, n° 3].", "2 3"),
        ("Une halte ouvrira (mesure 9). Des usagers voteront le budget (cf. 44).", "9 44"),
        ("Une aire sera faite ; voyez le point 12.", "12"),
        ("Un bail (geste 3). Une aire (gestes 5 et 6). Un bus (geste 11, à l'essai). Geste 44 : le train.", "3 5 6 11 44"),
        ("Un bail (page 3). Une aire (pages 5 et 6). Un bus (page 11).", ""),
        ("Un bail (environ 3). Une aire (environ 5). Un bus (environ 11).", ""),
        ("Une aire sera faite ; voyez le point 2.", ""),
        ("La mesure 11 crée une équipe, et la 12 double le fonds.", "11 12"),
        ("Un bus (point 11 de notre projet). Le 23 crée une réserve. Le 24 mars, nous voterons.", "11 23"),
        ("Une enquête sera faite (exigence 3.1). Le CCAS en tiendra compte (3.4).", "3.1 3.4"),
    ],
)
def test_more_ways_of_counting_that_letters_have(letter, numbers):
    assert [n for c in citations(letter) for n in c.numbers] == numbers.split()


def test_a_line_under_a_numbered_measure_speaks_for_itself():
    text = "Mesure 61. Doublement du portage de repas.\nLe service d'appels reprendra."
    assert item_measures(text, [(0, len(text), False)]) == {0: ("61",), 43: ()}


def test_the_end_of_a_sentence_on_the_next_line_keeps_its_measure():
    text = "Mesure 61. Doublement du portage\nde repas dans les hameaux."
    assert item_measures(text, [(0, len(text), False)]) == {0: ("61",), 33: ("61",)}


def test_two_measures_of_one_sentence_are_two_promises():
    text = "4. Notre mesure 30 crée un chèque chaleur de 150 euros par an, la 31 un diagnostic gratuit pour cent logements."
    assert _measures_of(text, "chèque") == ("30",)
    assert _measures_of(text, "diagnostic") == ("31",)


def test_a_number_alone_after_the_full_stop_goes_with_the_promise_before():
    text = "4. Nous ouvrirons un accueil de nuit (mesure 3.1). Aucun enfant ne sera refusé pour impayé. (3.5)"
    assert _measures_of(text, "Aucun enfant") == ("3.5",)


def test_as_many_promises_as_numbers_announced_have_one_number_each():
    text = (
        "4. Voici nos engagements 14 à 16 :\n- nous recruterons un inspecteur de salubrité ;\n"
        "- nous créerons un fonds de travaux ;\n- nous rachèterons dix maisons par an."
    )
    assert _measures_of(text, "inspecteur") == ("14",)
    assert _measures_of(text, "fonds") == ("15",)
    assert _measures_of(text, "dix maisons") == ("16",)


def test_the_first_measure_under_a_title_is_a_measure_and_no_title():
    text = "Axe 2 – RÉPARER LA VILLE\n11. Étendre le permis de louer\n12. Créer une brigade du logement\n13. Vendre des maisons à un euro"
    found = read_letter(text).commitments
    assert [c.measures for c in found if c.tier == "sure"] == [("11",), ("12",), ("13",)]


def test_what_only_announces_a_measure_gives_its_number_to_the_promise_after_the_colon():
    text = "4. La mesure 21 vaut aussi pour l'aide aux démarches : l'animateur sera partagé avec tous ceux qui en ont besoin."
    assert _measures_of(text, "sera partagé") == ("21",)
    sure = [c.quote for c in read_letter(text).commitments if c.tier == "sure"]
    assert "La mesure 21 vaut aussi pour l'aide aux démarches" not in sure


def test_the_second_of_two_cited_promises_begins_after_the_bracket_of_the_first():
    text = (
        "4. Nous achèterons l'énergie avec les habitants (mesure 14), nous porterons à 500 le nombre de logements rénovés, "
        "toutes propriétés confondues, contre 70 aujourd'hui (mesure 15)."
    )
    assert _measures_of(text, "énergie") == ("14",)
    assert _measures_of(text, "500") == ("15",)


def test_one_numbered_line_of_two_clauses_is_not_cut_by_its_number():
    text = "Notre programme :\n31. Ouvrir une agence\n32. Créer un guichet, qui recevra sans rendez-vous les locataires\n33. Vendre des maisons à un euro"
    found = [c for c in read_letter(text).commitments if c.tier == "sure"]
    assert [c.measures for c in found] == [("31",), ("32",), ("33",)]


@pytest.mark.parametrize(
    "saying",
    [
        "C'est notre mesure 12.",
        "C'est le sens de la mesure 12 de notre programme.",
        "C'est la proposition n° 12 de notre projet et celle dont je suis la plus fière.",
        "C'est écrit noir sur blanc dans la mesure 12.",
        "Nous l'avons inscrit au point 12 de notre projet.",
    ],
)
def test_words_that_only_say_where_a_promise_is_written_give_it_their_number(saying):
    text = f"4. Nous ouvrirons un accueil de jour dans l'ancienne gare, avec douches et casiers. {saying}"
    assert _measures_of(text, "accueil de jour") == ("12",)
    assert [c.quote for c in read_letter(text).commitments if c.tier == "sure" and "12" in c.quote] == []


def test_words_that_only_bring_in_a_measure_give_their_number_to_what_speaks_of_it():
    text = (
        "4. Notre mesure 22 crée une agence immobilière sociale. La mesure 23 est un pari. Elle verra le jour si nous réunissons cent coopérateurs."
    )
    assert _measures_of(text, "cent coopérateurs") == ("23",)
    assert [c.quote for c in read_letter(text).commitments if "un pari" in c.quote] == []


def test_a_list_under_words_that_only_name_measures_has_one_number_for_each_line():
    text = (
        "4. Les propositions 31 à 33 de notre programme répondent à votre question :\n- nous créerons une commission de prévention ;\n"
        "- nous doublerons le fonds d'aide aux impayés ;\n- nous rachèterons dix logements par an."
    )
    assert _measures_of(text, "commission") == ("31",)
    assert _measures_of(text, "impayés") == ("32",)
    assert _measures_of(text, "dix logements") == ("33",)
    assert [c.quote for c in read_letter(text).commitments if c.tier == "sure" and "répondent" in c.quote] == []


@pytest.mark.parametrize(
    "end", ["(mesures 11 et 12)", "(actions 11 et 12, à lire ensemble)", ": ce sont nos mesures 11 et 12", ", cf. mesures 11 et 12"]
)
def test_several_numbers_that_close_a_sentence_are_for_both_its_promises(end):
    text = f"4. Nous ouvrirons un centre de santé municipal, et le premier poste sera publié dans les cent jours {end}.".replace(" ,", ",")
    assert _measures_of(text, "centre de santé") == ("11", "12")
    assert _measures_of(text, "premier poste") == ("11", "12")


def test_lines_counted_by_chapter_are_measures_once_a_programme_is_named():
    text = (
        "Les numéros renvoient à notre livret.\n\nAXE 2 – PERSONNE DEHORS\n\n2.1 Une équipe de deux agents pour négocier avec les bailleurs.\n"
        "2.2 Réserver quatre chambres d'urgence au-dessus de la poste.\n2.3 Accueillir deux familles réfugiées par an.\n"
    )
    found = [c for c in read_letter(text).commitments if c.tier == "sure"]
    assert [c.measures for c in found] == [("2.1",), ("2.2",), ("2.3",)]
    assert found[1].quote == "Réserver quatre chambres d'urgence au-dessus de la poste."


def test_answers_counted_by_chapter_are_no_measures():
    text = "2.1. Établissements : nous ouvrirons un registre.\n2.2. Arrêts de bus : rien ne dépend de nous.\n2.3. Commission : elle sera réunie en juin.\n"
    assert [c.measures for c in read_letter(text).commitments if c.measures] == []
