"""Where replies are: by campaign, and those that wait for a list."""

from __future__ import annotations

import datetime

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from plaidoyer.accounts.models import User
from plaidoyer.campaigns.models import Campaign
from plaidoyer.replies import acts
from plaidoyer.replies.forms import FilterForm
from plaidoyer.replies.models import MailReply, Remark, Reply, RightOfReply
from plaidoyer.replies.views.finding import attempt, campaign_for, can, chosen_list, reply_for

PER_PAGE = 50
DOUBTED = Exists(MailReply.objects.to_check().filter(reply=OuterRef("pk")))
TO_DO = (Reply.State.RECEIVED, Reply.State.READ, Reply.State.REVIEWING)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    campaigns = list(Campaign.objects.for_user(request.user).select_related("collective").order_by("-deadline_on", "name"))
    if len(campaigns) == 1:
        return redirect("replies:inbox", campaigns[0].slug)
    counts = dict(visible(request.user).filter(campaign__in=campaigns).values("campaign").annotate(n=Count("pk")).values_list("campaign", "n"))
    rows = [(campaign, counts.get(campaign.pk, 0)) for campaign in campaigns]
    return render(request, "replies/home.html", {"rows": rows})


@require_GET
def inbox(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_for(request, slug)
    mine = visible(request.user).filter(campaign=campaign)
    form = FilterForm(request.GET)
    found = narrowed(mine.attached(), form, campaign).annotate(settled=Count("answers"), doubted=DOUBTED).order_by("-received_at", "-pk")
    page = Paginator(
        found.select_related("campaign", "candidate_list__commune", "claimed_by").prefetch_related("candidate_list__reopenings"), PER_PAGE
    ).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "campaign": campaign, "page": page, "form": form, "counts": tallies(mine), "rights": rights_waiting(request.user, campaign),
        "remarks": Remark.objects.for_user(request.user).waiting().filter(window__campaign=campaign).count(),
        "query": f"{query.urlencode()}&" if query else "",
        "can_receive": can(request, "receive", campaign), "can_publish": can(request, "publish", campaign),
    }  # fmt: skip
    return render(request, "replies/inbox.html", context)


def visible(user: User) -> QuerySet[Reply]:
    return Reply.objects.for_user(user)


def narrowed(found: QuerySet[Reply], form: FilterForm, campaign: Campaign) -> QuerySet[Reply]:
    form.is_valid()
    words, state = form.cleaned_data.get("q", ""), form.cleaned_data.get("state", "")
    for word in words.split():
        found = found.filter(
            Q(candidate_list__name__icontains=word) | Q(candidate_list__head_name__icontains=word) | Q(candidate_list__commune__name__icontains=word)
        )
    if state == "todo":
        return found.filter(state__in=TO_DO)
    if state == "late":
        return found.filter(pk__in=late(found, campaign))
    if state == "doubted":
        return found.filter(DOUBTED)
    if state == "unseen":
        return found.filter(redaction_seen_at=None, state=Reply.State.REVIEWED)
    return found.filter(state=state) if state else found.exclude(state=Reply.State.SET_ASIDE)


def rights_waiting(user: User, campaign: Campaign) -> int:
    return RightOfReply.objects.for_user(user).waiting().filter(release__campaign=campaign).count()


def late(found: QuerySet[Reply], campaign: Campaign) -> list[int]:
    """The deadline falls at another instant in each time zone: the database narrows, the commune decides."""
    about = datetime.datetime.combine(campaign.deadline_on, datetime.time(), datetime.UTC) - datetime.timedelta(hours=14)
    near = found.filter(received_at__gte=about).select_related("campaign", "candidate_list__commune").prefetch_related("candidate_list__reopenings")
    return [reply.pk for reply in near if reply.is_late]


def tallies(mine: QuerySet[Reply]) -> dict[str, int]:
    here = Q(candidate_list__isnull=False)
    aside = Q(state=Reply.State.SET_ASIDE)
    return mine.aggregate(
        total=Count("pk", filter=here & ~aside), todo=Count("pk", filter=here & Q(state__in=TO_DO)),
        reviewed=Count("pk", filter=here & Q(state=Reply.State.REVIEWED)), tray=Count("pk", filter=~here & ~aside),
    )  # fmt: skip


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    one = chosen_list(request, reply.campaign)
    attempt(request, acts.attach, f"Courrier rattaché à « {one} ».", reply=reply, candidate_list=one)
    return redirect(back_from(request, reply))


@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    done = attempt(request, acts.detach, "Courrier détaché : il attend dans « À rattacher ».", reply=reply, reason=request.POST.get("reason", ""))
    return redirect("replies:tray", reply.campaign.slug) if done else redirect(reply)


@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    attempt(
        request, acts.set_aside, "Courrier mis de côté. Il est gardé, en bas de « À rattacher ».", reply=reply, reason=request.POST.get("reason", "")
    )
    return redirect(back_from(request, reply))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    reply = reply_for(request, pk)
    attempt(request, acts.restore, "Courrier repris.", reply=reply)
    return redirect(back_from(request, reply))


def back_from(request: HttpRequest, reply: Reply) -> object:
    """To the tray when the gesture was made there, else to the letter."""
    return f"/bureau/reponses/campagne/{reply.campaign.slug}/a-rattacher/" if request.POST.get("from") == "tray" else reply
