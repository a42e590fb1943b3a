"""The first list of Valmorel at its door: its address, a browser that has opened it, what its form holds."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from plaidoyer.campaigns.acts.links import live_link, open_links
from plaidoyer.campaigns.letter_models import SendingPlan
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.reply_tokens import token_of
from plaidoyer.elections.models import Contact
from plaidoyer.mailbox.models import MailAccount, Security

PAGE = reverse("door:page")
PREVIEW = reverse("door:preview")
REFUSE = reverse("door:refuse")
CHOOSE = reverse("door:choose")
WHO = {"answered_by": "Inès Carpentras", "capacity": "tête de liste", "email": "ines@valmorel-solidaire.example"}


@pytest.fixture
def links(campaign, lists, sent, amina) -> list[ReplyLink]:
    """One for each list, in the order of the panels."""
    open_links(actor=amina, campaign=campaign, lists=campaign.lists())
    return [live_link(campaign, one) for one in lists]


@pytest.fixture
def link(links) -> ReplyLink:
    return links[0]


def opened(link: ReplyLink) -> Client:
    """A browser in which somebody pressed the button."""
    browser = Client()
    answer = browser.post(reverse("door:enter", args=[token_of(link)]))
    assert answer.status_code == 302, answer.content.decode()
    return browser


@pytest.fixture
def browser(link) -> Client:
    return opened(link)


def form_of(browser: Client, address: str = PAGE) -> dict[str, str]:
    """What the page would send if nothing were typed."""
    soup = BeautifulSoup(browser.get(address).content, "html.parser")
    form = next(one for one in soup.select("main form[method=post]"))
    kept = {}
    for field in form.select("input[name], textarea[name]"):
        if field.get("type") in {"radio", "checkbox"} and not field.has_attr("checked"):
            continue
        if field.get("type") != "file":
            kept[field["name"]] = field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")
    return kept


def typed(browser: Client, do: str = "save", **more):
    """Type over what the page holds, and press a button."""
    return browser.post(PAGE, form_of(browser) | more | {"do": do})


def sent_by(browser: Client, capture, **more):
    """Type, look at the preview, send; the machine then reads. Gives the page of the receipt."""
    answer = typed(browser, "preview", **(WHO | more))
    assert (answer.status_code, answer.headers.get("Location")) == (302, PREVIEW), answer.content.decode()[:3000]
    with capture(execute=True):
        answer = browser.post(PREVIEW, form_of(browser, PREVIEW))
    return browser.get(answer["Location"])


@pytest.fixture
def real_sending(campaign, collective, lists) -> MailAccount:
    """An account in service, the campaign out of its rehearsal, and a known address for the first list."""
    account = MailAccount.objects.create(
        collective=collective, name="Campagne", from_address="campagne@untoit.example", smtp_host="127.0.0.1", smtp_security=Security.NONE,
    )  # fmt: skip
    SendingPlan.objects.update_or_create(campaign=campaign, defaults={"is_rehearsal": False, "account": account})
    Contact.objects.create(
        candidate_list=lists[0], collective=collective, kind=Contact.Kind.EMAIL, value="contact@valmorel-solidaire.example", source="site de la liste",
        found_on="2026-02-01",
    )  # fmt: skip
    return account
