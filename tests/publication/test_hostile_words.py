"""What comes from outside is shown literally, wherever it stands: never run, never allowed to rearrange the page."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

from plaidoyer.accounts.models import Collective
from plaidoyer.campaigns.models import Question
from plaidoyer.elections.models import CandidateList
from plaidoyer.publication.addresses import public_addresses
from tests.publication.released import release

CORPUS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><iframe src=javascript:alert(1)>",
    "{{ 7*7 }} {% raw %}",
    "<!-- --><a href=javascript:alert(1)>x</a>",
    "&lt;script&gt; &amp; &#x27;",
    "\u202etnemegagne\u202c \u2066x\u2069",
    "]]><x/>",
    "<style>*{display:none}</style>",
]


@pytest.fixture(params=CORPUS)
def hostile(request, campaign, valmorel, four_lists) -> str:
    """A town where every word that comes from outside is hostile."""
    words = request.param
    Collective.objects.filter(pk=campaign.collective_id).update(name=words[:160], publication_director=words[:120])
    Question.objects.filter(questionnaire__campaign=campaign).update(title=words[:120], text=words)
    campaign.name, campaign.introduction, campaign.method = words[:160], words, words
    campaign.save()
    campaign.collective.refresh_from_db()
    one = four_lists[0]
    CandidateList.objects.filter(pk=one["candidate_list"].pk).update(name=words, head_name=words[:160])
    one["candidate_list"].refresh_from_db()
    one |= {"letter": f"#1 Avant {words} après", "sentence": words, "answered_by": words, "etiquette": {"words": words, "source": words, "on": None}}
    release(campaign, valmorel, four_lists)
    release(campaign, valmorel, four_lists, version=2, reason=words)
    return words


def test_no_page_gains_an_element_from_words(visitor, hostile):
    for one in public_addresses():
        answer = visitor.get(one.page)
        assert answer.status_code == 200, one.page
        if not one.page.endswith("/"):
            continue
        page = BeautifulSoup(answer.content, "html.parser")
        assert [script["src"] for script in page.find_all("script")] == ["/statique/public.js"], one.page
        assert not page.find_all(["img", "svg", "iframe", "style", "textarea"]), one.page
        assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)], one.page
        assert not [link for link in page.find_all("a") if link.get("href", "").startswith("javascript:")], one.page


def test_the_letter_shows_the_words_to_the_letter(visitor, hostile):
    page = BeautifulSoup(visitor.get("/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse/listes/liste-1/").content, "html.parser")
    assert page.select_one(".letter .txt p").get_text() == f"Avant {hostile} après"
    assert page.h1.get_text() == hostile


def test_the_twin_has_them_bare(visitor, hostile):
    twin = json.loads(visitor.get("/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse.json").content)
    assert twin["lists"][0]["answers"][0]["segments"][0]["words"] == f"Avant {hostile} après"


def test_the_search_gives_back_what_was_typed_as_text(visitor, published):
    page = BeautifulSoup(visitor.get("/", {"commune": '"><script>alert(1)</script>'}).content, "html.parser")
    assert len(page.find_all("script")) == 1
    assert page.select_one("input[name=commune]")["value"] == '"><script>alert(1)</script>'


def test_pages_carry_the_strict_headers(visitor, published):
    for one in public_addresses():
        answer = visitor.get(one.page)
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy and "default-src 'self'" in policy and "object-src 'none'" in policy, one.page
        assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"], answer["Referrer-Policy"]) == ("nosniff", "DENY", "same-origin")


def test_no_page_has_inline_script_or_style(visitor, published):
    for one in public_addresses():
        text = visitor.get(one.page).content.decode()
        assert " style=" not in text and " onclick=" not in text and "<style" not in text, one.page
