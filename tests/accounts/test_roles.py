"""Changing, suspending and restoring roles; who may do what; nobody locks a collective's door from inside."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from plaidoyer.accounts import acts
from plaidoyer.accounts.models import JournalEntry, Membership, User
from plaidoyer.accounts.permissions import may, verbs
from plaidoyer.accounts.refusals import ActRefusedError


@pytest.fixture
def role_of(collective):
    return lambda user: Membership.objects.get(collective=collective, user=user)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("amina", {"campaign", "local", "send", "lists", "receive", "review", "publish", "people"}),
        ("bruno", {"local", "lists", "receive", "review"}),
        ("diane", {"review"}),
        ("emile", set()),
        ("chloe", set()),
    ],
)
def test_each_role_has_its_acts(request, collective, name, allowed):
    assert verbs(request.getfixturevalue(name), collective) == allowed


def test_a_local_group_acts_in_its_communes_only(bruno, collective, valmorel, pontaubry):
    assert may(bruno, "review", collective, valmorel.pk)
    assert not may(bruno, "review", collective, pontaubry.pk)


def test_a_role_changes_with_its_communes_and_the_journal_says_so(amina, diane, role_of, pontaubry):
    acts.change_role(actor=amina, membership=role_of(diane), role="local", commune_codes=[pontaubry.pk])
    assert (role_of(diane).role, role_of(diane).commune_codes()) == ("local", ["ZZ002"])
    assert JournalEntry.objects.get().sentence == "Amina Test donne à Diane Test le rôle « groupe local »."


def test_the_last_coordinator_keeps_the_role(amina, role_of):
    for attempt in (
        lambda: acts.change_role(actor=amina, membership=role_of(amina), role="reader"),
        lambda: acts.suspend(actor=amina, membership=role_of(amina)),
    ):
        with pytest.raises(ActRefusedError, match="seule personne à la coordination"):
            attempt()
    assert role_of(amina).role == "coordinator"


def test_with_two_coordinators_one_may_step_down(amina, diane, role_of):
    acts.change_role(actor=amina, membership=role_of(diane), role="coordinator")
    acts.change_role(actor=amina, membership=role_of(amina), role="observer")
    assert not may(amina, "people", role_of(amina).collective)


def test_a_coordinator_whose_account_is_closed_does_not_count(amina, diane, role_of):
    acts.change_role(actor=amina, membership=role_of(diane), role="coordinator")
    User.objects.filter(pk=diane.pk).update(is_active=False)
    with pytest.raises(ActRefusedError):
        acts.suspend(actor=amina, membership=role_of(amina))


def test_a_suspended_person_sees_nothing_and_can_come_back(as_user, amina, diane, role_of, campaign):
    acts.suspend(actor=amina, membership=role_of(diane))
    assert as_user(diane).get(campaign.get_absolute_url()).status_code == 404
    with pytest.raises(ActRefusedError, match="déjà suspendu"):
        acts.suspend(actor=amina, membership=role_of(diane))
    acts.restore(actor=amina, membership=role_of(diane))
    assert as_user(diane).get(campaign.get_absolute_url()).status_code == 200


def test_only_the_coordination_changes_roles(bruno, diane, emile, chloe, role_of):
    for member in (bruno, diane, emile):
        with pytest.raises(PermissionDenied):
            acts.change_role(actor=member, membership=role_of(member), role="coordinator")
    with pytest.raises(Http404):
        acts.suspend(actor=chloe, membership=role_of(bruno))


def test_two_collectives_of_the_same_name_have_two_addresses(db):
    first = acts.create_collective(actor=None, name="Le Seuil")
    second = acts.create_collective(actor=None, name="Le Seuil")
    assert (first.slug, second.slug) == ("le-seuil", "le-seuil-2")


def test_the_card_of_a_collective_keeps_the_order_of_its_members(amina, collective):
    facts = {"name": "Un toit à Valmorel", "about": "Trois associations.", "contact_email": "bonjour@untoit.example"}
    acts.edit_collective(actor=amina, collective=collective, facts=facts, organisations=["La Table ouverte", "Emprunt solidaire", "La Table ouverte"])
    assert [one.name for one in collective.organisations.order_by("collectivemember__position")] == ["La Table ouverte", "Emprunt solidaire"]
