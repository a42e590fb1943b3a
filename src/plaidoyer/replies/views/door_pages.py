"""For the collective: which list has its address, which has opened it, which has answered; an address revoked, renewed, shown as a specimen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plaidoyer.accounts.permissions import require
from plaidoyer.campaigns.acts import links as acts
from plaidoyer.campaigns.forms import ReasonForm
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.elections.models import CandidateList, CandidateListQuerySet
from plaidoyer.replies.door.forms import DoorForm, who_of
from plaidoyer.replies.door.showing import page_facts
from plaidoyer.replies.models import DoorDraft, DoorSending
from plaidoyer.replies.questionnaire import asked_in
from plaidoyer.replies.views.finding import attempt, campaign_for, can

PER_PAGE = 100


def lists_seen(request: HttpRequest, campaign: Campaign) -> CandidateListQuerySet:
    seen = CampaignCommune.objects.for_user(request.user).filter(campaign=campaign).values("commune")
    return campaign.lists().filter(commune__in=seen).select_related("commune")


@require_safe
def pages(request: HttpRequest, slug: str) -> HttpResponse:
    """One line for each list; the words of a draft are the list's own, and are not shown here."""
    campaign = campaign_for(request, slug)
    links = Prefetch("reply_links", queryset=ReplyLink.objects.filter(campaign=campaign), to_attr="known_links")
    sendings = Prefetch("door_sendings", queryset=DoorSending.objects.filter(campaign=campaign).select_related("reply"), to_attr="known_sendings")
    lists = lists_seen(request, campaign)
    ordered = lists.order_by("commune__name", "panel", "draw_position", "name").prefetch_related(links, sendings)
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    lacking = lists.still_standing().exclude(pk__in=ReplyLink.objects.live().filter(campaign=campaign).values("candidate_list")).count()
    context = {"campaign": campaign, "page": page, "query": "", "lacking": lacking, "can_send": can(request, "send", campaign)}
    return render(request, "replies/door/pages.html", context)


@require_POST
def prepare(request: HttpRequest, slug: str) -> HttpResponse:
    """Before printing: an address for every list that has none. A mailing makes them by itself."""
    campaign = campaign_for(request, slug)
    lists = campaign.lists().still_standing()
    attempt(request, acts.open_links, "Chaque liste a son adresse : elle est dans sa lettre.", campaign=campaign, lists=lists)
    return redirect("pages:pages", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    sentence = "Cette adresse n’ouvrira plus rien, et les pages ouvertes avec elle se fermeront. Ce que la liste a enregistré et envoyé reste."
    return ended(request, slug, pk, acts.revoke_link, "Révoquer l’adresse de réponse", sentence, "L’adresse est révoquée.")


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    sentence = (
        "Une nouvelle adresse remplace l’ancienne, qui n’ouvrira plus rien. Elle sera dans la lettre de cette liste, à imprimer ou à renvoyer, et "
        "dans les relances. Le brouillon et les envois de la liste restent."
    )
    done = "La nouvelle adresse est en service. Elle est dans la lettre de cette liste : imprimez-la, ou envoyez-la de nouveau."
    return ended(request, slug, pk, acts.renew_link, "Renouveler l’adresse de réponse", sentence, done)


def ended(request: HttpRequest, slug: str, pk: int, act: Callable[..., Any], title: str, sentence: str, done: str) -> HttpResponse:
    campaign = campaign_for(request, slug)
    found = ReplyLink.objects.for_user(request.user).select_related("campaign__collective", "candidate_list__commune")
    link = get_object_or_404(found, campaign=campaign, pk=pk)
    require(request.user, "send", campaign.collective)
    form = ReasonForm(request.POST or None, help_text="Elle reste au journal du collectif.")
    if request.method == "POST" and form.is_valid():
        attempt(request, act, done, link=link, reason=form.cleaned_data["reason"])
        return redirect("pages:pages", slug)
    page = {
        "title": f"{title} de « {link.candidate_list.name} »", "sentence": sentence, "form": form, "submit": title,
        "cancel": request.path.rsplit("/", 3)[0] + "/", "crumbs": [(campaign.name, campaign.get_absolute_url())],
    }  # fmt: skip
    return render(request, "confirm.html", page, status=422 if form.errors else 200)


@require_safe
def specimen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The page as this list will see it, before anybody has the address: nothing of what the list has written."""
    campaign = campaign_for(request, slug)
    one: CandidateList = get_object_or_404(lists_seen(request, campaign), pk=pk)
    link, draft = ReplyLink(campaign=campaign, candidate_list=one), DoorDraft(campaign=campaign, candidate_list=one)
    questions = asked_in(campaign, one.commune)
    form = DoorForm(initial=who_of(draft), questions=questions)
    nothing = {
        "draft": draft,
        "files": [],
        "sendings": [],
        "last": None,
        "others": [],
        "orphans": [],
        "files_said": [],
        "voice": "",
        "is_specimen": True,
    }
    return render(request, "replies/door/page.html", {**page_facts(link, form, questions), **nothing})
