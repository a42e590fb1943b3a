"""Letters for the tests of this room, all invented. One holds an emoji, so that offsets of code points and of UTF-16 differ."""

ANSWER = """Madame, Monsieur,

Merci pour votre lettre. Voici nos réponses 🙂, dans l’ordre de vos questions.

1. Domiciliation
Oui : le CCAS domiciliera toute personne qui a un lien avec Valmorel. Un guichet sera ouvert le samedi matin.

2. Logement social
Nous construirons 120 logements sociaux pendant le mandat, dont 40 en PLAI. Si l’État maintient ses aides, nous irons jusqu’à 150.

3. Cantine
Nous souhaitons un repas à un euro pour les familles sous le seuil de pauvreté.

Vous pouvez joindre notre équipe au 06 39 98 01 02 ou à contact@valmorel-solidaire.example.

Bien cordialement,

Inès Carpentras
Jeanne Trévoux
"""

REFUSAL = """Madame, Monsieur,

Nous avons pris la décision de ne répondre à aucun questionnaire pendant cette campagne.

Ghislaine Pontivier
"""
