"""Doors: signing in and out, first start, invitations, one's own account.

The people and the journal of a collective are in campaigns: they name communes, which this room does not know.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from plaidoyer.accounts import acts, attempts, first_start
from plaidoyer.accounts.forms import ChosenPasswordForm, FirstStartForm, ForgottenForm, NameForm, OwnPasswordForm, SignInForm, WelcomeForm
from plaidoyer.accounts.models import Invitation, User
from plaidoyer.accounts.refusals import ActRefusedError

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    onward = where_to(request)
    if request.user.is_authenticated:
        return redirect(onward)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST":
        key = attempts.key_of(request.POST.get("username", "").strip(), attempts.address_of(request))
        if form.is_valid():
            attempts.forget(attempts.SIGN_IN, key)
            login(request, form.get_user())
            return redirect(onward)
        attempts.note(attempts.SIGN_IN, key)
    return render(request, "accounts/sign_in.html", {"form": form, "next": request.GET.get("next", ""), "is_first_start": first_start.is_due()})


def where_to(request: HttpRequest) -> str:
    """Only inside this site: a link in a forged mail must not send a volunteer elsewhere after signing in."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "Vous êtes déconnecté(e).")
    return redirect(settings.LOGOUT_REDIRECT_URL)


@login_not_required
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """First start, for whoever holds the one-time secret that lies on the machine."""
    if not first_start.opens(token):
        raise Http404
    form = FirstStartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        user = acts.open_house(
            actor=None,
            collective_name=told["collective_name"],
            full_name=told["full_name"],
            email=told["email"],
            password=told["password"],
        )
        first_start.close()
        login(request, user, BACKEND)
        messages.success(request, "Votre installation est prête. Créez maintenant votre première campagne.")
        return redirect("campaigns:home")
    return render(request, "accounts/first_start.html", {"form": form})


@login_not_required
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    waiting = Invitation.objects.open_at(timezone.now()).filter(token_hash=acts.hash_of(token)).select_related("collective", "invited_by").first()
    if waiting is None:
        return render(request, "accounts/invitation_over.html", status=404)
    me = request.user if request.user.is_authenticated else None
    has_account = me is None and User.objects.filter(email__iexact=waiting.email).exists()
    form = None if me or has_account else WelcomeForm(request.POST or None)
    if request.method == "POST" and not has_account and (form is None or form.is_valid()):
        return welcome(request, waiting, me, form.cleaned_data if form else {})
    return render(request, "accounts/invitation.html", {"waiting": waiting, "form": form, "has_account": has_account, "me": me})


def welcome(request: HttpRequest, waiting: Invitation, me: User | None, told: dict[str, str]) -> HttpResponse:
    try:
        user = acts.accept_invitation(actor=me, invitation=waiting, full_name=told.get("full_name", ""), password=told.get("password", ""))
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    if me is None:
        login(request, user, BACKEND)
    messages.success(request, f"Bienvenue dans « {waiting.collective} ».")
    return redirect("campaigns:home")


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST or None, initial={"full_name": request.user.full_name})
    if request.method == "POST" and form.is_valid():
        acts.rename(actor=request.user, full_name=form.cleaned_data["full_name"])
        messages.success(request, "Votre nom est enregistré.")
        return redirect("accounts:me")
    roles = request.user.memberships.filter(is_active=True).select_related("collective").prefetch_related("communes")
    return render(request, "accounts/me.html", {"form": form, "roles": roles})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = acts.change_password(actor=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        messages.success(request, "Votre mot de passe est changé. Les autres appareils sont déconnectés.")
        return redirect("accounts:me")
    page = {
        "form": form,
        "title": "Changer de mot de passe",
        "submit": "Changer",
        "cancel": reverse("accounts:me"),
        "crumbs": [("Mon compte", reverse("accounts:me"))],
    }
    return render(request, "form_page.html", page)


# Django's own views for a forgotten password: their handling of the link (kept out of the address bar, used once) is better than ours would be.


class Forgotten(auth_views.PasswordResetView):
    http_method_names = ("get", "head", "post", "options")  # Django's own view also takes PUT
    template_name = "accounts/forgotten.html"
    form_class = ForgottenForm
    email_template_name = "accounts/forgotten_mail.txt"
    subject_template_name = "accounts/forgotten_subject.txt"
    success_url = reverse_lazy("accounts:forgotten-sent")
    extra_email_context = {"site_url": settings.SITE_URL}  # noqa: RUF012

    def form_valid(self, form: ForgottenForm) -> HttpResponse:
        """Says the same whether the address is known or not, and writes only so many times to one address."""
        key = attempts.key_of(form.cleaned_data["email"])
        if attempts.too_many(attempts.RESET, key, attempts.RESET_LIMIT):
            return redirect(self.success_url)
        attempts.note(attempts.RESET, key)
        return super().form_valid(form)


class ForgottenSent(auth_views.PasswordResetDoneView):
    template_name = "accounts/forgotten_sent.html"


@method_decorator(login_not_required, name="dispatch")
class NewPassword(auth_views.PasswordResetConfirmView):
    template_name = "accounts/new_password.html"
    form_class = ChosenPasswordForm
    success_url = reverse_lazy("accounts:login")

    def form_valid(self, form: ChosenPasswordForm) -> HttpResponse:
        acts.change_password(actor=self.user, password=form.cleaned_data["new_password1"])
        del self.request.session[auth_views.INTERNAL_RESET_SESSION_TOKEN]
        messages.success(self.request, "Votre mot de passe est changé. Vous pouvez vous connecter.")
        return redirect(self.success_url)
