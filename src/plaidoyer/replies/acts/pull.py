"""The mail that came in becomes replies. One transaction a mail: taken whole, once, or still in the mailbox for the next run."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, JournalEntry, User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts.exceptions import object_to_mail
from plaidoyer.campaigns.letter_models import SendingPlan
from plaidoyer.campaigns.models import Campaign, Channel
from plaidoyer.elections.models import CandidateList
from plaidoyer.kit.templatetags.french import plural
from plaidoyer.mailbox import acts as mailbox
from plaidoyer.mailbox.drafts import DraftRefusedError, checked_recipient
from plaidoyer.mailbox.models import IncomingMessage
from plaidoyer.replies.acts.receive import moment, receive
from plaidoyer.replies.acts.suggest import record
from plaidoyer.replies.acts.tray import attach, code_of, set_aside, tell
from plaidoyer.replies.incoming.exact import Match, concerns, is_of_the_house, lists_by_link, match
from plaidoyer.replies.incoming.forwards import first_author
from plaidoyer.replies.incoming.looking import letter_of_mail, near_token
from plaidoyer.replies.incoming.objections import asks_to_be_left_alone
from plaidoyer.replies.incoming.signs import Register, Sign, leader, signs_in
from plaidoyer.replies.models import MailReply, Reply

OLE = bytes.fromhex("d0cf11e0")  # a message saved by Outlook
CERTAIN = 100


@dataclass(slots=True)
class Pulled:
    """What became of the mails: attached, attached but to be checked, in the tray, left in the mailbox with the reason."""

    attached: int = 0
    to_check: int = 0
    tray: int = 0
    left: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.attached + self.to_check + self.tray

    def sentence(self) -> str:
        if not self.total and not self.left:
            return "Aucun nouveau courrier."
        parts = [f"{plural(self.total, 'courrier pris,courriers pris')} : {plural(self.attached, 'rattaché,rattachés')}"]
        parts.append(f"{self.to_check} à vérifier, {self.tray} à rattacher")
        return ", ".join(parts) + "." + "".join(f" {said}" for said in self.left)


def pull(*, actor: User | None, collective: Collective) -> Pulled:
    """Every letter of the mailbox that no reply holds yet. The machine attaches on certain signs only; ``actor`` is whoever asked for it."""
    require(actor, "receive", collective)
    told, registers = Pulled(), registers_of(collective)
    waiting = IncomingMessage.objects.filter(collective=collective).new().letters()
    for pk in list(waiting.order_by("received_at", "pk").values_list("pk", flat=True)):
        pull_one(IncomingMessage.objects.select_related("collective", "account", "answers").get(pk=pk), registers, told)
    return told


def registers_of(collective: Collective) -> list[Register]:
    """The campaigns that a letter may answer: those that ask now, then those that asked, then those in preparation."""
    ranks = {Campaign.State.OPEN: 0, Campaign.State.CLOSED: 1, Campaign.State.DRAFT: 2}
    found = Campaign.objects.filter(collective=collective).select_related("collective").order_by("-deadline_on", "pk")
    return [Register.of(one) for one in sorted(found, key=lambda one: ranks[Campaign.State(one.state)])]


def pull_one(message: IncomingMessage, registers: list[Register], told: Pulled) -> None:
    if not registers:
        told.left.append("Aucune campagne n’attend de réponse : ce courrier reste dans les messages reçus.")
        return
    found = match(message)
    is_objection = asks_to_be_left_alone(message.subject, message.excerpt)
    if is_objection:  # a person reads it first: it is neither an answer nor a refusal
        found.also = [(found.candidate_list, f"Signe certain : {MailReply.Sign(found.sign).label}.")] if found.candidate_list else found.also
        found.candidate_list = None
    try:
        with transaction.atomic():
            take(message, found, registers, is_objection=is_objection)
    except (ActRefusedError, IntegrityError, OSError) as refusal:
        if IncomingMessage.objects.new().filter(pk=message.pk).exists():  # else another run was quicker: nothing to tell
            told.left.append(f"« {message.subject[:80] or 'Sans objet'} » reste dans les messages reçus : {refusal}")
        return
    told.tray += found.candidate_list is None
    told.to_check += found.candidate_list is not None and bool(found.concerns)
    told.attached += found.candidate_list is not None and not found.concerns


def take(message: IncomingMessage, found: Match, registers: list[Register], *, is_objection: bool) -> None:
    """First the mail is closed, which one run alone can do; then the reply is made of its bytes; all of it, or nothing."""
    mailbox.mark_handled(actor=None, message=message, note=note_of(found, is_objection=is_objection))
    campaign, signs = found.campaign, [Sign(one.pk, CERTAIN, why) for one, why in found.also]
    if found.candidate_list is None:
        campaign, signs = likely(message, found, registers, signs)
    with message.raw.storage.open(message.raw.name) as raw:
        data = raw.read()
    if len(data) > settings.UPLOAD_LIMIT:
        raise ActRefusedError(f"il dépasse {settings.UPLOAD_LIMIT // 2**20} Mo. Téléchargez-le, et déposez ses pièces une à une.")
    name = "courriel.msg" if data.startswith(OLE) else "courriel.eml"
    made = receive(
        actor=None, campaign=campaign, files=[(name, data)], received_at=message.received_at, channel=Channel.EMAIL,
        candidate_list=found.candidate_list,
    )  # fmt: skip
    MailReply.objects.create(
        message=message, reply=made.reply, sign=found.sign if found.candidate_list else MailReply.Sign.NONE, concerns=found.concerns,
        is_objection=is_objection, pulled_at=timezone.now(),
    )  # fmt: skip
    if made.reply.candidate_list_id is None:
        record(made.reply, signs)


def likely(message: IncomingMessage, found: Match, registers: list[Register], certain: list[Sign]) -> tuple[Campaign, list[Sign]]:
    """The campaign whose tray takes it: the one that the signs speak of, else the one whose mailbox it came to, else the last that asks."""
    letter, best = letter_of_mail(message), None
    for register in registers:
        if found.campaign and register.campaign != found.campaign:
            continue
        signs = sorted([*certain, *near_token(message, register.campaign), *signs_in(letter, register)], key=lambda one: -one.weight)
        ahead = leader(signs)
        rank = (ahead is not None, signs[0].weight if signs else 0, is_own_account(register.campaign, message))
        if best is None or rank > best[0]:
            best = rank, register.campaign, signs
    return (best[1], best[2]) if best else (registers[0].campaign, certain)


def is_own_account(campaign: Campaign, message: IncomingMessage) -> bool:
    return bool(message.account_id) and SendingPlan.objects.filter(campaign=campaign, account=message.account_id).exists()


def note_of(found: Match, *, is_objection: bool) -> str:
    if found.candidate_list is not None:
        check = ", à vérifier" if found.concerns else ""
        return f"Réponse rattachée à « {found.candidate_list} »{check}. Signe : {MailReply.Sign(found.sign).label}."
    return "Mis « à rattacher » : demande peut-être à ne plus recevoir de message." if is_objection else "Mis « à rattacher »."


def attach_by_link(reply: Reply, text: str) -> None:
    """Once a mail is open: the address of a list's reply page, quoted under the answer, is as sure as the thread. Two of them are not."""
    mail = reply.mails.filter(sign=MailReply.Sign.NONE, is_objection=False).select_related("message__answers").first()
    named = lists_by_link(reply.campaign, text) if mail and reply.candidate_list_id is None and never_detached(reply) else []
    if mail is None or len(named) != 1 or reply.list_suggestions.filter(weight__gte=CERTAIN).exclude(candidate_list=named[0]).exists():
        return
    doubts = concerns(mail.message, Match(reply.campaign, named[0], MailReply.Sign.LINK))
    MailReply.objects.filter(pk=mail.pk).update(sign=MailReply.Sign.LINK, concerns=doubts)
    attach(actor=None, reply=reply, candidate_list=named[0])


def never_detached(reply: Reply) -> bool:
    """What a person has undone, the machine does not do again."""
    return not JournalEntry.objects.of(reply).filter(verb="reply.detached").exists()


def vouch(*, actor: User, reply: Reply) -> Reply:
    """A person has looked: it is this list that writes. Until then the commune is not published."""
    require(actor, "receive", reply.campaign.collective, code_of(reply))
    if reply.candidate_list is None:
        raise ActRefusedError("Rattachez d’abord ce courrier à une liste.")
    with transaction.atomic():
        doubts = [said for one in reply.mails.to_check() for said in one.concerns]
        if not reply.mails.to_check().update(checked_at=timezone.now(), checked_by=actor):
            raise ActRefusedError("Il n’y a plus rien à vérifier dans ce courrier.")
        sentence = f"{journal.signature_of(actor)} confirme que ce courrier vient de la liste « {reply.candidate_list} »."
        tell(actor, reply, "reply.vouched", f"{sentence} Était à vérifier : {' '.join(doubts)}")
    reply.refresh_from_db()
    return reply


def note_objection(*, actor: User, reply: Reply, candidate_list: CandidateList | None) -> Reply:
    """The list asks not to be written to: honoured at once, and the mail is put aside. It says nothing of its answers."""
    if candidate_list is None:
        raise ActRefusedError("Choisissez la liste qui demande à ne plus recevoir de message.")
    require(actor, "send", reply.campaign.collective)
    with transaction.atomic():
        object_to_mail(actor=actor, campaign=reply.campaign, candidate_list=candidate_list)
        for address in authors(reply):
            mailbox.block_address(actor=actor, collective=reply.campaign.collective, address=address, note=f"Opposition de « {candidate_list} »")
        return set_aside(actor=actor, reply=reply, reason=f"Opposition de la liste « {candidate_list} » : ce n’est pas un refus de répondre.")


def authors(reply: Reply) -> list[str]:
    """The addresses that wrote; never one of ours, which only sent the message on."""
    messages = [one.message for one in reply.mails.select_related("message")]
    said = [first_author(one.subject, one.excerpt) or one.from_address for one in messages]
    return [one for one in said if is_address(one) and not is_of_the_house(messages[0], one)]


def is_address(text: str) -> bool:
    try:
        return bool(checked_recipient(text))
    except DraftRefusedError:
        return False


def correct_reception(*, actor: User, reply: Reply, received_at: datetime.datetime, reason: str) -> Reply:
    """A mail sent on by a volunteer came to her before it came here. The bytes keep their own date; what changes is told, with who and why."""
    require(actor, "receive", reply.campaign.collective, code_of(reply))
    if not reason.strip():
        raise ActRefusedError("Dites à quoi vous savez cette date (cachet de la poste, courriel d’origine…) : la raison reste au journal.")
    moment(received_at, timezone.now())
    before = reply.received_at
    if before == received_at:
        raise ActRefusedError("C’est déjà la date de réception enregistrée.")
    with transaction.atomic():
        if not Reply.objects.filter(pk=reply.pk, received_at=before).update(received_at=received_at):
            raise ActRefusedError("Quelqu’un vient de corriger cette date : rechargez la page.")
        was, now = (timezone.localtime(one).strftime("%d/%m/%Y à %H h %M") for one in (before, received_at))
        tell(actor, reply, "reply.reception_corrected", f"Date de réception corrigée : {now}, au lieu de {was}. Raison : {reason.strip()}")
    reply.refresh_from_db()
    return reply
