"""The public page of equal treatment: what each list of a commune was sent, and the reason of each difference. Frozen by an act, only read here."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from plaidoyer.campaigns.letter_models import LedgerSnapshot
from plaidoyer.kit.downloads import csv_text
from plaidoyer.publication import visibility
from plaidoyer.publication.responses import data, download, is_twin, page, shown
from plaidoyer.replies.models import Release

COLUMNS = [
    "panneau", "liste", "lettre envoyée le", "voie", "aboutie", "empreinte du texte", "version des questions", "relances", "délai",
    "délai rouvert parce que", "rencontres", "écarts et raisons",
]  # fmt: skip


def latest(release: Release) -> LedgerSnapshot:
    """Shown with the answers of the commune, never before: reminders would tell who has answered."""
    found = LedgerSnapshot.objects.filter(campaign=release.campaign, commune=release.commune).first()
    if found is None:
        raise Http404("Le registre d’égalité de cette commune n’est pas publié.")
    return found


@page
def ledger(request: HttpRequest, slug: str, code: str, commune: str) -> HttpResponse:
    release = visibility.release(slug, code)
    if commune != release.facts["commune"]["slug"]:
        name = request.resolver_match.view_name if request.resolver_match else "publication:ledger"
        return HttpResponsePermanentRedirect(reverse(name, args=[slug, code, release.facts["commune"]["slug"]]))
    snapshot = latest(release)
    if is_twin(request):
        return data(request, snapshot.facts | {"published_at": snapshot.taken_at.isoformat(), "sha256": snapshot.sha256})
    facts = {"facts": release.facts, "snapshot": snapshot, "ledger": snapshot.facts, "by_list": reasons(snapshot.facts)}
    return shown(request, "publication/ledger.html", facts)


@page
def ledger_csv(request: HttpRequest, slug: str, code: str, commune: str) -> HttpResponse:
    release = visibility.release(slug, code)
    if commune != release.facts["commune"]["slug"]:
        return HttpResponsePermanentRedirect(reverse("publication:ledger_csv", args=[slug, code, release.facts["commune"]["slug"]]))
    snapshot = latest(release)
    return download(request, csv_text(COLUMNS, rows(snapshot.facts)), "text/csv", f"egalite-{slug}-{code}.csv")


def reasons(facts: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """The differences, by the key of the list that they are about."""
    found: dict[str, list[dict[str, str]]] = {}
    for one in facts["differences"]:
        found.setdefault(one["code"].split(":", 1)[1], []).append(one)
    return found


def rows(facts: dict[str, Any]) -> list[list[str]]:
    by_list = reasons(facts)
    return [row(one, by_list.get(one["key"], [])) for one in facts["lists"]]


def row(one: dict[str, Any], differences: list[dict[str, str]]) -> list[str]:
    letter = one["letter"] or {"on": "", "channel": "", "reached": None, "text_sha256": "", "questions_version": ""}
    return [
        str(one["panel"] or ""), one["name"], letter["on"], letter["channel"], {True: "oui", False: "non", None: ""}[letter["reached"]],
        letter["text_sha256"], str(letter["questions_version"]), ", ".join(sent["on"] for sent in one["reminders"]), one["deadline"],
        one["reopened_because"], ", ".join(f"{met['on']} ({met['state']})" for met in one["meetings"]),
        " / ".join(f"{said['sentence']} {said['reason']}" for said in differences),
    ]  # fmt: skip
