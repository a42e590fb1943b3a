"""One reply: its originals, its texts, its history."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies import acts, original_store
from plaidoyer.replies.chosen_texts import Part, parts_of
from plaidoyer.replies.forms import DescriptionForm, ReceptionDateForm, TypedTextForm, lists_by_commune
from plaidoyer.replies.models import Reply
from plaidoyer.replies.page_picture import picture
from plaidoyer.replies.questionnaire import questions_of
from plaidoyer.replies.sheet import PICTURES
from plaidoyer.replies.views.finding import attempt, can, original_for, reply_for
from plaidoyer.replies.views.reception import lists_for

MAX_PAGES = 200


@require_GET
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, reply_for(request, pk))


def page(request: HttpRequest, found: Reply, typed: tuple[int, TypedTextForm] | None = None) -> HttpResponse:
    campaign = found.campaign
    code = found.candidate_list.commune_id if found.candidate_list else ""
    lists = lists_for(request, campaign)
    parts = parts_of(found)
    context = {
        "reply": found, "campaign": campaign, "parts": [shown(part, typed) for part in parts], "asked": len(questions_of(found)),
        "settled": found.answers.count(), "history": JournalEntry.objects.of(found).select_related("actor"),
        "can_receive": can(request, "receive", campaign, code), "can_review": can(request, "review", campaign, code),
        "choices": lists_by_commune(lists, "Choisir une liste"), "description": DescriptionForm(instance=found),
        "mails": found.mails.select_related("message", "checked_by"), "reception": reception_form(found),
        "twins": Reply.objects.for_user(request.user).filter(originals__in=[part.original for part in parts]).exclude(pk=found.pk)
        .select_related("candidate_list", "campaign").distinct().order_by("pk"),
    }  # fmt: skip
    return render(request, "replies/reply.html", context, status=422 if typed else 200)


def reception_form(found: Reply) -> ReceptionDateForm:
    """At the hour of the commune, like the form that takes it in."""
    zone = ZoneInfo(found.candidate_list.commune.time_zone) if found.candidate_list else None
    here = timezone.localtime(found.received_at, zone)
    return ReceptionDateForm(initial={"received_on": here.date(), "received_at": here.time().replace(second=0, microsecond=0)}, auto_id="at_%s")


def shown(part: Part, typed: tuple[int, TypedTextForm] | None) -> dict[str, object]:
    original = part.original
    has_pictures = original.media_type.startswith(PICTURES)
    pages = (part.text.pages if part.text else None) or 1
    return {
        "original": original, "text": part.text, "is_readable": part.is_readable,
        "missing": original_store.missing_sentence(original) if original_store.is_missing(original) else "",
        "pages": range(1, min(pages, MAX_PAGES) + 1) if has_pictures else [],
        "form": typed[1] if typed and typed[0] == original.pk else TypedTextForm(auto_id=f"id_{original.pk}_%s"),
    }  # fmt: skip


@require_POST
def type_text(request: HttpRequest, pk: int, original_pk: int) -> HttpResponse:
    found, original = reply_for(request, pk), original_for(request, pk, original_pk)
    form = TypedTextForm(request.POST, auto_id=f"id_{original.pk}_%s")
    if not form.is_valid():
        return page(request, found, (original.pk, form))
    attempt(request, acts.type_text, "Texte enregistré et lu par la machine.", reply=found, original=original, text=form.cleaned_data["text"])
    return redirect(found)


@require_POST
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    found = reply_for(request, pk)
    form = DescriptionForm(request.POST, instance=reply_for(request, pk))
    if form.is_valid():
        attempt(request, acts.describe, "Enregistré.", reply=found, **form.cleaned_data)
    return redirect(found)


@require_POST
def also_for(request: HttpRequest, pk: int) -> HttpResponse:
    found = reply_for(request, pk)
    keys = [key for key in request.POST.getlist("candidate_list") if key.isdecimal()]
    lists = list(found.campaign.lists().select_related("commune").filter(pk__in=keys))
    attempt(request, acts.answer_also_for, "La même lettre répond aussi pour cette liste.", reply=found, lists=lists)
    return redirect(found)


@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = reply_for(request, pk)
    attempt(request, acts.read, "La machine a relu cette réponse.", reply=found)
    return redirect(found)


@require_GET
@never_cache
def original(request: HttpRequest, pk: int, original_pk: int) -> HttpResponseBase:
    """Always a download, never shown in the browser: nobody knows what a stranger's file would do there."""
    found = original_for(request, pk, original_pk)
    try:
        file = original_store.opened(found)
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(reply_for(request, pk))
    response = FileResponse(file, as_attachment=True, filename=found.name, content_type="application/octet-stream")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
@never_cache
def page_image(request: HttpRequest, pk: int, original_pk: int, number: int) -> HttpResponse:
    """Our own drawing of one page: the scan beside the text, without any byte of the stranger's file."""
    found = original_for(request, pk, original_pk)
    if not found.media_type.startswith(PICTURES) or not 1 <= number <= MAX_PAGES:
        raise Http404
    drawn = None if original_store.is_missing(found) else picture(original_store.bytes_of(found), number)
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/png")


@require_GET
def pictures(request: HttpRequest, pk: int, original_pk: int) -> HttpResponse:
    found = original_for(request, pk, original_pk)
    part = next(one for one in parts_of(reply_for(request, pk)) if one.original == found)
    context = {"reply": reply_for(request, pk), "original": found, "part": part, "pages": shown(part, None)["pages"]}
    return render(request, "replies/pictures.html", context)
