"""What came in: sorted by the machine, whole, with what should be looked at. Attaching a letter to a list is for the room of replies."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.mailbox import acts
from plaidoyer.mailbox.forms import DropForm
from plaidoyer.mailbox.models import IncomingMessage, Kind
from plaidoyer.mailbox.outlook import is_outlook
from plaidoyer.mailbox.views.lookups import chosen_account, coordinated

ROWS = 50
FILTERS = [
    ("", "courrier", (Kind.REPLY, Kind.UNREADABLE, Kind.UNSORTED)),
    ("automatiques", "réponses automatiques", (Kind.AUTO_REPLY,)),
    ("retours", "avis de non-remise", (Kind.BOUNCE,)),
    ("indesirables", "indésirables", (Kind.SPAM,)),
    ("tout", "tout", tuple(Kind)),
]


def found(request: HttpRequest, pk: int) -> IncomingMessage:
    mine = IncomingMessage.objects.for_user(request.user)
    return get_object_or_404(mine.select_related("collective", "account", "answers", "duplicate_of", "handled_by", "entered_by"), pk=pk)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    account, accounts = chosen_account(request)
    only = request.GET.get("nature", "")
    kinds = next((kinds for key, _, kinds in FILTERS if key == only), FILTERS[0][2])
    rows = IncomingMessage.objects.for_user(request.user).filter(kind__in=kinds).select_related("answers", "collective")
    page = {
        "account": account, "accounts": accounts, "tab": "inbox", "filters": FILTERS, "only": only, "form": DropForm(coordinated(request)),
        "page": Paginator(rows.order_by("-received_at", "-pk"), ROWS).get_page(request.GET.get("page")), "query": urlencode({"nature": only}) + "&",
    }  # fmt: skip
    return render(request, "mailbox/inbox.html", page)


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    form = DropForm(coordinated(request), request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("mailbox:inbox")
    try:
        row, is_new = acts.drop(actor=request.user, collective=form.cleaned_data["collective"], data=form.cleaned_data["file"].read())
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("mailbox:inbox")
    messages.success(request, "Le message est enregistré, tel qu’il est." if is_new else "Ce message était déjà là : rien n’a été ajouté.")
    return redirect("mailbox:message", row.pk)


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "mailbox/message.html", {"message": found(request, pk), "tab": "inbox"})


@require_safe
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came, as a file to keep: never shown by the browser, since a stranger wrote them."""
    row = found(request, pk)
    suffix = "msg" if is_outlook(row.raw.open().read(8)) else "eml"
    answer = FileResponse(row.raw.open(), as_attachment=True, filename=f"message-{row.pk}.{suffix}", content_type="application/octet-stream")
    answer["Content-Security-Policy"] = "sandbox"
    return answer


@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request, pk)
    try:
        acts.set_aside(actor=request.user, message=row, note=request.POST.get("note", "").strip()[:500])
        messages.success(request, "Le message est mis de côté. Il reste entier, et peut être repris.")
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("mailbox:message", pk)


@require_POST
def take_up_again(request: HttpRequest, pk: int) -> HttpResponse:
    acts.take_up_again(actor=request.user, message=found(request, pk))
    messages.success(request, "Le message est de nouveau à traiter.")
    return redirect("mailbox:message", pk)
