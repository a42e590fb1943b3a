"""One commune of a campaign: its lists and what was sent to each, and what is its own in the letter."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns import letter as letters
from plaidoyer.campaigns.acts import local as acts
from plaidoyer.campaigns.acts.questions import word_locally
from plaidoyer.campaigns.forms import AttachmentForm, ParagraphForm, WordingForm
from plaidoyer.campaigns.models import Attachment, CampaignCommune, Solicitation
from plaidoyer.campaigns.views.lookups import campaign_for, place_for, tried

SHOW_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
def place(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    found = place_for(request, slug, code)
    campaign = found.campaign
    mine = Solicitation.objects.filter(campaign=campaign).order_by("sent_at")
    lists = (
        found.lists()
        .prefetch_related(Prefetch("solicitations", queryset=mine, to_attr="sent"), "replies")
        .annotate(contact_count=Count("contacts", filter=Q(contacts__collective=campaign.collective_id, contacts__is_active=True), distinct=True))
    )
    for one in lists:
        one.received = [reply for reply in one.replies.all() if reply.campaign_id == campaign.pk and reply.state != "set-aside"]
    page = {
        "campaign": campaign,
        "place": found,
        "lists": lists,
        "letter": letters.letter_to(campaign, found),
        "deadline": campaign.deadline_in(found.commune),
        "entries": JournalEntry.objects.filter(collective=campaign.collective, commune_code=code)[:8],
        "tab": "campaign",
    }
    return render(request, "campaigns/place.html", page)


@require_safe
def letter(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The letter of one commune, to print or to copy; ``?texte=1`` gives it as plain text."""
    found = place_for(request, slug, code)
    composed = letters.letter_to(found.campaign, found)
    if request.GET.get("texte"):
        response = HttpResponse(letters.as_plain_text(composed), content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="lettre-{slug}-{code}.txt"'
        return response
    return render(request, "campaigns/place_letter.html", {"campaign": found.campaign, "place": found, "letter": composed, "tab": "letter"})


@require_http_methods(SHOW_OR_SEND)
def paragraph(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    found = place_for(request, slug, code, "local")
    form = ParagraphForm(request.POST or None, initial={"introduction": found.introduction})
    if request.method == "POST" and form.is_valid():
        tried(request, "Le paragraphe est enregistré.", acts.edit_paragraph, campaign_commune=found, introduction=form.cleaned_data["introduction"])
        return redirect("campaigns:place", slug, code)
    return local_page(request, found, form, f"Paragraphe local, {found.commune.name}")


def local_page(request: HttpRequest, found: CampaignCommune, form: object, title: str, **more: object) -> HttpResponse:
    cancel = reverse("campaigns:place", args=[found.campaign.slug, found.commune_id])
    crumbs = [(found.campaign, found.campaign.get_absolute_url()), (found.commune.name, cancel)]
    return render(request, "form_page.html", {"form": form, "title": title, "cancel": cancel, "crumbs": crumbs, **more})


@require_http_methods(SHOW_OR_SEND)
def wording(request: HttpRequest, slug: str, code: str, pk: int) -> HttpResponse:
    found = place_for(request, slug, code, "local")
    question = get_object_or_404(found.campaign.latest_questionnaire().questions.filter(campaign_commune=None, parent=None), pk=pk)
    current = found.wordings.filter(question=question).values_list("text", flat=True).first() or ""
    form = WordingForm(request.POST or None, initial={"text": current or question.text})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        tried(
            request,
            "La formulation est enregistrée.",
            word_locally,
            question=question,
            campaign_commune=found,
            text="" if text == question.text else text,
        )
        return redirect("campaigns:place", slug, code)
    return local_page(request, found, form, f"Question {question.number} à {found.commune.name}", lead=f"Formulation commune : {question.text}")


@require_http_methods(SHOW_OR_SEND)
def attach(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    found = place_for(request, slug, code, "local") if code else None
    campaign = found.campaign if found else campaign_for(request, slug, "campaign")
    form = AttachmentForm(request.POST or None, request.FILES or None)
    back = reverse("campaigns:place", args=[slug, code]) if found else reverse("campaigns:letter", args=[slug])
    if request.method == "POST" and form.is_valid():
        try:
            acts.add_attachment(
                actor=request.user, campaign=campaign, campaign_commune=found, title=form.cleaned_data["title"], file=form.cleaned_data["file"]
            )
        except ActRefusedError as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "La pièce est jointe à la lettre.")
            return redirect(back)
    return render(
        request,
        "form_page.html",
        {
            "form": form,
            "title": "Joindre une pièce à la lettre",
            "submit": "Joindre",
            "cancel": back,
            "crumbs": [(campaign, campaign.get_absolute_url())],
        },
    )


def attachment_for(request: HttpRequest, slug: str, pk: int) -> Attachment:
    campaign = campaign_for(request, slug)
    found = get_object_or_404(Attachment.objects.select_related("campaign__collective", "campaign_commune"), campaign=campaign, pk=pk)
    if found.campaign_commune:
        get_object_or_404(CampaignCommune.objects.for_user(request.user), pk=found.campaign_commune_id)
    return found


@require_safe
def attachment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Always as a download: what people upload is never shown inside our pages."""
    found = attachment_for(request, slug, pk)
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.file.name.rsplit("/", 1)[-1], content_type="application/octet-stream"
    )


@require_POST
def detach(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = attachment_for(request, slug, pk)
    back = redirect("campaigns:place", slug, found.campaign_commune.commune_id) if found.campaign_commune else redirect("campaigns:letter", slug)
    tried(request, "La pièce est retirée.", acts.remove_attachment, attachment=found)
    return back
