"""What letters say when they answer nothing: they evade, thank, believe, speak of others or of the past.

Each sign weighs as much as training says, and only against the other facts; none of them decides. Patterns run on folded text.
"""

from __future__ import annotations

import re

SIGNS = {
    "evades": re.compile(
        r"\b(?:ne (?:\w+ )?(?:repondr\w+|pourr\w+|pouv\w+|saur\w+|souhait\w+|voul\w+|sommes|suis|puis\w*) (?:\w+ ){0,3}"
        r"(?:pas|point|guere|encore|davantage)|(?:choix|decide|prefer\w+) (?:\w+ )?de ne pas"
        r"|pas (?:encore )?(?:arrete|defini|finalise|tranche|en mesure)|a ce stade|le moment venu|en temps voulu"
        r"|reviendr\w+ (?:\w+ )?vers vous|fausses promesses|surenchere|pas de (?:ceux|celles) qui|point par point|faute d'avoir"
        r"|(?:programme|projet) (?:\w+ ){0,6}(?:ser\w+|sera|seront) (?:\w+ ){0,3}"
        r"(?:presente|devoile|distribue|publie|rendu|adresse|communique|connu|envoye)"
        r"|finalis\w+|en cours d'(?:elaboration|ecriture)|je me bornerai|reserve electorale|aucun chiffre|audit)\b"
    ),
    "thanks": re.compile(
        r"\b(?:remerci\w+|salu\w+|felicit\w+|hommage|attention|interet|sensible|admir\w+"
        r"|(?:serions|serais|serons|serai|sommes) (?:\w+ )?(?:heureux|heureuse|ravie?s?)|rencontrer|bonne note"
        r"|partage\w* (?:\w+ )?(?:votre|vos|ce|le|ces|les) \w+|a l'ecoute|bienveillance|droit au coeur|honore\w*)\b"
    ),
    "creed": re.compile(
        r"\b(?:je crois|nous croyons|(?:voulons|veux|revons|reve|souhaitons) (?:d')?une? (?:ville|commune|village)"
        r"|une (?:ville|commune) (?:qui|ou|plus)|fraternite|dignite|humain\w*|espoir|espere|valeurs?|bon sens|boussole|avenir|ensemble"
        r"|chacun\w*|fierte|coeur|rassembler|destin)\b"
    ),
    "others": re.compile(
        r"\b(?:adversaires?|concurrents?|d'autres vous|certains|l'europe|le gouvernement|l'etat|la region|le departement|paris"
        r"|le maire sortant|l'equipe sortante|majorite sortante)\b"
    ),
    "record": re.compile(r"\b(?:depuis (?:19|20)\d\d|en (?:six|douze|dix-huit) ans|bilan|mandats?|a change de visage|avons (?:\w+ )?\w+[eiu]s?\b)"),
}
