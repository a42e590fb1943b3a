"""Three ways in: files, a pasted text, a letter on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from plaidoyer.accounts.permissions import membership
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import CandidateList
from plaidoyer.replies import acts, original_store
from plaidoyer.replies.acts import Received
from plaidoyer.replies.forms import FilesForm, PaperForm, ReceptionForm, TextForm
from plaidoyer.replies.views.finding import attempt, campaign_for, can, reply_for

FORMS: dict[str, type[ReceptionForm]] = {"fichiers": FilesForm, "texte": TextForm, "papier": PaperForm}
TITLES = {"fichiers": "Déposer des fichiers", "texte": "Coller un texte", "papier": "Noter une lettre sur papier"}


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, slug: str, way: str) -> HttpResponse:
    campaign = campaign_for(request, slug)
    if not can(request, "receive", campaign):
        raise PermissionDenied("Votre rôle ne permet pas d’entrer une réponse. Adressez-vous à la coordination du collectif.")
    lists = lists_for(request, campaign)
    named = {"candidate_list": request.GET.get("liste")}
    form = FORMS[way](request.POST or None, request.FILES or None, lists=lists, initial=named)
    if request.method == "POST" and form.is_valid():
        try:
            return after(request, campaign, enter(request, campaign, way, form))
        except ActRefusedError as refusal:
            form.add_error(None, str(refusal))
    ways = [(name, title, reverse("replies:receive", args=[campaign.slug, name])) for name, title in TITLES.items()]
    context = {"campaign": campaign, "form": form, "way": way, "ways": ways, "title": TITLES[way]}
    return render(request, "replies/receive.html", context, status=422 if form.errors else 200)


def lists_for(request: HttpRequest, campaign: Campaign) -> list[CandidateList]:
    role = membership(request.user, campaign.collective)
    codes = role.commune_codes() if role else []
    found = campaign.lists().select_related("commune")
    return list(found if codes is None else found.filter(commune__in=codes))


def enter(request: HttpRequest, campaign: Campaign, way: str, form: ReceptionForm) -> list[Received]:
    asked: dict[str, Any] = {"actor": request.user, "campaign": campaign, **form.asked()}
    if way == "texte":
        return [acts.receive_text(text=form.cleaned_data["text"], **asked)]
    if way == "papier":
        return [acts.receive_typed(text=form.cleaned_data["text"], **asked)]
    files = [(one.name, one.read()) for one in form.cleaned_data["files"]]
    if form.cleaned_data["each"] == "one":
        return [acts.receive(files=files, **asked)]
    return [acts.receive(files=[one], **(asked | {"candidate_list": None})) for one in files]


def after(request: HttpRequest, campaign: Campaign, received: list[Received]) -> HttpResponse:
    for one in received:
        tell(request, one)
    first = received[0].reply
    address = reverse("replies:tray", args=[campaign.slug]) if len(received) > 1 else first.get_absolute_url()
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"address": address})
    return redirect(address)


def tell(request: HttpRequest, received: Received) -> None:
    known = ", ".join(f"« {one.name} »" for one in received.already)
    if not received.is_new:
        messages.warning(request, f"Déjà reçu : {known}. Rien n’a été ajouté ; voici la réponse qui existe.")
    elif received.already:
        messages.warning(request, f"Déjà reçu : {known}. La pièce n’est gardée qu’une fois, et sert aussi à cette réponse.")
    elif received.reply.is_awaiting_scan:
        messages.success(request, "Courrier noté. Ajoutez la numérisation quand vous l’aurez.")
    else:
        messages.success(request, "Réponse reçue, gardée telle quelle, et lue par la machine.")


@require_POST
def add_part(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    files = [(one.name, one.read()) for one in request.FILES.getlist("files")]
    if request.POST.get("text", "").strip():
        files.append((original_store.TYPED, request.POST["text"].encode()))
    done = attempt(request, acts.add_part, reply=reply, files=files)
    if done and not done.is_new:
        messages.warning(request, "Ces pièces sont déjà dans cette réponse : rien n’a été ajouté.")
    elif done:
        messages.success(request, "Pièce ajoutée et lue par la machine.")
    return redirect(reply)
