"""Elections, their communes, and what is still to be done there."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plaidoyer.elections import acts
from plaidoyer.elections.acting import attempt, collective_for, collectives_for, sent
from plaidoyer.elections.forms import ElectionForm
from plaidoyer.elections.known import KNOWN
from plaidoyer.elections.models import Election
from plaidoyer.elections.overview import communes_with_counts, elections_with_counts, lists_without_contact
from plaidoyer.territories.models import Commune

PER_PAGE = 100


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    elections = list(elections_with_counts(request.user))
    standing = set(Election.objects.values_list("slug", flat=True))
    known = [(slug, facts["name"]) for slug, facts in KNOWN.items() if slug not in standing]
    facts = {"elections": elections, "known": known, "may_create": bool(collectives_for(request.user, "campaign"))}
    return render(request, "elections/home.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """By hand, or one of the general renewals whose dates we carry: ``?renouvellement=municipales-2026`` fills the form."""
    collective = collective_for(request.user, "campaign")
    slug = request.GET.get("renouvellement", "")
    form = ElectionForm(sent(request), initial=KNOWN.get(slug))
    if form.is_valid():
        facts = form.new_facts() | ({"slug": slug} if slug in KNOWN else {})
        if made := attempt(form, acts.create_election, actor=request.user, collective=collective, **facts):
            messages.success(request, f"« {made.name} » est créée. Importez maintenant ses listes, ou ajoutez-les une à une.")
            return redirect(made)
    return render(request, "elections/election_form.html", {"form": form, "election": None})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    election = get_object_or_404(Election.objects.for_user(request.user), slug=slug)
    collective = collective_for(request.user, "campaign")
    initial = {name: getattr(election, name) for name in ("name", "kind", "first_round_on", "second_round_on", "source")}
    form = ElectionForm(sent(request), initial=initial)
    del form.fields["kind"]
    if form.is_valid() and attempt(form, acts.edit_election, actor=request.user, collective=collective, election=election, **form.facts()):
        messages.success(request, "Les dates sont enregistrées.")
        return redirect(election)
    return render(request, "elections/election_form.html", {"form": form, "election": election})


@require_safe
def election(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Election.objects.for_user(request.user), slug=slug)
    words = request.GET.get("q", "").replace("\0", "").strip()[:120]
    communes = communes_with_counts(found, request.user)
    if words:
        communes = communes.filter(pk__in=list(Commune.objects.search(words).values_list("pk", flat=True)[:2000]))
    page = Paginator(communes, PER_PAGE).get_page(request.GET.get("page"))
    elsewhere = Commune.objects.search(words).exclude(pk__in=[one.pk for one in page])[:8] if words else []
    facts = {
        "election": found, "page": page, "words": words, "elsewhere": elsewhere,
        "may_write": bool(collectives_for(request.user, "lists")), "may_edit": bool(collectives_for(request.user, "campaign")),
    }  # fmt: skip
    return render(request, "elections/election.html", facts)


@require_safe
def without_contact(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Election.objects.for_user(request.user), slug=slug)
    page = Paginator(lists_without_contact(found, request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "elections/without_contact.html", {"election": found, "page": page})
