"""Make and change a campaign: its facts, its communes, its letter, its state."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from plaidoyer.accounts.models import Collective, Role
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns import letter as letters
from plaidoyer.campaigns import schedule
from plaidoyer.campaigns.acts import campaigns as acts
from plaidoyer.campaigns.acts.local import set_signatories
from plaidoyer.campaigns.forms import CampaignForm, CommunesForm, LetterForm, NewCampaignForm, SignatoryFormSet
from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.campaigns.views.lookups import campaign_for, place_for, tried
from plaidoyer.kit.templatetags.french import plural

SHOW_OR_SEND = ["GET", "HEAD", "POST"]
KEPT = "campaign-half-filled"  # in the session, while an election is made on the way


def coordinated(request: HttpRequest) -> list[int]:
    found = request.user.memberships.filter(is_active=True, role=Role.COORDINATOR).values_list("collective", flat=True)
    if not found:
        raise PermissionDenied("Seule la coordination d’un collectif crée une campagne. Adressez-vous à elle.")
    return list(found)


@require_http_methods(SHOW_OR_SEND)
def new(request: HttpRequest) -> HttpResponse:
    mine = Collective.objects.filter(pk__in=coordinated(request))
    form = NewCampaignForm(request.POST or None, collectives=mine, initial=half_filled(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = acts.create_campaign(
            actor=request.user,
            collective=told["collective"],
            election=told["election"],
            communes=told["communes"],
            organisations=told.get("organisations", ()),
            **form.facts(),
        )
        request.session.pop(KEPT, None)
        messages.success(request, "La campagne est créée. Écrivez maintenant les questions.")
        warn(request, made)
        return redirect("campaigns:questions", made.slug)
    return render(request, "campaigns/new.html", {"form": form, "has_elections": form.fields["election"].queryset.exists()})


def half_filled(request: HttpRequest) -> dict[str, object]:
    """What had been typed before an election was made on the way, read as the fields of the form read it."""
    typed = QueryDict(request.session.get(KEPT, "") if "reprise" in request.GET else "")
    fields = NewCampaignForm.base_fields.items()
    return {name: field.widget.value_from_datadict(typed, {}, name) for name, field in fields} if typed else {}


def warn(request: HttpRequest, campaign: Campaign) -> None:
    found = schedule.warnings(
        polling_on=campaign.election.first_round_on,
        deadline_on=campaign.deadline_on,
        publish_on=campaign.publish_on,
        today=timezone.localdate(),
    )
    for sentence in found:
        messages.warning(request, sentence)


@require_http_methods(SHOW_OR_SEND)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug, "campaign")
    form = CampaignForm(
        request.POST or None, instance=Campaign.objects.get(pk=campaign.pk), collectives=Collective.objects.filter(pk=campaign.collective_id)
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            changed = acts.edit_campaign(
                actor=request.user,
                campaign=campaign,
                organisations=told.get("organisations", ()),
                reason=told["reason"],
                election=told["election"],
                **form.facts(),
            )
        except ActRefusedError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, "La campagne est à jour.")
            warn(request, changed)
            return redirect(changed)
    return render(request, "campaigns/edit.html", {"form": form, "campaign": campaign, "tab": "edit"})


@require_http_methods(SHOW_OR_SEND)
def communes(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug, "campaign")
    form = CommunesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = len(acts.add_communes(actor=request.user, campaign=campaign, communes=form.cleaned_data["communes"]))
        messages.success(request, f"{plural(count, 'commune ajoutée,communes ajoutées')}." if count else "Ces communes y étaient déjà.")
        return redirect("campaigns:communes", campaign.slug)
    rows = campaign.communes.select_related("commune__departement")
    return render(request, "campaigns/communes.html", {"form": form, "campaign": campaign, "rows": rows, "tab": "campaign"})


@require_http_methods(SHOW_OR_SEND)
def remove_commune(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    place = place_for(request, slug, code, "campaign")
    back = reverse("campaigns:communes", args=[slug])
    if request.method == "POST":
        tried(request, f"{place.commune.name} n’est plus dans la campagne.", acts.remove_commune, campaign_commune=place)
        return redirect(back)
    page = {
        "title": f"Retirer {place.commune.name}",
        "submit": "Retirer la commune",
        "cancel": back,
        "crumbs": [(place.campaign, place.campaign.get_absolute_url())],
        "sentence": (
            "Son paragraphe local, ses questions propres et ses signataires seront effacés. Une commune où une lettre est partie ne se retire pas."
        ),
    }
    return render(request, "confirm.html", page)


@require_http_methods(SHOW_OR_SEND)
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """The common letter as it will be read, and its beginning and end to edit."""
    campaign = campaign_for(request, slug)
    form = LetterForm(request.POST or None, instance=Campaign.objects.get(pk=campaign.pk))
    if request.method == "POST":
        campaign_for(request, slug, "campaign")
        if form.is_valid():
            acts.edit_campaign(actor=request.user, campaign=campaign, organisations=campaign.organisations.all(), **form.cleaned_data)
            messages.success(request, "La lettre est enregistrée.")
            return redirect("campaigns:letter", slug)
    places = CampaignCommune.objects.for_user(request.user).filter(campaign=campaign).select_related("commune").order_by("commune__name")
    page = {"campaign": campaign, "form": form, "letter": letters.letter_to(campaign, None), "places": places, "tab": "letter"}
    return render(request, "campaigns/letter.html", page)


@require_http_methods(SHOW_OR_SEND)
def signatories(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """Common signatories, or a commune's own."""
    place = place_for(request, slug, code, "local") if code else None
    campaign = place.campaign if place else campaign_for(request, slug, "campaign")
    rows = campaign.signatories.filter(campaign_commune=place)
    forms = SignatoryFormSet(request.POST or None, initial=list(rows.values("name", "capacity", "organisation", "email")))
    if request.method == "POST" and forms.is_valid():
        kept = [
            {key: value for key, value in form.cleaned_data.items() if key != "DELETE"}
            for form in forms.forms
            if form.cleaned_data and not form.cleaned_data["DELETE"]
        ]
        set_signatories(actor=request.user, campaign=campaign, campaign_commune=place, people=kept)
        messages.success(request, "Les signataires sont enregistrés.")
        return redirect("campaigns:place", slug, code) if place else redirect("campaigns:letter", slug)
    return render(request, "campaigns/signatories.html", {"campaign": campaign, "place": place, "forms": forms, "tab": "letter"})


@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug, "campaign")
    tried(request, "La campagne est close. Tout reste lisible.", acts.close_campaign, campaign=campaign)
    return redirect(campaign)


@require_POST
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug, "campaign")
    tried(request, "La campagne est ouverte.", acts.reopen_campaign, campaign=campaign)
    return redirect(campaign)
