"""What one list would receive, without sending anything: for the screen, the printer and the folder."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from plaidoyer.campaigns.letter_facts import Facts, LetterFacts, letter_date, streamed, with_facts
from plaidoyer.campaigns.letter_links import printed_doors
from plaidoyer.campaigns.letter_models import LetterTemplate
from plaidoyer.campaigns.letter_texts import ready
from plaidoyer.campaigns.letters import labels, plain, typeset
from plaidoyer.campaigns.letters.fields import FIELDS
from plaidoyer.campaigns.letters.filling import filled
from plaidoyer.campaigns.letters.values import missing
from plaidoyer.campaigns.letters.word_template import LONG_AGO, WordTemplate
from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import CandidateList, CandidateListQuerySet, Contact
from plaidoyer.kit.downloads import csv_text

PRINTED_AT_MOST = 1_000  # letters in one file for the printer: 2 pages each, half a minute


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph on screen. ``place``: left, right, center; ``depth``: how far in."""

    text: str
    mark: str
    place: str
    depth: int
    is_title: bool
    is_small: bool


class Preview:
    """One text, one campaign, today."""

    def __init__(self, campaign: Campaign, text: LetterTemplate) -> None:
        self.campaign, self.text = campaign, text
        self.facts = LetterFacts(campaign, letter_date())
        self.template: WordTemplate = ready(text, has_members=bool(self.facts.common["organisations"]))

    def of(self, one: CandidateList) -> Facts:
        known = with_facts(CandidateList.objects.filter(pk=one.pk), self.campaign).get()
        doors = printed_doors(self.campaign, CandidateList.objects.filter(pk=one.pk))
        return self.facts.of_list(known, doors[one.pk].url if one.pk in doors else "")

    def lacking(self, facts: Facts) -> list[str]:
        """Needed facts that this letter would miss, in words."""
        return [FIELDS[name].label for name in missing(self.template.used, facts.values)]

    def shown(self, facts: Facts) -> tuple[list[Shown], list[str]]:
        """Paragraphs, and the notes that they call."""
        notes: list[str] = []
        return [one for block in filled(self.template.sheet.blocks, facts.values) for one in on_screen(block, notes)], notes

    def pdf(self, facts: Facts) -> bytes:
        return typeset.pdf(
            self.template, [self.addressed(facts)], title=self.title(facts), author=self.campaign.collective.name, dated=self.facts.dated
        )

    def word(self, facts: Facts) -> bytes:
        return self.template.merge(facts.values)

    def addressed(self, facts: Facts) -> typeset.Addressed:
        url = str(facts.values["lien_reponse"])
        return typeset.Addressed(facts.values, url if url.startswith("http") else "")

    def title(self, facts: Facts) -> str:
        return f"{self.text.get_kind_display().capitalize()} à la liste « {facts.candidate_list.name} »"

    def every(self, lists: CandidateListQuerySet) -> Iterator[Facts]:
        doors = printed_doors(self.campaign, lists)
        for one in streamed(lists, self.campaign):
            yield self.facts.of_list(one, doors[one.pk].url if one.pk in doors else "")

    def printer_file(self, lists: CandidateListQuerySet) -> bytes:
        """All the letters one after the other, in the order of the labels."""
        letters = [self.addressed(facts) for facts in self.every(lists)]
        return typeset.pdf(
            self.template, letters, title=f"Lettres, {self.campaign.name}", author=self.campaign.collective.name, dated=self.facts.dated
        )

    def labels(self, lists: CandidateListQuerySet) -> bytes:
        """Sheets of labels for those with a postal address."""
        addresses = [label for one in streamed(lists, self.campaign) if (label := label_of(one))]
        return labels.pdf(addresses, title=f"Étiquettes, {self.campaign.name}", dated=self.facts.dated)

    def folder(self, lists: CandidateListQuerySet) -> bytes:
        """A zip: one PDF and one Word file per list, and an index that says which is whose."""
        out, rows = io.BytesIO(), []
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for facts in self.every(lists):
                one = facts.candidate_list
                name = f"{one.commune_id}-{slugify(one.commune.name)[:40]}/{one.slug[:60]}"
                rows.append(
                    [one.commune.name, one.commune_id, one.name, one.head_name, f"{name}.pdf", f"{name}.docx", self.template.digest(facts.values)]
                )
                for suffix, content in ((".pdf", self.pdf(facts)), (".docx", self.word(facts))):
                    archive.writestr(zipfile.ZipInfo(name + suffix, LONG_AGO), content)
            columns = ["commune", "code INSEE", "liste", "tête de liste", "PDF", "Word", "empreinte du texte commun"]
            archive.writestr(zipfile.ZipInfo("index.csv", LONG_AGO), csv_text(columns, rows))
        return out.getvalue()


def label_of(one: CandidateList) -> list[str]:
    """The lines of a label; nothing without a postal address."""
    address = next((contact.value for contact in one.known_contacts if contact.kind == Contact.Kind.ADDRESS), "")
    if not address:
        return []
    return [line for line in (one.head_name, f"Liste « {one.name} »", *address.replace(", ", "\n").split("\n")) if line]


def on_screen(block: dict[str, Any], notes: list[str]) -> Iterator[Shown]:
    if "table" in block:
        for row in block["table"]:
            for cell in row:
                for inside in cell:
                    yield from on_screen(inside, notes)
        return
    text = "".join(plain.pieces(block["runs"], notes)).strip()
    if text:
        bold = all(run.get("b") for run in block["runs"] if run.get("t", "").strip())
        depth = round(block.get("left", 0) / 28)
        yield Shown(text, block.get("mark", ""), block["align"], min(depth, 6), bold, block.get("size", 11) < 9.5 or has_small_runs(block))


def has_small_runs(block: dict[str, Any]) -> bool:
    return all(run.get("size", 11) < 9.5 for run in block["runs"] if "t" in run)
