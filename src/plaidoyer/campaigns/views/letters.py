"""The text of letters: typed in blocks or in Word, looked at for any list, printed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts import templates as acts
from plaidoyer.campaigns.letter_forms import BlocksForm, WordForm
from plaidoyer.campaigns.letter_models import LetterKind, LetterTemplate
from plaidoyer.campaigns.letter_preview import PRINTED_AT_MOST, Preview
from plaidoyer.campaigns.letter_texts import advice, as_word, text_in_force
from plaidoyer.campaigns.letters.fields import FIELDS, Problem, TemplateRefusedError
from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.campaigns.views.lookups import campaign_for, tried
from plaidoyer.elections.models import CandidateListQuerySet
from plaidoyer.kit.downloads import download

SHOW_OR_SEND = ["GET", "HEAD", "POST"]
KINDS = {"lettre": LetterKind.LETTER, "relance": LetterKind.REMINDER}
SLUGS = {kind: slug for slug, kind in KINDS.items()}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LISTS_SHOWN = 300


def text_for(request: HttpRequest, slug: str, kind: str, verb: str = "") -> tuple[Campaign, LetterTemplate]:
    if kind not in KINDS:
        raise Http404
    campaign = campaign_for(request, slug, verb)
    return campaign, text_in_force(campaign, KINDS[kind])


def lists_seen(request: HttpRequest, campaign: Campaign) -> CandidateListQuerySet:
    """Those of the communes that this person may look at."""
    seen = CampaignCommune.objects.for_user(request.user).filter(campaign=campaign).values("commune")
    return campaign.lists().filter(commune__in=seen).select_related("commune")


@require_http_methods(SHOW_OR_SEND)
def text(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The blocks, with the fields to insert; every fault is named with its place."""
    campaign, current = text_for(request, slug, kind, "campaign" if request.method == "POST" else "")
    form = BlocksForm(request.POST or None, kind=current.kind, initial=current.texts)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            acts.write_blocks(actor=request.user, campaign=campaign, kind=current.kind, texts=form.cleaned_data)
        except TemplateRefusedError as refusal:
            problems = refusal.problems
        except ActRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Le texte est enregistré.")
            return redirect("campaigns:letter-text", slug, kind)
    return text_page(request, campaign, current, form, problems)


def text_page(request: HttpRequest, campaign: Campaign, current: LetterTemplate, form: BlocksForm, problems: list[Problem]) -> HttpResponse:
    used = Preview(campaign, current).template.used
    page = {
        "campaign": campaign,
        "current": current,
        "form": form,
        "problems": problems,
        "kind": SLUGS[LetterKind(current.kind)],
        "fields": FIELDS.values(),
        "word_form": WordForm(),
        "advice": advice(used, current.kind),
        "tab": "letter",
        "first": lists_seen(request, campaign).first(),
    }
    return render(request, "campaigns/letters/text.html", page, status=422 if problems else 200)


@require_POST
def word(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """A Word file takes the place of the blocks. Refused whole, with every fault and its place."""
    campaign, current = text_for(request, slug, kind, "campaign")
    form = WordForm(request.POST, request.FILES)
    problems = [Problem("", said) for said in form.errors.get("file", [])]
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = acts.upload_word(actor=request.user, campaign=campaign, kind=current.kind, name=file.name, content=file.read())
        except TemplateRefusedError as refusal:
            problems = refusal.problems
        except ActRefusedError as refusal:
            problems = [Problem("", str(refusal))]
        else:
            messages.success(request, f"« {made.file_name} » est le texte de la {made.get_kind_display()}.")
            for said in Preview(campaign, made).template.warnings:
                messages.warning(request, said)
            return redirect("campaigns:letter-text", slug, kind)
    return text_page(request, campaign, current, BlocksForm(kind=current.kind, initial=current.texts), problems)


@require_POST
def blocks(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    campaign, current = text_for(request, slug, kind, "campaign")
    tried(request, "La lettre est de nouveau celle des blocs.", acts.back_to_blocks, campaign=campaign, kind=current.kind)
    return redirect("campaigns:letter-text", slug, kind)


@require_safe
def word_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The template to go on with in Word: the one that was uploaded, or the blocks with their fields."""
    _campaign, current = text_for(request, slug, kind)
    if current.file:
        with current.file.open("rb") as file:
            content = file.read()
    else:
        content = as_word(current.kind, current.texts)
    return download(content, f"modele-{kind}-{slug}.docx", DOCX)


@require_safe
def one_list(request: HttpRequest, slug: str, kind: str, pk: int, form: str = "") -> HttpResponse:
    """What this list would receive: on screen, as PDF, as Word."""
    campaign, current = text_for(request, slug, kind)
    one = get_object_or_404(lists_seen(request, campaign), pk=pk)
    preview = Preview(campaign, current)
    facts = preview.of(one)
    if form == "pdf":
        return download(preview.pdf(facts), f"{kind}-{one.commune_id}-{one.slug}.pdf", "application/pdf")
    if form == "docx":
        return download(preview.word(facts), f"{kind}-{one.commune_id}-{one.slug}.docx", DOCX)
    paragraphs, notes = preview.shown(facts)
    page = {
        "campaign": campaign,
        "list": one,
        "kind": kind,
        "paragraphs": paragraphs,
        "notes": notes,
        "lacking": preview.lacking(facts),
        "facts": facts,
        "others": lists_seen(request, campaign).order_by("commune__name", "panel", "draw_position", "name")[:LISTS_SHOWN],
        "tab": "letter",
        "text": current,
    }
    return render(request, "campaigns/letters/one_list.html", page)


@require_safe
def printing(request: HttpRequest, slug: str, kind: str, file: str = "") -> HttpResponse:
    """Everything for the printer: letters in one file, labels, a zip with its index; all communes seen, or ``?commune=``."""
    campaign, current = text_for(request, slug, kind)
    lists = lists_seen(request, campaign).still_standing()
    if code := request.GET.get("commune", ""):
        lists = lists.filter(commune=code)
    count = lists.count()
    if not file or not count or count > PRINTED_AT_MOST:
        places = CampaignCommune.objects.for_user(request.user).filter(campaign=campaign).select_related("commune").order_by("commune__name")
        page = {
            "campaign": campaign,
            "kind": kind,
            "count": count,
            "code": code,
            "places": places,
            "too_many": count > PRINTED_AT_MOST,
            "tab": "letter",
        }
        return render(request, "campaigns/letters/printing.html", page)
    preview = Preview(campaign, current)
    name = f"{kind}-{slug}{'-' + code if code else ''}"
    if file == "etiquettes.pdf":
        return download(preview.labels(lists), f"etiquettes-{name}.pdf", "application/pdf")
    if file == "dossier.zip":
        return download(preview.folder(lists), f"{name}.zip", "application/zip")
    return download(preview.printer_file(lists), f"{name}.pdf", "application/pdf")
