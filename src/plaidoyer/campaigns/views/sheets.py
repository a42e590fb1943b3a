"""The figures of a commune, typed; those of all communes, from a table."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts import sheets as acts
from plaidoyer.campaigns.figure_table import KNOWN, LABELS, plan_figures
from plaidoyer.campaigns.forms import FigureFormSet, FigureTableForm
from plaidoyer.campaigns.models import Campaign
from plaidoyer.campaigns.views.lookups import campaign_for, place_for, tried
from plaidoyer.kit.downloads import csv_download
from plaidoyer.kit.tables import TableRefusedError, read_table

SHOW_OR_SAVE = ["GET", "HEAD", "POST"]


@require_http_methods(SHOW_OR_SAVE)
def figures(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = place_for(request, slug, code, "local")
    standing = list(place.figures.values("label", "value", "dated", "source"))
    forms = FigureFormSet(request.POST or None, initial=standing)
    if request.method == "POST" and forms.is_valid():
        kept = [form.figure() for form in forms.forms if form.cleaned_data and not form.cleaned_data["DELETE"]]
        tried(request, "Les chiffres sont enregistrés.", acts.set_figures, campaign_commune=place, figures=kept)
        return redirect("campaigns:place", slug, code)
    page = {
        "campaign": place.campaign,
        "place": place,
        "forms": forms,
        "standing": standing,
        "are_quoted": code in acts.quoted_communes(place.campaign),
        "tab": "letter",
    }
    return render(request, "campaigns/figures.html", page)


@require_http_methods(SHOW_OR_SAVE)
def all_figures(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug, "campaign")
    form = FigureTableForm(request.POST or None, request.FILES or None)
    rejects = []
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan_figures(read_table(form.cleaned_data["file"].read(), KNOWN), campaign)
            rejects = plan.rejects
            if plan.count:
                acts.import_figures(actor=request.user, campaign=campaign, sheets=plan.sheets)
                messages.success(request, f"{plan.count} chiffres de {len(plan.sheets)} communes sont enregistrés.")
        except (TableRefusedError, ActRefusedError) as refusal:
            form.add_error("file", str(refusal))
    return render(
        request, "campaigns/all_figures.html", {"campaign": campaign, "places": placed(campaign), "form": form, "rejects": rejects, "tab": "letter"}
    )


def placed(campaign: Campaign) -> list[object]:
    return list(campaign.communes.select_related("commune").prefetch_related("figures").order_by("commune__name"))


@require_safe
def table_model(request: HttpRequest, slug: str) -> HttpResponse:
    """A table to fill: a line per commune and per figure already known, or one empty line for each commune."""
    campaign = campaign_for(request, slug, "campaign")
    rows = [
        [place.commune_id, one.label, one.value, one.dated, one.source]
        for place in placed(campaign)
        for one in [*place.figures.all()] or [acts.CommuneFigure()]
    ]
    return csv_download(["Code INSEE", *list(LABELS.values())[1:]], rows, f"chiffres-{slug}.csv")
