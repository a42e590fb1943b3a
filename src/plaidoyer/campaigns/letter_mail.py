"""One list's letter as a message: its words, its attachments, its line of the dispatch. Builds, never decides."""

from __future__ import annotations

import datetime
import mimetypes
from collections.abc import Iterator
from pathlib import PurePosixPath

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.letter_facts import Facts, LetterFacts, streamed
from plaidoyer.campaigns.letter_links import Door, reply_doors
from plaidoyer.campaigns.letter_models import Dispatch, LetterKind, SendingPlan, Wave
from plaidoyer.campaigns.letter_texts import ready
from plaidoyer.campaigns.letters import plain, typeset
from plaidoyer.campaigns.letters.fields import FIELDS
from plaidoyer.campaigns.letters.values import as_json, missing
from plaidoyer.campaigns.models import Attachment
from plaidoyer.elections.models import CandidateList, CandidateListQuerySet
from plaidoyer.mailbox.drafts import AttachedFile, Draft, keep_attachment

PDF_AT_MOST = 3_000  # letters of one wave with a PDF of their own: beyond, the text of the mail is the letter


class Envelope:
    """What the messages of one wave share: text, facts, attachments."""

    def __init__(self, wave: Wave, plan: SendingPlan) -> None:
        self.wave, self.plan = wave, plan
        self.facts = LetterFacts(wave.campaign, wave.queued_at.date(), wave.questionnaire)
        self.template = ready(wave.template, has_members=bool(self.facts.common["organisations"]))
        self.mailing = plain.Mailing(self.template.sheet)
        self.digests: dict[str, str] = {}
        self.doors: dict[int, Door] = {}
        self.has_pdf = plan.attaches_pdf and wave.kind == LetterKind.LETTER

    def streamed(self, chosen: CandidateListQuerySet) -> Iterator[CandidateList]:
        self.doors = reply_doors(self.wave.campaign, chosen, is_rehearsal=self.wave.is_rehearsal)
        self.has_pdf = self.has_pdf and chosen.count() <= PDF_AT_MOST
        return streamed(chosen, self.wave.campaign)

    def facts_of(self, one: CandidateList) -> Facts:
        door = self.doors.get(one.pk)
        found = self.facts.of_list(one, door.url if door else "")
        if lacking := missing(self.template.used, found.values):
            said = ", ".join(FIELDS[name].label for name in lacking)
            raise ActRefusedError(f"La lettre à « {one.name} » ({one.commune.name}) serait incomplète, il y manque : {said}. Rien n’est parti.")
        return found

    def digest(self, facts: Facts) -> str:
        """The same for every list of a commune: worked out once."""
        code = facts.candidate_list.commune_id
        if code not in self.digests:
            self.digests[code] = self.template.digest(facts.values)
        return self.digests[code]

    def limit_in(self, one: CandidateList) -> datetime.datetime | None:
        """After the deadline a letter makes no sense; a reminder neither, after the days of grace."""
        grace = self.plan.grace_days if self.wave.kind == LetterKind.REMINDER else 0
        return self.wave.campaign.deadline_in(one.commune) + datetime.timedelta(days=grace)

    def attachments(self, facts: Facts) -> Iterator[AttachedFile]:
        if self.has_pdf:
            yield keep_attachment(self.pdf(facts), "lettre.pdf", "application/pdf")
        if self.wave.kind == LetterKind.LETTER:
            place = self.facts.places[facts.candidate_list.commune_id]
            for one in [*self.facts.files[None], *self.facts.files[place.pk]]:
                yield attached(one)

    def pdf(self, facts: Facts) -> bytes:
        addressed = typeset.Addressed(facts.values, self.door_url(facts))
        author = self.wave.campaign.collective.name
        return typeset.pdf(self.template, [addressed], title=self.title(facts), author=author, dated=self.wave.queued_at.date())

    def door_url(self, facts: Facts) -> str:
        door = self.doors.get(facts.candidate_list.pk)
        return door.url if door else ""

    def title(self, facts: Facts) -> str:
        return f"{self.wave.get_kind_display().capitalize()} à la liste « {facts.candidate_list.name} »"


def attached(one: Attachment) -> AttachedFile:
    suffix = PurePosixPath(one.file.name).suffix
    name = one.title if one.title.lower().endswith(suffix.lower()) else f"{one.title}{suffix}"
    return AttachedFile(one.file.name, name, mimetypes.guess_type(one.file.name)[0] or "application/octet-stream", one.sha256)


def draft_of(envelope: Envelope, facts: Facts, *, not_after: datetime.datetime | None) -> tuple[Draft, Dispatch]:
    """The message, and the row that remembers what it said. The facts kept are those of this list: its words are in the message itself."""
    wave, one = envelope.wave, facts.candidate_list
    sheet, door = envelope.template.sheet, envelope.doors.get(one.pk)
    key = wave.key_for(one.pk)
    draft = Draft(
        key=key,
        recipient=facts.contact.value if facts.contact else "",
        recipient_name=one.head_name,
        subject=plain.subject(sheet, facts.values, f"{wave.campaign.collective.name} : questions aux listes candidates"),
        text=envelope.mailing.text(facts.values, one.commune_id),
        reply_token=door.token if door else "",
        unsubscribe_url=str(facts.values["lien_opposition"]),
        attachments=tuple(envelope.attachments(facts)),
        not_after=not_after,
    )
    own = {name: value for name, value in facts.values.items() if FIELDS[name].is_own and not name.startswith("lien_")}
    row = Dispatch(wave=wave, candidate_list=one, contact=facts.contact, key=key, text_sha256=envelope.digest(facts), values=as_json(own))
    return draft, row
