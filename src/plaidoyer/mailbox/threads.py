"""To which of our messages does this one answer? Exact signs only: a token, a thread, a known address. Anything else is said, never guessed."""

from __future__ import annotations

import difflib
import re
from typing import Any

from plaidoyer.mailbox.models import IncomingMessage, Kind, OutgoingMessage
from plaidoyer.mailbox.models.mail_accounts import PLACE, MailAccount

State = OutgoingMessage.State
STRANGER = "L’adresse de l’expéditeur n’est pas celle à laquelle nous avons écrit : vérifiez qui répond."


def join(row: IncomingMessage, facts: dict[str, Any], told: dict[str, Any]) -> None:
    """Fill ``told``: token, the message answered and the sign, copies, and what a person should look at."""
    told["duplicate_of"] = first_copy(row, facts)
    if is_our_own(row, facts):
        told |= {
            "kind": Kind.OWN, "kind_why": "un message parti d’ici",
            "state": IncomingMessage.State.HANDLED, "handled_note": "Notre propre envoi, revenu dans la boîte.",
        }  # fmt: skip
        return
    told["reply_token"] = token = token_of(row, facts["sent_to"])
    told["answers"], told["answers_why"] = answered(row, facts, token)
    told["is_sender_expected"] = bool(told["answers"]) and told["answers"].recipient.lower() == facts["from_address"].lower()
    if told["kind"] == Kind.SPAM and told["answers"]:
        told["kind"] = Kind.REPLY
        told["concerns"].append(f"Marqué indésirable par le serveur ({told['kind_why']}), mais il répond à l’un de nos messages.")
    told["concerns"] += list(concerns(row, facts, told))


def first_copy(row: IncomingMessage, facts: dict[str, Any]) -> IncomingMessage | None:
    if row.duplicate_of_id:
        return row.duplicate_of
    same = IncomingMessage.objects.filter(collective=row.collective_id, content_sha256=facts["content_sha256"], duplicate_of=None, pk__lt=row.pk)
    return same.order_by("pk").first()


def ours(row: IncomingMessage) -> Any:
    return OutgoingMessage.objects.filter(account__collective=row.collective_id)


def is_our_own(row: IncomingMessage, facts: dict[str, Any]) -> bool:
    """Our mark alone is not enough: anybody may write it. The identity must be one that we gave."""
    return bool(facts["our_mark"] and facts["message_id"]) and ours(row).filter(message_id=facts["message_id"]).exists()


def token_of(row: IncomingMessage, sent_to: list[str]) -> str:
    return next(iter(tokens_of(row, sent_to)), "")


def tokens_of(row: IncomingMessage, sent_to: list[str]) -> list[str]:
    """Several, when a mail was sent to the reply addresses of several lists."""
    found = []
    accounts = [row.account] if row.account else MailAccount.objects.filter(collective=row.collective_id)
    for account in accounts:
        if PLACE not in account.reply_pattern:
            continue
        before, _, after = account.reply_pattern.lower().partition(PLACE)
        shape = re.compile(rf"{re.escape(before)}([\w.-]{{1,64}}){re.escape(after)}")
        found += [fits[1] for address in sent_to if (fits := shape.fullmatch(address))]
    return list(dict.fromkeys(found))


def answered(row: IncomingMessage, facts: dict[str, Any], token: str) -> tuple[OutgoingMessage | None, str]:
    if token and (found := ours(row).filter(reply_token__iexact=token).order_by("is_rehearsal", "-pk").first()):
        return found, "token"
    if facts["references"] and (found := ours(row).filter(message_id__in=facts["references"]).order_by("is_rehearsal", "-pk").first()):
        return found, "thread"
    if facts["from_address"]:
        known = list(ours(row).filter(recipient__iexact=facts["from_address"], is_rehearsal=False).order_by("-pk")[:50])
        if known and len({one.reply_token or one.key for one in known}) == 1:
            return known[0], "sender"
    return None, ""


def concerns(row: IncomingMessage, facts: dict[str, Any], told: dict[str, Any]) -> Any:
    if told["reply_token"] and told["answers_why"] != "token":
        yield unknown_token(row, told["reply_token"])
    if told["answers"] and not told["is_sender_expected"]:
        yield STRANGER
    if failing := [name.upper() for name in ("spf", "dkim", "dmarc") if told["checks"].get(name) in {"fail", "softfail", "permerror"}]:
        yield f"L’authenticité de l’expéditeur n’est pas établie ({', '.join(failing)} en échec)."
    same_id = IncomingMessage.objects.filter(collective=row.collective_id, message_id=facts["message_id"]).exclude(pk=row.pk)
    if facts["message_id"] and not told["duplicate_of"] and same_id.exclude(content_sha256=facts["content_sha256"]).exists():
        yield "Même identifiant qu’un autre message reçu, mais un contenu différent : les deux sont gardés."


def unknown_token(row: IncomingMessage, token: str) -> str:
    """Near ones are told to the person who attaches; nothing is attached to them."""
    near = near_address(row, token)
    also = f" Elle ressemble à celle de {near.recipient_name or near.recipient}." if near else ""
    return f"Adresse de réponse inconnue (« {token} »).{also}"


def near_address(row: IncomingMessage, token: str) -> OutgoingMessage | None:
    """The last message that went with a token like this one."""
    known = ours(row).exclude(reply_token="").order_by().values_list("reply_token", flat=True).distinct()[:5000]
    near = difflib.get_close_matches(token.lower(), [one.lower() for one in known], n=1, cutoff=0.75)
    return ours(row).filter(reply_token__iexact=near[0]).order_by("is_rehearsal", "-pk").first() if near else None
