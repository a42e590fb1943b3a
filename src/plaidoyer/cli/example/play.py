"""Plays the example campaign through the acts that people use: nothing is written to a table behind their back."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from importlib import resources
from zoneinfo import ZoneInfo

from django.utils import timezone

from plaidoyer.accounts import acts as accounts
from plaidoyer.accounts.models import Collective, Organisation, Role, User
from plaidoyer.campaigns.acts import campaigns, links, questions, sending, sheets
from plaidoyer.campaigns.acts.exceptions import explain
from plaidoyer.campaigns.acts.local import set_signatories
from plaidoyer.campaigns.equality import ledger_of
from plaidoyer.campaigns.models import Campaign, Channel, Question, Solicitation
from plaidoyer.cli.example import story
from plaidoyer.elections.acts import contacts, elections, lists
from plaidoyer.elections.models import CandidateList, Election
from plaidoyer.replies import acts as desk
from plaidoyer.replies.acts import door
from plaidoyer.replies.models import DoorSending, Reply, Stance, Suggestion
from plaidoyer.territories.acts import invent_commune
from plaidoyer.territories.models import Commune

PARIS = ZoneInfo("Europe/Paris")
type Say = Callable[[str], None]


class Dates:
    """The example always happens now: the vote is in about three weeks, the deadline passed three days ago."""

    def __init__(self, today: datetime.date) -> None:
        soon = today + datetime.timedelta(days=16)
        self.vote = soon + datetime.timedelta(days=(6 - soon.weekday()) % 7)
        self.deadline = today - datetime.timedelta(days=3)
        self.asked = self.deadline - datetime.timedelta(days=21)
        self.reminders = [self.deadline - datetime.timedelta(days=days) for days in (8, 2)]

    def at(self, day: datetime.date, hour: int) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(hour), PARIS)


def letter_bytes(name: str) -> bytes:
    return (resources.files("plaidoyer.cli.example") / "letters" / name).read_bytes()


def play(say: Say) -> Campaign:
    """The whole journey: people, places, lists, campaign, letters out, letters in, reading, review, publication."""
    dates = Dates(timezone.localdate())
    say("les personnes et leur collectif")
    people = open_the_collective()
    jeanne, salome = people["coordinator"], people["reader"]
    collective = jeanne.memberships.get().collective
    say("trois communes et onze listes")
    communes = invent_communes(jeanne)
    found = enter_the_lists(jeanne, collective, communes, dates)
    say("la campagne et ses cinq questions")
    campaign = prepare(jeanne, collective, communes, dates)
    say("la lettre et les deux relances, le même jour pour toutes")
    write_to_all(jeanne, campaign, found, dates)
    say("les réponses arrivent, la machine les lit")
    replies = receive_all(jeanne, campaign, found, dates)
    say("Salomé relit")
    for one in story.LISTS:
        if one.name in replies and (one.reading or one.refuses or one.is_a_promise):
            read_with_her_eyes(salome, replies[one.name], one)
    say("deux communes sont publiées")
    for code in ("ZZ101", "ZZ103"):
        desk.publish(actor=jeanne, campaign=campaign, commune=next(one for one in communes if one.code == code))
    return campaign


def open_the_collective() -> dict[str, User]:
    email, name, _, _ = story.PEOPLE[0]
    jeanne = accounts.open_house(actor=None, collective_name=story.COLLECTIVE, full_name=name, email=email, password=story.PASSWORD)
    collective = jeanne.memberships.get().collective
    facts = {"about": story.ABOUT, "contact_email": "bonjour@leseuil.example", "publication_director": name, "name": story.COLLECTIVE, "url": ""}
    accounts.edit_collective(actor=jeanne, collective=collective, facts=facts, organisations=list(story.ORGANISATIONS))
    people = {str(Role.COORDINATOR): jeanne}
    for email, name, role, codes in story.PEOPLE[1:]:
        invitation, _ = accounts.invite(actor=jeanne, collective=collective, email=email, role=role, commune_codes=codes)
        people[role] = accounts.accept_invitation(actor=None, invitation=invitation, full_name=name, password=story.PASSWORD)
    return people


def invent_communes(jeanne: User) -> list[Commune]:
    return [
        invent_commune(actor=jeanne, code=code, name=name, population=size, departement=story.DEPARTEMENT, region=story.REGION)
        for code, name, size in story.COMMUNES
    ]


def enter_the_lists(jeanne: User, collective: Collective, communes: list[Commune], dates: Dates) -> dict[str, CandidateList]:
    election = elections.create_election(
        actor=jeanne, collective=collective, slug="municipales-exemple", name="Élections municipales (exemple)", first_round_on=dates.vote,
        second_round_on=dates.vote + datetime.timedelta(days=7), source="Dates inventées pour l’exemple.", is_fictional=True,
    )  # fmt: skip
    found = {}
    for one in story.LISTS:
        commune = next(place for place in communes if place.code == one.commune)
        label = {"etiquette": one.etiquette, "etiquette_source": "profession de foi (exemple)"} if one.etiquette else {}
        made = lists.register_list(
            actor=jeanne, collective=collective, election=election, commune=commune, name=one.name, panel=one.panel, head_name=one.head, **label
        )
        if one.email:
            source = "site de la liste (exemple)"
            contacts.add_contact(actor=jeanne, collective=collective, candidate_list=made, kind="email", value=one.email, source=source)
        found[one.name] = made
    return found


def prepare(jeanne: User, collective: Collective, communes: list[Commune], dates: Dates) -> Campaign:
    campaign = campaigns.create_campaign(
        actor=jeanne, collective=collective, election=Election.objects.get(slug="municipales-exemple"), communes=communes,
        organisations=Organisation.objects.filter(collectives=collective), name="Cinq questions aux listes du Val d’Arvigne",
        deadline_on=dates.deadline, introduction=story.INTRODUCTION, method=story.METHOD,
    )  # fmt: skip
    for title, text, theme, body, lever in story.QUESTIONS:
        questions.add_question(
            actor=jeanne, questionnaire=campaign.questionnaires.get(), title=title, text=text, theme=theme, competent_body=body, lever=lever
        )
    set_signatories(
        actor=jeanne, campaign=campaign, campaign_commune=None,
        people=[{"name": "Jeanne Aubrée", "capacity": "coordinatrice", "organisation": story.COLLECTIVE, "email": "bonjour@leseuil.example"}],
    )  # fmt: skip
    for place in campaign.communes.select_related("commune", "campaign__collective"):
        figures = [dict(zip(("label", "value", "dated", "source"), one, strict=True)) for one in story.FIGURES[place.commune_id]]
        sheets.set_figures(actor=jeanne, campaign_commune=place, figures=figures)
    return campaign


def write_to_all(jeanne: User, campaign: Campaign, found: dict[str, CandidateList], dates: Dates) -> None:
    """One list has no known address: it cannot be written to, and that is said with the others' sending."""
    links.open_links(actor=jeanne, campaign=campaign, lists=campaign.lists())
    reached = [found[one.name] for one in story.LISTS if one.email]
    by_post = [found[one.name] for one in story.LISTS if not one.email and one.commune == "ZZ103"]
    why = "Pas encore d’adresse connue pour « Saint-Aubrac, j’y tiens » ; à Pré-Lanthenay les listes n’ont pas de courriel, la lettre y est portée."
    at = dates.at(dates.asked, 10)
    record = {"actor": jeanne, "campaign": campaign, "note": why}
    sending.record_sent(**record, lists=reached, kind=Solicitation.Kind.LETTER, channel=Channel.EMAIL, sent_at=at)
    sending.record_sent(**record, lists=by_post, kind=Solicitation.Kind.LETTER, channel=Channel.HAND, sent_at=at)
    explain_all(jeanne, campaign, "ZZ102", "Aucune adresse de cette liste n’a été trouvée malgré nos recherches ; la lettre reste à sa disposition.")
    for day in dates.reminders:
        waiting = [found[one.name] for one in story.LISTS if one.email and not answered_by(one, day, dates)]
        sending.record_sent(
            actor=jeanne, campaign=campaign, lists=waiting, kind=Solicitation.Kind.REMINDER, channel=Channel.EMAIL, sent_at=dates.at(day, 10),
            note="Relance aux seules listes qui n’avaient pas encore répondu.",
        )  # fmt: skip


def explain_all(jeanne: User, campaign: Campaign, commune: str, reason: str) -> None:
    """What was not alike for all the lists of a commune gets its public reason."""
    place = campaign.communes.select_related("commune", "campaign__collective").get(commune=commune)
    for one in ledger_of(place).unexplained:
        explain(actor=jeanne, campaign_commune=place, code=one.code, sentence=one.sentence, reason=reason)


def answered_by(one: story.ListStory, day: datetime.date, dates: Dates) -> bool:
    return one.letter is not None and dates.deadline + datetime.timedelta(days=one.letter.day) < day


def receive_all(jeanne: User, campaign: Campaign, found: dict[str, CandidateList], dates: Dates) -> dict[str, Reply]:
    replies = {}
    for one in story.LISTS:
        if one.letter is None:
            continue
        came = dates.at(dates.deadline + datetime.timedelta(days=one.letter.day), one.letter.hour)
        facts = {
            "actor": jeanne, "campaign": campaign, "candidate_list": found[one.name], "received_at": came, "channel": one.letter.channel,
            "answered_by": one.letter.answered_by, "capacity": one.letter.capacity,
        }  # fmt: skip
        if one.letter.at_the_door:
            made = answered_at_the_door(campaign, found[one.name], one.letter, came)
        elif one.letter.files:
            made = desk.receive(files=[(name, letter_bytes(name)) for name in one.letter.files], **facts)
        else:
            text = letter_bytes(one.letter.typed).decode() if one.letter.typed else ""
            made = desk.receive_typed(text=text, **facts)
        replies[one.name] = Reply.objects.get(pk=made.reply.pk)
    desk.receive(actor=jeanne, campaign=campaign, files=[(story.UNKNOWN_MAIL, letter_bytes(story.UNKNOWN_MAIL))], channel=Channel.EMAIL)
    return replies


def answered_at_the_door(campaign: Campaign, one: CandidateList, letter: story.Letter, came: datetime.datetime) -> DoorSending:
    """The list opens its page, types under the questions, sends: nobody of the collective has a hand in it."""
    link = links.live_link(campaign, one)
    links.note_opening(actor=None, link=link)
    typed = door.Typed(dict(letter.at_the_door), letter.answered_by, letter.capacity)
    draft = door.save_draft(actor=None, link=link, typed=typed)
    return door.send_reply(actor=None, link=link, revision=draft.revision, at=came).sending


def read_with_her_eyes(salome: User, reply: Reply, one: story.ListStory) -> None:
    """Keep what the machine saw well, add what it missed, put aside the rest, settle every question, look at what is hidden."""
    desk.claim(actor=salome, reply=reply)
    if one.refuses:
        desk.refuse_all(actor=salome, reply=reply)
    elif one.is_a_promise:
        desk.name_nature(actor=salome, reply=reply, nature=Reply.Nature.PROMISE)
    else:
        asked = {question.number: question for question in Question.objects.asked_in(campaign_commune_of(reply))}
        for number, (stance, quotes) in (one.reading or {}).items():
            keep_passages(salome, reply, quotes, asked[number])
            keep_quotes(salome, reply, quotes, asked[number])
            desk.settle(actor=salome, reply=reply, question=asked[number], stance=Stance(stance))
        keep_quotes(salome, reply, one.beyond, None)
        for suggestion in pending(reply):
            desk.reject(actor=salome, reply=reply, suggestion=suggestion)
    desk.see_redactions(actor=salome, reply=reply)
    desk.finish(actor=salome, reply=reply)


def keep_quotes(salome: User, reply: Reply, quotes: Iterable[tuple[str, str]], question: Question | None) -> None:
    for quote, level in quotes:
        seen = next((one for one in pending(reply) if one.quote == quote and one.level == level), None)
        if seen:
            desk.keep(actor=salome, reply=reply, suggestion=seen, question=question)
        else:
            desk.add(actor=salome, reply=reply, quote=quote, question=question, level=level)


def keep_passages(salome: User, reply: Reply, quotes: Iterable[tuple[str, str]], question: Question) -> None:
    """The whole passage around the quotes, so that a visitor reads the words before and after a commitment."""
    for suggestion in pending(reply):
        if suggestion.kind == Suggestion.Kind.PASSAGE and any(quote in suggestion.quote for quote, _ in quotes):
            desk.keep(actor=salome, reply=reply, suggestion=suggestion, question=question)


def pending(reply: Reply) -> list[Suggestion]:
    return list(Suggestion.objects.filter(reading__reply=reply, decision=None).select_related("reading__text").order_by("pk"))


def campaign_commune_of(reply: Reply) -> object:
    return reply.campaign.communes.get(commune=reply.candidate_list.commune_id)
