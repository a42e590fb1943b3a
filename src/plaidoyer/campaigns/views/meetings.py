"""Meetings of a commune: the same slots for every list, who came, the minutes, and a file for the diary."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts import meetings as acts
from plaidoyer.campaigns.letter_forms import HeldForm, SlotsForm, TakeForm
from plaidoyer.campaigns.letter_models import Meeting
from plaidoyer.campaigns.letters.calendar import Event, as_ics
from plaidoyer.campaigns.models import CampaignCommune
from plaidoyer.campaigns.views.lookups import place_for, tried
from plaidoyer.kit.downloads import download

SHOW_OR_SEND = ["GET", "HEAD", "POST"]


def meeting_for(request: HttpRequest, slug: str, code: str, pk: int, verb: str = "") -> tuple[CampaignCommune, Meeting]:
    place = place_for(request, slug, code, verb)
    rows = Meeting.objects.filter(campaign=place.campaign, commune=place.commune).select_related("candidate_list", "campaign__collective", "commune")
    return place, get_object_or_404(rows, pk=pk)


@require_http_methods(SHOW_OR_SEND)
def meetings(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The slots, and a form to offer more."""
    place = place_for(request, slug, code, "local" if request.method == "POST" else "")
    form = SlotsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = {"starts": form.starts(), "minutes": form.cleaned_data["minutes"], "place": form.cleaned_data["place"]}
            made = acts.offer_slots(actor=request.user, campaign_commune=place, **told)
        except ActRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{len(made)} créneau(x) ouverts à toutes les listes.")
            return redirect("campaigns:meetings", slug, code)
    rows = Meeting.objects.filter(campaign=place.campaign, commune=place.commune).select_related("candidate_list")
    lists = place.lists().still_standing()
    page = {"campaign": place.campaign, "place": place, "meetings": rows, "form": form, "take_form": TakeForm(lists=lists), "tab": "campaign"}
    return render(request, "campaigns/letters/meetings.html", page)


@require_POST
def take(request: HttpRequest, slug: str, code: str, pk: int) -> HttpResponse:
    place, found = meeting_for(request, slug, code, pk, "local")
    form = TakeForm(request.POST, lists=place.lists())
    if form.is_valid():
        tried(request, "La rencontre est notée.", acts.take_slot, meeting=found, candidate_list=form.cleaned_data["candidate_list"])
    else:
        messages.error(request, "Choisissez une liste de cette commune.")
    return redirect("campaigns:meetings", slug, code)


@require_http_methods(SHOW_OR_SEND)
def held(request: HttpRequest, slug: str, code: str, pk: int) -> HttpResponse:
    place, found = meeting_for(request, slug, code, pk, "local")
    initial = {"ours": found.ours, "theirs": found.theirs, "minutes": found.minutes, "is_agreed": found.minutes_state == Meeting.Minutes.AGREED}
    form = HeldForm(request.POST or None, initial=initial)
    back = reverse("campaigns:meetings", args=[slug, code])
    if request.method == "POST" and form.is_valid():
        try:
            acts.record_meeting(actor=request.user, meeting=found, **form.cleaned_data)
        except ActRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "La rencontre est inscrite.")
            return redirect(back)
    crumbs = [(place.campaign, place.campaign.get_absolute_url()), (place.commune.name, back)]
    page = {"form": form, "title": f"Rencontre avec {found.candidate_list or 'une liste'}", "cancel": back, "crumbs": crumbs}
    return render(request, "form_page.html", page)


@require_POST
def cancel(request: HttpRequest, slug: str, code: str, pk: int) -> HttpResponse:
    _place, found = meeting_for(request, slug, code, pk, "local")
    tried(request, "La rencontre est annulée.", acts.cancel_meeting, meeting=found)
    return redirect("campaigns:meetings", slug, code)


@require_safe
def diary(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """All the meetings of a commune, for a diary."""
    place = place_for(request, slug, code)
    rows = Meeting.objects.filter(campaign=place.campaign, commune=place.commune).select_related("candidate_list")
    events = [
        Event(
            uid=f"rencontre-{one.pk}@plaidoyer",
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            made_at=one.offered_at,
            place=one.place,
            title=f"Rencontre : {one.candidate_list.name}" if one.candidate_list else "Créneau proposé aux listes",
            is_cancelled=one.state == Meeting.State.CANCELLED,
        )
        for one in rows
    ]
    return download(as_ics(events), f"rencontres-{slug}-{code}.ics", "text/calendar; charset=utf-8")
