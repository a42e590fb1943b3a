"""Importing lists from the browser: send, match the columns, look, decide."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plaidoyer.accounts.permissions import may
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections import acts
from plaidoyer.elections.acting import attempt, collective_for, collectives_for, sent
from plaidoyer.elections.forms import ColumnsForm, UploadForm
from plaidoyer.elections.models import Election, ListFile
from plaidoyer.kit.downloads import REJECT_COLUMNS, csv_download, xlsx_download
from plaidoyer.kit.tables import LARGEST_FILE

COMMUNES_SHOWN, CHANGES_SHOWN, REJECTS_SHOWN, SAMPLE = 200, 100, 50, 3


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    election = get_object_or_404(Election.objects.for_user(request.user), slug=slug)
    collective = collective_for(request.user, "lists", wanted=request.POST.get("collectif", ""))
    form = UploadForm(sent(request), request.FILES or None, collectives=collectives_for(request.user, "lists"))
    if form.is_valid():
        file_sent = form.cleaned_data["file"]
        if file_sent.size > LARGEST_FILE:
            form.add_error(
                "file", "Ce fichier dépasse 30 Mo. Importez-le par la commande « plaidoyer import-lists », ou découpez-le par département."
            )
        else:
            given = {"number": int(form.cleaned_data["number"]), "departements": form.cleaned_data["departements"]}
            facts = {"actor": request.user, "collective": collective, "election": election, "name": file_sent.name, "content": file_sent.read()}
            if made := attempt(form, acts.receive_list_file, **facts, **given):
                return redirect("elections:columns" if made.kind == ListFile.Kind.TABLE else "elections:file", made.pk)
    waiting = ListFile.objects.for_user(request.user).filter(election=election).select_related("received_by")[:20]
    return render(request, "elections/upload.html", {"election": election, "form": form, "files": waiting})


def mine(request: HttpRequest, pk: int) -> ListFile:
    return get_object_or_404(ListFile.objects.for_user(request.user).select_related("election", "collective"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column of a volunteer's table is what."""
    found = mine(request, pk)
    if found.kind != ListFile.Kind.TABLE or found.state != ListFile.State.RECEIVED:
        raise Http404
    table = acts.table_of(found)
    initial = {
        "default_source": found.default_source,
        "are_registered": found.are_registered,
        "default_commune": found.columns.get("default_commune"),
    }
    form = ColumnsForm(sent(request), columns=table.columns, matched=found.columns, initial=initial)
    if form.is_valid() and attempt(form, acts.match_columns, actor=request.user, list_file=found, **form.facts()):
        return redirect("elections:file", found.pk)
    facts = {"file": found, "form": form, "table": table, "sample": [row.cells[: len(table.columns)] for row in table.rows[:SAMPLE]]}
    return render(request, "elections/columns.html", facts)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the import would change, before anything does."""
    found = mine(request, pk)
    report = acts.preview_list_file(actor=request.user, list_file=found) if found.state == ListFile.State.RECEIVED else None
    facts = {"file": found, "report": report, "may_write": may(request.user, "lists", found.collective)}
    if report:
        moving = [(code, one) for code, one in report.tallies.items() if one.moves]
        facts |= {"tallies": moving[:COMMUNES_SHOWN], "more_communes": max(0, len(moving) - COMMUNES_SHOWN)}
        facts |= {"changes": report.details[:CHANGES_SHOWN], "more_changes": max(0, report.total.moves - CHANGES_SHOWN)}
        facts |= {"rejects": report.rejects[:REJECTS_SHOWN], "more_rejects": max(0, report.reject_count - REJECTS_SHOWN)}
    return render(request, "elections/file.html", facts)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    found = mine(request, pk)
    try:
        report = acts.apply_list_file(actor=request.user, list_file=found)
        messages.success(request, f"Importé : {report.sentence()}.")
    except ActRefusedError as error:
        messages.error(request, str(error))
    return redirect(found.election)


@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    found = mine(request, pk)
    try:
        acts.abandon_list_file(actor=request.user, list_file=found)
        messages.success(request, "Le fichier est abandonné. Rien n’a été importé.")
    except ActRefusedError as error:
        messages.error(request, str(error))
    return redirect("elections:upload", found.election.slug)


@require_safe
def rejects(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The lines that the import refuses, with line, column, value and reason."""
    found = mine(request, pk)
    rows = [reject.cells() for reject in acts.preview_list_file(actor=request.user, list_file=found).rejects]
    name = f"rejets-{found.election.slug}-{found.pk}"
    return csv_download(REJECT_COLUMNS, rows, name) if kind == "csv" else xlsx_download(REJECT_COLUMNS, rows, name, "Rejets")
