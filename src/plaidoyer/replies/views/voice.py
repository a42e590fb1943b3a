"""What lists say of our reading, before publication and after it, as the desk sees it."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.correction_models import CorrectionWindow
from plaidoyer.campaigns.models import CampaignCommune, Channel
from plaidoyer.campaigns.sending_rules import by_mail, plan_of
from plaidoyer.elections.silence import SilenceWindow, windows_in
from plaidoyer.replies import acts, redaction
from plaidoyer.replies.acts.correction import Opened
from plaidoyer.replies.forms import lists_by_commune
from plaidoyer.replies.models import Redaction, Release, Remark, RightOfReply
from plaidoyer.replies.public_text import LABELS, Hidden
from plaidoyer.replies.publish_checks import replies_in
from plaidoyer.replies.reply_clock import WORDS, clock_of, word_count
from plaidoyer.replies.views.finding import attempt, campaign_for, can, place_for
from plaidoyer.replies.voice_forms import EndForm, ExtensionForm, RecordedForm

SHOW_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(SHOW_OR_SEND)
def corrections(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = place_for(request, slug, code)
    window = CorrectionWindow.objects.filter(campaign=place.campaign, commune=place.commune).select_related("commune", "campaign").first()
    if request.method == "POST":
        require(request.user, "send", place.campaign.collective)
    form = (ExtensionForm if window else EndForm)(request.POST or None)
    if request.method == "POST" and form.is_valid() and opened_or_extended(request, place, window, form):
        return redirect("replies:corrections", slug, code)
    return render(request, "replies/corrections.html", corrections_shown(request, place, window, form), status=422 if form.errors else 200)


def opened_or_extended(request: HttpRequest, place: CampaignCommune, window: CorrectionWindow | None, form: EndForm) -> bool:
    """A refusal is told above the form: what was typed stays in it."""
    closes_at = form.moment(place.commune.time_zone)
    try:
        if window:
            acts.extend_corrections(actor=request.user, window=window, closes_at=closes_at, reason=form.cleaned_data["reason"])
            messages.success(request, "Le délai est prolongé, pour toutes les listes.")
        else:
            say_opened(request, acts.open_corrections(actor=request.user, campaign_commune=place, closes_at=closes_at))
    except ActRefusedError as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def say_opened(request: HttpRequest, opened: Opened) -> None:
    others = f" À prévenir autrement : {', '.join(f'« {one} »' for one in opened.others)}." if opened.others else ""
    if opened.window is None:
        messages.warning(request, f"Répétition : {opened.told} messages vous reviennent, rien n’est ouvert. Passez en envoi réel, puis recommencez.")
    else:
        messages.success(request, f"La relecture est ouverte. Listes prévenues par courriel : {opened.told}.{others}")


def corrections_shown(request: HttpRequest, place: CampaignCommune, window: CorrectionWindow | None, form: EndForm) -> dict[str, object]:
    campaign, town = place.campaign, place.commune
    told = {one.candidate_list_id: one for one in window.notices.all()} if window else {}
    remarks = list(window.remarks.select_related("candidate_list", "question", "answered_by", "entered_by")) if window else []
    lists = place.lists().still_standing()
    reached = set(by_mail(lists, campaign).values_list("pk", flat=True))
    replies = {one.candidate_list_id: one for one in reversed(replies_in(campaign, town))} if remarks else {}
    return {
        "campaign": campaign, "commune": town, "window": window, "form": form,
        "remarks": [(one, replies.get(one.candidate_list_id)) for one in remarks],
        "waiting": sum(one.state == Remark.State.WAITING for one in remarks),
        "is_open": bool(window and window.is_open_at(timezone.now())), "rows": [(one, told.get(one.pk), one.pk in reached) for one in lists],
        "is_rehearsal": plan_of(campaign).is_rehearsal, "is_public": Release.objects.public().filter(campaign=campaign, commune=town).exists(),
        "channels": Channel.choices,
        "can_send": can(request, "send", campaign), "can_review": can(request, "review", campaign, place.commune_id),
    }  # fmt: skip


@require_POST
def told(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = place_for(request, slug, code)
    window = get_object_or_404(CorrectionWindow, campaign=place.campaign, commune=place.commune)
    key = request.POST.get("candidate_list", "")
    one = get_object_or_404(place.lists(), pk=key if key.isdecimal() else 0)
    attempt(request, acts.note_told, "C’est noté.", window=window, candidate_list=one, channel=request.POST.get("channel", ""))
    return redirect("replies:corrections", slug, code)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Remark.objects.for_user(request.user).select_related("window__campaign__collective", "window__commune"), pk=pk)
    asked = {"remark": found, "is_accepted": request.POST.get("do") == "accept", "answer": request.POST.get("answer", "")}
    attempt(request, acts.answer_remark, "Réponse enregistrée : la liste la lit sur sa page.", **asked)
    return redirect("replies:corrections", found.window.campaign.slug, found.window.commune_id)


@require_http_methods(SHOW_OR_SEND)
def rights(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug)
    places = CampaignCommune.objects.for_user(request.user).filter(campaign=campaign)
    releases = {one.commune_id: one for one in Release.objects.public().filter(campaign=campaign, commune__in=places.values("commune"))}
    lists = list(campaign.lists().filter(commune__in=list(releases)).select_related("commune"))
    if request.method == "POST" and not any(can(request, "receive", campaign, code) for code in releases):
        raise PermissionDenied
    form = RecordedForm(request.POST or None, choices=lists_by_commune(lists, "Choisir une liste"))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        one = next(one for one in lists if str(one.pk) == data["candidate_list"])
        at = datetime.datetime.combine(data["received_on"], data["received_at"], ZoneInfo(one.commune.time_zone))
        facts = {name: data[name] for name in ("text", "signed_by", "capacity", "channel")}
        said = "Enregistré. Le délai court depuis sa réception."
        attempt(request, acts.reply_right, said, release=releases[one.commune_id], candidate_list=one, received_at=at, **facts)
        return redirect("replies:rights", slug)
    near = ("release__commune", "release__campaign__election", "candidate_list", "decided_by")
    rows = list(RightOfReply.objects.for_user(request.user).filter(release__campaign=campaign).select_related(*near).order_by("due_at", "pk"))
    silences = windows_in(campaign.election, {row.release.commune_id for row in rows})
    context = {
        "campaign": campaign, "form": form, "rows": [right_shown(row, silences[row.release.commune_id]) for row in rows],
        "words": WORDS, "has_releases": bool(releases),
        "can_receive": can(request, "receive", campaign), "can_publish": can(request, "publish", campaign),
    }  # fmt: skip
    return render(request, "replies/rights.html", context, status=422 if form.errors else 200)


def right_shown(row: RightOfReply, silences: list[SilenceWindow]) -> dict[str, object]:
    count = word_count(row.text)
    return {"right": row, "clock": clock_of(row, timezone.now(), silences), "words": count, "is_long": count > WORDS, "hidden": proposed(row)}


def proposed(row: RightOfReply) -> list[tuple[str, str, str]]:
    """What the machine would hide: (value of the box, the words, what they are)."""
    public = [row.candidate_list.head_name, row.candidate_list.name, row.signed_by]
    found = redaction.propose(row.text, public)
    return [(f"{one.start}-{one.end}-{one.kind}", row.text[one.start : one.end], Redaction.Kind(one.kind).label) for one in found]


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    near = ("release__commune", "release__campaign__collective", "release__campaign__election", "candidate_list")
    found = get_object_or_404(RightOfReply.objects.for_user(request.user).select_related(*near), pk=pk)
    if request.POST.get("do") == "publish":
        attempt(request, acts.publish_right, "Publié sur la page de la liste.", right=found, hidden=chosen(request))
    else:
        attempt(request, acts.decline_right, "Non publié. La liste lit la raison sur sa page.", right=found, reason=request.POST.get("reason", ""))
    return redirect("replies:rights", found.release.campaign.slug)


def chosen(request: HttpRequest) -> list[Hidden]:
    found = []
    for value in request.POST.getlist("hide"):
        start, _, rest = value.partition("-")
        end, _, kind = rest.partition("-")
        if start.isdecimal() and end.isdecimal() and kind in LABELS:
            found.append(Hidden(int(start), int(end), kind))
    return found
