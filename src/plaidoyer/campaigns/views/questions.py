"""The questions: add, order, paste, lock by sending, and change only by a new version."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plaidoyer.campaigns import letter as letters
from plaidoyer.campaigns.acts import questions as acts
from plaidoyer.campaigns.forms import PartForm, PasteForm, QuestionForm, ReasonForm
from plaidoyer.campaigns.models import CampaignCommune, Question, Questionnaire
from plaidoyer.campaigns.views.lookups import campaign_for, place_for, question_for, tried
from plaidoyer.kit.templatetags.french import plural

SHOW_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug)
    versions = list(campaign.questionnaires.order_by("-version"))
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.version) == wanted), versions[0])
    places = CampaignCommune.objects.for_user(request.user).filter(campaign=campaign)
    page = {
        "campaign": campaign,
        "questionnaire": shown,
        "versions": versions,
        "asked": letters.asked_in(shown, None),
        "extra": shown.questions.filter(campaign_commune__in=places, parent=None)
        .select_related("campaign_commune__commune")
        .order_by("campaign_commune__commune__name", "number"),
        "can_write": campaign.desk_rights["campaign"] and not shown.locked_at and shown == versions[0],
        "in_force": next((one for one in versions if one.locked_at), versions[-1]),
        "tab": "questions",
    }
    return render(request, "campaigns/questions.html", page)


def after(question_or_questionnaire: Question | Questionnaire) -> HttpResponse:
    """Back to where the question stands: the campaign's questions, or its commune's page."""
    place = getattr(question_or_questionnaire, "campaign_commune", None)
    questionnaire = getattr(question_or_questionnaire, "questionnaire", question_or_questionnaire)
    if place:
        return redirect("campaigns:place", questionnaire.campaign.slug, place.commune_id)
    return redirect("campaigns:questions", questionnaire.campaign.slug)


@require_http_methods(SHOW_OR_SEND)
def add(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """A common question, or one of a commune's own."""
    place = place_for(request, slug, code, "local") if code else None
    campaign = place.campaign if place else campaign_for(request, slug, "campaign")
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"questionnaire": campaign.latest_questionnaire(), "campaign_commune": place, **form.cleaned_data}
        tried(request, "La question est ajoutée.", acts.add_question, **given)
        return redirect("campaigns:place", slug, code) if place else redirect("campaigns:questions", slug)
    title = f"Question propre à {place.commune.name}" if place else "Ajouter une question"
    return form_page(
        request, campaign, form, title, reverse("campaigns:place", args=[slug, code]) if place else reverse("campaigns:questions", args=[slug])
    )


def form_page(request: HttpRequest, campaign: object, form: object, title: str, cancel: str, **more: object) -> HttpResponse:
    crumbs = [(campaign, reverse("campaigns:campaign", args=[campaign.slug])), ("Questions", reverse("campaigns:questions", args=[campaign.slug]))]
    return render(request, "form_page.html", {"form": form, "title": title, "cancel": cancel, "crumbs": crumbs, **more})


@require_http_methods(SHOW_OR_SEND)
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    question = question_for(request, slug, pk)
    form = (
        PartForm(request.POST or None, initial={"text": question.text})
        if question.parent
        else QuestionForm(request.POST or None, instance=Question.objects.get(pk=pk))
    )
    if request.method == "POST" and form.is_valid():
        facts = {"text": form.cleaned_data["text"], "title": form.cleaned_data["text"][:120]} if question.parent else form.cleaned_data
        tried(request, "La question est enregistrée.", acts.edit_question, question=question, **facts)
        return after(question)
    return form_page(request, question.questionnaire.campaign, form, f"Modifier la question {question.number}", after(question).url)


@require_http_methods(SHOW_OR_SEND)
def add_part(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    parent = question_for(request, slug, pk)
    form = PartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        tried(
            request,
            "La sous-question est ajoutée.",
            acts.add_question,
            questionnaire=parent.questionnaire,
            parent=parent,
            title=text[:120],
            text=text,
        )
        return after(parent)
    return form_page(request, parent.questionnaire.campaign, form, f"Sous-question de « {parent.title} »", after(parent).url)


@require_POST
def move(request: HttpRequest, slug: str, pk: int, by: int) -> HttpResponse:
    question = question_for(request, slug, pk)
    tried(request, "", acts.move_question, question=question, by=by)
    return redirect(f"{after(question).url}#q{question.pk}")


@require_POST
def up(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return move(request, slug, pk, -1)


@require_POST
def down(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return move(request, slug, pk, +1)


@require_POST
def place(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Where a question was dropped: ``rank`` counts from 1."""
    question, rank = question_for(request, slug, pk), request.POST.get("rank", "")
    if rank.isdecimal() and len(rank) < 4:
        tried(request, "", acts.place_question, question=question, rank=int(rank))
    else:
        messages.error(request, "Le rang voulu n’est pas un nombre : rien n’a bougé.")
    return redirect(f"{after(question).url}#q{question.pk}")


@require_http_methods(SHOW_OR_SEND)
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    question = question_for(request, slug, pk)
    back = after(question)
    if request.method == "POST":
        tried(request, "La question est retirée.", acts.remove_question, question=question)
        return back
    sentence = (
        f"« {question.title} » sera retirée, avec ses sous-questions et ses formulations locales. Les questions suivantes avanceront d’un rang."
    )
    page = {
        "title": "Retirer une question",
        "sentence": sentence,
        "submit": "Retirer",
        "cancel": back.url,
        "crumbs": [(question.questionnaire.campaign, question.questionnaire.campaign.get_absolute_url())],
    }
    return render(request, "confirm.html", page)


@require_http_methods(SHOW_OR_SEND)
def paste(request: HttpRequest, slug: str) -> HttpResponse:
    """Paste, look at what was understood, then keep it: two gestures, the second one writes."""
    campaign = campaign_for(request, slug, "campaign")
    form = PasteForm(request.POST or None)
    found = form.questions() if request.method == "POST" and form.is_valid() else ()
    if found and "keep" in request.POST:
        tried(
            request,
            f"{plural(len(found), 'question ajoutée,questions ajoutées')}. Relisez les titres courts.",
            acts.import_questions,
            questionnaire=campaign.latest_questionnaire(),
            pasted=found,
        )
        return redirect("campaigns:questions", slug)
    return render(request, "campaigns/paste.html", {"campaign": campaign, "form": form, "found": found, "tab": "questions"})


@require_http_methods(SHOW_OR_SEND)
def new_version(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug, "campaign")
    form = ReasonForm(request.POST or None, help_text="Elle sera montrée à côté de la version, sur le site public aussi.")
    if request.method == "POST" and form.is_valid():
        tried(
            request,
            "La nouvelle version est prête à être modifiée. L’ancienne reste en vigueur tant que celle-ci n’est pas adoptée.",
            acts.new_version,
            campaign=campaign,
            reason=form.cleaned_data["reason"],
        )
        return redirect("campaigns:questions", slug)
    lead = (
        "Les listes ont reçu ces questions. Un changement se fait dans une nouvelle version, avec sa raison ; "
        "les réponses déjà reçues restent attachées à la leur."
    )
    return form_page(
        request,
        campaign,
        form,
        "Nouvelle version des questions",
        reverse("campaigns:questions", args=[slug]),
        lead=lead,
        submit="Préparer la version",
    )


@require_http_methods(SHOW_OR_SEND)
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug, "campaign")
    draft, back = campaign.latest_questionnaire(), reverse("campaigns:questions", args=[slug])
    if request.method == "POST":
        tried(request, f"La version {draft.version} est en vigueur.", acts.adopt_version, questionnaire=draft)
        return redirect(back)
    page = {
        "title": f"Adopter la version {draft.version}",
        "submit": "Adopter",
        "cancel": back,
        "crumbs": [(campaign, campaign.get_absolute_url())],
        "sentence": (
            "Les réponses seront relues avec ces questions. La version ne se modifiera plus. "
            "Écrivez à toutes les listes pour le leur dire, et inscrivez cet envoi comme une relance."
        ),
    }
    return render(request, "confirm.html", page)


@require_POST
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug, "campaign")
    tried(request, "Le projet de version est abandonné.", acts.drop_version, questionnaire=campaign.latest_questionnaire())
    return redirect("campaigns:questions", slug)


@require_safe
def as_file(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """QUESTIONS.md, what the reader takes: common questions, or a commune's."""
    place = place_for(request, slug, code) if code else None
    campaign = place.campaign if place else campaign_for(request, slug)
    questionnaire = (
        get_object_or_404(campaign.questionnaires, version=request.GET["version"])
        if request.GET.get("version", "").isdigit()
        else campaign.questionnaire_in_force()
    )
    response = HttpResponse(letters.as_questions_file(letters.asked_in(questionnaire, place)), content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="questions-{slug}{"-" + code if code else ""}.md"'
    return response
