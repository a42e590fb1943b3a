"""Settings of the mailboxes. A password is typed, sealed, and never shown again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.mailbox import acts
from plaidoyer.mailbox.forms import AccountForm
from plaidoyer.mailbox.models import MailAccount
from plaidoyer.mailbox.views.lookups import account_for, coordinated


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    coordinated(request)
    mine = MailAccount.objects.for_user(request.user).select_related("collective").order_by("-is_active", "pk")
    return render(request, "mailbox/accounts.html", {"accounts": mine, "tab": "accounts"})


@sensitive_post_parameters("smtp_password", "imap_password")
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, collectives=coordinated(request))
    if request.method == "POST" and form.is_valid() and (made := saved(request, form, None)):
        return redirect("mailbox:account", made.pk)
    return render(request, "mailbox/account.html", {"form": form, "account": None, "tab": "accounts"})


@sensitive_post_parameters("smtp_password", "imap_password")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    found = account_for(request, pk)
    form = AccountForm(request.POST or None, instance=found, collectives=[found.collective])
    if request.method == "POST" and form.is_valid() and saved(request, form, account_for(request, pk)):
        return redirect("mailbox:account", pk)
    return render(request, "mailbox/account.html", {"form": form, "account": account_for(request, pk), "tab": "accounts"})


def saved(request: HttpRequest, form: AccountForm, found: MailAccount | None) -> MailAccount | None:
    try:
        made = acts.save_account(
            actor=request.user, collective=form.cleaned_data["collective"], account=found, facts=form.facts(),
            smtp_password=form.cleaned_data["smtp_password"], imap_password=form.cleaned_data["imap_password"],
        )  # fmt: skip
    except ActRefusedError as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, "Les réglages sont enregistrés. Essayez-les avant d’envoyer.")
    return made


@require_POST
def try_account(request: HttpRequest, pk: int) -> HttpResponse:
    found = account_for(request, pk)
    tried = acts.test_account(actor=request.user, account=found)
    (messages.success if tried.sends else messages.error)(request, tried.sending)
    (messages.success if tried.receives else messages.error)(request, tried.receiving)
    return redirect("mailbox:account", pk)
