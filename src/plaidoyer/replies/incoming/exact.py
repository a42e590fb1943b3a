"""The exact signs of a mail: the address that we gave, the thread of our letter, an address that one list alone has. One list, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plaidoyer.accounts.models import Membership
from plaidoyer.campaigns.letter_models import Dispatch
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.models import Campaign
from plaidoyer.campaigns.reply_tokens import digest_of
from plaidoyer.elections.models import CandidateList, Contact
from plaidoyer.kit.text import folded
from plaidoyer.mailbox import threads
from plaidoyer.mailbox.models import IncomingMessage, OutgoingMessage
from plaidoyer.mailbox.parsing import EXCERPT, FORWARDED
from plaidoyer.replies.incoming.forwards import first_author
from plaidoyer.replies.incoming.signs import SHORT
from plaidoyer.replies.models import MailReply

Sign = MailReply.Sign
KEY = re.compile(r"campagne:(\d+):(?:\w+:)*liste:(\d+)\Z")  # how the messages of a campaign are named, whoever queued them
WHO_SPEAKS = 300  # letters of the opening and of the end, where the authors of a mail name themselves


@dataclass(slots=True)
class Match:
    """The campaign and list of a mail, by which sign, and what does not fit. Without a list it goes to the tray."""

    campaign: Campaign | None = None
    candidate_list: CandidateList | None = None
    sign: str = Sign.NONE
    concerns: list[str] = field(default_factory=list)
    also: list[tuple[CandidateList, str]] = field(default_factory=list)  # lists that a certain sign names, when it names several


def match(message: IncomingMessage) -> Match:
    found = by_our_address(message) or by_thread(message) or by_sender(message)
    made = one_list(*found) if found else Match()
    made.concerns += concerns(message, made)
    if made.candidate_list and len(others := speaking(message, made)) > 1:
        made.also = [(one, "Le nom de cette liste est au début ou à la fin du message, avec celui d’une autre.") for one in others]
        made.candidate_list, made.sign = None, Sign.NONE
    return made


type Named = tuple[Campaign, CandidateList]


def one_list(sign: str, named: list[Named]) -> Match:
    """Several lists under one certain sign: nobody knows which of them writes."""
    lists = list(dict.fromkeys(one for _, one in named))
    if len(lists) == 1:
        return Match(named[0][0], lists[0], sign)
    words = Sign(sign).label.removesuffix(", connue pour cette liste seule")
    return Match(named[0][0], also=[(one, f"Certain, mais partagé avec une autre liste : {words}.") for one in lists])


def by_our_address(message: IncomingMessage) -> tuple[str, list[Named]] | None:
    """A mail sent to the reply addresses of two lists speaks for both, or for neither."""
    tokens = threads.tokens_of(message, [one.strip() for one in message.sent_to.split(",")])
    named = [found for token in tokens if (found := named_by_token(message, token))]
    return (Sign.TOKEN, named) if named else None


def named_by_token(message: IncomingMessage, token: str) -> Named | None:
    sent = threads.ours(message).filter(reply_token__iexact=token, is_rehearsal=False).order_by("-pk")[:5]
    return next((found for one in sent if (found := named_by(one))), None)


def by_thread(message: IncomingMessage) -> tuple[str, list[Named]] | None:
    ids = message.in_reply_to.split()
    sent = threads.ours(message).filter(message_id__in=ids, is_rehearsal=False).order_by("-pk") if ids else ()
    named = [found for one in sent if (found := named_by(one))]
    return (Sign.THREAD, named) if named else None


def by_sender(message: IncomingMessage) -> tuple[str, list[Named]] | None:
    """An address that we know for one list. Sent on by one of us, it is the first author's that counts."""
    address, sign = message.from_address.lower(), Sign.SENDER
    if first := first_author(message.subject, message.excerpt):
        address, sign = first, Sign.FORWARD
    if not address or is_of_the_house(message, address):
        return None
    known = Contact.objects.active().filter(collective=message.collective_id, kind=Contact.Kind.EMAIL, value__iexact=address)
    lists = list(CandidateList.objects.filter(pk__in=known.values("candidate_list")).select_related("commune").order_by("pk"))
    named = [(campaign, one) for one in lists if (campaign := latest_campaign(message, one))]
    return (sign, named) if named else None


def is_of_the_house(message: IncomingMessage, address: str) -> bool:
    return Membership.objects.filter(collective=message.collective_id, user__email__iexact=address).exists()


def latest_campaign(message: IncomingMessage, one: CandidateList) -> Campaign | None:
    """The campaign that this list would answer: the last that wrote to it, else the last that asks in its commune."""
    asking = Campaign.objects.filter(collective=message.collective_id, election=one.election_id, communes__commune=one.commune_id)
    written = asking.filter(solicitations__candidate_list=one).order_by("-solicitations__sent_at").first()
    return written or asking.exclude(state=Campaign.State.DRAFT).order_by("-deadline_on", "pk").first()


def named_by(sent: OutgoingMessage) -> Named | None:
    """Which campaign and list this message of ours was for."""
    row = Dispatch.objects.filter(key=sent.key).select_related("wave__campaign", "candidate_list__commune").first()
    if row:
        return of_campaign(row.wave.campaign, row.candidate_list)
    shape = KEY.search(sent.key)
    campaign = Campaign.objects.filter(pk=shape[1], collective=sent.account.collective_id).first() if shape else None
    one = CandidateList.objects.filter(pk=shape[2]).select_related("commune").first() if campaign and shape else None
    return of_campaign(campaign, one) if campaign and one else None


def of_campaign(campaign: Campaign, one: CandidateList) -> Named | None:
    """A list taken out of the campaign since then is nobody's."""
    return (campaign, one) if campaign.lists().filter(pk=one.pk).exists() else None


def concerns(message: IncomingMessage, found: Match) -> list[str]:
    told = [said for said in message.concerns if said != threads.STRANGER]
    if found.sign == Sign.FORWARD:
        told = [said for said in told if said != FORWARDED]
        when = " Le délai se compte du jour où la liste a écrit : corrigez la date de réception s’il le faut."
        told.append(f"Message transféré par {message.from_name or message.from_address} : l’expéditeur d’origine n’est que cité.{when}")
    elif found.candidate_list and not is_known(message, found.candidate_list):
        told.append(f"{message.from_address or 'L’expéditeur'} n’est pas une adresse connue de cette liste : vérifiez qui répond.")
    if message.answers and message.answers.is_rehearsal:
        told.append("Réponse à un envoi de répétition : ce n’est sans doute pas une liste qui écrit.")
    return told


def is_known(message: IncomingMessage, one: CandidateList) -> bool:
    """An address of this list, or the one to which our letter went."""
    sent_to = message.answers.recipient.lower() if message.answers and not message.answers.is_rehearsal else ""
    address = message.from_address.lower()
    if address and address == sent_to:
        return True
    known = Contact.objects.filter(collective=message.collective_id, candidate_list=one, kind=Contact.Kind.EMAIL)
    return bool(address) and known.filter(value__iexact=address).exists()


def speaking(message: IncomingMessage, found: Match) -> list[CandidateList]:
    """Lists of the commune named where authors name themselves. A rival quoted in the middle of a letter is not an author."""
    if found.campaign is None or found.candidate_list is None:
        return []
    words = message.excerpt
    end = words[-WHO_SPEAKS:] if len(words) < EXCERPT else ""  # a long letter is cut: its end is not there
    ends = f" {folded(' '.join((message.subject, words[:WHO_SPEAKS], end)))} "
    near = CandidateList.objects.filter(election=found.campaign.election_id, commune=found.candidate_list.commune_id).select_related("commune")
    return [one for one in near.order_by("pk") if len(folded(one.name)) >= SHORT and f" {folded(one.name)} " in ends]


LINK = re.compile(r"/repondre/(?P<token>[0-9A-Za-z-]{28,40})")


def lists_by_link(campaign: Campaign, text: str) -> list[CandidateList]:
    """The lists whose reply page the text names: our letter quoted under an answer carries the address of one list."""
    digests = {digest_of(found["token"]) for found in LINK.finditer(text)}
    if not digests:
        return []
    links = ReplyLink.objects.filter(digest__in=digests, campaign=campaign).select_related("candidate_list__commune").order_by("pk")
    return list(dict.fromkeys(link.candidate_list for link in links))
