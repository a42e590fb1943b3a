"""Mail on its way to a list: fetched on demand, attached by a person when no sign is certain, looked at when something does not fit."""

from __future__ import annotations

import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from plaidoyer.replies import acts
from plaidoyer.replies.forms import ReceptionDateForm, lists_by_commune
from plaidoyer.replies.mail_tasks import pull_mail
from plaidoyer.replies.models import ListSuggestion, MailReply, Reply, TextOfRecord
from plaidoyer.replies.views.finding import attempt, campaign_for, can, chosen_list, reply_for
from plaidoyer.replies.views.reception import lists_for

SHOWN = 5  # lists put forward for one letter: beyond, the menu is quicker


@require_GET
def tray(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug)
    first = TextOfRecord.objects.filter(original__parts__reply=OuterRef("pk")).exclude(text="").order_by("original__parts__position", "-pk")
    near = (
        Prefetch("mails", MailReply.objects.select_related("message")),
        Prefetch("list_suggestions", ListSuggestion.objects.select_related("candidate_list__commune")),
    )
    mine = Reply.objects.for_user(request.user).filter(campaign=campaign).select_related("suggested_list__commune", "campaign")
    waiting = mine.in_tray().prefetch_related("originals", "readings", *near).annotate(words=Subquery(first.values("text")[:1]))
    aside = mine.filter(state=Reply.State.SET_ASIDE).select_related("candidate_list")
    context = {
        "campaign": campaign, "waiting": [waiting_row(reply) for reply in waiting], "aside": aside,
        "choices": lists_by_commune(lists_for(request, campaign), "Choisir une liste"),
        "can_receive": can(request, "receive", campaign), "can_send": can(request, "send", campaign),
    }  # fmt: skip
    return render(request, "replies/tray.html", context)


def waiting_row(reply: Reply) -> tuple[Reply, list[tuple[object, list[str]]], bool]:
    """The letter, its likely lists, and whether somebody may be asking to be left alone."""
    return reply, put_forward(reply), any(one.is_objection for one in reply.mails.all())


def put_forward(reply: Reply) -> list[tuple[object, list[str]]]:
    """The likely lists, the likeliest first, each with its reasons."""
    rows = sorted(reply.list_suggestions.all(), key=lambda one: one.candidate_list_id)
    found = [(one, list(some)) for one, some in groupby(rows, key=lambda one: one.candidate_list)]
    found.sort(key=lambda pair: -sum(row.weight for row in pair[1]))
    if not found and reply.suggested_list:
        return [(reply.suggested_list, [reply.suggestion_why])]
    return [(one, [row.reason for row in sorted(some, key=lambda row: -row.weight)]) for one, some in found[:SHOWN]]


@require_POST
def pull(request: HttpRequest, slug: str) -> HttpResponse:
    """The machine's work, asked for by a person: she need not cover every commune for it."""
    campaign = campaign_for(request, slug)
    if not can(request, "receive", campaign):
        raise PermissionDenied("Votre rôle ne permet pas de relever le courrier. Adressez-vous à la coordination du collectif.")
    result = pull_mail.enqueue(campaign.collective_id, request.user.pk)
    if not result.is_finished:
        messages.success(request, "La relève est demandée : rechargez la page dans un instant.")
        return redirect("replies:tray", slug)
    if result.errors:
        messages.error(request, "La relève a échoué. Rien n’est perdu : elle reprendra où elle en était.")
        return redirect("replies:tray", slug)
    said, *troubles = result.return_value
    messages.success(request, said)
    for trouble in troubles:
        messages.error(request, trouble)
    return redirect("replies:tray", slug)


@require_POST
def vouch(request: HttpRequest, pk: int) -> HttpResponse:
    found = reply_for(request, pk)
    attempt(request, acts.vouch, "C’est noté : ce courrier vient bien de cette liste.", reply=found)
    return redirect(found)


@require_POST
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    found = reply_for(request, pk)
    one = chosen_list(request, found.campaign)
    attempt(request, acts.note_objection, "L’opposition est notée : plus aucun message ne part vers cette liste.", reply=found, candidate_list=one)
    return redirect("replies:tray", found.campaign.slug)


@require_POST
def correct_reception(request: HttpRequest, pk: int) -> HttpResponse:
    found = reply_for(request, pk)
    form = ReceptionDateForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect(found)
    zone = ZoneInfo(found.candidate_list.commune.time_zone) if found.candidate_list else timezone.get_current_timezone()
    at = datetime.datetime.combine(form.cleaned_data["received_on"], form.cleaned_data["received_at"], zone)
    attempt(request, acts.correct_reception, "Date de réception corrigée.", reply=found, received_at=at, reason=form.cleaned_data["reason"])
    return redirect(found)
