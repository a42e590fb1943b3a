"""The collective's side of the door: who has an address, who has answered; revoked, renewed, shown as a specimen."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.campaigns.acts.links import open_links
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.reply_tokens import token_of
from plaidoyer.replies.models import DoorDraft
from tests.replies.door_cast import *
from tests.replies.door_cast import opened, sent_by, typed
from tests.replies.test_door_page import NOON

YES = "Oui, sans condition."


@pytest.fixture(autouse=True)
def on_wednesday(on_tuesday):
    on_tuesday.move_to(NOON)


@pytest.fixture
def pages(campaign) -> str:
    return reverse("pages:pages", args=[campaign.slug])


def rows_of(answer) -> list[list[str]]:
    table = BeautifulSoup(answer.content, "html.parser").select("tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in table]


def test_the_desk_sees_the_state_of_each_page(links, pages, as_user, amina, django_capture_on_commit_callbacks):
    sent_by(opened(links[0]), django_capture_on_commit_callbacks, Q1=YES)
    opened(links[1])
    as_user(amina).post(reverse("pages:revoke", args=[links[2].campaign.slug, links[2].pk]), {"reason": "Transmise à un tiers."})
    first, second, third, fourth = rows_of(as_user(amina).get(pages))
    assert first[:4] == [
        "Valmorel solidaire",
        "Valmorel-sur-Ourse",
        "ouverte le mercredi 4 mars 2026 à 12 h",
        "version 1 , le mercredi 4 mars 2026 à 12 h",
    ]
    assert second[2:4] == ["ouverte le mercredi 4 mars 2026 à 12 h", "rien"]
    assert third[2] == "révoquée le mercredi 4 mars 2026 à 12 h (Transmise à un tiers.)"
    assert fourth[2:4] == ["jamais ouverte", "rien"]


def test_no_address_is_shown_on_the_desk(links, pages, as_user, amina):
    page = as_user(amina).get(pages).content.decode()
    assert not any(token_of(link) in page for link in links)


def test_the_list_of_pages_asks_as_many_queries_for_four_lists_as_for_two(links, pages, as_user, amina, queries_of, lists):
    hers = as_user(amina)
    asked = queries_of(lambda: hers.get(pages))
    for one in lists[2:]:
        one.solicitations.all().delete()
        one.reply_links.all().delete()
        one.standings.all().delete()
        one.delete()
    assert queries_of(lambda: hers.get(pages)) == asked == 16


def test_lists_without_an_address_are_counted_and_prepared_in_one_press(campaign, lists, sent, pages, as_user, amina):
    assert "4 listes n’ont pas encore d’adresse" in as_user(amina).get(pages).content.decode()
    for _ in range(2):
        as_user(amina).post(reverse("pages:prepare", args=[campaign.slug]))
    assert ReplyLink.objects.live().count() == 4
    assert JournalEntry.objects.filter(verb="link.open").get().sentence.startswith("Adresses de réponse faites pour 4 listes")


def test_revoking_and_renewing_ask_a_reason(link, as_user, amina):
    for name in ("pages:revoke", "pages:renew"):
        assert as_user(amina).post(reverse(name, args=[link.campaign.slug, link.pk]), {"reason": " "}).status_code == 422
    assert ReplyLink.objects.live().count() == 4


def test_a_renewed_address_replaces_the_old_one(link, as_user, amina):
    old = token_of(link)
    as_user(amina).post(reverse("pages:renew", args=[link.campaign.slug, link.pk]), {"reason": "Lettre égarée."})
    fresh = ReplyLink.objects.live().get(candidate_list=link.candidate_list)
    assert fresh.pk != link.pk
    assert Client().post(reverse("door:enter", args=[old])).status_code == 404
    assert Client().post(reverse("door:enter", args=[token_of(fresh)])).status_code == 302
    assert JournalEntry.objects.filter(verb="link.renew").get().sentence.endswith("Raison : Lettre égarée.")


def test_a_revoked_address_can_be_replaced_once(link, as_user, amina):
    slug = link.campaign.slug
    as_user(amina).post(reverse("pages:revoke", args=[slug, link.pk]), {"reason": "Erreur."})
    for _ in range(2):
        as_user(amina).post(reverse("pages:renew", args=[slug, link.pk]), {"reason": "Erreur levée."})
    assert ReplyLink.objects.live().filter(candidate_list=link.candidate_list).count() == 1


def test_who_only_looks_or_reads_changes_nothing(link, pages, as_user, emile, diane, bruno):
    slug = link.campaign.slug
    for person in (emile, diane, bruno):
        hers = as_user(person)
        assert hers.get(pages).status_code == 200
        assert "Révoquer" not in hers.get(pages).content.decode()
        assert hers.post(reverse("pages:revoke", args=[slug, link.pk]), {"reason": "x"}).status_code == 403
        assert hers.post(reverse("pages:renew", args=[slug, link.pk]), {"reason": "x"}).status_code == 403
        assert hers.post(reverse("pages:prepare", args=[slug])).status_code == 403
    assert ReplyLink.objects.live().count() == 4


def test_another_collective_finds_nothing(link, pages, as_user, chloe):
    hers = as_user(chloe)
    slug = link.campaign.slug
    gets = [pages, *(reverse(name, args=[slug, link.pk]) for name in ("pages:revoke", "pages:renew"))]
    assert {hers.get(address).status_code for address in gets} == {404}
    assert hers.get(reverse("pages:specimen", args=[slug, link.candidate_list_id])).status_code == 404
    assert hers.post(reverse("pages:prepare", args=[slug])).status_code == 404


def test_a_local_group_sees_the_pages_of_its_commune_alone(links, pages, campaign, as_user, bruno, pontaubry, election):
    from plaidoyer.elections.models import Contest
    from tests.cast import candidate_list

    there = candidate_list(
        Contest.objects.create(election=election, commune=pontaubry, polling_on="2026-03-15"), 1, "Pontaubry ensemble", "Rose Ferrand"
    )
    assert "Pontaubry ensemble" not in as_user(bruno).get(pages).content.decode()
    assert as_user(bruno).get(reverse("pages:specimen", args=[campaign.slug, there.pk])).status_code == 404


@pytest.mark.parametrize("name", ["pages:pages", "pages:specimen", "pages:prepare"])
def test_a_wrong_method_is_refused(link, as_user, amina, name):
    args = [link.campaign.slug, *([link.candidate_list_id] if name == "pages:specimen" else [])]
    hers = as_user(amina)
    assert (hers.get if name == "pages:prepare" else hers.post)(reverse(name, args=args)).status_code == 405


def test_a_specimen_shows_the_page_and_nothing_of_what_the_list_writes(links, as_user, amina, campaign):
    typed(opened(links[0]), Q1=YES)
    page = as_user(amina).get(reverse("pages:specimen", args=[campaign.slug, links[0].candidate_list_id]))
    assert "Voici la page que verra la liste" in page.content.decode()
    assert YES not in page.content.decode()
    assert DoorDraft.objects.count() == 1
    assert not BeautifulSoup(page.content, "html.parser").select("button[type=submit]:not([disabled]):not(.plain)")


def test_asking_twice_for_addresses_makes_none_twice(campaign, lists, sent, amina):
    assert [open_links(actor=amina, campaign=campaign, lists=campaign.lists()) for _ in range(2)] == [4, 0]
