"""An invitation makes a role; its link is a secret that the database does not hold."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from plaidoyer.accounts import acts
from plaidoyer.accounts.models import Invitation, JournalEntry, Membership, User
from plaidoyer.accounts.refusals import ActRefusedError
from tests.cast import PASSWORD

WELCOME = {"full_name": "Léa Marchal", "password": "le chat dort au soleil", "again": "le chat dort au soleil"}


@pytest.fixture
def invited(amina, collective, valmorel) -> tuple[Invitation, str]:
    return acts.invite(actor=amina, collective=collective, email="Lea@example.org", role="local", commune_codes=[valmorel.pk])


def test_a_new_person_joins_with_her_role_and_her_communes(client, invited, valmorel):
    _, token = invited
    page = client.get(f"/compte/invitation/{token}/").content.decode()
    assert "Un toit à Valmorel" in page
    assert "lea@example.org" in page
    assert client.post(f"/compte/invitation/{token}/", WELCOME).url == "/bureau/"
    role = Membership.objects.get(user__email="lea@example.org")
    assert (role.role, role.commune_codes()) == ("local", [valmorel.pk])


def test_the_secret_is_not_in_the_database(invited):
    invitation, token = invited
    assert token not in str(Invitation.objects.values().get(pk=invitation.pk))


def test_the_journal_does_not_keep_the_whole_address(invited):
    assert [line.sentence for line in JournalEntry.objects.all()] == ["Amina Test invite l…@example.org : groupe local."]


def test_a_link_serves_once(client, invited):
    _, token = invited
    client.post(f"/compte/invitation/{token}/", WELCOME)
    assert client.get(f"/compte/invitation/{token}/").status_code == 404


def test_an_old_link_no_longer_serves(client, invited):
    invitation, token = invited
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert client.get(f"/compte/invitation/{token}/").status_code == 404
    with pytest.raises(ActRefusedError, match="a expiré"):
        acts.accept_invitation(actor=None, invitation=invitation, full_name="Léa", password="x")
    assert not User.objects.filter(email="lea@example.org").exists()


def test_inviting_again_kills_the_first_link(client, amina, collective, invited):
    _, first = invited
    acts.invite(actor=amina, collective=collective, email="lea@example.org", role="reader")
    assert client.get(f"/compte/invitation/{first}/").status_code == 404


def test_somebody_with_an_account_signs_in_first(client, chloe, amina, collective, as_user):
    _, token = acts.invite(actor=amina, collective=collective, email="chloe@example.org", role="reader")
    page = client.get(f"/compte/invitation/{token}/").content.decode()
    assert "Vous avez déjà un compte" in page
    client.post(f"/compte/invitation/{token}/", WELCOME)  # no way round
    assert not Membership.objects.filter(collective=collective, user=chloe).exists()
    as_user(chloe).post(f"/compte/invitation/{token}/")
    assert Membership.objects.get(collective=collective, user=chloe).role == "reader"
    chloe.refresh_from_db()
    assert chloe.check_password(PASSWORD)


def test_an_invitation_is_for_one_address_only(as_user, bruno, amina, collective):
    invitation, token = acts.invite(actor=amina, collective=collective, email="lea@example.org", role="coordinator")
    as_user(bruno).post(f"/compte/invitation/{token}/")
    assert Membership.objects.get(user=bruno).role == "local"
    assert Invitation.objects.get(pk=invitation.pk).accepted_at is None


def test_a_local_group_has_at_least_one_commune(amina, collective):
    with pytest.raises(ActRefusedError, match="au moins une commune"):
        acts.invite(actor=amina, collective=collective, email="lea@example.org", role="local")


def test_a_member_is_not_invited_twice(amina, bruno, collective):
    with pytest.raises(ActRefusedError, match="a déjà un rôle"):
        acts.invite(actor=amina, collective=collective, email="BRUNO@example.org", role="reader")


def test_only_the_coordination_invites(bruno, diane, emile, chloe, collective):
    for member in (bruno, diane, emile):
        with pytest.raises(PermissionDenied):
            acts.invite(actor=member, collective=collective, email="lea@example.org", role="reader")
    with pytest.raises(Http404):
        acts.invite(actor=chloe, collective=collective, email="lea@example.org", role="reader")
    assert not JournalEntry.objects.exists()


def test_a_cancelled_invitation_no_longer_serves(client, amina, invited):
    invitation, token = invited
    acts.revoke_invitation(actor=amina, invitation=invitation)
    assert client.get(f"/compte/invitation/{token}/").status_code == 404
    with pytest.raises(ActRefusedError, match="n’attend plus"):
        acts.revoke_invitation(actor=amina, invitation=invitation)


def test_a_weak_password_leaves_the_invitation_open(client, invited):
    invitation, token = invited
    assert "trop court" in client.post(f"/compte/invitation/{token}/", {**WELCOME, "password": "abc", "again": "abc"}).content.decode()
    assert Invitation.objects.get(pk=invitation.pk).accepted_at is None
