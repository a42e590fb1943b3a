"""An election made on the way to a campaign: what was typed about the campaign waits in the session, and is there on the way back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from plaidoyer.accounts.models import Collective
from plaidoyer.campaigns.views.settings import KEPT, coordinated
from plaidoyer.elections.acting import attempt, sent
from plaidoyer.elections.acts import create_election
from plaidoyer.elections.forms import ElectionForm
from plaidoyer.elections.known import KNOWN
from plaidoyer.elections.models import Election


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Keep the half-filled form of the campaign as it is, mistakes included, and go and make the election."""
    coordinated(request)
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    request.session[KEPT] = typed.urlencode()
    return redirect("campaigns:new-election")


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    mine = coordinated(request)
    typed = QueryDict(request.session.get(KEPT, ""), mutable=True)
    slug = request.GET.get("renouvellement", "")
    form = ElectionForm(sent(request), initial=KNOWN.get(slug))
    if form.is_valid() and (made := create(request, form, slug, in_the_name_of(mine, typed.get("collective", "")))):
        typed["election"] = str(made.pk)
        request.session[KEPT] = typed.urlencode()
        messages.success(request, f"« {made.name} » est inscrite. Reprenez votre campagne : ce que vous aviez tapé est là.")
        return redirect(back())
    return render(request, "campaigns/new_election.html", {"form": form, "back": back(), "known": not_yet(), "chosen": slug})


def back() -> str:
    return f"{reverse('campaigns:new')}?reprise=1"


def in_the_name_of(mine: list[int], wanted: str) -> Collective:
    return Collective.objects.get(pk=next((pk for pk in mine if str(pk) == wanted), mine[0]))


def create(request: HttpRequest, form: forms.Form, slug: str, collective: Collective) -> Election | None:
    facts: dict[str, Any] = form.new_facts() | ({"slug": slug} if slug in KNOWN else {})
    return attempt(form, create_election, actor=request.user, collective=collective, **facts)


def not_yet() -> list[tuple[str, str]]:
    """The general renewals whose dates we carry, and that nobody has added."""
    standing = set(Election.objects.values_list("slug", flat=True))
    return [(slug, facts["name"]) for slug, facts in KNOWN.items() if slug not in standing]
