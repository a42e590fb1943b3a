"""Named signs of a promise, a wish, a condition, a refusal, an achievement: pattern, and a reason in French.

A rule never decides alone: the learned head weighs the signs of a clause together. Patterns run on folded text
(lower case, no accents, straight apostrophes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plaidoyer.reading.types import Level


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    level: Level | None  # the level that it speaks for; None for a warning
    pattern: re.Pattern[str]
    why: str


def _rule(name: str, level: Level | None, pattern: str, why: str) -> Rule:
    return Rule(name, level, re.compile(pattern), why)


FIRM, INTENTION, CONDITIONAL, REFUSAL, PAST = Level.FIRM, Level.INTENTION, Level.CONDITIONAL, Level.REFUSAL, Level.PAST
US = r"(?:la|notre|une) (?:liste|equipe|municipalite|ville|commune|mairie|majorite)|le (?:ccas|conseil municipal|maire)|je|j'|nous|on"

RULES = (
    _rule("s-engager", FIRM, r"\b(?:m'|nous |s'|se |m'y |nous y |s'y )engage(?:ons|ra|rons|rai|r|nt)?\b|\bengagement (?:ferme|de|d'|est pris)|\bprend(?:s|ons|ra|rons|rai)? (?:donc |ici |l')*engagement|\bpromet(?:s|tons)\b|\bgaranti(?:s|ssons|t|ra|rons|rai)\b|\bma parole\b", "La liste « s'engage » ou promet."),
    _rule("s-etre-engage", FIRM, r"\b(?:me suis|nous sommes|s'est) engage|\b(?:ai|avons) inscrit|\b(?:ai|avons|a) prevu\b|\best inscrite?s?\b|\bsont inscrite?s?\b|\bfigure(?:nt|ra|)\b.{0,25}\b(?:programme|projet)|\bau programme\b|\bprogramme (?:prevoit|comporte|comprend|contient|inclut)", "C'est inscrit au programme."),
    _rule("prevu", FIRM, r"\b(?:est|sont) (?:aussi |egalement |bien |d'ores et deja |deja )?(?:prevu|programme|budgete|acte|acqui|arrete|decide|vote|planifie|finance)(?:e|es|s)?\b|\bprevo(?:yons|it|is)\b", "C'est présenté comme prévu ou décidé."),
    _rule("obligation", FIRM, r"\bil (?:sera|est) de (?:la|notre) responsabilite|\bdevr(?:a|ont)\b|\bse doit\b|\bnous devons\b", "Une obligation que la municipalité se donne."),
    _rule("oui", FIRM, r"^\W*(?:\w{1,3}\W+)?(?:et )?(?:oui|ok|d'accord|entendu|c'est oui|c'est entendu|c'est dit|absolument|tout a fait|bien sur|evidemment|certainement|naturellement|volontiers|affirmatif|reponse positive|sans hesit\w+)\b|\b(?:c'est|repond\w+|dis\w*|est|:|sera|trois fois|mille fois|un grand) (?:donc |sans hesiter |toujours |un )*oui\b|\boui\s*[.!,]?\s*$", "Un « oui » à la question posée."),
    _rule("continuite", FIRM, r"\b(?:continuer|maintiendr|conserver|poursuivr|reconduir|perennis|restera|demeurera|gardera|preserver)(?:a|ai|ons|ont|ez)?\b|\bne changera pas\b|\bsera (?:maintenu|conserve|reconduit|poursuivi)", "La promesse de continuer ou de maintenir."),
    _rule("demarche", FIRM, r"\b(?:demander|reclamer|interpeller|solliciter|exiger|saisir|plaider|negocier|defendr|porter)(?:a|ai|ons)\b", "Une démarche annoncée auprès d'un autre."),
    _rule("mesure", FIRM, r"\bmesures?\s*(?:n\s?°\s*|numeros?\s*|nos?\.?\s*)?\**\s*\d|\bcf\.? (?:notre )?mesure|\bproposition\s*(?:n\s?°\s*|numero\s*)?\d|\baction\s*(?:n\s?°\s*|numero\s*)\d|\bengagement\s*(?:n\s?°\s*|numero\s*)\d|\b(?:fiche|point) \d+ de notre (?:programme|projet)", "Une mesure numérotée du programme est citée."),
    _rule("plus-de", FIRM, r"\b(?:plus|pas) (?:un|une|aucun|aucune) (?:seul\w* )?\w+.*\b(?:sans|ne)\b|^\W*(?:plus|pas) (?:aucun|aucune|un seul|une seule)\b|\bzero \w+|\btolerance zero", "Une promesse dite par la négative."),
    _rule("vouloir", INTENTION, r"\b(?:voul(?:ons|ait|aient)|veu(?:x|t)|voudr\w+|souhait\w*|desir(?:e|ons)|aimer(?:ais|ions|ait)|esper(?:e|ons|er)\w*|l'espoir|reve(?:s|ons)?\b|ambition\w*|volonte|tenons a|tiens (?:\w+ )*a\b|tient a|a coeur|envie d)", "Le verbe dit un souhait (vouloir, souhaiter, tenir à)."),
    _rule("proposer", INTENTION, r"\b(?:propos(?:e|ons|ent|er(?:a|ons|ai))|compt(?:e|ons|ent) (?:\w+ )?(?:\w+er|\w+ir|\w+re|en|y|bien|mettre|faire)|envisag\w+|entend(?:s|ons)? (?:bien )?(?:\w+er|\w+ir|\w+re)|pens(?:e|ons) (?:\w+er|\w+ir|\w+re|a)|prevoi\w+ d|intention|projet(?:te|ons) d|vis(?:e|ons|era|erons|ant)\b|projet de)", "La liste propose, compte, envisage ou vise."),
    _rule("objectif", INTENTION, r"\b(?:objectif|but|cible|cap|horizon|ideal|idee|priorite|piste|perspective|orientation|ligne directrice|axe)s?\b", "C'est un objectif, une piste ou une idée."),
    _rule("etudier", INTENTION, r"\b(?:etudi\w+|a l'etude|etude d|examin\w+|reflech\w+|reflexion|regarder|explor\w+|evalu\w+|analys\w+|experiment\w+|tester|a tester|essa(?:y|i)\w+|tent\w+r(?:a|ai|ons)|cherch\w+|faire (?:tout|notre possible|de notre mieux|au mieux)|s'efforcer\w*|efforcer\w*|tacher\w*|voir (?:si|comment)|verrons|imagin\w+|reste ouvert|discut\w+|en parler)\b", "La liste étudiera, réfléchira ou essaiera : c'est une intention."),
    _rule("favorable", INTENTION, r"\b(?:favorables?|pour\s*[.!,]|(?:sommes|suis|est) (?:tout a fait |bien sur |plutot |evidemment )?pour\b|d'accord|adher(?:e|ons)|partage(?:ons)? (?:\w+ )?(?:objectif|constat|demande|ambition)|souscri\w+|soutenons|soutiens|approuv\w+|pret(?:e|s|es)?\b|pourquoi pas|bonne idee|accueill\w+ (?:avec|favorablement)|ouverts?|sensibles?)\b", "La liste se dit favorable ou prête."),
    _rule("il-faut", INTENTION, r"\bil (?:nous )?(?:faut|faudra\w*|faudrait|conviendr\w+|convient|importe|est (?:important|necessaire|essentiel|indispensable|urgent|souhaitable|temps))\b|\b(?:doit|doivent|devrait|devraient|devrions|devrais)\b|\bs'impose\b", "« Il faut », « il conviendrait » : un vœu, pas une promesse."),
    _rule("pourrait", INTENTION, r"\bpourr(?:ait|aient|ions|ais)\b|\bpeut-etre\b|\bpeut etre\b|\beventuel\w+|\bsi possible\b|\ba terme\b|\bserait (?:bien|bon|utile|souhaitable|interessant)|\bpourra\b|\bpourront\b|\bpourrons\b", "Le conditionnel laisse la chose possible, non promise."),
    _rule("si", CONDITIONAL, r"(?:^|\W)(?:si\b(?! (?:nous (?:sommes|etions|gagnons|l'emportons)|je suis elu|vous nous (?:faites|accordez|elisez)|les (?:electeurs|habitants|electrices)))|s'ils?\b|sinon\b)", "La promesse dépend d'un « si »."),
    _rule("reserve", CONDITIONAL, r"\b(?:sous reserve|a (?:la |une |cette |seule )*condition|aux conditions|pour (?:autant|peu) qu|des lors qu|du moment qu|dans la mesure (?:ou|du possible|de nos)|a defaut|sauf|a moins (?:que|qu|d)|pourvu qu|moyennant|etant entendu qu|en fonction d|selon (?:les|nos|l'|la|le)|dans la limite|dans les limites|le cas echeant|subordonn\w+|conditionn\w+|tributaire|dependr?\w*|depend\w*|au rythme|a mesure qu|en cas d|tant que|une fois (?:que|qu|l|connu|le|la|les)|quand (?:nous|on|la|le|les|il)|lorsqu\w*|des qu'?e?|la ou|permett?r?a|permet|permettront|meme s'il est evident|a concurrence|avec (?:l'accord|l'aide|le soutien|le concours) (?:de|du|des)|apres (?:accord|validation|avis|audit|etude)|suit\b|suivent)\b", "La promesse porte une condition ou une réserve."),
    _rule("si-elus", None, r"\bsi (?:nous (?:sommes elus|l'emportons|gagnons)|je suis elue?|vous nous (?:faites confiance|accordez|elisez)|les (?:electeurs|habitants|electrices))\b|\bune fois elus?\b|\bau lendemain (?:de l'election|du scrutin)", "« Si nous sommes élus » n'est pas une condition."),
    _rule("non", REFUSAL, r"^\W*(?:\w{1,3}\W+)?non\b|\bnon\s*[.!,:]|\b(?:c'est|repond\w+|sera|est) (?:donc |clairement )?non\b|\bca non\b|\bnon merci\b", "Un « non » à la question posée."),
    _rule("refuser", REFUSAL, r"\brefus\w*|\bcontre\b(?! la|le|les|l')|\b(?:sommes|suis|est|serons|serai|resterons) (?:\w+ )?(?:contre|oppose\w*|hostile\w*|defavorable\w*|reserve\w*)|\bs'oppos\w+|\bopposer\w+|\b(?:pas|hors de) question\b|\bdesaccord|\brejet\w+|\bexclu\b|\brenonc\w+|\becart(?:ons|e) ", "La liste refuse ou s'oppose."),
    _rule("impossible", REFUSAL, r"\b(?:impossible|irrealiste|irrealisable|hors de portee|demagogi\w+|malhonnete|illusoire|pas (?:envisageable|acceptable|souhaitable|possible|realiste|raisonnable|notre role|de notre ressort|de la competence|une priorite|tenable|dans nos|le role|a la commune|d'actualite))\b|\bne (?:releve|depend|sera|serait|nous parait|me parait|peut|pouvons|pourrons|saurait|saurions) .{0,40}\bpas\b|\bne .{0,15}pouvons (?:pas|donc pas|malheureusement pas)", "La liste dit que la chose n'est pas possible ou pas de son ressort."),
    _rule("ne-promet-pas", REFUSAL, r"\bne (?:le |la |les |vous |nous |m'|l'|peux |pouvons |veux |voulons )*(?:promet\w*|engage\w*|garanti\w*|prendr\w+|souhait\w*|voul\w*|veux|desir\w*)\b.{0,20}\b(?:pas|rien|aucun\w*)\b|\bpas (?:favorable|disposee?s?|partisan|convaincu|d'accord|pour\b)|\bne .{0,30}pas (?:favorables?|dispose)|\bm'y refuse|\bni .{3,40} ni\b", "La liste ne veut pas, ou ne promet pas."),
    _rule("ne-fera-pas", REFUSAL, r"\bn(?:e |')(?:\w+ |\w+')*\w+r(?:ai|ons|a|ont)\b.{0,25}\b(?:pas|plus|aucun\w*|jamais|rien|ni)\b|\bpas d(?:e |')\w+|\bsans (?:hausse|augmentation)", "Un futur à la forme négative : refus, ou promesse de ne pas nuire."),
    _rule("ne-repond-pas", REFUSAL, r"\bne (?:\w+ )*(?:repondr\w+|remplir\w*|remplisse|plier\w*|signer\w*|participer\w*|prononcer\w*)\b.{0,20}\bpas|\bne (?:souhaite|souhaitons|desire|desirons) pas (?:repondre|donner suite|nous prononcer)|\bpas donner suite|\bdeclin\w+", "La liste refuse de répondre."),
    _rule("bilan", PAST, r"\b(?:ai|avons|a|ont|avait|avions) (?:\w+ ){0,3}\w+(?:e|es|i|is|it|u|us|s|t|ert|ees)\b|\b(?:a|ont) ete\b|\bdepuis (?:19|20)\d\d|\bdepuis (?:\w+ ){1,3}ans\b|\ben (?:19|20)[012]\d\b|\bl'an dernier|\bces dernieres annees|\bmandat (?:precedent|actuel|ecoule|qui s'acheve)|\b(?:existe|fonctionne|est en place) deja\b|\bdeja\b", "Un fait passé ou déjà en place."),
    _rule("autrui", None, r"\b(?:l'etat|le prefet|la prefecture|le departement|conseil (?:departemental|general|regional)|la region|le gouvernement|l'intercommunalite|la metropole|le bailleur|les bailleurs|la caf|l'ars|le rectorat|d'autres|ils|certains|nos adversaires|autre liste|equipe sortante|maire sortant\w*|municipalite sortante|majorite (?:sortante|actuelle)|l'opposition|adversaires?|concurrents?)\b", "Il est question d'un autre : l'État, le département, un concurrent…"),
    _rule("eux", None, r"\b(?:nous|m'|me|vous) (?:a |ont |avez )?(?:dit|disait|disent|racontait|confie|repondu|ecri\w+|demand\w+|reproch\w+)\b|\bon (?:m'|nous )|\bvous (?:demandez|evoquez|parlez|ecrivez|proposez|souhaitez|craignez|citez)", "Des paroles rapportées ou celles du collectif."),
    _rule("valeur", None, r"\b(?:valeurs?|croyons|convaincus?|conviction|digne|dignite|humaniste|solidarite n'est|coeur de|esprit de|vivre ensemble|merite\w*|chacun sait|il est vrai|c'est (?:vrai|un|une|le|la)|sait que|savons|connaissons|constat\w*|force est|inadmissible|inacceptable|honte|scandale|intolerable)\b", "Une valeur ou un constat, pas un acte."),
    _rule("politesse", None, r"\b(?:remerci\w+|disposition|salutation|sentiments|rencontr\w+|repondr\w+|lire|echanger|cordial\w*|reste joignable|votre lettre|votre courrier|votre questionnaire|reponses? (?:a|aux) vos|votez|voter|scrutin|1er tour|elections?)\b", "Une formule de politesse ou de campagne."),
)  # fmt: skip
BY_NAME = {rule.name: rule for rule in RULES}
US_SUBJECT = re.compile(rf"\b(?:{US})\b")
ASKS_FIRM = re.compile(r"\b(?:vous engagez|engagez|accepterez|publierez|prendrez|ferez|mettrez|ouvrirez|garantirez|signerez|\w+erez|\w+irez|\w+drez)-?\s?vous\b")
ASKS_OPINION = re.compile(r"\b(?:favorables?|prete?s?\b|etes-vous|souhaitez|pensez|envisagez|d'accord|soutenez|seriez|opinion|avis|position)\b")


def fired(folded: str) -> list[str]:
    """The names of the rules that a folded clause sets off."""
    return [rule.name for rule in RULES if rule.pattern.search(folded)]
