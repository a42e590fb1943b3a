"""The public pages. Each view finds what is public, builds what is shown, and sends it as a page or as its data twin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from plaidoyer.publication import addresses, entrance, exports, faces, feeds, letters, questions, twins, visibility
from plaidoyer.publication import comparator as tables
from plaidoyer.publication.environment import rendered
from plaidoyer.publication.responses import data, download, is_twin, page, sent, shown, unchanged
from plaidoyer.replies.models import Release


@page
def home(request: HttpRequest) -> HttpResponse:
    seen = entrance.entrance(entrance.asked_words(request.GET.get("commune", "")))
    return data(request, twins.home(seen)) if is_twin(request) else shown(request, "publication/home.html", {"seen": seen})


@page
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    face = faces.face(visibility.campaign(slug))
    places = faces.places(face.campaign)
    if is_twin(request):
        return data(request, twins.campaign(face, places))
    return shown(request, "publication/campaign.html", {"face": face, "places": places, "published": [one for one in places if one.published_at]})


@page
def question(request: HttpRequest, slug: str, number: int, page: int = 1) -> HttpResponse:
    face = faces.face(visibility.campaign(slug))
    asked = next((one for one in face.questions if one["number"] == number), None)
    answers = questions.question_page(face.campaign, number, page) if asked else None
    if asked is None or answers is None:
        raise Http404(f"Cette campagne n’a pas de question {number} publique.")
    if is_twin(request):
        return data(request, twins.question(face, asked, answers))
    return shown(request, "publication/question.html", {"face": face, "asked": asked, "answers": answers})


@page
def method(request: HttpRequest, slug: str) -> HttpResponse:
    face = faces.face(visibility.campaign(slug))
    return data(request, twins.method(face)) if is_twin(request) else shown(request, "publication/method.html", {"face": face})


@page
def corrections(request: HttpRequest, slug: str) -> HttpResponse:
    face = faces.face(visibility.campaign(slug))
    changed = list(visibility.corrections(face.campaign))
    if is_twin(request):
        return data(request, twins.corrections(face, changed))
    return shown(request, "publication/corrections.html", {"face": face, "changed": changed})


@page
def comparator(request: HttpRequest, slug: str, code: str, commune: str) -> HttpResponse:
    release = visibility.release(slug, code)
    if early := moved(request, release, commune) or unchanged(request, release):
        return early
    table = tables.comparator(release)
    if is_twin(request):
        return data(request, twins.comparator(table), release)
    return shown(
        request, "publication/comparator.html", {"table": table, "current": release, "versions": list(visibility.versions(release))}, release
    )


@page
def version(request: HttpRequest, slug: str, code: str, commune: str, version: int) -> HttpResponse:
    old, current = visibility.past_version(slug, code, version)
    if early := moved(request, current, commune) or unchanged(request, old, current.version):
        return early
    if old.pk == current.pk:
        return HttpResponsePermanentRedirect(reverse("publication:comparator", args=[slug, code, commune]))
    table = tables.comparator(old)
    if is_twin(request):
        return data(request, twins.comparator(table) | {"replaced_by": current.version}, old, current.version)
    context = {"table": table, "current": current, "versions": list(visibility.versions(current))}
    return shown(request, "publication/comparator.html", context, old, current.version)


@page
def letter(request: HttpRequest, slug: str, code: str, commune: str, list_slug: str) -> HttpResponse:
    release = visibility.release(slug, code)
    rights = list(visibility.rights_of_reply(release, list_slug))
    if early := moved(request, release, commune) or (None if rights else unchanged(request, release)):
        return early
    reply, held = found_reply(release, list_slug), None if rights else release  # with a right of reply the page is more than its release
    if is_twin(request):
        return data(request, twins.letter(reply, rights), held)
    return shown(request, "publication/letter.html", {"reply": reply, "rights": rights, "versions": list(visibility.versions(release))}, held)


@page
def letter_text(request: HttpRequest, slug: str, code: str, commune: str, list_slug: str, number: int) -> HttpResponse:
    """The public text of one document, to the byte: its SHA-256 is the one that the page shows."""
    release = visibility.release(slug, code)
    if early := moved(request, release, commune) or unchanged(request, release):
        return early
    documents = found_reply(release, list_slug).documents
    if not 1 <= number <= len(documents):
        raise Http404(f"Cette réponse n’a pas de document {number}.")
    response = HttpResponse(documents[number - 1].facts["text"].encode(), content_type="text/plain; charset=utf-8")
    return sent(request, response, release)


@page
def answers_csv(request: HttpRequest, slug: str) -> HttpResponse:
    found = visibility.campaign(slug)
    return download(request, exports.answers_csv(found), "text/csv", f"{found.slug}-reponses.csv")


@page
def commitments_csv(request: HttpRequest, slug: str) -> HttpResponse:
    found = visibility.campaign(slug)
    return download(request, exports.commitments_csv(found), "text/csv", f"{found.slug}-engagements.csv")


@page
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    body = feeds.feed(faces.face(visibility.campaign(slug)))
    return sent(request, HttpResponse(body, content_type="application/atom+xml; charset=utf-8"))


@page
def legal(request: HttpRequest) -> HttpResponse:
    collectives = list({one.collective_id: one.collective for one in visibility.campaigns()}.values())
    if is_twin(request):
        return data(request, twins.legal(collectives))
    return shown(request, "publication/legal.html", {"collectives": collectives, "hosting": settings.HOSTING})


@page
def accessibility(request: HttpRequest) -> HttpResponse:
    collectives = list({one.collective_id: one.collective for one in visibility.campaigns()}.values())
    return (
        data(request, twins.accessibility(collectives))
        if is_twin(request)
        else shown(request, "publication/accessibility.html", {"collectives": collectives})
    )


@page
def data_guide(request: HttpRequest) -> HttpResponse:
    campaigns = list(visibility.campaigns())
    return data(request, twins.data_guide(campaigns)) if is_twin(request) else shown(request, "publication/data.html", {"campaigns": campaigns})


@page
def sitemap(request: HttpRequest) -> HttpResponse:
    body = rendered("publication/sitemap.xml", {"addresses": addresses.public_addresses()})
    return sent(request, HttpResponse(body, content_type="application/xml; charset=utf-8"))


@page
def robots(request: HttpRequest) -> HttpResponse:
    body = f"User-agent: *\nDisallow: /bureau/\nDisallow: /compte/\n\nSitemap: {settings.SITE_URL}{reverse('publication:sitemap')}\n"
    return sent(request, HttpResponse(body, content_type="text/plain; charset=utf-8"))


def moved(request: HttpRequest, release: Release, slug: str) -> HttpResponse | None:
    """An address with an old or wrong name of the commune leads to the right one; the INSEE code decides."""
    commune: dict[str, Any] = release.facts["commune"]
    if slug == commune["slug"]:
        return None
    return HttpResponsePermanentRedirect(request.path.replace(f"{commune['code']}-{slug}", f"{commune['code']}-{commune['slug']}", 1))


def found_reply(release: Release, list_slug: str) -> letters.WholeReply:
    reply = letters.whole_reply(release, list_slug)
    if reply is None:
        raise Http404("Cette liste n’est pas dans cette commune.")
    return reply
