"""Who is in the example, what is asked, what is answered, and how its readers read it. Everything here is invented.

Quotes in ``READINGS`` are exact words of the letters in ``letters/``: the play refuses to go on when one is not found.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PASSWORD = "essai-plaidoyer"  # noqa: S105  the accounts of the example are printed for everybody

COLLECTIVE = "Collectif Le Seuil"
ABOUT = (
    "Quatorze associations du Val d’Arvigne qui accompagnent des personnes sans logement, mal logées ou sans ressources. "
    "Tout est inventé : le collectif, les communes, les listes, les lettres."
)
ORGANISATIONS = (
    "Secours de l’Arvigne", "La Table ouverte", "Habitat et Voisins", "Un bail pour tous", "Maison des Chômeurs du Val", "Les Petits Déjeuners",
    "Entraide des Hauts-Prés", "Accueil de nuit Saint-Loup", "École de la seconde chance", "Toits et Jardins", "Femmes du Canal",
    "Permanence des droits", "Compagnons de la Laiterie", "Observatoire du mal-logement de l’Arvigne",
)  # fmt: skip
REGION, DEPARTEMENT = "Val d’Arvigne", "Arvigne"

PEOPLE = (
    ("jeanne@leseuil.example", "Jeanne Aubrée", "coordinator", ()),
    ("bruno@leseuil.example", "Bruno Tavel", "local", ("ZZ101",)),
    ("salome@leseuil.example", "Salomé Keita", "reader", ()),
    ("emile@leseuil.example", "Émile Rocher", "observer", ()),
)

COMMUNES = (("ZZ101", "Courvalle-sur-Arvigne", 31_480), ("ZZ102", "Saint-Aubrac-les-Forges", 8_920), ("ZZ103", "Pré-Lanthenay", 640))

# What the letter says of each commune: invented, as the communes are.
FIGURES = {
    "ZZ101": [
        ("Habitants", "31 480", "1er janvier 2023", "recensement, chiffre inventé"),
        ("Logements sociaux", "13,9 % des résidences principales", "1er janvier 2025", "répertoire des logements sociaux, chiffre inventé"),
        ("Demandes de logement social en attente", "2 140", "31 décembre 2025", "système national d’enregistrement, chiffre inventé"),
    ],
    "ZZ102": [
        ("Habitants", "8 920", "1er janvier 2023", "recensement, chiffre inventé"),
        ("Logements sociaux", "7,2 % des résidences principales", "1er janvier 2025", "répertoire des logements sociaux, chiffre inventé"),
    ],
    "ZZ103": [("Habitants", "640", "1er janvier 2023", "recensement, chiffre inventé")],
}

QUESTIONS = (
    (
        "Besoins sociaux", "Comment analyserez-vous les besoins sociaux, et quelle place y auront les personnes en pauvreté ?",
        "analyse des besoins", "commune", "decides",
    ),
    (
        "Domiciliation", "Le CCAS donnera-t-il une adresse à toute personne sans domicile stable qui a un lien avec la commune ?",
        "accès aux droits", "commune", "decides",
    ),
    (
        "Logement social", "Combien de logements sociaux ferez-vous bâtir ou racheter pendant le mandat, dont combien en PLAI ?",
        "logement", "epci", "co-decides",
    ),
    ("Impayés de loyer", "Que fera la mairie dès le premier mois de loyer impayé ?", "logement", "commune", "co-decides"),
    ("Cantine", "Combien paiera un repas de cantine une famille qui vit sous le seuil de pauvreté ?", "enfance", "commune", "decides"),
)  # fmt: skip

INTRODUCTION = (
    "Nous avons posé cinq questions à toutes les listes, le même jour et dans les mêmes termes. Voici leurs réponses, mot pour mot, "
    "et la place vide de celles qui n’ont pas répondu."
)
METHOD = (
    "La lettre est partie le même jour à toutes les listes connues, avec la même date limite. Deux relances ont été envoyées, le même jour et "
    "dans les mêmes termes, à celles qui n’avaient pas encore répondu. Chaque réponse est lue par une personne, qui cite des passages exacts. "
    "Le niveau d’un engagement est notre lecture : une liste qui s’estime mal lue peut demander une correction, publiée et datée."
)


@dataclass(frozen=True)
class Letter:
    """How a reply came. ``day`` and ``hour`` are counted from the deadline (negative: before)."""

    files: tuple[str, ...] = ()
    channel: str = "email"
    day: int = -1
    hour: int = 12
    typed: str = ""
    is_announced: bool = False
    at_the_door: tuple[tuple[str, str], ...] = ()  # (question, words) typed by the list on its own page
    answered_by: str = ""
    capacity: str = ""


@dataclass(frozen=True)
class ListStory:
    commune: str
    panel: int
    name: str
    head: str
    etiquette: str | None
    email: str
    letter: Letter | None = None
    # question number -> (stance, ((quote, level), …)); None: the letter waits at the desk for a visitor
    reading: dict[int, tuple[str, tuple[tuple[str, str], ...]]] | None = None
    beyond: tuple[tuple[str, str], ...] = field(default=())  # commitments that answer no question
    refuses: bool = False
    is_a_promise: bool = False


LISTS = (
    ListStory(
        "ZZ101", 1, "Courvalle en partage", "Solène Marchandeau", "liste citoyenne", "contact@courvalle-en-partage.example",
        Letter(("courvalle-en-partage.docx",), "email", -2, 18, answered_by="Solène Marchandeau", capacity="tête de liste"),
        {
            1: ("answers", (
                ("L’analyse sera conduite par le CCAS avec un groupe de quinze habitants, dont la moitié aura connu la rue, l’hébergement ou l’expulsion.", "firm"),
                ("Nous publierons ses conclusions et ses chiffres avant la fin de 2027, en entier, y compris ce qui dérange.", "firm"),
                ("Nous voudrions la refaire chaque année", "intention"),
            )),
            2: ("skips", ()),
            3: ("answers", (
                ("La ville a douze ans de retard et nul ne les rattrapera en six.", ""),
                ("Nous engagerons 500 logements sociaux sur le mandat, dont 200 en PLAI", "firm"),
                ("Si l’agglomération nous confie son droit de préemption, nous irons jusqu’à 650.", "conditional"),
            )),
            4: ("skips", ()),
            5: ("answers", (
                ("Un euro le repas pour les familles dont le quotient familial ne dépasse pas 600 euros, dès la première rentrée.", "firm"),
                ("Cela coûtera 190 000 euros par an ; nous les prendrons sur le budget des fêtes et de la communication.", ""),
            )),
        },
    ),
    ListStory(
        "ZZ101", 2, "Un cap pour Courvalle", "Thierry Vasselin", "sans étiquette", "vasselin@uncap.example",
        Letter(("un-cap-pour-courvalle.pdf",), "email", -7, 10, answered_by="Thierry Vasselin", capacity="tête de liste"),
        {
            1: ("answers", (
                ("Elle sera présentée au conseil municipal avant le 30 juin 2027.", "firm"),
                ("Nous souhaitons y associer des habitants tirés au sort à la Laiterie et aux Hauts-Prés", "intention"),
            )),
            2: ("answers", (
                ("Le CCAS domiciliera toute personne qui a un lien avec Courvalle et ne demandera aucune pièce que la loi ne demande pas.", "firm"),
                ("Un guichet sera ouvert le samedi matin", "firm"),
            )),
            3: ("answers", (
                ("Nous ne promettrons pas ce que le foncier ne permet pas.", ""),
                ("Si l’État maintient son aide au foncier, nous lancerons 400 logements sociaux d’ici à 2032, dont un tiers en PLAI.", "conditional"),
                ("nous ne construirons aucun programme neuf dans le centre ancien", "refusal"),
            )),
            4: ("answers", (
                ("Une travailleuse sociale du CCAS appellera chaque locataire du parc social dans le mois qui suit le premier impayé", "firm"),
                ("nous signerons pour cela une convention avec les trois bailleurs", "firm"),
                ("Nous ferons de même dans le parc privé dès que les signalements nous seront transmis.", "conditional"),
            )),
            5: ("answers", (
                ("Le repas coûte aujourd’hui 2,10 euros à la famille la plus pauvre.", ""),
                ("Nous étudierons un tarif à un euro pour la rentrée 2027", "intention"),
            )),
        },
        beyond=(("les bains-douches municipaux, fermés en 2019, rouvriront avant le premier hiver du mandat", "firm"),),
    ),
    ListStory("ZZ101", 3, "Réveiller Courvalle", "Jean-Rémi Courtadel", None, "bonjour@reveiller.example"),
    ListStory(
        "ZZ101", 4, "Les Quartiers ensemble", "Naïma Berkouche", "union citoyenne et solidaire", "contact@quartiers-ensemble.example",
        Letter(("les-quartiers-ensemble.eml",), "email", 1, 21, answered_by="Naïma Berkouche", capacity="tête de liste"),
        {
            1: ("answers", (
                ("Nous tiendrons six réunions publiques, une par quartier, avant l’été 2027, avec garde d’enfants et interprètes.", "firm"),
                ("nous la mettrons en ligne avec toutes ses données", "firm"),
            )),
            2: ("answers", (("Oui. La domiciliation est un droit, et nous l’appliquerons à quiconque dort ici.", "firm"),)),
            3: ("answers", (
                ("Nous visons 600 logements sociaux, en commençant par ceux qui existent et qui sont vides.", "intention"),
                ("Recenser, racheter, réhabiliter : voilà toute notre méthode.", ""),
            )),
            4: ("answers", (
                ("Si le juge ne le censure pas, nous prendrons un arrêté contre les expulsions sans relogement.", "conditional"),
                ("Nous aimerions aussi créer un fonds d’avance sur loyers.", "intention"),
            )),
            5: ("answers", (("La cantine sera gratuite pour les familles sous le seuil de pauvreté, de la petite section au CM2.", "firm"),)),
        },
    ),
    ListStory(
        "ZZ101", 5, "Courvalle, ma ville", "Odile Pruvenat", "intérêt communal", "permanence@courvallemaville.example",
        Letter(("courvalle-ma-ville.png",), "post", -4, 9, answered_by="Odile Pruvenat", capacity="tête de liste"),
        refuses=True,
    ),
    ListStory(
        "ZZ102", 1, "Les Forges solidaires", "Marceline Tardieu", "gauche citoyenne", "lesforges@solidaires.example",
        Letter(("les-forges-solidaires.odt",), "email", -1, 16, answered_by="Marceline Tardieu", capacity="tête de liste"),
    ),
    ListStory(
        "ZZ102", 2, "Bien vivre à Saint-Aubrac", "Gérard Loubatière", "sans étiquette", "mairie2026@bienvivre.example",
        Letter(("bien-vivre-a-saint-aubrac.png",), "post", -3, 9, answered_by="Gérard Loubatière", capacity="tête de liste"),
    ),
    ListStory(
        "ZZ102", 3, "Aubrac autrement", "Inès Roqueval", None, "ines@aubracautrement.example",
        Letter((), "form", -5, 22, answered_by="Inès Roqueval", capacity="tête de liste", at_the_door=(
            ("Q1", "Oui. Nous confierons l’analyse à un cabinet et nous la restituerons en réunion publique."),
            ("Q2", "Nous y sommes favorables."),
            ("Q3", "40 logements, sous réserve de l’accord de l’intercommunalité."),
            ("Q5", "Nous étudierons un tarif à 1 euro ; nous déciderons avant la rentrée 2027."),
        )),
    ),
    ListStory("ZZ102", 4, "Saint-Aubrac, j’y tiens", "Paul-Henri Sauvagnac", None, "", Letter((), "post", 0, 10, is_announced=True)),
    ListStory(
        "ZZ103", 1, "Ensemble pour Pré-Lanthenay", "Paulette Ancelin", None, "",
        Letter((), "post", -3, 11, typed="ensemble-pour-pre-lanthenay.txt", answered_by="Paulette Ancelin", capacity="maire sortante"),
        {
            1: ("answers", (("L’analyse des besoins, nous la ferons avec la communauté de communes, qui a un service pour cela.", "firm"),)),
            2: ("answers", (
                ("Nous donnerons une adresse à ceux qui la demandent.", "firm"),
                ("elles en auront une avant Noël", "firm"),
            )),
            3: ("answers", (
                ("Du logement social, nous n’en construirons pas", "refusal"),
                ("la commune rachètera l’ancien presbytère et y fera trois logements à loyer modéré", "firm"),
            )),
            4: ("skips", ()),
            5: ("answers", (
                ("si les communes voisines acceptent de partager la cuisine, le repas passera à un euro pour toutes les familles modestes", "conditional"),
            )),
        },
    ),
    ListStory(
        "ZZ103", 2, "Lanthenay avance", "Bastien Corderoy", None, "",
        Letter((), "form", -1, 20, typed="lanthenay-avance.txt", answered_by="Bastien Corderoy", capacity="tête de liste"),
        is_a_promise=True,
    ),
)  # fmt: skip

UNKNOWN_MAIL = "inconnu.eml"
