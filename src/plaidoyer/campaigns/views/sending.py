"""The ledger of what was sent, and the page where a sending is entered: choose, look at what is unequal, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts import sending as acts
from plaidoyer.campaigns.fairness import inequalities, to_remind
from plaidoyer.campaigns.forms import FailedForm, ReasonForm, SendingForm
from plaidoyer.campaigns.models import Campaign, CampaignCommune, Solicitation
from plaidoyer.campaigns.views.lookups import campaign_for, solicitation_for, tried
from plaidoyer.elections.models import CandidateList
from plaidoyer.kit.templatetags.french import plural

SHOW_OR_SEND = ["GET", "HEAD", "POST"]
ROWS = 100


@require_safe
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug)
    seen = CampaignCommune.objects.for_user(request.user).filter(campaign=campaign).values("commune")
    rows = (
        campaign.solicitations.filter(candidate_list__commune__in=seen)
        .select_related("candidate_list__commune", "entered_by", "questionnaire")
        .order_by("-sent_at", "candidate_list__commune__name", "pk")
    )
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "campaigns/ledger.html", {"campaign": campaign, "page": page, "query": "", "tab": "sending"})


@require_http_methods(SHOW_OR_SEND)
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """One commune by ``?commune=``, or all. « Vérifier » shows what is unequal; « Inscrire » writes."""
    campaign = campaign_for(request, slug, "send")
    kind = request.POST.get("kind") or request.GET.get("nature") or first_kind(campaign)
    offered = offered_lists(campaign, kind, request.GET.get("commune", ""))
    form = SendingForm(request.POST or None, initial={"kind": kind, "sent_on": timezone.localdate(), "channel": "email", "outcome": "sent"})
    ticked = [one for one in offered if str(one.pk) in request.POST.getlist("lists")] if request.method == "POST" else list(offered)
    unequal: list[str] | None = None
    if request.method == "POST" and form.is_valid():
        told = {"kind": kind, "channel": form.cleaned_data["channel"], "sent_at": form.moment()}
        if "record" in request.POST and recorded(request, campaign, ticked, form, told):
            return redirect("campaigns:ledger", slug)
        unequal = inequalities(campaign, ticked, **told)
    page = {
        "campaign": campaign,
        "form": form,
        "offered": offered,
        "ticked": {one.pk for one in ticked},
        "ticked_count": len(ticked),
        "unequal": unequal,
        "kind": kind,
        "tab": "sending",
    }
    return render(
        request, "campaigns/record.html", page | {"questionnaire": campaign.latest_questionnaire(), "commune": request.GET.get("commune", "")}
    )


def recorded(request: HttpRequest, campaign: Campaign, ticked: list[CandidateList], form: SendingForm, told: dict[str, object]) -> bool:
    try:
        made = acts.record_sent(
            actor=request.user, campaign=campaign, lists=ticked, outcome=form.cleaned_data["outcome"], note=form.cleaned_data["note"], **told
        )
    except ActRefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"{plural(len(made), 'envoi inscrit,envois inscrits')}.")
    return True


def first_kind(campaign: Campaign) -> str:
    """A letter while some lists wait for one, then reminders."""
    waits = campaign.lists().exclude(solicitations__campaign=campaign).exists()
    return Solicitation.Kind.LETTER if waits or not campaign.solicitations.exists() else Solicitation.Kind.REMINDER


def offered_lists(campaign: Campaign, kind: str, commune: str) -> QuerySet[CandidateList]:
    """For a letter: lists that have none yet. For a reminder: lists that were written to and have not answered."""
    lists = campaign.lists().select_related("commune").order_by("commune__name", "panel", "draw_position", "name")
    if commune:
        lists = lists.filter(commune=commune)
    if kind == Solicitation.Kind.LETTER:
        return lists.exclude(pk__in=campaign.solicitations.filter(kind=Solicitation.Kind.LETTER).values("candidate_list"))
    return lists.filter(pk__in=to_remind(campaign))


@require_http_methods(SHOW_OR_SEND)
def failed(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = solicitation_for(request, slug, pk)
    form = FailedForm(request.POST or None)
    back = reverse("campaigns:ledger", args=[slug])
    if request.method == "POST" and form.is_valid():
        tried(request, "L’envoi est inscrit comme non abouti.", acts.mark_failed, solicitation=row, note=form.cleaned_data["note"])
        return redirect(back)
    page = {
        "form": form,
        "title": f"Envoi non abouti : {row.candidate_list.name}",
        "submit": "Inscrire",
        "cancel": back,
        "crumbs": [(row.campaign, row.campaign.get_absolute_url()), ("Envois", back)],
    }
    return render(
        request, "form_page.html", page | {"lead": "Une sollicitation qui n’aboutit pas n’est ni un silence ni un refus : la page publique le dira."}
    )


@require_http_methods(SHOW_OR_SEND)
def strike(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = solicitation_for(request, slug, pk)
    form = ReasonForm(request.POST or None)
    back = reverse("campaigns:ledger", args=[slug])
    if request.method == "POST" and form.is_valid():
        tried(
            request, "La ligne est rayée. Le journal garde qu’elle a existé.", acts.strike_out, solicitation=row, reason=form.cleaned_data["reason"]
        )
        return redirect(back)
    page = {
        "form": form,
        "title": "Rayer un envoi inscrit par erreur",
        "submit": "Rayer",
        "cancel": back,
        "crumbs": [(row.campaign, row.campaign.get_absolute_url()), ("Envois", back)],
        "sentence": (
            f"{row.get_kind_display().capitalize()} à « {row.candidate_list.name} » ({row.candidate_list.commune.name}), "
            f"{timezone.localtime(row.sent_at):%d/%m/%Y}. Le journal gardera l’inscription et sa rature."
        ),
    }
    return render(request, "confirm.html", page)
