"""The guided visit of the example exists only where the example is served."""

from django.urls import reverse


def test_a_real_installation_has_no_visit(client, db, settings):
    settings.DEMO = False
    assert 404 == client.get(reverse("publication:visit")).status_code


def test_the_example_explains_what_to_look_at_and_says_that_all_is_invented(client, db, settings):
    settings.DEMO = True
    page = client.get(reverse("publication:visit")).content.decode()
    assert "Exemple fictif" in page
    assert "salome@leseuil.example" in page
    assert "/campagnes/cinq-questions-aux-listes-du-val-darvigne/ZZ101-courvalle-sur-arvigne/" in page
