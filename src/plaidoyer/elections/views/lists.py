"""The lists of a commune: who stands, in what order, and how to write to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections import acts
from plaidoyer.elections.acting import attempt, collective_for, collectives_for, sent
from plaidoyer.elections.draw import ticket
from plaidoyer.elections.forms import ContactForm, ContestForm, DrawForm, ListForm, MergeForm, NewListForm
from plaidoyer.elections.models import CandidateList, Contact, Contest, Election, Standing
from plaidoyer.elections.silence import window_of
from plaidoyer.elections.transitions import may_become
from plaidoyer.territories.models import Commune


def place(request: HttpRequest, slug: str, insee: str) -> dict[str, Any]:
    """The election and the commune that every page here is about."""
    election = get_object_or_404(Election.objects.for_user(request.user), slug=slug)
    town = get_object_or_404(Commune.objects.select_related("departement"), pk=insee.upper())
    return {"election": election, "commune": town, "may_write": bool(collectives_for(request.user, "lists", town.pk))}


def at(facts: dict[str, Any]) -> str:
    return reverse("elections:commune", args=[facts["election"].slug, facts["commune"].pk])


@require_safe
def commune(request: HttpRequest, slug: str, insee: str) -> HttpResponse:
    facts = place(request, slug, insee)
    lists = facts["election"].lists.filter(commune=facts["commune"]).with_contacts_of(request.user).in_official_order()
    contests = list(facts["election"].contests.filter(commune=facts["commune"]).select_related("commune").order_by("body", "sector", "round"))
    standings = Standing.objects.filter(contest__in=contests).select_related("merged_into")
    facts |= {"ballots": ballots(contests, list(lists), list(standings)), "lists": lists}
    draw = facts["election"].draws.filter(commune=facts["commune"]).select_related("drawn_by").first()
    facts |= {"draw": draw, "unordered": [one for one in lists if one.panel is None], "silent": [one for one in lists if not one.contact_count]}
    return render(request, "elections/commune.html", facts)


def ballots(contests: list[Contest], lists: list[CandidateList], standings: list[Standing]) -> list[dict[str, Any]]:
    """Each contest with its window of silence and its lists in public order."""
    told = []
    for contest in contests:
        here = {one.candidate_list_id: one for one in standings if one.contest_id == contest.pk}
        rows = [(one, here[one.pk]) for one in lists if one.pk in here]
        told.append({"contest": contest, "window": window_of(contest), "rows": rows})
    return told


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str, insee: str) -> HttpResponse:
    facts = place(request, slug, insee)
    collective = collective_for(request.user, "lists", facts["commune"].pk)
    form = NewListForm(sent(request))
    if form.is_valid():
        where = {"election": facts["election"], "commune": facts["commune"]}
        if made := attempt(form, acts.register_list, actor=request.user, collective=collective, **where, **form.facts()):
            messages.success(request, f"« {made.name} » est ajoutée. Indiquez maintenant comment lui écrire.")
            return redirect("elections:list", slug, made.commune_id, made.slug)
    return render(request, "elections/list_form.html", facts | {"form": form, "cancel": at(facts), "list": None})


@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, slug: str, insee: str, pk: int) -> HttpResponse:
    """The day and the closing hour of one ballot: the period of silence follows them."""
    facts = place(request, slug, insee)
    collective = collective_for(request.user, "lists", facts["commune"].pk)
    found = get_object_or_404(facts["election"].contests.select_related("commune"), commune=facts["commune"], pk=pk)
    form = ContestForm(sent(request), initial={"polling_on": found.polling_on, "closes_at": found.closes_at})
    if form.is_valid() and attempt(form, acts.edit_contest, actor=request.user, collective=collective, contest=found, **form.cleaned_data):
        messages.success(request, "Le jour et l’heure sont enregistrés. La période de silence suit.")
        return redirect(at(facts))
    return render(request, "elections/contest.html", facts | {"form": form, "contest": found, "cancel": at(facts)})


def subject(request: HttpRequest, slug: str, insee: str, list_slug: str) -> dict[str, Any]:
    facts = place(request, slug, insee)
    found = get_object_or_404(CandidateList, election=facts["election"], commune=facts["commune"], slug=list_slug)
    return facts | {"list": found, "here": reverse("elections:list", args=[slug, found.commune_id, list_slug])}


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_list(request: HttpRequest, slug: str, insee: str, list_slug: str) -> HttpResponse:
    """The list and its contacts; POST adds a contact."""
    facts = subject(request, slug, insee, list_slug)
    allowed = collectives_for(request.user, "lists", facts["commune"].pk)
    form = ContactForm(sent(request), collectives=allowed)
    if request.method == "POST":
        collective = collective_for(request.user, "lists", facts["commune"].pk, request.POST.get("collectif", ""))
        given = {name: form.cleaned_data[name] for name in ("kind", "value", "source")} if form.is_valid() else {}
        if given and attempt(form, acts.add_contact, actor=request.user, collective=collective, candidate_list=facts["list"], **given):
            messages.success(request, "Le contact est ajouté.")
            return redirect(facts["here"])
    return render(request, "elections/list.html", facts | {"form": form} | around(request, facts["list"]))


def around(request: HttpRequest, found: CandidateList) -> dict[str, Any]:
    standings = found.standings.select_related("contest__commune", "merged_into").order_by("contest__round")
    return {
        "standings": [(one, [(state, Standing.State(state).label) for state in may_become(one)]) for one in standings],
        "contacts": Contact.objects.for_user(request.user).filter(candidate_list=found).select_related("collective", "entered_by"),
        "candidates": found.candidates.all(),
        "parents": found.merged_from.order_by("name", "pk"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, insee: str, list_slug: str) -> HttpResponse:
    facts = subject(request, slug, insee, list_slug)
    collective = collective_for(request.user, "lists", facts["commune"].pk)
    found = facts["list"]
    form = ListForm(sent(request), initial={name: getattr(found, name) for name in ListForm.base_fields})
    if form.is_valid() and attempt(form, acts.edit_list, actor=request.user, collective=collective, candidate_list=found, **form.facts()):
        messages.success(request, "La liste est enregistrée.")
        return redirect(facts["here"])
    return render(request, "elections/list_form.html", facts | {"form": form, "cancel": facts["here"]})


@require_POST
def move(request: HttpRequest, slug: str, insee: str, list_slug: str, pk: int) -> HttpResponse:
    facts = subject(request, slug, insee, list_slug)
    collective = collective_for(request.user, "lists", facts["commune"].pk)
    standing = get_object_or_404(facts["list"].standings.select_related("contest__commune", "contest__election", "candidate_list"), pk=pk)
    to = request.POST.get("to", "")
    try:
        acts.move_standing(actor=request.user, collective=collective, standing=standing, to=to)
        messages.success(request, f"Situation enregistrée : {Standing.State(to).label}.")
    except ActRefusedError as error:
        messages.error(request, str(error))
    return redirect(facts["here"])


@require_POST
def retire(request: HttpRequest, slug: str, insee: str, list_slug: str, pk: int) -> HttpResponse:
    facts = subject(request, slug, insee, list_slug)
    contact = get_object_or_404(Contact.objects.for_user(request.user).filter(candidate_list=facts["list"]).select_related("candidate_list"), pk=pk)
    try:
        acts.retire_contact(actor=request.user, collective=contact.collective, contact=contact)
        messages.success(request, "Ce contact n’est plus utilisé.")
    except ActRefusedError as error:
        messages.error(request, str(error))
    return redirect(facts["here"])


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, slug: str, insee: str) -> HttpResponse:
    facts = place(request, slug, insee)
    collective = collective_for(request.user, "lists", facts["commune"].pk)
    form = MergeForm(sent(request))
    form.fields["lists"].queryset = first_round_lists(facts)
    if form.is_valid():
        given = form.cleaned_data
        contest = given["lists"][0].standings.select_related("contest__commune", "contest__election").get(contest__round=1).contest
        if made := attempt(form, acts.merge_lists, actor=request.user, collective=collective, contest=contest, **given):
            messages.success(request, f"« {made.name} » est entrée au second tour. Ce que ses listes d’origine ont répondu reste sous leurs noms.")
            return redirect(at(facts))
    return render(request, "elections/merge.html", facts | {"form": form, "cancel": at(facts)})


def first_round_lists(facts: dict[str, Any]) -> Any:
    may_merge = [Standing.State.REGISTERED, Standing.State.MAINTAINED, Standing.State.NOT_QUALIFIED]
    found = CandidateList.objects.filter(election=facts["election"], commune=facts["commune"])
    return found.filter(standings__contest__round=1, standings__state__in=may_merge).in_official_order()


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, slug: str, insee: str) -> HttpResponse:
    """Every draw of the commune, each with what is needed to do it again; POST records a new one."""
    facts = place(request, slug, insee)
    form = DrawForm(sent(request))
    if request.method == "POST":
        collective = collective_for(request.user, "lists", facts["commune"].pk)
        where = {"election": facts["election"], "commune": facts["commune"]}
        if form.is_valid() and attempt(form, acts.record_draw, actor=request.user, collective=collective, **where, **form.cleaned_data):
            messages.success(request, "L’ordre est tiré au sort et gardé au journal.")
            return redirect("elections:draw", slug, facts["commune"].pk)
    return render(request, "elections/draw.html", facts | {"form": form, "draws": told_draws(facts)})


def told_draws(facts: dict[str, Any]) -> list[tuple[Any, list[dict[str, str]]]]:
    names = dict(facts["election"].lists.filter(commune=facts["commune"]).values_list("key", "name"))
    draws = facts["election"].draws.filter(commune=facts["commune"]).select_related("drawn_by")
    code = facts["commune"].pk
    return [(one, [{"key": key, "name": names.get(key, key), "ticket": ticket(one.seed, code, key)[:12]} for key in one.order]) for one in draws]
