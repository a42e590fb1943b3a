"""What the public will not read: proposed, decided, seen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from plaidoyer.replies import acts
from plaidoyer.replies.chosen_texts import texts_of
from plaidoyer.replies.forms import RedactionForm
from plaidoyer.replies.models import Redaction, Reply, TextOfRecord
from plaidoyer.replies.public_text import Hidden, blocks, conceal
from plaidoyer.replies.views.finding import attempt, can, reply_for


@require_GET
def redaction(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    rows = list(reply.redactions.select_related("text").order_by("text", "start", "pk"))
    texts = texts_of(reply)
    context = {
        "reply": reply, "campaign": reply.campaign, "rows": [(row, row.text.text[row.start : row.end], around(row)) for row in rows],
        "previews": [preview(text, rows) for text in texts], "form": RedactionForm(),
        "left": sum(row.state == Redaction.State.PROPOSED for row in rows), "can_review": may_review(request, reply),
    }  # fmt: skip
    return render(request, "replies/redaction.html", context)


def may_review(request: HttpRequest, reply: Reply) -> bool:
    return can(request, "review", reply.campaign, reply.candidate_list.commune_id if reply.candidate_list else "")


def around(row: Redaction) -> tuple[str, str]:
    """A few words before and after, to decide without looking for the place."""
    text = row.text.text
    return text[max(0, row.start - 40) : row.start].split("\n")[-1], text[row.end : row.end + 30].split("\n")[0]


def preview(text: TextOfRecord, rows: list[Redaction]) -> list[list[tuple[str, str]]]:
    """The public text by paragraph, as (words, label of the blot or nothing)."""
    hidden = [Hidden(row.start, row.end, row.kind) for row in rows if row.text_id == text.pk and row.state != Redaction.State.DISMISSED]
    public = conceal(text.text, hidden)
    found, reached = [], -1
    for source_start, source_end, _ in blocks(text.text, text.places):
        start, end = public.span(source_start, source_end)
        if start < reached:
            continue
        reached = end
        found.append(cut(public.text, start, end, [(one.start, one.end, one.label) for one in public.blots]))
    return found


def cut(text: str, start: int, end: int, blots: list[tuple[int, int, str]]) -> list[tuple[str, str]]:
    pieces, at = [], start
    for begin, stop, label in blots:
        if start <= begin and stop <= end:
            pieces += [(text[at:begin], ""), (text[begin:stop], label)]
            at = stop
    return [piece for piece in [*pieces, (text[at:end], "")] if piece[0]]


@require_POST
def decide(request: HttpRequest, pk: int, redaction_pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    row = get_object_or_404(reply.redactions.all(), pk=redaction_pk)
    attempt(request, acts.decide_redaction, reply=reply, redaction=row, state=request.POST.get("state", ""))
    return redirect("replies:redaction", reply.pk)


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    where = place(request, reply)
    attempt(
        request, acts.add_redaction, "Passage masqué.", reply=reply, kind=request.POST.get("kind", ""), quote=request.POST.get("quote", ""), **where
    )
    return redirect("replies:redaction", reply.pk)


def place(request: HttpRequest, reply: Reply) -> dict[str, object]:
    start, end, key = (request.POST.get(name, "") for name in ("start", "end", "text"))
    if not (start.isdecimal() and end.isdecimal() and key.isdecimal()):
        return {}
    text = next((one for one in texts_of(reply) if str(one.pk) == key), None)
    return {"text": text, "span": (int(start), int(end))}


@require_POST
def see(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    attempt(request, acts.see_redactions, "Masquages vus. Cette réponse est prête à être publiée avec les autres.", reply=reply)
    return redirect("replies:inbox", reply.campaign.slug)
