"""The facts that a letter states, list by list: read in a few queries whatever the number of communes, and streamed."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils import timezone

from plaidoyer.campaigns.letter_links import objection_url
from plaidoyer.campaigns.letters import wording
from plaidoyer.campaigns.letters.values import Line, Value
from plaidoyer.campaigns.models import Attachment, Campaign, CampaignCommune, LocalWording, Question, Questionnaire, Signatory, Solicitation
from plaidoyer.campaigns.sheet_models import CommuneFigure
from plaidoyer.elections.models import Candidate, CandidateList, CandidateListQuerySet, Contact

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Facts:
    """One list, how to write to it, and what its letter says. ``contact`` is the first electronic address, or None."""

    candidate_list: CandidateList
    values: dict[str, Value]
    contact: Contact | None


class LetterFacts:
    """The facts of one campaign on one day. ``dated`` is the date of the letter."""

    def __init__(self, campaign: Campaign, dated: datetime.date, questionnaire: Questionnaire | None = None) -> None:
        self.campaign, self.dated = campaign, dated
        self.questionnaire = questionnaire or campaign.latest_questionnaire()
        self.common = self.of_campaign()
        self.places = {place.commune_id: place for place in campaign.communes.all()}
        self.asked = questions_by_place(self.questionnaire)
        self.wordings = grouped(LocalWording.objects.filter(question__questionnaire=self.questionnaire))
        self.people = grouped(Signatory.objects.filter(campaign=campaign))
        self.figures = grouped(CommuneFigure.objects.filter(campaign_commune__campaign=campaign))
        self.files = grouped(Attachment.objects.filter(campaign=campaign))
        self.known: tuple[str, dict[str, Value]] = ("", {})

    def of_campaign(self) -> dict[str, Value]:
        campaign, collective = self.campaign, self.campaign.collective
        names = campaign.organisations.order_by("name").values_list("name", flat=True) or collective.organisations.order_by(
            "collectivemember__position", "name"
        ).values_list("name", flat=True)
        return {
            "collectif": collective.name,
            "organisations": " ; ".join(names),
            "contact": collective.contact_email,
            "responsable": f"{collective.name}, {collective.contact_email}" if collective.contact_email else collective.name,
            "date": wording.day(self.dated),
            "election": campaign.election.name,
            "date_du_vote": wording.full_day(campaign.election.first_round_on),
            "date_publication": wording.full_day(campaign.publish_on) if campaign.publish_on else "",
            "annonce_publication": announcement(campaign),
            "jours_restants": str(max((campaign.deadline_on - self.dated).days, 0)),
        }

    def of_place(self, commune_code: str) -> dict[str, Value]:
        """Lists come commune after commune: the last one is enough to remember."""
        if self.known[0] != commune_code:
            self.known = commune_code, self.place_values(self.places[commune_code])
        return self.known[1]

    def place_values(self, place: CampaignCommune) -> dict[str, Value]:
        asked = [*self.asked[None], *self.asked[place.pk]]
        asked.sort(key=lambda one: one.number)
        local = {one.question_id: one.text for one in self.wordings[place.pk]}
        return {
            "fiche_communale": tuple(sheet_lines(self.figures[place.pk])),
            "paragraphe_local": wording.typeset(place.introduction.strip()),
            "nombre_de_questions": wording.count(len(asked), "question", "questions"),
            "questions": tuple(lines_of(asked, local)),
            "signataires": tuple(signed(one) for one in self.people[place.pk] or self.people[None]),
            "pieces_jointes": ", ".join(one.title for one in [*self.files[None], *self.files[place.pk]]),
            "date_limite": f"{wording.full_day(self.campaign.deadline_on)} à {wording.hour(self.campaign.deadline_at)}",
        }

    def of_list(self, one: CandidateList, reply_url: str = "") -> Facts:
        """``one`` comes from ``with_facts``."""
        commune, contact = one.commune, next((contact for contact in one.known_contacts if contact.kind == Contact.Kind.EMAIL), None)
        sex = next((head.sex for head in one.known_heads), "")
        values = {
            **self.common,
            **self.of_place(one.commune_id),
            "commune": commune.name,
            "a_commune": wording.at(commune.name),
            "de_commune": wording.of(commune.name),
            "departement": commune.departement.name if commune.departement else "",
            "civilite": wording.civility(sex),
            "destinataire": addressee(one, sex),
            "tete_de_liste": one.head_name,
            "liste": one.name,
            "lien_reponse": reply_url or self.reply_by_mail(),
            "lien_opposition": objection_url(self.campaign.pk, one.pk),
            "source_adresse": contact.source if contact else "",
            "date_lettre": self.letter_day(one),
        }
        return Facts(one, values, contact)

    def reply_by_mail(self) -> str:
        return self.campaign.collective.contact_email or "par retour de ce message"

    def letter_day(self, one: CandidateList) -> str:
        first = next(iter(one.known_letters), None)
        return wording.day(first.sent_at.astimezone(ZoneInfo(one.commune.time_zone)).date()) if first else ""


def with_facts(lists: CandidateListQuerySet, campaign: Campaign) -> CandidateListQuerySet:
    """What a letter needs of each list, in as many queries for one list as for a thousand."""
    contacts = Contact.objects.active().filter(collective=campaign.collective_id).order_by("-found_on", "pk")
    letters = Solicitation.objects.delivered().filter(campaign=campaign, kind=Solicitation.Kind.LETTER).order_by("sent_at")
    # A commune is fetched once for all its lists of a chunk: joined, it would be made anew for each of them.
    return lists.select_related(None).prefetch_related(
        "commune__departement",
        Prefetch("contacts", queryset=contacts, to_attr="known_contacts"),
        Prefetch("candidates", queryset=Candidate.objects.filter(is_head=True), to_attr="known_heads"),
        Prefetch("solicitations", queryset=letters, to_attr="known_letters"),
    )


def streamed(lists: CandidateListQuerySet, campaign: Campaign) -> Iterator[CandidateList]:
    """Commune after commune, a thousand at a time in memory."""
    return with_facts(lists, campaign).order_by("commune__name", "commune", "panel", "draw_position", "name", "pk").iterator(chunk_size=AT_ONCE)


def questions_by_place(questionnaire: Questionnaire) -> defaultdict[int | None, list[Question]]:
    rows: defaultdict[int | None, list[Question]] = defaultdict(list)
    for one in questionnaire.questions.filter(parent=None).order_by("number", "pk").prefetch_related("parts"):
        rows[one.campaign_commune_id].append(one)
    return rows


def sheet_lines(figures: list[CommuneFigure]) -> Iterator[Line]:
    """A sentence, then a line for each figure with its vintage and source; nothing where no figure is known."""
    if figures:
        yield Line("Quelques chiffres, avec leur date et leur source :")
    for one in figures:
        yield Line(wording.typeset(f"{one.label} : {one.value} ({one.dated}, {one.source})"), "–")


def grouped[T: (LocalWording, Signatory, Attachment, CommuneFigure)](rows: Iterable[T]) -> defaultdict[int | None, list[T]]:
    found: defaultdict[int | None, list[T]] = defaultdict(list)
    for one in rows:
        found[one.campaign_commune_id].append(one)
    return found


def lines_of(asked: Iterable[Question], local: dict[int, str]) -> Iterator[Line]:
    """A question keeps its number everywhere, whatever a commune adds."""
    for one in asked:
        yield Line(wording.typeset(" ".join(local.get(one.pk, one.text).split())), f"{one.number}.")
        for part in one.parts.all():
            yield Line(wording.typeset(" ".join(part.text.split())), f"{part.letter})", 1)


def signed(one: Signatory) -> Line:
    about = ", ".join(part for part in (one.capacity, one.organisation) if part)
    return Line("\n".join(part for part in (one.name, about, one.email) if part))


def addressee(one: CandidateList, sex: str) -> tuple[Line, ...]:
    """Who it is for. Without a known head, the list itself."""
    if not one.head_name:
        return (Line(f"À la liste « {one.name} »".replace("« ", "«\u202f").replace(" »", "\u202f»")),)
    return Line(wording.titled(sex, one.head_name)), Line(f"tête de la liste «\u202f{one.name}\u202f»")


def announcement(campaign: Campaign) -> str:
    """What will be public, said before anybody answers (the rule of the campaign)."""
    when = f", le {wording.full_day(campaign.publish_on)}" if campaign.publish_on else ""
    return (
        "Toutes les réponses reçues seront publiées, mot pour mot et en entier, "
        f"celles d’une même commune à la même minute{when}, et communiquées à la presse. "
        "Les listes qui n’auront pas répondu y paraîtront à la même place, avec la date de nos messages et ces seuls mots : sans réponse."
    )


def letter_date() -> datetime.date:
    return timezone.localdate()
