"""The people of a collective, and the collective's own card. Here rather than in accounts: a role names communes."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plaidoyer.accounts import acts, mails
from plaidoyer.accounts.forms import CollectiveForm
from plaidoyer.accounts.models import Collective, Membership
from plaidoyer.accounts.permissions import may
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.forms import InviteForm, RoleForm
from plaidoyer.campaigns.views.lookups import collective_for, tried
from plaidoyer.territories.models import Commune

SHOW_OR_SEND = ["GET", "HEAD", "POST"]
log = logging.getLogger(__name__)


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    collective = collective_for(request, slug)
    roles = list(collective.memberships.select_related("user").prefetch_related("communes").order_by("-is_active", "user__full_name"))
    invitations = collective.invitations.open_at(timezone.now()).select_related("invited_by")
    names = dict(Commune.objects.filter(pk__in={row.commune_code for role in roles for row in role.communes.all()}).values_list("pk", "name"))
    for role in roles:
        role.places = sorted(names.get(row.commune_code, row.commune_code) for row in role.communes.all())
    page = {
        "collective": collective,
        "roles": roles,
        "invitations": invitations,
        "can_invite": may(request.user, "people", collective),
        "others": Collective.objects.for_user(request.user).exclude(pk=collective.pk),
        "place": "campaigns:people",
    }
    return render(request, "campaigns/people.html", page)


@require_http_methods(SHOW_OR_SEND)
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    collective = collective_for(request, slug, "people")
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made, token = acts.invite(
                actor=request.user, collective=collective, email=told["email"], role=told["role"], commune_codes=codes(told["communes"])
            )
        except ActRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(
                request,
                "campaigns/invited.html",
                {"collective": collective, "invitation": made, "link": mails.invitation_link(token), "was_sent": was_sent(made, token)},
            )
    return people_page(
        request,
        collective,
        form,
        "Inviter une personne",
        submit="Envoyer l’invitation",
        lead="Elle reçoit un courriel avec un lien, valable quatorze jours.",
    )


def was_sent(invitation: object, token: str) -> bool:
    """A mail that cannot leave is no reason to lose the invitation: its link is shown, to be handed over."""
    try:
        mails.invitation(invitation, token).send()
    except OSError:
        log.warning("invitation %s could not be mailed", invitation.pk, exc_info=True)
        return False
    return True


def codes(communes: list[Commune]) -> list[str]:
    return [commune.pk for commune in communes]


def people_page(request: HttpRequest, collective: Collective, form: object, title: str, **more: object) -> HttpResponse:
    back = reverse("campaigns:people", args=[collective.slug])
    return render(request, "form_page.html", {"form": form, "title": title, "cancel": back, "crumbs": [("Personnes", back)], **more})


def membership_for(request: HttpRequest, slug: str, pk: int) -> Membership:
    collective = collective_for(request, slug, "people")
    return get_object_or_404(collective.memberships.select_related("user", "collective").prefetch_related("communes"), pk=pk)


@require_http_methods(SHOW_OR_SEND)
def role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    member = membership_for(request, slug, pk)
    form = RoleForm(request.POST or None, initial={"role": member.role, "communes": [row.commune_code for row in member.communes.all()]})
    if request.method == "POST" and form.is_valid():
        given = {"membership": member, "role": form.cleaned_data["role"], "commune_codes": codes(form.cleaned_data["communes"])}
        if tried(request, f"Le rôle de {member.user.full_name} est enregistré.", acts.change_role, **given):
            return redirect("campaigns:people", slug)
    return people_page(request, member.collective, form, f"Rôle de {member.user.full_name}")


@require_http_methods(SHOW_OR_SEND)
def suspend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    member = membership_for(request, slug, pk)
    back = reverse("campaigns:people", args=[slug])
    if request.method == "POST":
        tried(request, f"{member.user.full_name} n’a plus accès à ce collectif.", acts.suspend, membership=member)
        return redirect(back)
    page = {
        "title": f"Suspendre l’accès de {member.user.full_name}",
        "submit": "Suspendre",
        "cancel": back,
        "crumbs": [("Personnes", back)],
        "sentence": "Cette personne ne verra plus rien de ce collectif. Son nom reste à côté de ce qu’elle a fait. Vous pourrez rouvrir son accès.",
    }
    return render(request, "confirm.html", page)


@require_POST
def restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    member = membership_for(request, slug, pk)
    tried(request, f"{member.user.full_name} a de nouveau accès.", acts.restore, membership=member)
    return redirect("campaigns:people", slug)


@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    collective = collective_for(request, slug, "people")
    invitation = get_object_or_404(collective.invitations, pk=pk)
    tried(request, "L’invitation est annulée : son lien ne sert plus.", acts.revoke_invitation, invitation=invitation)
    return redirect("campaigns:people", slug)


@require_http_methods(SHOW_OR_SEND)
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asks, as the public site says it."""
    collective = collective_for(request, slug, "people")
    names = "\n".join(collective.organisations.order_by("collectivemember__position").values_list("name", flat=True))
    form = CollectiveForm(request.POST or None, instance=Collective.objects.get(pk=collective.pk), initial={"organisation_names": names})
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in form.Meta.fields}
        acts.edit_collective(actor=request.user, collective=collective, facts=facts, organisations=form.cleaned_data["organisation_names"])
        messages.success(request, "La présentation du collectif est à jour.")
        return redirect("campaigns:people", slug)
    return people_page(request, collective, form, "Présentation du collectif")
