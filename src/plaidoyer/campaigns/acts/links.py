"""Reply addresses: made for the lists that have none, revoked, renewed. Who may use one is whoever holds the letter."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns import reply_tokens
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import CandidateList, CandidateListQuerySet
from plaidoyer.kit.templatetags.french import plural

AT_ONCE = 500


@transaction.atomic
def open_links(*, actor: User | None, campaign: Campaign, lists: CandidateListQuerySet) -> int:
    """One live address for each of ``lists`` that has none. Asked twice, or by two people at once, it makes no second one."""
    require(actor, "send", campaign.collective)
    lacking = lists.order_by().exclude(pk__in=ReplyLink.objects.live().filter(campaign=campaign).values("candidate_list"))
    pks = list(lacking.values_list("pk", flat=True))
    ReplyLink.objects.bulk_create((new_link(campaign, pk) for pk in pks), batch_size=AT_ONCE, ignore_conflicts=True)
    if pks:
        journal.write(
            actor=actor, collective=campaign.collective, verb="link.open", target=campaign,
            sentence=f"Adresses de réponse faites pour {plural(len(pks), 'liste,listes')}, « {campaign.name} ».",
        )  # fmt: skip
    return len(pks)


def new_link(campaign: Campaign, candidate_list_id: int) -> ReplyLink:
    nonce = reply_tokens.new_nonce()
    return ReplyLink(campaign=campaign, candidate_list_id=candidate_list_id, nonce=nonce, digest=reply_tokens.first_digest(nonce))


@transaction.atomic
def revoke_link(*, actor: User | None, link: ReplyLink, reason: str) -> ReplyLink:
    """At once: the sessions that it opened see nothing any more. What the list has sent stays."""
    require(actor, "send", link.campaign.collective)
    shut(actor, link, reason)
    tell(actor, link, "link.revoke", f"révoque l’adresse de réponse de « {link.candidate_list.name} ». Raison : {reason}")
    link.refresh_from_db()
    return link


@transaction.atomic
def renew_link(*, actor: User | None, link: ReplyLink, reason: str) -> ReplyLink:
    """Another address for the same list; the old one, when it still lived, opens nothing any more. The draft and the replies stay."""
    require(actor, "send", link.campaign.collective)
    if link.is_live:
        shut(actor, link, reason)
    elif ReplyLink.objects.live().filter(campaign=link.campaign, candidate_list=link.candidate_list).exists():
        raise ActRefusedError("Cette liste a déjà une adresse en service.")
    made = new_link(link.campaign, link.candidate_list_id)
    made.save(force_insert=True)
    tell(actor, made, "link.renew", f"fait une nouvelle adresse de réponse pour « {link.candidate_list.name} ». Raison : {reason}")
    return made


def shut(actor: User | None, link: ReplyLink, reason: str) -> None:
    if not reason.strip():
        raise ActRefusedError("Dites pourquoi : la raison reste au journal.")
    shut_now = {"revoked_at": timezone.now(), "revoked_by": actor, "reason": reason.strip()[:300]}
    if not ReplyLink.objects.live().filter(pk=link.pk).update(**shut_now):
        raise ActRefusedError("Cette adresse est déjà révoquée.")


@transaction.atomic
def note_opening(*, actor: User | None, link: ReplyLink) -> None:
    """The first time that a person pressed the button; a program that only looks at the address leaves no trace."""
    if ReplyLink.objects.live().filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now()):
        journal.write(
            actor=actor, collective=link.campaign.collective, verb="link.opened", target=link, commune_code=link.candidate_list.commune_id,
            sentence=f"La liste « {link.candidate_list.name} » a ouvert sa page de réponse.",
        )  # fmt: skip


def tell(actor: User | None, link: ReplyLink, verb: str, what: str) -> None:
    journal.write(
        actor=actor, collective=link.campaign.collective, verb=verb, target=link, commune_code=link.candidate_list.commune_id,
        sentence=f"{journal.signature_of(actor)} {what}",
    )  # fmt: skip


def live_link(campaign: Campaign, candidate_list: CandidateList) -> ReplyLink | None:
    return ReplyLink.objects.live().filter(campaign=campaign, candidate_list=candidate_list).first()
