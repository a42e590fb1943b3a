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
from plaidoyer.replies.release_draft import draft
from plaidoyer.replies.reply_clock import WORDS
from plaidoyer.replies.voice_forms import AskedForm

SHOW_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(SHOW_OR_SEND)
@at_the_door
def correction(request: HttpRequest, link: ReplyLink) -> HttpResponse:
    """« Voici ce que nous avons compris » : exactly what would be published, question by question. Once it is, what was said of it before."""
    window = CorrectionWindow.objects.filter(campaign=link.campaign, commune=link.candidate_list.commune_id).select_related("commune").first()
    if window is None:
        raise Http404
    unsent = take_remark(request, link, window) if request.method == "POST" else None
    if request.method == "POST" and unsent is None:
        return redirect("door:correction")
    remarks = by_question(list(Remark.objects.filter(window=window, candidate_list=link.candidate_list).select_related("question")))
    frame = frame_of(link)
    context = {
        **frame, "window": window, "is_open": window.is_open_at(timezone.now()), "on_the_whole": remarks.get(0, []), "unsent": unsent,
        "reading": reading_of(link, remarks) if frame["voice"] == "correction" else None,
        "exchanges": [(some[0].question, some) for some in remarks.values()],
    }  # fmt: skip
    return render(request, "replies/door/correction.html", context, status=422 if unsent else 200)


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
    pledges = [one for document in own.letter for one in document["commitments"]]
    return {
        "own": own, "cells": cells, "pledges": pledges, "order": made.facts["order"]["sentence"],
        "beyond": [one for one in pledges if not one["questions"]], "sheets": [one["text"] for one in own.letter if one["text"]],
        "hides": any(one["hidden"] for one in own.letter),
    }  # fmt: skip


def take_remark(request: HttpRequest, link: ReplyLink, window: CorrectionWindow) -> dict[str, object] | None:
    """None when it is recorded; else what the list has typed, under which question, and why it is not."""
    number, text = request.POST.get("question", ""), request.POST.get("text", "")
    asked = {str(question.number): question for question in asked_in(link.campaign, link.candidate_list.commune)}
    about = asked.get(number)
    try:
        acts.remark(actor=None, window=window, candidate_list=link.candidate_list, question=about, text=text)
    except ActRefusedError as refusal:
        return {"number": about.number if about else 0, "text": text, "why": str(refusal)}
    on = f"la question {about.number}" if about else "l’ensemble"
    messages.success(request, f"Votre remarque sur {on} est enregistrée. Nous y répondrons ici avant de publier.")
    return None


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
