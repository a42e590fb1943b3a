"""The review desk: one page, one address for every gesture. The same forms work with a script, a keyboard, a finger, or none of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies import acts
from plaidoyer.replies.acts.kind import KIND_WORDS
from plaidoyer.replies.acts.steps import last_step, next_step
from plaidoyer.replies.chosen_texts import last_readings
from plaidoyer.replies.gestures import perform, spoken
from plaidoyer.replies.grid import grid_of
from plaidoyer.replies.models import Redaction, Remark, Reply, Stance
from plaidoyer.replies.models.readings import LEVEL_CHOICES
from plaidoyer.replies.models.replies import CLAIM_LASTS
from plaidoyer.replies.publish_checks import replies_in
from plaidoyer.replies.sheet import sheet
from plaidoyer.replies.views.finding import attempt, can, reply_for

ORDER, AS_ASKED = "desk_order", "questionnaire"


@require_GET
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    if reply.candidate_list is None:
        messages.warning(request, "Rattachez d’abord ce courrier à une liste : les questions dépendent de sa commune.")
        return redirect(reply)
    if "ordre" in request.GET:
        request.session[ORDER] = request.GET["ordre"]  # how this person likes to read; nothing of the reply changes
    return render(request, "replies/desk.html", shown(request, reply, request.GET.get("q", "")))


def shown(request: HttpRequest, reply: Reply, number: str) -> dict[str, Any]:
    grid = grid_of(reply, is_doubts_first=request.session.get(ORDER) != AS_ASKED)
    grid.open(int(number) if number.isdecimal() else None)
    hidden = list(reply.redactions.exclude(state=Redaction.State.DISMISSED))
    mine = is_mine(request, reply)
    others = [
        one for one in replies_in(reply.campaign, reply.candidate_list.commune) if one.candidate_list_id == reply.candidate_list_id and one != reply
    ]
    remarks = remarks_on(reply)
    adjusted = next((card for card in (*grid.pending, *grid.kept) if card.key == request.GET.get("ajuster")), None)
    return {
        "reply": reply, "campaign": reply.campaign, "grid": grid, "mine": mine, "is_taken": is_taken(request, reply),
        "sheets": [sheet(text, [*grid.pending, *grid.kept], [one for one in hidden if one.text_id == text.pk]) for text in grid.texts],
        "stances": Stance.choices, "levels": LEVEL_CHOICES, "last": last_step(reply) if mine else None, "next": next_step(reply) if mine else None,
        "others": others, "adjusted": adjusted, "natures": Reply.Nature.choices, "kinds": kinds(reply, grid.texts),
        "notices": notices(reply, grid.texts),
        "can_review": can(request, "review", reply.campaign, reply.candidate_list.commune_id), "q": number,
        "remarks": remarks, "contested": {one.question.number for one in remarks if one.question},
    }  # fmt: skip


def remarks_on(reply: Reply) -> list[Remark]:
    """What the list says of our reading, and nobody has answered yet."""
    mine = Remark.objects.waiting().filter(window__campaign=reply.campaign_id, candidate_list=reply.candidate_list_id)
    return list(mine.select_related("question", "window"))


def notices(reply: Reply, texts: list[Any]) -> list[str]:
    """What the machine says of the papers themselves; each sentence once."""
    from_texts = [notice["sentence"] for text in texts for notice in text.notices]
    from_readings = [notice["sentence"] for reading in last_readings(reply, texts) for notice in reading.notices]
    return list(dict.fromkeys([*from_texts, *from_readings]))


def kinds(reply: Reply, texts: list[Any]) -> list[dict[str, Any]]:
    """For each text: what it is taken for, and what else it could be said to be."""
    last = {one.text_id: one.kind for one in reversed(last_readings(reply, texts))}
    choices = [(kind.value, words) for kind, words in KIND_WORDS.items()]
    return [{"text": text, "words": KIND_WORDS.get(last.get(text.pk, "")), "now": last.get(text.pk, ""), "choices": choices} for text in texts]


def is_mine(request: HttpRequest, reply: Reply) -> bool:
    return reply.state == Reply.State.REVIEWING and reply.claimed_by_id == request.user.pk


def is_taken(request: HttpRequest, reply: Reply) -> bool:
    if reply.state != Reply.State.REVIEWING or reply.claimed_by_id in {None, request.user.pk} or reply.claimed_at is None:
        return False
    return timezone.now() - reply.claimed_at < CLAIM_LASTS


@require_POST
def gesture(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid as it is after the gesture: the whole page without a script, its main part with one."""
    reply = reply_for(request, pk)
    status = 200
    try:
        perform(request.user, reply, request.POST)
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))
        status = 422
    number = spoken(request.POST).get("q", "")
    if request.headers.get("X-Requested-With") != "fetch":
        return to_desk(reply, number)
    return render(request, "replies/desk.html#main", {**shown(request, reply_for(request, pk), number), "is_fragment": True}, status=status)


def to_desk(reply: Reply, number: str) -> HttpResponseRedirect:
    address = reverse("replies:desk", args=[reply.pk])
    return HttpResponseRedirect(f"{address}?q={number}#q{number}" if number.isdecimal() else address)


@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    attempt(request, acts.claim, reply=reply)
    return redirect("replies:desk", reply.pk) if reply.candidate_list_id else redirect(reply)


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    attempt(request, acts.give_back, "Réponse rendue : quelqu’un d’autre peut continuer. Rien de ce que vous avez réglé n’est perdu.", reply=reply)
    return redirect("replies:inbox", reply.campaign.slug)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    done = attempt(request, acts.finish, "Réponse relue. Reste à voir ce qui sera masqué.", reply=reply)
    if done is None:
        return to_desk(reply, "")
    return redirect("replies:redaction", reply.pk)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    attempt(request, acts.reopen, reply=reply)
    return redirect("replies:desk", reply.pk)
