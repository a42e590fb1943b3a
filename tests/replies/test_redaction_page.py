"""The page where one hides, and where it leads once nothing is left to hide."""

from django.urls import reverse

from plaidoyer.replies import acts

ONWARD = "Voir ce qui reste à faire pour publier Valmorel"


def page_of(client, reply):
    return client.get(reverse("replies:redaction", args=[reply.pk])).content.decode()


def test_once_all_is_seen_the_page_leads_on_to_the_publication(as_user, diane, reply):
    assert ONWARD not in page_of(as_user(diane), reply)
    acts.claim(actor=diane, reply=reply)
    acts.see_redactions(actor=diane, reply=reply)
    page = page_of(as_user(diane), reply)
    onward = reverse("replies:publish", args=["valmorel-2026", reply.candidate_list.commune_id])
    assert ONWARD in page
    assert f'href="{onward}"' in page
    assert as_user(diane).get(onward).status_code == 200


def test_a_letter_of_nobody_yet_leads_to_no_publication(as_user, amina, receive):
    unknown = receive("Nous répondrons bientôt.")
    assert ONWARD not in page_of(as_user(amina), unknown)
