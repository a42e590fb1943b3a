"""« Ne m'écrivez plus » : flagged for a person, never taken for a refusal to answer."""

from __future__ import annotations

import re

from plaidoyer.kit.text import folded

LONG = 700  # beyond, it is a letter that speaks of something else too
ASKS = re.compile(
    r"\bne (?:plus|pas) (?:m|me|nous) (?:ecrire|contacter|solliciter|envoyer|adresser)\b"
    r"|\bne (?:m|me|nous) (?:ecrivez|contactez|sollicitez|envoyez|adressez) plus\b"
    r"|\b(?:plus|cesser|arreter|cessez|arretez)\b.{0,20}\b(?:recevoir|envoyer|nous ecrire|m ecrire|vos (?:messages|mails|courriels|envois))\b"
    r"|\b(?:desinscri\w+|desabonn\w+|unsubscribe)\b"
    r"|\b(?:retire[rz]?|supprime[rz]?|efface[rz]?|raye[rz]?)\b.{0,60}\b(?:adresse|coordonnees|donnees|liste de diffusion|liste d envoi|fichier)\b"
    r"|\bdroit d (?:opposition|effacement)\b|\bm oppose a (?:l utilisation|ce que vous utilisiez|recevoir)\b"
)


def asks_to_be_left_alone(subject: str, words: str) -> bool:
    text = folded(f"{subject} {words}")
    return len(text) <= LONG and (bool(ASKS.search(text)) or folded(words).split() == ["stop"])
