"""From the text of the letter to messages on their way, in a real browser, at the width of a desk and of a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.example_site import Site, by_script, served

pytestmark = [pytest.mark.anydb, pytest.mark.browser, pytest.mark.slow]

# An empty installation with what the first hour makes: a campaign of this month, four lists with an address, an account.
FILL = """
import datetime
from django.core.management import call_command
call_command("migrate", verbosity=0)
from plaidoyer.accounts.models import Collective, Membership, User
from plaidoyer.campaigns.models import Campaign, CampaignCommune, Question, Questionnaire, Signatory
from plaidoyer.elections.models import CandidateList, Contact, Election
from plaidoyer.mailbox.models import MailAccount
from plaidoyer.territories.models import Commune, Departement, Region
day = datetime.datetime.now(datetime.UTC).date()
zone = Departement.objects.create(code="ZZ", name="Haute-Fiction", region=Region.objects.create(code="ZZ", name="Val-Fictif"))
town = Commune.objects.create(code="ZZ001", name="Valmorel-sur-Ourse", slug="valmorel", search_name=" valmorel", departement=zone, cog_year=2026)
ours = Collective.objects.create(slug="un-toit", name="Un toit à Valmorel", contact_email="bonjour@untoit.example")
amina = User.objects.create_user("amina@example.org", "Amina Test", "le chat dort au soleil")
Membership.objects.create(collective=ours, user=amina, role="coordinator")
vote = Election.objects.create(slug="e", name="Élections", year=day.year, first_round_on=day + datetime.timedelta(days=35))
asked = Campaign.objects.create(collective=ours, election=vote, slug="c", name="Une question", deadline_on=day + datetime.timedelta(days=20))
CampaignCommune.objects.create(campaign=asked, commune=town)
Question.objects.create(questionnaire=Questionnaire.objects.create(campaign=asked), number=1, title="Toit", text="Domicilierez-vous chacun ?")
Signatory.objects.create(campaign=asked, name="Amina Test", capacity="présidente")
MailAccount.objects.create(collective=ours, name="campagne", from_address="bonjour@untoit.example", smtp_host="localhost")
for n in range(4):
    one = CandidateList.objects.create(election=vote, commune=town, key=f"k{n}", name=f"Liste {n}", slug=f"l{n}", panel=n + 1)
    Contact.objects.create(candidate_list=one, collective=ours, kind="email", value=f"l{n}@listes.example", source="site", found_on=day)
"""
COUNT = """
from plaidoyer.campaigns.models import Solicitation
from plaidoyer.mailbox.models import OutgoingMessage
print(OutgoingMessage.objects.filter(is_rehearsal=True).count(), OutgoingMessage.objects.real().count(), Solicitation.objects.count())
"""


@pytest.fixture
def desk(tmp_path) -> Iterator[Site]:
    by_script(tmp_path, FILL)
    with served(tmp_path) as site:
        yield site


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_text_to_the_messages(desk, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    faults = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{desk.url}/compte/connexion/?next=/bureau/campagnes/c/lettre/")
    page.fill("input[name=username]", "amina@example.org")
    page.fill("input[name=password]", "le chat dort au soleil")
    page.press("input[name=password]", "Enter")

    # a field goes where the cursor is; a misspelt one is named with its place
    page.click("text=Tout le texte, modèle Word")
    page.wait_for_load_state("load")  # the buttons of fields answer once their script has come
    greeting = page.get_by_label("Formule d’appel")
    greeting.fill("Bonjour ")
    page.click("button[data-field=civilite]")
    assert greeting.input_value() == "Bonjour {{ civilite }}"
    page.get_by_label("Annonce des questions").fill("Nos questions à {{ comune }} :")
    page.click("text=Enregistrer le texte")
    assert "voulez-vous dire {{ commune }}" in page.inner_text("[role=alert]")
    page.get_by_label("Annonce des questions").fill("Nos questions à {{ commune }} :")
    page.click("text=Enregistrer le texte")
    page.click("text=Voir pour une liste")
    assert "Nos questions à Valmorel-sur-Ourse :" in page.inner_text("article.letter").replace("\u00a0", " ")

    # a rehearsal, then the two steps to real sending, then the letters
    sending = f"{desk.url}/bureau/campagnes/c/envois/groupes/"
    page.goto(sending)
    page.click("text=Répéter l’envoi de la lettre")
    page.click("text=M’envoyer la répétition")
    page.goto(sending)
    page.click("text=Passer à l’envoi réel…")
    page.get_by_label("Écrivez « envoi réel »").fill("envoi réel")
    page.click("button.grave")
    page.click("text=Envoyer la lettre")
    page.click("text=Mettre en file")
    assert "0 sur 4" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()

    assert [one for one in faults if "422" not in one] == []
    assert desk.faults() == []
    assert by_script(desk.home, COUNT).split() == ["4", "4", "4"]
