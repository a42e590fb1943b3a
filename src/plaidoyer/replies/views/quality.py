"""« Qualité de la lecture »: what the proposals are worth, and how the reader learns. Everybody may look; coordinators may have it learn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from plaidoyer.accounts.models import Membership, Role
from plaidoyer.replies.acts import learning
from plaidoyer.replies.learning import in_use, quality, shelf
from plaidoyer.replies.learning.agreement import agreement
from plaidoyer.replies.models import Lesson, ReaderVersion, Reply
from plaidoyer.replies.tasks import learn as learn_task
from plaidoyer.replies.views.finding import attempt

REVIEWS = 2000  # the last ones of this person's collectives
BUSY = {ReaderVersion.State.QUEUED, ReaderVersion.State.RUNNING}


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    versions = list(ReaderVersion.objects.select_related("asked_by")[:20])
    busy = next((one for one in versions if one.state in BUSY), None)
    if busy and busy.state == ReaderVersion.State.RUNNING and shelf.is_free():
        busy = None  # its process died; the next learning closes it
    mine = Lesson.objects.filter(is_current=True, reply__in=Reply.objects.for_user(request.user))
    here = agreement(mine.values_list("engine", "moves")[:REVIEWS])
    reader = in_use.version_in_use()
    figures, letters = quality.worth(reader)
    context = {
        "facts": quality.shipped(), "letters": letters, "bars": quality.bars(figures),
        "layouts": quality.layouts(), "rules": quality.rules(here), "here": here,
        "engines": quality.engines(here), "passages": quality.bands("passages"), "passages_said": quality.honesty("passages"),
        "promises": quality.bands("commitments"), "promises_said": quality.honesty("commitments"), "versions": quality.history(versions),
        "busy": busy, "in_use": reader, "can_learn": is_coordinator(request),
    }  # fmt: skip
    return render(request, "replies/quality.html", context)


def is_coordinator(request: HttpRequest) -> bool:
    return Membership.objects.active().filter(user=request.user, role=Role.COORDINATOR).exists()


@require_POST
def learn(request: HttpRequest) -> HttpResponse:
    version = attempt(request, learning.ask_to_learn)
    if version:
        learn_task.enqueue(version.pk, request.user.pk)
    return redirect("replies:quality")


@require_POST
def roll_back(request: HttpRequest) -> HttpResponse:
    attempt(request, learning.roll_back, "Version d’avant remise en service. Les lectures déjà faites ne changent pas.")
    return redirect("replies:quality")


@require_POST
def use(request: HttpRequest, number: int) -> HttpResponse:
    version = get_object_or_404(ReaderVersion, number=number)
    attempt(request, learning.use, f"Version {number} remise en service. Les lectures déjà faites ne changent pas.", version=version)
    return redirect("replies:quality")
