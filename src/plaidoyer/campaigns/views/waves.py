"""Sending: what a wave would do, the wave, its progress; rehearsal or real; reminders to come."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts import plans
from plaidoyer.campaigns.acts.waves import send_wave
from plaidoyer.campaigns.fairness import inequalities
from plaidoyer.campaigns.forms import ReasonForm
from plaidoyer.campaigns.letter_forms import MomentForm, PlanForm, RealForm, WaveForm
from plaidoyer.campaigns.letter_models import LetterKind, SendingPlan, Wave
from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.campaigns.sending_rules import account_of, by_mail, objected, plan_of, suggested_reminders, waiting_lists
from plaidoyer.campaigns.views.lookups import campaign_for, tried
from plaidoyer.mailbox.models import MailAccount

SHOW_OR_SEND = ["GET", "HEAD", "POST"]
KINDS = {"lettre": LetterKind.LETTER, "relance": LetterKind.REMINDER}
ROWS = 100
REAL_SENTENCE = (
    "Jusqu’ici, tout message revenait à la personne qui envoyait. Après ce pas, les messages iront aux listes, "
    "et ce qui est parti ne se rappelle pas."
)
SHOWN = 40


@require_safe
def sending(request: HttpRequest, slug: str) -> HttpResponse:
    """Where sending stands: rehearsal or real, what waits, what was sent, what is planned."""
    campaign = campaign_for(request, slug)
    plan = plan_of(campaign)
    page = {
        "campaign": campaign,
        "plan": plan,
        "account": account_of(plan),
        "tab": "sending",
        "moment_form": MomentForm(),
        "letters": counts(campaign, LetterKind.LETTER),
        "reminders": counts(campaign, LetterKind.REMINDER),
        "objections": campaign.objections.count(),
        "waves": campaign.waves.select_related("asked_by")[:SHOWN],
        "suggested": suggested_reminders(campaign, timezone.now()),
    }
    return render(request, "campaigns/letters/sending.html", page)


def counts(campaign: Campaign, kind: str) -> dict[str, int]:
    waiting = waiting_lists(campaign, kind)
    total, reachable = waiting.count(), by_mail(waiting, campaign).count()
    return {"waiting": total, "reachable": reachable, "unreachable": total - reachable}


@require_http_methods(SHOW_OR_SEND)
def prepare(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Look at what is unequal, then send. Twice the same press sends once: nobody waits any more."""
    campaign = campaign_for(request, slug, "send")
    plan, of_kind = plan_of(campaign), KINDS.get(kind, LetterKind.LETTER)
    form = WaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = send_wave(actor=request.user, campaign=campaign, kind=of_kind, reason=form.cleaned_data["reason"])
        except ActRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            for said in sent.unreached[:10]:
                messages.warning(request, said)
            return redirect("campaigns:wave", slug, sent.wave.pk)
    chosen = by_mail(waiting_lists(campaign, of_kind), campaign).select_related("commune")
    unequal = [] if plan.is_rehearsal else inequalities(campaign, chosen, kind=of_kind, channel="email", sent_at=timezone.now())
    page = {
        "campaign": campaign,
        "plan": plan,
        "account": account_of(plan),
        "form": form,
        "kind": kind,
        "unequal": unequal[:SHOWN],
        "more": max(len(unequal) - SHOWN, 0),
        "counts": counts(campaign, of_kind),
        "objected": len(objected(campaign)),
        "questionnaire": campaign.latest_questionnaire(),
        "tab": "sending",
    }
    return render(request, "campaigns/letters/prepare.html", page)


@require_http_methods(SHOW_OR_SEND)
def real(request: HttpRequest, slug: str) -> HttpResponse:
    """The second step: the words are typed."""
    campaign = campaign_for(request, slug, "send")
    form = RealForm(request.POST or None)
    back = reverse("campaigns:waves", args=[slug])
    if request.method == "POST" and form.is_valid():
        try:
            plans.switch_to_real(actor=request.user, campaign=campaign, typed=form.cleaned_data["typed"])
        except ActRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "L’envoi réel est ouvert : les prochains messages iront aux listes.")
            return redirect(back)
    waiting = counts(campaign, LetterKind.LETTER)
    page = {
        "form": form,
        "title": "Passer à l’envoi réel",
        "submit": "Passer à l’envoi réel",
        "cancel": back,
        "crumbs": [(campaign, campaign.get_absolute_url()), ("Envois", back)],
        "sentence": REAL_SENTENCE,
        "points": [
            f"{waiting['waiting']} listes attendent la lettre, dont {waiting['reachable']} avec une adresse électronique.",
            "Rien ne part encore : vous préparerez l’envoi à l’étape suivante.",
        ],
    }
    return render(request, "confirm.html", page)


@require_POST
def rehearsal(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug, "send")
    tried(request, "La campagne est de nouveau en répétition.", plans.back_to_rehearsal, campaign=campaign)
    return redirect("campaigns:waves", slug)


@require_http_methods(SHOW_OR_SEND)
def settle(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug, "send")
    accounts = MailAccount.objects.active().filter(collective=campaign.collective)
    form = PlanForm(request.POST or None, accounts=accounts, instance=SendingPlan.objects.filter(campaign=campaign).first())
    back = reverse("campaigns:waves", args=[slug])
    if request.method == "POST" and form.is_valid():
        tried(request, "Les réglages sont enregistrés.", plans.settle_plan, campaign=campaign, **form.cleaned_data)
        return redirect(back)
    page = {"form": form, "title": "Réglages des envois", "cancel": back, "crumbs": [(campaign, campaign.get_absolute_url()), ("Envois", back)]}
    return render(request, "form_page.html", page)


@require_POST
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug, "send")
    form = MomentForm(request.POST)
    if form.is_valid():
        tried(request, "La relance est prévue.", plans.plan_reminder, campaign=campaign, planned_at=form.moment())
    else:
        messages.error(request, "Choisissez un jour et une heure.")
    return redirect("campaigns:waves", slug)


@require_safe
def wave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """How far it is, letter by letter. A person of a commune sees her commune's."""
    campaign = campaign_for(request, slug)
    found = get_object_or_404(Wave.objects.for_user(request.user).select_related("template", "questionnaire", "asked_by"), pk=pk, campaign=campaign)
    seen = CampaignCommune.objects.for_user(request.user).filter(campaign=campaign).values("commune")
    rows = found.dispatches.filter(candidate_list__commune__in=seen).select_related("candidate_list__commune", "contact")
    states: dict[str, int] = {}
    for delivery in rows.order_by().values_list("delivery", flat=True):
        states[delivery] = states.get(delivery, 0) + 1
    labels = dict(found.dispatches.model._meta.get_field("delivery").flatchoices)
    total, left = sum(states.values()), sum(states.get(state, 0) for state in ("queued", "claimed", "handing", "deferred"))
    page = {
        "campaign": campaign,
        "wave": found,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "total": total,
        "gone": total - left,
        "left": left,
        "states": [(labels[state], count, state) for state, count in sorted(states.items())],
        "query": "",
        "uncertain": states.get("uncertain", 0),
        "tab": "sending",
    }
    return render(request, "campaigns/letters/wave.html", page)


@require_POST
def refresh(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask the mailbox for its news now, without waiting for the next round."""
    campaign = campaign_for(request, slug, "send")
    found = get_object_or_404(Wave.objects.for_user(request.user), pk=pk, campaign=campaign)
    moved = plans.pull_deliveries(actor=request.user, wave=found)
    messages.success(request, f"{moved} lettre(s) dont l’état a changé." if moved else "Rien de nouveau.")
    return redirect("campaigns:wave", slug, pk)


@require_http_methods(SHOW_OR_SEND)
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    campaign = campaign_for(request, slug, "send")
    found = get_object_or_404(Wave.objects.for_user(request.user).select_related("campaign__collective"), pk=pk, campaign=campaign)
    form = ReasonForm(request.POST or None)
    back = reverse("campaigns:waves", args=[slug])
    if request.method == "POST" and form.is_valid():
        tried(request, "C’est annulé.", plans.cancel_wave, wave=found, reason=form.cleaned_data["reason"])
        return redirect(back)
    page = {
        "form": form,
        "title": f"Annuler : {found}",
        "submit": "Annuler cet envoi",
        "cancel": back,
        "crumbs": [(campaign, campaign.get_absolute_url()), ("Envois", back)],
        "sentence": "Ce qui est déjà parti reste parti. Ce qui attend encore ne partira pas, et la raison restera au registre.",
    }
    return render(request, "confirm.html", page)
