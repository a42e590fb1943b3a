"""The page of a list: it writes, attaches, looks at what will be recorded, sends, corrects, or says that it does not wish to answer."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.kit.downloads import download
from plaidoyer.replies.acts import door as acts
from plaidoyer.replies.door import receipts
from plaidoyer.replies.door.assembling import pieces
from plaidoyer.replies.door.choosing import chosen, differences
from plaidoyer.replies.door.forms import DoorForm, RefusalForm, who_of
from plaidoyer.replies.door.moments import moment_of
from plaidoyer.replies.door.session import at_the_door, words_of
from plaidoyer.replies.door.showing import draft_of, frame_of, page_facts, recorded_pieces, sending_of
from plaidoyer.replies.models import DoorDraft
from plaidoyer.replies.questionnaire import asked_in

log = logging.getLogger(__name__)
FILES = "files"  # what is said of a file is said beside the files
SHOW_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(SHOW_OR_SEND)
@at_the_door
def page(request: HttpRequest, link: ReplyLink) -> HttpResponse:
    """The questions, with what is already written. Every button saves first."""
    questions = asked_in(link.campaign, link.candidate_list.commune)
    if request.method != "POST":
        draft = draft_of(link)
        return shown(request, link, DoorForm(initial={**who_of(draft), **draft.texts}, questions=questions), questions)
    if is_of_another_list(request, link):
        return for_another(request)
    form = DoorForm(request.POST, questions=questions)
    wanted = request.POST.get("do", "save")
    if not form.is_valid() or (wanted == "preview" and not form.ask_who()):
        keep_what_can_be(link, form)
        return shown(request, link, form, questions, status=422)
    draft = acts.save_draft(actor=None, link=link, typed=form.typed())
    is_well = attach_all(request, link) and remove_one(link, wanted)
    return after_saving(request, link, draft, wanted if is_well else "attach")


def after_saving(request: HttpRequest, link: ReplyLink, draft: DoorDraft, wanted: str) -> HttpResponse:
    if draft.asides:
        return to(request, "door:choose")
    if request.headers.get("HX-Request"):
        return render(request, "replies/door/page.html#saved", {"draft": draft_of(link)})
    if wanted == "preview":
        return redirect("door:preview")
    return redirect(reverse("door:page") + ("#documents" if wanted != "save" else ""))


def shown(request: HttpRequest, link: ReplyLink, form: DoorForm, questions: list[Any], status: int = 200) -> HttpResponse:
    told = list(messages.get_messages(request))
    said = {"messages": [one for one in told if one.extra_tags != FILES], "files_said": [one for one in told if one.extra_tags == FILES]}
    return render(request, "replies/door/page.html", {**page_facts(link, form, questions), **said}, status=status)


def to(request: HttpRequest, name: str, *args: object) -> HttpResponse:
    """A redirection, in the words of htmx when it asks."""
    response = redirect(name, *args)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response


def keep_what_can_be(link: ReplyLink, form: DoorForm) -> None:
    """One wrong address does not lose ten paragraphs: what is right is saved, what is wrong is shown again."""
    if "revision" in form.cleaned_data and not set(form.codes) & set(form.errors):
        acts.save_draft(actor=None, link=link, typed=form.typed())


def attach_all(request: HttpRequest, link: ReplyLink) -> bool:
    """Each file by itself: one that is refused does not keep the others out."""
    is_well = True
    for file in request.FILES.getlist("files"):
        try:
            made = acts.attach_file(actor=None, link=link, name=file.name or "", data=file.read())
            messages.success(request, f"« {made.name} » est joint.", extra_tags=FILES)
        except ActRefusedError as refusal:
            messages.error(request, str(refusal), extra_tags=FILES)
            is_well = False
    return is_well


def remove_one(link: ReplyLink, wanted: str) -> bool:
    if wanted.startswith("remove-") and wanted[7:].isdecimal():
        acts.remove_file(actor=None, link=link, pk=int(wanted[7:]))
    return True


def is_of_another_list(request: HttpRequest, link: ReplyLink) -> bool:
    """Two towns answered from one browser: the form must be of the list whose page is open now."""
    if request.POST.get("list") == str(link.candidate_list_id):
        return False
    log.warning("A form of another list came at the door of link %s.", link.pk)
    return True


def for_another(request: HttpRequest) -> HttpResponse:
    """Nothing is saved, and nothing typed is lost: it is shown back to be copied."""
    return render(request, "replies/door/other_list.html", {"texts": words_of(request)}, status=403)


@require_http_methods(SHOW_OR_SEND)
@at_the_door
def preview(request: HttpRequest, link: ReplyLink) -> HttpResponse:
    """Exactly what will be recorded, with its fingerprint; then the button that records it."""
    draft = draft_of(link)
    if request.method == "POST":
        if is_of_another_list(request, link):
            return for_another(request)
        return sent(request, lambda: acts.send_reply(actor=None, link=link, revision=number(request.POST.get("revision"))))
    if draft.asides:
        return redirect("door:choose")
    if not (draft.texts or draft.files.exists()) or not draft.answered_by:
        messages.error(request, "Il n’y a encore rien à envoyer : écrivez au moins une réponse ou joignez un document, et dites qui répond.")
        return redirect("door:page")
    made = acts.assembled(link, draft)
    context = {"draft": draft, "made": made, "pieces": pieces(made.text, made.places), "files": draft.files.all()}
    context |= {"already": acts.already_sent(link, draft.revision, is_refusal=False), "will_mail": acts.account_for(link) is not None}
    return render(request, "replies/door/preview.html", {**frame_of(link), **context})


def sent(request: HttpRequest, act: Any) -> HttpResponse:
    try:
        done = act()
    except acts.ChangedMeanwhileError as refusal:
        messages.error(request, str(refusal))
        return redirect("door:preview")
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("door:page")
    return redirect("door:sending", done.sending.version)


def number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 10 else -1


@require_http_methods(SHOW_OR_SEND)
@at_the_door
def refuse(request: HttpRequest, link: ReplyLink) -> HttpResponse:
    """As easy as an answer."""
    form = RefusalForm(request.POST or None, initial=who_of(draft_of(link)))
    if request.method == "POST" and is_of_another_list(request, link):
        return for_another(request)
    if request.method == "POST" and form.is_valid() and form.ask_who():
        return sent(request, lambda: acts.send_refusal(actor=None, link=link, typed=form.typed(), words=form.cleaned_data["words"]))
    made = acts.refusal(acts.heading(link), "")
    context = {**frame_of(link), "form": form, "pieces": pieces(made.text, made.places)}
    return render(request, "replies/door/refuse.html", context, status=422 if form.errors else 200)


@require_http_methods(SHOW_OR_SEND)
@at_the_door
def choose(request: HttpRequest, link: ReplyLink) -> HttpResponse:
    """Two pages saved two texts: both are here, whole, and a person chooses for each question."""
    draft = draft_of(link)
    if request.method == "POST":
        if is_of_another_list(request, link):
            return for_another(request)
        try:
            acts.choose_text(actor=None, link=link, typed=chosen(draft, request.POST))
        except ActRefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect("door:choose")
        messages.success(request, "Votre choix est enregistré.")
        return redirect("door:page")
    if not draft.asides:
        return redirect("door:page")
    questions = asked_in(link.campaign, link.candidate_list.commune)
    return render(request, "replies/door/choose.html", {**frame_of(link), "draft": draft, "rows": differences(draft, questions)}, status=409)


@require_safe
@at_the_door
def sending(request: HttpRequest, link: ReplyLink, version: int) -> HttpResponse:
    """What was recorded, with its proof. The newest is what will be published."""
    found = sending_of(link, version)
    context = {**frame_of(link), "sending": found, "received_at": receipts.received_at(found), "pieces": recorded_pieces(found)}
    return render(request, "replies/door/sending.html", context)


@require_safe
@at_the_door
def proof(request: HttpRequest, link: ReplyLink, version: int, name: str) -> HttpResponse:  # noqa: ARG001
    """The receipt to keep, as a text or as a mail; and the exact words, whose fingerprint anybody can work out."""
    found = sending_of(link, version)
    limit = acts.limit_of(moment_of(link.campaign, link.candidate_list, timezone.now()))
    kinds = {
        "recu.txt": (lambda: receipts.receipt_text(found, limit).encode(), "text/plain; charset=utf-8"),
        "recu.eml": (lambda: receipts.receipt_mail(found, limit), "message/rfc822"),
        "reponse.txt": (found.text.encode, "text/plain; charset=utf-8"),
    }
    if name not in kinds:
        raise Http404
    build, media_type = kinds[name]
    return download(build(), name, media_type)
