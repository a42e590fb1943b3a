"""Fifty thousand lists in a scratch database, one real wave: how long, how much memory. Run as a process of its own."""

from __future__ import annotations

import datetime
import os
import resource
import sys
import tempfile
import time

TEXT = "Vous engagez-vous à domicilier toute personne sans domicile stable ayant un lien avec la commune ?"


def main(count: int, per_commune: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"PLAIDOYER_HOME": home, "DJANGO_SETTINGS_MODULE": "plaidoyer.config.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        campaign = filled(count, per_commune)
        from plaidoyer.campaigns.acts.waves import send_wave

        before, cpu, started = peak(), time.process_time(), time.perf_counter()
        sent = send_wave(actor=None, campaign=campaign, kind="letter")
        took, busy = time.perf_counter() - started, time.process_time() - cpu
        print(f"{sent.made} {took:.2f} {busy:.2f} {before:.0f} {peak():.0f}")


def peak() -> float:
    """The most that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def filled(count: int, per_commune: int):
    from plaidoyer.accounts.models import Collective
    from plaidoyer.campaigns.letter_models import SendingPlan
    from plaidoyer.campaigns.models import Campaign, CampaignCommune, Question, Questionnaire, Signatory
    from plaidoyer.elections.models import CandidateList, Contact, Contest, Election
    from plaidoyer.mailbox.models import MailAccount
    from plaidoyer.territories.models import Commune, Departement, Region

    today = datetime.datetime.now(datetime.UTC).date()
    region = Region.objects.create(code="ZZ", name="Val-Fictif")
    departement = Departement.objects.create(code="ZZ", name="Haute-Fiction", region=region)
    election = Election.objects.create(slug="e", name="Élections", year=today.year, first_round_on=today + datetime.timedelta(days=40))
    collective = Collective.objects.create(slug="c", name="Un toit", contact_email="bonjour@untoit.example")
    campaign = Campaign.objects.create(
        collective=collective, election=election, slug="c", name="Campagne", deadline_on=today + datetime.timedelta(days=25)
    )
    questionnaire = Questionnaire.objects.create(campaign=campaign)
    Question.objects.bulk_create(Question(questionnaire=questionnaire, number=number, title=f"Q{number}", text=TEXT) for number in range(1, 6))
    Signatory.objects.create(campaign=campaign, name="Amina Test", capacity="présidente")
    MailAccount.objects.create(collective=collective, name="c", from_address="bonjour@untoit.example", smtp_host="localhost")
    SendingPlan.objects.create(campaign=campaign, is_rehearsal=False, attaches_pdf=False)
    codes = [f"{number:05}" for number in range(-(-count // per_commune))]
    Commune.objects.bulk_create(
        Commune(
            code=code, name=f"Bourg-Fictif-{code}", slug=f"b-{code}", search_name=f" b {code}", departement=departement, region=region, cog_year=2026
        )
        for code in codes
    )
    CampaignCommune.objects.bulk_create(CampaignCommune(campaign=campaign, commune_id=code) for code in codes)
    Contest.objects.bulk_create(Contest(election=election, commune_id=code, polling_on=election.first_round_on) for code in codes)
    for start in range(0, count, 5_000):
        made = CandidateList.objects.bulk_create(
            CandidateList(
                election=election,
                commune_id=codes[number // per_commune],
                key=f"k{number}",
                name=f"Liste {number}",
                slug=f"l{number}",
                head_name=f"Tête {number}",
            )
            for number in range(start, min(start + 5_000, count))
        )
        Contact.objects.bulk_create(
            Contact(candidate_list=one, collective=collective, kind="email", value=f"{one.slug}@listes.example", source="site", found_on=today)
            for one in made
        )
    return campaign


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
