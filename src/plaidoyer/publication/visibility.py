"""What may be seen, decided here and nowhere else: page, data twin, CSV, feed, sitemap and search all start from these functions.

``Release.objects.public()`` is the rule. What was replaced stays readable while the page that replaced it is public; what was
withdrawn is gone, and says so.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.replies.models import Release, ReleasedCell, ReleasedList, RightOfReply


class WithdrawnError(Exception):
    """The page was public and is not any more."""

    def __init__(self, release: Release) -> None:
        super().__init__(release.withdrawal_reason)
        self.release = release


class NotYetError(Exception):
    """The commune is in a campaign, and nothing about it is public yet."""

    def __init__(self, place: CampaignCommune) -> None:
        super().__init__(str(place))
        self.place = place


def releases() -> QuerySet[Release]:
    return Release.objects.public().select_related("campaign__collective", "campaign__election", "commune__departement")


def campaigns() -> QuerySet[Campaign]:
    """Those that asked already (no longer in preparation), and those with something public."""
    shown = Release.objects.public().filter(campaign=OuterRef("pk"))
    return Campaign.objects.exclude(~Exists(shown), state=Campaign.State.DRAFT).select_related("collective", "election")


def campaign(slug: str) -> Campaign:
    found = campaigns().filter(slug=slug).first()
    if found is None:
        raise Http404(f"Aucune campagne publique à l’adresse « {slug} ».")
    return found


def places() -> QuerySet[CampaignCommune]:
    """The communes of public campaigns, published or not: their names, and nothing else about them."""
    return CampaignCommune.objects.filter(campaign__in=campaigns()).select_related("commune__departement", "campaign")


def release(slug: str, code: str) -> Release:
    """The version on line; else WithdrawnError, NotYetError or Http404."""
    found = releases().filter(campaign__slug=slug, commune_id=code).first()
    if found is None:
        raise why_absent(slug, code)
    return found


def why_absent(slug: str, code: str) -> Exception:
    gone = Release.objects.filter(campaign__slug=slug, commune_id=code).select_related("campaign__collective", "commune").order_by("-version").first()
    if gone is not None and gone.withdrawn_at is not None:
        return WithdrawnError(gone)
    place = places().filter(campaign__slug=slug, commune_id=code).select_related("campaign__collective", "campaign__election").first()
    return NotYetError(place) if place else Http404(f"La commune {code} n’est pas dans cette campagne.")


def versions(current: Release) -> QuerySet[Release]:
    """The one on line and those that it replaced, newest first; a withdrawn one is listed too, with its reason."""
    return Release.objects.filter(campaign_id=current.campaign_id, commune_id=current.commune_id, version__lte=current.version).order_by("-version")


def past_version(slug: str, code: str, version: int) -> tuple[Release, Release]:
    """A replaced version, and the one on line. Hidden as soon as either is withdrawn."""
    current = release(slug, code)
    old = versions(current).filter(version=version).first()
    if old is None:
        raise Http404(f"Il n’y a pas de version {version}.")
    if old.withdrawn_at is not None:
        old.campaign, old.commune = current.campaign, current.commune
        raise WithdrawnError(old)
    return old, current


def corrections(of: Campaign) -> QuerySet[Release]:
    """Everything that changed after a first publication: replaced with a reason, or withdrawn."""
    changed = Q(version__gt=1) | Q(withdrawn_at__isnull=False)
    return Release.objects.filter(changed, campaign=of).select_related("commune").order_by("-published_at", "-pk")


def lists(shown: Release) -> QuerySet[ReleasedList]:
    """Every list of a release in its official order, with its cells; without the letters, which are long."""
    return ReleasedList.objects.filter(release=shown).defer("letter").prefetch_related("cells").order_by("position")


def rights_of_reply(shown: Release, list_slug: str) -> QuerySet[RightOfReply]:
    """What a list has answered to what is published of it, in this campaign, whatever the version. Gone with the page when it is withdrawn."""
    rows = ReleasedList.objects.filter(release=shown, facts__slug=list_slug)
    of = RightOfReply.objects.public().filter(release__campaign=shown.campaign_id, candidate_list__in=rows.values("candidate_list"))
    return of.select_related("release").order_by("decided_at", "pk")


def cells(of: Campaign, number: int) -> QuerySet[ReleasedCell]:
    """One question, in every public commune: the lists in order."""
    return (
        ReleasedCell.objects.filter(question_number=number, released_list__release__in=Release.objects.public().filter(campaign=of))
        .select_related("released_list__release")
        .defer("released_list__letter")
        .order_by("released_list__release__commune__name", "released_list__release__commune_id", "released_list__position")
    )
