"""Annotated letters go out without the people in them, and come in whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Membership, User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import Candidate
from plaidoyer.replies import redaction
from plaidoyer.replies.acts.learning import lessons
from plaidoyer.replies.learning import shared
from plaidoyer.replies.learning.anonymous import Replaced, masked
from plaidoyer.replies.learning.letters import Letter, reviewed
from plaidoyer.replies.models import Lesson, Redaction, Reply


@dataclass
class Outgoing:
    """What an export would write: letters without their people, what was replaced in each, and those that stay here."""

    letters: list[Letter] = field(default_factory=list)
    replaced: list[list[Replaced]] = field(default_factory=list)
    left: list[shared.Rejected] = field(default_factory=list)


def prepare_corpus(*, actor: User | None, campaign: Campaign) -> Outgoing:
    """Nothing is written. A letter whose redactions nobody has looked at stays here."""
    require(actor, "publish", campaign.collective)
    made = Outgoing()
    reviews = Reply.objects.filter(campaign=campaign, state=Reply.State.REVIEWED).select_related("candidate_list__commune")
    unseen = reviews.filter(redaction_seen_at=None)
    made.left = [shared.Rejected(str(one), "ses masquages n’ont pas été vus : terminez cette étape au bureau") for one in unseen]
    names = known_names(campaign)
    found = lessons().filter(reply__campaign=campaign).exclude(reply__redaction_seen_at=None).select_related("text", "reply__candidate_list")
    for number, one in enumerate(found.order_by("reply_id", "pk"), 1):
        letter, replaced = without_people(one, f"reply-{number:03}", names)
        made.letters.append(letter)
        made.replaced.append(replaced)
    return made


def known_names(campaign: Campaign) -> list[str]:
    """Heads and candidates of the lists that were asked, and the people of the collective: letters name them all."""
    lists = campaign.lists()
    heads = list(lists.exclude(head_name="").values_list("head_name", flat=True))
    people = [f"{given} {family}" for given, family in Candidate.objects.filter(candidate_list__in=lists).values_list("given_name", "family_name")]
    ours = list(Membership.objects.filter(collective=campaign.collective).values_list("user__full_name", flat=True))
    return [*heads, *people, *ours]


def without_people(one: Lesson, name: str, names: Sequence[str]) -> tuple[Letter, list[Replaced]]:
    text = one.text.text
    decided = Redaction.objects.filter(reply=one.reply, text=one.text).exclude(state=Redaction.State.DISMISSED)
    spans = [(a, b) for a, b in decided.values_list("start", "end")]
    spans += [(proposal.start, proposal.end) for proposal in redaction.propose(text)]  # here a public name is a name like any other
    clean, replaced = masked(text, spans, [*names, *signers(text)])
    return reviewed("", name, clean, one.questions, one.moves), replaced


def signers(text: str) -> list[str]:
    """Whoever signs may also be named in the letter."""
    return [text[one.start : one.end] for one in redaction.propose(text) if one.kind in {"signature", "name"}]


def export_corpus(*, actor: User | None, campaign: Campaign, folder: Path) -> Outgoing:
    made = prepare_corpus(actor=actor, campaign=campaign)
    if not made.letters:
        raise ActRefusedError("Aucune lettre à exporter : il faut des réponses relues, dont les masquages ont été vus.")
    if folder.exists() and any(folder.iterdir()):
        raise ActRefusedError(f"Le dossier « {folder} » n’est pas vide : donnez-en un nouveau.")
    shared.write(folder, re.sub(r"[^\w-]", "-", campaign.slug), made.letters)
    with transaction.atomic():
        journal.write(
            actor=actor, collective=campaign.collective, verb="corpus.exported", target=campaign,
            sentence=f"Lettres annotées exportées sans données personnelles : {len(made.letters)}. Restées ici : {len(made.left)}.",
        )  # fmt: skip
    return made


def import_corpus(*, actor: User | None, letters: Sequence[Letter]) -> int:
    """How many are new. They only teach: no reply, no commitment is made of them."""
    added = sum(shared.keep(letter) for letter in letters)
    with transaction.atomic():
        journal.write(actor=actor, collective=None, verb="corpus.imported", sentence=f"Lettres annotées reçues d’ailleurs : {added} nouvelles.")
    return added
