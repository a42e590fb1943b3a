"""What leaves: each sending with its progress, what a person must decide, what the relay said."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.mailbox import acts
from plaidoyer.mailbox.models import OutgoingMessage
from plaidoyer.mailbox.views.lookups import account_for, chosen_account

State = OutgoingMessage.State
ROWS, SENDINGS = 25, 20
FILTERS = [
    ("", "tous", ()),
    ("en-file", "en file", OutgoingMessage.ON_THE_WAY),
    ("envoyes", "envoyés", (State.ACCEPTED,)),
    ("revenus", "refusés ou revenus", (State.REFUSED, State.BOUNCED, State.SOFT_BOUNCED, State.FAULTY)),
    ("arretes", "arrêtés", (State.CANCELLED, State.OBJECTED, State.EXPIRED)),
]


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    account, accounts = chosen_account(request)
    if account is None:
        return render(request, "mailbox/outbox.html", {"account": None, "tab": "outbox"})
    only, batch = request.GET.get("etat", ""), request.GET.get("envoi", "")
    states = next((states for key, _, states in FILTERS if key == only), ())
    rows = account.outgoing.filter(**({"state__in": states} if states else {}), **({"batch": batch} if batch else {}))
    paused = list(account.pauses.active())
    page = {
        "account": account, "accounts": accounts, "tab": "outbox", "filters": FILTERS, "only": only, "batch": batch,
        "whole_pause": next((one for one in paused if not one.batch), None), "paused": {one.batch for one in paused},
        "sendings": account.outgoing.by_batch()[:SENDINGS], "uncertain": account.outgoing.uncertain().order_by("changed_at", "pk")[:ROWS],
        "page": Paginator(rows.defer("payload").order_by("-changed_at", "-pk"), ROWS).get_page(request.GET.get("page")),
        "query": urlencode({"compte": account.pk, "etat": only, "envoi": batch}) + "&",
    }  # fmt: skip
    return render(request, "mailbox/outbox.html", page)


def back_to(pk: int) -> HttpResponse:
    return redirect(f"{reverse('mailbox:outbox')}?{urlencode({'compte': pk})}")


@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_for(request, pk)
    acts.pause(actor=request.user, account=account, batch=request.POST.get("batch", "")[:120], reason=request.POST.get("reason", "")[:300])
    messages.success(request, "Les envois sont en pause. Rien ne part tant que vous ne les reprenez pas.")
    return back_to(pk)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_for(request, pk)
    acts.resume(actor=request.user, account=account, batch=request.POST.get("batch", "")[:120])
    messages.success(request, "Les envois reprennent.")
    return back_to(pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(OutgoingMessage.objects.for_user(request.user).select_related("account__collective"), pk=pk)
    choice = request.POST.get("choice")
    if choice not in {"sent", "again"}:
        messages.error(request, "Choisissez : tenir le message pour envoyé, ou l’envoyer de nouveau.")
        return back_to(message.account_id)
    try:
        acts.decide_uncertain(actor=request.user, message=message, was_sent=choice == "sent")
        messages.success(request, "C’est noté, avec votre nom." if choice == "sent" else "Le message est remis en file.")
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))
    return back_to(message.account_id)
