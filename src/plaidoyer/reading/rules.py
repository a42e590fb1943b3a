# ruff: noqa: E501 — a pattern that is cut in two is read wrong
"""Named signs of a promise, a wish, a condition, a refusal, an achievement: pattern, and a reason in French.

A rule never decides alone: the learned head weighs the signs of a clause together. Patterns run on folded text
(lower case, no accents, straight apostrophes).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from plaidoyer.reading.lexicon import fold
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

VERB = r"\w+(?:ai|as|a|ons|ez|ont)"  # a future, loosely
COUNT = r"(?:\d|une? (?:dizaine|quinzaine|vingtaine|trentaine|cinquantaine|centaine|kilometre|euro)|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cent|mille)"
GAP = r"(?:[\w'-]+ ){0,4}?"
RULES = (
    _rule("s-engager", FIRM, r"\b(?:m'|nous |s'|se |m'y |nous y |s'y )engage(?:ons|ra|rons|rai|r|nt)?\b|\bengagement (?:ferme|de\b|d'|est pris)|\bprend(?:s|ons|ra|rons|rai)?\b.{0,25}\bengagement|\bpromet(?:s|tons)\b|\bgaranti(?:s|ssons|t|ra|rons|rai)\b|\bma parole\b|\bvous (?:pouvez|pourrez) compter\b|\bsans faute\b|\bson engagement\b", "La liste « s'engage » ou promet."),
    _rule("s-etre-engage", FIRM, r"\b(?:me suis|nous sommes|s'est) engage|\b(?:ai|avons) inscrit|\b(?:ai|avons|ha) prevu\b|\binscrite?s? (?:a|au|dans|en)\b|\bfigure(?:nt|ra|)\b.{0,25}\b(?:programme|projet)|\bau programme\b|\b(?:programme|projet) (?:prevoit|comporte|comprend|contient|inclut)|\bj'ai decide\b|\bnous avons decide\b", "C'est inscrit au programme ou décidé."),
    _rule("prevu", FIRM, r"\b(?:est|sont) (?:aussi |egalement |bien |d'ores et deja |deja )?(?:prevu|programme|budgete|acte|acqui|arrete|decide|vote|planifie|finance|entendu|dit)(?:e|es|s)?\b|\bprevo(?:yons|it|is|ient)\b|\bc'est (?:acquis|acte|entendu|dit|decide|sur|promis|evident)\b", "C'est présenté comme prévu ou décidé."),
    _rule("obligation", FIRM, r"\bil (?:sera|est) de (?:la|notre) responsabilite|\bdevr(?:a|ont)\b|\bse doit\b|\bnous devons\b", "Une obligation que la municipalité se donne."),
    _rule("oui", FIRM, r"^\W*(?:\w{1,8}\W+){0,4}?(?:oui|ok|entendu|absolument|tout a fait|evidemment|certainement|naturellement|volontiers|affirmatif|reponse positive|sans hesit\w+|avec plaisir)\b|^\W*(?:d'accord|accord|bien sur|chiche|accepte|banco)\b|\boui\s*[.!,:)]?\s*$|\bc'est (?:\w+ )?oui\b|\b(?:repond\w+|disons|dis|vote(?:rons|rai)?|sera|serait) (?:\w+ )?oui\b|(?<!pas )(?<!en des)\b(?:d'accord|banco|ca marche)\b", "Un « oui » à la question posée."),
    _rule("continuite", FIRM, r"\b(?:continuer|maintiendr|conserver|poursuivr|reconduir|perenniser|rester|demeurer|garder|preserver)(?:a|ai|ons|ont|ez)\b|\bne changer\w+ pas\b|\b(?:maintien|poursuite|reconduction|perennisation) d|\bon (?:la |le |les )(?:garde|maintient)\b", "La promesse de continuer ou de maintenir."),
    _rule("demarche", FIRM, r"\b(?:demander|reclamer|interpeller|solliciter|exiger|saisir|plaider|negocier|defendr|porter|voter)(?:a|ai|ons)\b|\bnous (?:battrons|mobiliserons)\b|\bse battra\b", "Une démarche annoncée auprès d'un autre."),
    _rule("mesure", FIRM, r"\b(?:mesures?|propositions?|actions?|engagements?)\s*(?:n\s?°\s*|numeros?\s*|nos?\.?\s*)?[\s*(]*\d|\bcf\.? (?:notre )?mesure|\b(?:fiche|point) \d+ de notre (?:programme|projet)|\bnotre programme, (?:mesure|page)", "Une mesure numérotée du programme est citée."),
    _rule("vouloir", INTENTION, r"\b(?:voul(?:ons|ait|aient|u)|veu(?:x|t|lent)|voudr\w+|souhait\w*|desir(?:e|ons)|aimer(?:ais|ions|ait)|esper(?:e|ons|er)\w*|espoir|reve(?:s|ons|rions)?\b|ambition\w*|volonte|tenons (?:\w+ )*a\b|tiens (?:\w+ )*a\b|tient a|a coeur|envie d|prefer(?:e|ons|erions|erais|able)\w*)", "Le verbe dit un souhait (vouloir, souhaiter, tenir à)."),
    _rule("proposer", INTENTION, r"\b(?:(?:je|on|nous|vous|ville|liste|commune|elle|il|mesure \d+) (?:\w+ )?propose\b|propos(?:ons|er(?:a|ons|ai))|compt(?:e|ons|ent) (?:\w+ )?(?:\w+er|\w+ir|\w+re|en|y|bien|mettre|faire)|envisag\w+|entend(?:s|ons)? (?:bien )?(?:que\b|\w+er|\w+ir|\w+re)|pens(?:e|ons) (?:\w+er|\w+ir|\w+re|a)\b|prevoi\w+ d|intention|projet(?:te|ons) d|en projet|vis(?:e|ons|era|erons|ant)\b|projet de|song(?:e|eons)|pressenti\w*|travaillons|inspirons|vocation a)\b", "La liste propose, compte, envisage ou vise."),
    _rule("objectif", INTENTION, r"\b(?:objectif|but|cible|cap|horizon|ideal|idee|priorite|piste|perspective|orientation|ligne directrice)s?\b", "C'est un objectif, une piste ou une idée."),
    _rule("etudier", INTENTION, r"\b(?:etudi\w+|etudes? (?:de|d'|du|des)\b|a l'etude|examin\w+|reexamin\w+|reflech\w+|reflexion|explor\w+|a reexaminer)\b|\b(?:une |l'|d'|aux )etudes?\b", "La liste étudiera, examinera ou réfléchira : c'est une intention."),
    _rule("essayer", INTENTION, r"\b(?:tester|teste(?:rons|rai|ra)|essa(?:y|i)\w+|tent(?:er|era|erai|erons|erais)\b|cherch(?:er|era|erons|ons|e)\b|regarder\w*|(?:on|nous|j') ?y travaill\w+|faire (?:tout|notre possible|de notre mieux|au mieux)|efforcer\w*|tacher\w*|voir (?:si|comment|avec)|verrons|imagin\w+|discut\w+|en parler|creus(?:er|era|erons|ons)|a (?:construire|creuser|travailler|inventer|negocier|rechercher|definir|preciser|confirmer|affiner|concerter|debattre|caler|trouver|evaluer|mesurer|revoir|monter|chiffrer))\b", "La liste essaiera, cherchera ou discutera : c'est une intention."),
    _rule("favorable", INTENTION, r"(?<!pas )(?<!plus )\b(?:favorables?|(?:on|nous|je) (?:\w+ )?(?:sommes|suis|est) (?:tout a fait |bien sur |plutot |evidemment )?pour\b(?! (?:un|une|le|la|l)\w* \w+ que)|adher(?:e|ons)|partage(?:ons)? (?:\w+ )?(?:objectif|constat|demande|ambition)|souscri\w+|soutenons|soutiens|approuv\w+|pret(?:e|s|es)? a\b|y sommes prets?|pourquoi pas|bonne (?:idee|pratique|piste)|penchons|penche pour|me seduit|nous seduit|pas d'objection|accueill\w+ (?:avec|favorablement)|ouverts? a|(?:nous|me) (?:parai\w+|semble\w*|plai\w+)|pas (?:contre|oppose\w*|hostile\w*|exclu)|n'exclu\w+ pas|n'est pas exclu)\b", "La liste se dit favorable ou prête."),
    _rule("il-faut", INTENTION, r"\b(?:il )?(?:nous )?(?:faut|faudra\w*|faudrait|conviendr\w+|convient|importe)\b|\bil est (?:important|necessaire|essentiel|indispensable|urgent|souhaitable|temps)\b|\b(?:doit|doivent|devrait|devraient|devrions|devrais)\b|\bs'impose\b", "« Il faut », « il conviendrait » : un vœu, pas une promesse."),
    _rule("pourrait", INTENTION, r"\bpourr(?:ait|aient|ions|ais)\b|\bpeut-etre\b|\bpeut etre\b|\beventuel\w+|\bsi possible\b|\bserait (?:bien|bon|utile|souhaitable|interessant)|\bpourr(?:a|ont|ons|ai)\b|\bpeut (?:passer|venir|servir|devenir|accueillir|\w+er)\b|\bsans doute\b", "La chose est dite possible, non promise."),
    _rule("si", CONDITIONAL, r"(?<!meme )(?<!comme )(?<!sauf )\b(?:si\b(?! (?:bien|longtemps|peu|possible|nous (?:sommes|etions) elus|nous (?:gagnons|l'emportons|en avons)|(?:je suis|on est) (?:elu|maire)|(?:je|on) gagne|vous nous (?:faites|accordez|elisez)|les (?:electeurs|electrices)|si|l'on peut (?:dire|employer)|on|possible))|si on (?!peut|gagne|est elu)|s'ils?\b(?! (?:faut|en est|en reste|y en a|devait y))|sinon\b)", "La promesse dépend d'un « si »."),
    _rule("reserve", CONDITIONAL, rf"\b(?:sous reserve|a (?:la |une |cette |seule |l'expresse )*condition\b|aux conditions|pour (?:autant|peu) qu\w*|des lors qu\w*|du moment qu\w*|dans la mesure (?:ou|du possible|de nos)|a defaut d\w*|a moins (?:que|qu)\w*|a moins d(?:u |es |e |')(?!{COUNT})|pourvu qu\w*|moyennant|etant entendu qu\w*|dans la limite (?!d(?:e |'){COUNT})|dans les limites|dans ces limites|subordonn\w+|conditionne\w*|dependr\w+|(?:depend|dependent|dependant) (?:de|du|des|d)|encore faut\b|rien ne se (?:fera|decidera) sans|selon les (?:moyens|opportunites|possibilites|disponibilites|finances|dotations)|sauf (?:erreur|si|imprevu|refus|opposition|avis|annee|cas|accord|decision)|ce qui suppose|suppos(?:e|erait) (?:un|une|l'|que|qu')|(?:quand|lorsqu[e']|chaque fois que) (?:c'est|cela est|ce sera|il est) possible|comme (?:elles?|ils?|on|nous) pourr\w+)\b|\bmeme s[i'].{{0,80}}\b(?:ne |n').{{0,60}}\bpas\b|\bdes qu(?:e\b|')|\ble jour ou\b|\bau jour ou\b|\bseulement alors\b", "La promesse porte une condition ou une réserve."),
    _rule("tant-que", None, r"\b(?:tant|aussi longtemps) qu(?:e\b(?! possible)|')", "La promesse dure aussi longtemps qu'autre chose."),
    _rule("quand", CONDITIONAL, r"\b(?:le cas echeant|dans le cas contraire|a defaut|au rythme|en cas d\w*|au cas ou|en l'absence d\w*|faute d\w*|une fois (?:que|qu|connu)\w*|lorsqu\w*|quand (?:nous|on|la|le|les|il|vous)|apres (?:accord|validation|avis|audit|avoir)|avant d'avoir|se liberer\w*|s'y pret\w+|le permet(?:tra)?\b|la ou .{0,60}permet\w*|a concurrence|avec l'accord d\w*|a mesure que)", "La promesse attend un moment ou un fait à venir."),
    _rule("quand-meme", None, r"\bmeme si\b|\bmeme s'il|\bquoi qu\w*|\bquel que soit|\bsans attendre\b|\bs'il (?:le )?faut\b|\bau besoin\b", "La promesse tient quoi qu'il arrive."),
    _rule("si-elus", None, r"\bsi (?:nous (?:sommes elus|l'emportons|gagnons|en avons)|(?:je suis|on est) (?:elu|maire)\w*|(?:je|on) gagne\w*|vous nous (?:faites confiance|accordez|elisez)|les (?:electeurs|electrices)|les habitants nous)|\bune fois elus?\b|\bau lendemain (?:de l'election|du scrutin)|\bsi nous sommes elu", "« Si nous sommes élus » n'est pas une condition."),
    _rule("non", REFUSAL, r"^\W*(?:\w{1,8}\W+){0,3}?non\b|\bnon\s*[.!,:❌]|\bnon\s*$|\b(?:c'est|repond\w+|sera|est) (?:donc |clairement )?non\b|\bca non\b", "Un « non » à la question posée."),
    _rule("refuser", REFUSAL, r"\brefus(?:e|ons|erons|erai|era)\b(?! par)(?! (?:plus|pas))|^\W*(?:refuser|rejeter|s'opposer)\b|(?<!pas )(?<!lutte )(?<!lutter )\bcontre\b(?! (?:\d|un |une |deux|trois|la|le|les|l'|cinq))|(?<!pas )(?<!lutte )\bcontre (?:cette|ce|l'idee|le principe|la gratuite)|(?<!pas )\b(?:oppose(?:e|s|es|ons)?|hostiles?|defavorables?)\b|\bs'oppos\w+|\bopposer\w+|\b(?:pas|hors de) question\b|\bdesaccord|\brejet(?:te|ons)\b|\brenonc(?:ons|erons)\b|\bexclus\b(?! pas)|\bexclu(?:ons|t)\b(?! pas)|\binutile\b|\bsans objet\b|\bbof\b|\brejetee?s?\b|\brepousse(?:e|s|es)?\b|\bridicule\b|\bpas (?:du tout )?l'intention\b|\breserve sur\b|\bn'entends? ni\b", "La liste refuse ou s'oppose."),
    _rule("impossible", REFUSAL, r"\b(?:impossible|irrealiste|irrealisable|hors de portee|demagogi\w+|malhonnete|illusoire|irresponsable)\b|\bpas\b.{0,25}\b(?:envisageable|acceptable|souhaitable|possible|realiste|raisonnable|notre role|notre ressort|competence|priorite|tenable|le role|d'actualite|la necessite|necessaire|serieux|utile|opportun|pertinent|justifie|raisonnable|prioritaire|l'interet|attributions|vocation|sens|a la commune de|aux communes de)\b|\b(?:serait|est|sera|parai\w+) (?:illegal|deraisonnable|contre-productif|imprudent|malhonnete|mentir)\w*|\bserait une erreur|\btrop tard\b|\bpas lieu d|\bne (?:le |la |les )?(?:puis\b|puissions)|\b(?:ne|n') ?(?:peu\w+|pouvons|pourr\w+|saur\w+|sait|savons)\b.{0,40}\b(?:pas|engager|promettre|garantir|aucun\w*)\b|\bpeu\w+ (?:pas|rien|donc pas) (?:\w+ )?(?:promettre|garantir|tout)|\bn'(?:ha|a) pas (?:a|vocation)\b|\bmieux vaut\b|\bpas les moyens\b", "La liste dit que la chose n'est pas possible ou pas de son ressort."),
    _rule("ne-promet-pas", REFUSAL, r"\b(?:ne |n')(?:le |la |les |vous |nous |m'|l'|en |s'y |m'y |nous y |y |peux |pouvons |veux |voulons )*(?:promet\w*|engage\w*|garanti\w*|souhait\w*|voul\w*|veux|veut|desir\w*|pli\w+|comptons|envisag\w*)\b.{0,20}\b(?:pas|rien|aucun\w*|plus|ni)\b|\bpas (?:etre |du tout )?(?:favorables?|disposee?s?|partisans?|convaincu\w*|d'accord|pour\b|enthousias\w*|prevu\w*)|\bm'y refuse|\b(?:ne |n')(?:\w+ )?(?:crois|croyons|pense|pensons|vois|voyons)\b.{0,14}\bpas\b|\b(?:n'avons|n'ai|n'a|n'ont) (?:[\w' ]+ )?pas (?:prevu|retenu|souhaite|voulu|propose|inscrit)|\baucun\w* (?:[\w'-]+ ){1,4}n(?:e |')(?:est|sont|sera|seront) (?:prevu|envisag|institu|cree)|\b(?:pas|aucun|point)\b.{0,20}\bengagement\b|\bengagement\b.{0,15}\bimpossible", "La liste ne veut pas, ou ne promet pas."),
    _rule("ne-fera-pas", REFUSAL, r"\b(?:ne |n')(?:[\w-]+ |[\w]+')*?\w+r(?:ai|ons|a|ont)\b.{0,30}\b(?:pas|plus|aucun\w*|jamais|rien|ni)\b|\b(?:aucun\w*|personne|rien|ni)\b.{0,60}\b(?:ne |n')(?:[\w-]+ |[\w]+')*?\w+r(?:ai|ons|a|ont)\b", "Un futur à la forme négative : refus, ou promesse de ne pas nuire."),
    _rule("pas-de", REFUSAL, r"^\W*(?:\w+ ){0,5}?pas (?:de |d'|un |une |a |au |aux |dans |en |plus )|^\W*(?:\w+ ){0,3}?(?:aucun|aucune|rien|zero|ni)\b|\bplus (?:un|une|aucun\w*|personne|jamais)\b", "Une négation sans verbe (« pas de… ») : refus, ou promesse de ne pas nuire."),
    _rule("sans", FIRM, r"\bsans (?:hausse|augmentation|augmenter|conditions?|exception|reserve|attendre|distinction|delai)|\b(?:pas|plus|aucun\w*) (?:de |d'|un |une )?.{3,70}\bsans (?:un|une|que|l'|le|la)\b", "« Sans hausse », « sans condition » : ce que la liste exclut."),
    _rule("nuire", FIRM, r"\b(?:vend|augment|ferm|supprim|coup|expuls|baiss|redui|privatis|abandonn|ecart|exclu|interdi|chass|hauss|licenci|sanction|defauss|exig|refus|laiss|renonc|impos|touch|oubli|verbalis|diminu|rogn|sacrifi|remis en cause|confisqu|enleve|faudra plus|impot|taxe|coupure|fermeture|suppression|exclusion|expulsion|justificatif)\w*", "Le verbe nie un tort (ne pas fermer, ne pas augmenter…)."),
    _rule("ne-repond-pas", REFUSAL, r"\b(?:ne |n')(?:[\w']+ )*?(?:repondr\w+|remplir\w*|remplisse|plier\w*|signer\w*|signe\b|participer\w*|prononcer\w*)\b.{0,20}\bpas|\b(?:ne |n')(?:souhait\w+|desir\w+|entend\w+) pas (?:repondre|donner suite|entrer dans|nous prononcer)|\bne (?:puisse|puissions|peux|pouvons|remplisse) (?:pas )?(?:entrer|repondre|donner|detailler)|\bpas donner suite|\bdeclin(?:e|ons|er\w*)\b|\bpas de reponse\b|\bme bornerai\b|\bnous bornerons\b", "La liste refuse de répondre."),
    _rule("bilan", PAST, r"\b(?:j'ai|avons|ont|ha|avait|avions|avaient) (?:(?:\w+|d'ailleurs) ){0,3}?\w{2,}(?:e|es|ee|ees|i|is|it|ie|u|us|ue|ues|ert|erte|ait)\b|\b(?:ha|ont|avons) ete\b", "Un fait accompli (passé composé)."),
    _rule("depuis", PAST, r"\bdepuis (?:le |la |janvier|mars|\w+ )?(?:19|20)\d\d|\bdepuis (?:\w+ ){1,3}(?:ans|mois)\b|\ben (?:19\d\d|20[01]\d)\b|\bl'an (?:dernier|passe)|\bces dernieres annees|\bmandat (?:precedent|actuel|ecoule|qui s'acheve)|\bdeja\b|\bexiste\b|\bsous (?:mon|notre) mandat", "Une date ou un mot du passé."),
    _rule("autrui", None, r"\b(?:l'etat|le prefet|la prefecture|le departement|conseil (?:departemental|general|regional)|la region|le gouvernement|l'intercommunalite|la metropole|le bailleur|les bailleurs|la caf|l'ars|le rectorat|d'autres|ils|certains|nos adversaires|autre liste|equipe sortante|maire sortant\w*|municipalite sortante|majorite (?:sortante|actuelle)|l'opposition|adversaires?|concurrente?s?|opposants?|(?:liste|equipe) (?:d'en face|en place|adverse)|autres listes|candidate?s?|la loi|notaire|tribunal)\b", "Il est question d'un autre : l'État, le département, un concurrent…"),
    _rule("eux", None, r"\b(?:nous|m'|me|vous) (?:ha |ont |avez )?(?:dit|disait|disent|racontait|confie|repondu|ecri\w+|demand\w+|reproch\w+)\b|\bon (?:m'|nous )|\b(?:parait-il|dit-on|a (?:l'|les )en croire|selon (?:lui|elle|eux)|pretend(?:ent)?|entend dire)\b|\bvous (?:demandez|evoquez|parlez|ecrivez|proposez|souhaitez|craignez|citez|questionnez)", "Des paroles rapportées ou celles du collectif."),
    _rule("prevision", None, r"\bsi (?:rien|personne)\b|\bsi (?:l'on|on|nous) (?:ne|n'|continu\w+|laiss\w+)|\ba ce (?:rythme|train)(?:-la)?\b|\b(?:d'ici|dans) (?:dix|quinze|vingt|trente|quelques) ans\b|\btot ou tard\b|\bfinir(?:a|ont) par\b|\b(?:partir|disparaitr|grimper|empirer|mourr|fuir)(?:a|ont)\b|\bcontinuer(?:a|ont) (?:de|d'|a)\b|\bs'en (?:ira|iront)\b|\bse videra\b|\bs'aggraver(?:a|ont)\b", "Une prédiction, pas un acte."),
    _rule("valeur", None, r"\b(?:valeurs?|croyons|convaincus?|conviction|digne|dignite|humaniste|solidarite n'est|esprit de|vivre ensemble|merite\w*|chacun sait|il est vrai|c'est (?:vrai|un|une|le|la)|sait que|savons|connaissons|constat\w*|force est|inadmissible|inacceptable|honte|scandale|intolerable|comprenons|comprends|conscien\w+|il y a\b)\b", "Une valeur ou un constat, pas un acte."),
    _rule("politesse", None, r"\b(?:remerci\w+|disposition|salutation|sentiments|repondr\w+|cordial\w*|votre lettre|votre courrier|votre questionnaire|reponses? (?:a|aux) vos|votez|scrutin|1er tour|elections?|vos questions|votre question)\b", "Une formule de politesse ou de campagne."),
)  # fmt: skip
BY_NAME = {rule.name: rule for rule in RULES}
US_SUBJECT = re.compile(rf"\b(?:{US})\b")
ASKS_FIRM = re.compile(
    r"\b(?:vous engagez|engagez|accepterez|publierez|prendrez|ferez|mettrez|ouvrirez|garantirez|signerez|\w+erez|\w+irez|\w+drez)-?\s?vous\b"
)
ASKS_OPINION = re.compile(r"\b(?:favorables?|prete?s?\b|etes-vous|souhaitez|pensez|envisagez|d'accord|soutenez|seriez|opinion|avis|position)\b")


PREPOSITION = re.compile(r"\ba\b")


def flatten(raw: str) -> str:
    """Folded, on one line, with the verb « a » told from the preposition « à » (as « ha ») when the letter bears accents."""
    lowered = raw.replace("’", "'")
    if "à" in lowered or any(c in lowered for c in "éèêç"):
        lowered = PREPOSITION.sub("ha", lowered)
    return " ".join(fold(lowered).split())


def fired(folded: str) -> list[str]:
    """The names of the rules that a flattened clause sets off."""
    return list(_fired(folded))


@functools.lru_cache(maxsize=4096)
def _fired(folded: str) -> tuple[str, ...]:
    names = [rule.name for rule in RULES if rule.pattern.search(folded)]
    return tuple(name for name in names if name != "s-engager" or "ne-promet-pas" not in names)  # « je ne prends pas d'engagement »
