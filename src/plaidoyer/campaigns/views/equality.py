"""The ledger of equal treatment at the desk: commune by commune, what differs, and the reasons that people give."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts import exceptions
from plaidoyer.campaigns.acts.ledgers import publish_ledger
from plaidoyer.campaigns.equality import ledger_of
from plaidoyer.campaigns.forms import ReasonForm
from plaidoyer.campaigns.letter_forms import ReopenForm
from plaidoyer.campaigns.views.lookups import place_for, tried

SHOW_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
def ledger(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = place_for(request, slug, code)
    return render(
        request, "campaigns/letters/equality.html", {"campaign": place.campaign, "place": place, "ledger": ledger_of(place), "tab": "campaign"}
    )


@require_POST
def publish(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = place_for(request, slug, code, "publish")
    tried(request, "Le registre public est à jour.", publish_ledger, campaign_commune=place)
    return redirect("campaigns:equality", slug, code)


@require_http_methods(SHOW_OR_SEND)
def explain(request: HttpRequest, slug: str, code: str, difference: str) -> HttpResponse:
    place = place_for(request, slug, code, "send")
    found = next((one for one in ledger_of(place).differences if one.code == difference), None)
    if found is None:
        raise Http404
    form = ReasonForm(request.POST or None, initial={"reason": found.reason}, help_text="Elle est publique, à côté de l’écart.")
    back = reverse("campaigns:equality", args=[slug, code])
    if request.method == "POST" and form.is_valid():
        told = {"campaign_commune": place, "code": found.code, "sentence": found.sentence, "reason": form.cleaned_data["reason"]}
        tried(request, "La raison est inscrite.", exceptions.explain, **told)
        return redirect(back)
    page = {"form": form, "title": "Expliquer un écart", "lead": found.sentence, "cancel": back, "crumbs": crumbs(place, back)}
    return render(request, "form_page.html", page)


@require_http_methods(SHOW_OR_SEND)
def reopen(request: HttpRequest, slug: str, code: str, pk: int) -> HttpResponse:
    place = place_for(request, slug, code, "send")
    one = get_object_or_404(place.lists(), pk=pk)
    form = ReopenForm(request.POST or None)
    back = reverse("campaigns:equality", args=[slug, code])
    if request.method == "POST" and form.is_valid():
        try:
            told = {"candidate_list": one, "until": form.moment(), "reason": form.cleaned_data["reason"]}
            exceptions.reopen_for_one(actor=request.user, campaign=place.campaign, **told)
        except ActRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Le délai est rouvert pour cette liste.")
            return redirect(back)
    lead = "Les autres listes gardent le leur. La raison paraîtra dans le registre public."
    page = {
        "form": form,
        "title": f"Rouvrir le délai : {one.name}",
        "lead": lead,
        "submit": "Rouvrir le délai",
        "cancel": back,
        "crumbs": crumbs(place, back),
    }
    return render(request, "form_page.html", page)


def crumbs(place: object, back: str) -> list[tuple[object, str]]:
    return [(place.campaign, place.campaign.get_absolute_url()), (place.commune.name, back)]  # type: ignore[attr-defined]
