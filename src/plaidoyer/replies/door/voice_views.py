"""The list's own page, before and after publication: what we have understood, and its right of reply. Through the session of its link."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.correction_models import CorrectionWindow
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.replies import acts
from plaidoyer.replies.door.session import at_the_door
from plaidoyer.replies.door.showing import frame_of
from plaidoyer.replies.models import Release, Remark, RightOfReply
from plaidoyer.replies.questionnaire import asked_in
from plaidoyer.replies.release_draft import DraftList, draft
from plaidoyer.replies.reply_clock import WORDS
from plaidoyer.replies.voice_forms import AskedForm

SHOW_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(SHOW_OR_SEND)
@at_the_door
def correction(request: HttpRequest, link: ReplyLink) -> HttpResponse:
    """« Voici ce que nous avons compris » : exactly what would be published, question by question."""
    window = CorrectionWindow.objects.filter(campaign=link.campaign, commune=link.candidate_list.commune_id).select_related("commune").first()
    if window is None:
        raise Http404
    if request.method == "POST":
        take_remark(request, link, window)
        return redirect("door:correction")
    remarks = by_question(list(Remark.objects.filter(window=window, candidate_list=link.candidate_list).select_related("question")))
    context = {
        **frame_of(link), "window": window, "is_open": window.is_open_at(timezone.now()), "on_the_whole": remarks.get(0, []),
        "reading": reading_of(link, remarks),
    }  # fmt: skip
    return render(request, "replies/door/correction.html", context)


def by_question(remarks: list[Remark]) -> dict[int, list[Remark]]:
    """What the list has said of each question; 0 for the whole."""
    ordered = sorted(remarks, key=lambda one: one.question.number if one.question else 0)
    return {number: list(some) for number, some in groupby(ordered, key=lambda one: one.question.number if one.question else 0)}


def reading_of(link: ReplyLink, remarks: dict[int, list[Remark]]) -> dict[str, object]:
    made = draft(link.campaign, link.candidate_list.commune, timezone.now())
    own = next((one for one in made.lists if one.candidate_list == link.candidate_list), None)
    if own is None:
        raise Http404
    asked = {question["number"]: question for question in made.facts["questions"]}
    cells = [{"cell": cell, "question": asked[cell.question], "remarks": remarks.get(cell.question, [])} for cell in own.cells]
    return {"own": own, "cells": cells, "pledges": pledges(own), "order": made.facts["order"]["sentence"]}


def pledges(own: DraftList) -> list[dict[str, object]]:
    return [one for document in own.letter for one in document["commitments"]]


def take_remark(request: HttpRequest, link: ReplyLink, window: CorrectionWindow) -> None:
    number = request.POST.get("question", "")
    asked = {str(question.number): question for question in asked_in(link.campaign, link.candidate_list.commune)}
    try:
        acts.remark(actor=None, window=window, candidate_list=link.candidate_list, question=asked.get(number), text=request.POST.get("text", ""))
        messages.success(request, "Votre remarque est enregistrée. Nous y répondrons ici avant de publier.")
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))


@require_http_methods(SHOW_OR_SEND)
@at_the_door
def right_of_reply(request: HttpRequest, link: ReplyLink) -> HttpResponse:
    release = Release.objects.public().filter(campaign=link.campaign, commune=link.candidate_list.commune_id).select_related("commune").first()
    if release is None:
        raise Http404
    form = AskedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.reply_right(actor=None, release=release, candidate_list=link.candidate_list, **form.cleaned_data)
            messages.success(request, "Votre demande est enregistrée. Vous lirez ici ce qu’elle devient.")
            return redirect("door:right-of-reply")
        except ActRefusedError as refusal:
            form.add_error(None, str(refusal))
    rows = RightOfReply.objects.filter(release__campaign=link.campaign, candidate_list=link.candidate_list).select_related("release")
    context = {**frame_of(link), "form": form, "release": release, "rows": rows, "words": WORDS}
    return render(request, "replies/door/right_of_reply.html", context, status=422 if form.errors else 200)
