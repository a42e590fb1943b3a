"""Lists, where they stand, mergers and draws."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections import acts
from plaidoyer.elections.models import CandidateList, Contest, Election, Standing

S = Standing.State


def standing_of(one, number=1):
    return one.standings.select_related("contest__commune", "contest__election", "candidate_list").get(contest__round=number)


def move(actor, collective, one, to, number=1):
    return acts.move_standing(actor=actor, collective=collective, standing=standing_of(one, number), to=to)


def test_a_list_opens_its_contest_and_tells_the_journal(amina, collective, election, valmorel):
    made = acts.register_list(actor=amina, collective=collective, election=election, commune=valmorel, name="La Relève", head_name="Odile Mérizel")
    assert (made.key, made.slug) == ("zz001-odile-merizel", "la-releve")
    contest = Contest.objects.get()
    assert (contest.polling_on, contest.closes_at) == (election.first_round_on, datetime.time(20))
    assert [entry.sentence for entry in JournalEntry.objects.order_by("sequence")] == [
        "Le scrutin de Valmorel-sur-Ourse (conseil municipal, tour 1) est ouvert pour le 15/03/2026.",
        "La liste « La Relève » est ajoutée à Valmorel-sur-Ourse.",
    ]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"name": "VALMOREL solidaire"}, "Une liste porte déjà ce nom"),
        ({"name": "La Relève", "panel": 2}, "Le panneau 2 est déjà celui de « Un nouvel élan pour Valmorel »"),
        ({"name": "La Relève", "etiquette": "Union"}, "Indiquez d’où vient l’étiquette"),
    ],
)
def test_a_list_that_cannot_be_is_refused_with_the_reason(amina, collective, election, valmorel, lists, facts, reason):
    with pytest.raises(ActRefusedError, match=reason):
        acts.register_list(actor=amina, collective=collective, election=election, commune=valmorel, **facts)
    assert CandidateList.objects.count() == 4


def test_a_local_group_writes_in_its_communes_only(bruno, emile, chloe, collective, election, valmorel, pontaubry):
    facts = {"collective": collective, "election": election, "name": "La Relève"}
    assert acts.register_list(actor=bruno, commune=valmorel, **facts)
    for actor, commune, refusal in [(bruno, pontaubry, PermissionDenied), (emile, valmorel, PermissionDenied), (chloe, valmorel, Http404)]:
        with pytest.raises(refusal):
            acts.register_list(actor=actor, commune=commune, **facts)


def test_an_edit_keeps_the_values_of_before_in_the_journal(amina, collective, lists):
    acts.edit_list(actor=amina, collective=collective, candidate_list=lists[0], name="Valmorel plus solidaire", panel=1)
    entry = JournalEntry.objects.get(verb="list.edit")
    assert entry.sentence == "La liste « Valmorel plus solidaire » est modifiée (nom)."
    assert entry.data == {"before": {"name": "Valmorel solidaire"}}


def test_an_edit_that_changes_nothing_says_nothing(amina, collective, lists):
    acts.edit_list(actor=amina, collective=collective, candidate_list=lists[0], name="Valmorel solidaire", panel=1)
    assert not JournalEntry.objects.exists()


def test_a_list_that_stays_enters_the_second_round(amina, collective, lists):
    move(amina, collective, lists[0], S.MAINTAINED)
    second = standing_of(lists[0], 2)
    assert (second.state, second.contest.polling_on) == (S.REGISTERED, datetime.date(2026, 3, 22))
    move(amina, collective, lists[0], S.MAJORITY, 2)
    assert standing_of(lists[0], 2).state == S.MAJORITY


@pytest.mark.parametrize("to", [S.ANNOUNCED, S.MERGED, S.REGISTERED, "nonsense"])
def test_a_registered_list_cannot_become_anything(amina, collective, lists, to):
    with pytest.raises(ActRefusedError):
        move(amina, collective, lists[0], to)
    assert standing_of(lists[0]).state == S.REGISTERED


def test_of_two_people_who_move_a_list_together_one_is_told(amina, collective, lists):
    stale = standing_of(lists[0])
    move(amina, collective, lists[0], S.NOT_QUALIFIED)
    with pytest.raises(ActRefusedError, match="Quelqu’un vient de changer"):
        acts.move_standing(actor=amina, collective=collective, standing=stale, to=S.WITHDRAWN)


def test_a_merged_list_is_a_new_subject_and_its_parents_keep_theirs(amina, collective, contest, lists):
    made = acts.merge_lists(
        actor=amina, collective=collective, contest=contest, lists=lists[:2], name="Valmorel rassemblée", head_name="Inès Carpentras"
    )
    assert set(made.merged_from.all()) == set(lists[:2])
    assert [(standing_of(one).state, standing_of(one).merged_into) for one in lists[:3]] == [(S.MERGED, made), (S.MERGED, made), (S.REGISTERED, None)]
    assert standing_of(made, 2).state == S.REGISTERED
    assert not made.standings.filter(contest__round=1).exists()
    assert set(CandidateList.objects.still_standing()) == {made, lists[2], lists[3]}


def test_a_merger_that_cannot_be_is_refused(amina, collective, contest, lists):
    facts = {"actor": amina, "collective": collective, "contest": contest, "name": "Ensemble"}
    with pytest.raises(ActRefusedError, match="au moins deux"):
        acts.merge_lists(lists=lists[:1], **facts)
    move(amina, collective, lists[1], S.WITHDRAWN)
    with pytest.raises(ActRefusedError, match="« Un nouvel élan pour Valmorel » est retirée"):
        acts.merge_lists(lists=lists[:2], **facts)
    Election.objects.update(second_round_on=None)
    contest.election.refresh_from_db()
    with pytest.raises(ActRefusedError, match="date du second tour manque"):
        acts.merge_lists(lists=[lists[0], lists[2]], **facts)
    assert CandidateList.objects.count() == 4


def test_a_draw_can_be_done_again_by_anybody(amina, collective, election, valmorel, lists):
    """The tickets below come from ``printf 'Loto 12 23 34\\nZZ001\\nZZ001-1' | sha256sum`` and the like."""
    CandidateList.objects.update(panel=None)
    draw = acts.record_draw(actor=amina, collective=collective, election=election, commune=valmorel, seed="Loto 12 23 34", witness="Maître Aubrée")
    assert draw.order == TICKETS_IN_ORDER
    assert [one.key for one in CandidateList.objects.in_official_order()] == TICKETS_IN_ORDER
    entry = JournalEntry.objects.get()
    assert entry.sentence == "L’ordre des 4 listes de Valmorel-sur-Ourse est tiré au sort, graine « Loto 12 23 34 », devant Maître Aubrée."


TICKETS_IN_ORDER = ["ZZ001-1", "ZZ001-2", "ZZ001-4", "ZZ001-3"]  # 69bb0df1…, 996313e2…, b6b0a074…, dabbabf4…


def test_a_second_draw_replaces_the_order_and_keeps_the_first(amina, collective, election, valmorel, lists):
    for seed in ["un", "deux"]:
        acts.record_draw(actor=amina, collective=collective, election=election, commune=valmorel, seed=seed)
    assert [draw.seed for draw in election.draws.order_by("pk")] == ["un", "deux"]
    ranks = dict(CandidateList.objects.values_list("key", "draw_position"))
    assert [key for key, _ in sorted(ranks.items(), key=lambda pair: pair[1])] == election.draws.order_by("pk").last().order


def test_a_known_panel_goes_before_a_drawn_rank(amina, collective, election, valmorel, lists):
    acts.record_draw(actor=amina, collective=collective, election=election, commune=valmorel, seed="un")
    assert [one.panel for one in CandidateList.objects.in_official_order()] == [1, 2, 3, 4]


@pytest.mark.parametrize("seed", ["", "   "])
def test_a_draw_needs_a_seed(amina, collective, election, valmorel, lists, seed):
    with pytest.raises(ActRefusedError, match="graine"):
        acts.record_draw(actor=amina, collective=collective, election=election, commune=valmorel, seed=seed)


def test_moving_the_day_of_an_election_moves_its_contests_but_not_those_with_a_day_of_their_own(amina, collective, election, contest, pontaubry):
    own = acts.open_contest(
        actor=amina, collective=collective, election=election, commune=pontaubry, polling_on=datetime.date(2026, 3, 14)
    )  # fmt: skip
    acts.edit_election(
        actor=amina, collective=collective, election=election, name="Municipales", first_round_on=datetime.date(2026, 3, 8),
        second_round_on=datetime.date(2026, 3, 15), source="décret",
    )  # fmt: skip
    contest.refresh_from_db()
    own.refresh_from_db()
    assert (contest.polling_on, own.polling_on) == (datetime.date(2026, 3, 8), datetime.date(2026, 3, 14))


def test_the_second_round_comes_after_the_first(amina, collective):
    with pytest.raises(ActRefusedError, match="vient après le premier"):
        acts.create_election(
            actor=amina,
            collective=collective,
            slug="x",
            name="X",
            first_round_on=datetime.date(2027, 6, 6),
            second_round_on=datetime.date(2027, 6, 6),
        )


# ----------------------------------------------------------------------------------------------------------------------------- contacts


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("email", " contact@liste.example ", "contact@liste.example"),
        ("phone", "04 00 00  00 00", "04 00 00 00 00"),
        ("form", "liste.example/contact", "https://liste.example/contact"),
        ("address", "2 rue des  Lilas", "2 rue des Lilas"),
    ],
)
def test_a_contact_is_kept_with_its_source_and_the_journal_never_says_it(amina, collective, lists, kind, value, kept):
    made = acts.add_contact(actor=amina, collective=collective, candidate_list=lists[0], kind=kind, value=value, source="leur site")
    assert (made.value, made.source, made.entered_by) == (kept, "leur site", amina)
    assert kept not in JournalEntry.objects.get().sentence


@pytest.mark.parametrize(
    ("kind", "value", "source", "reason"),
    [
        ("email", "pas une adresse", "site", "n’est pas une adresse électronique"),
        ("phone", "06 12", "site", "n’est pas un numéro"),
        ("form", "pas une page", "site", "n’est pas une adresse de page"),
        ("form", "javascript:alert(1)", "site", "n’est pas une adresse de page"),
        ("email", "a@b.example", " ", "Indiquez où vous avez trouvé"),
        ("email", " ", "site", "Indiquez le contact"),
    ],
)
def test_a_contact_that_cannot_be_used_is_refused(amina, collective, lists, kind, value, source, reason):
    with pytest.raises(ActRefusedError, match=reason):
        acts.add_contact(actor=amina, collective=collective, candidate_list=lists[0], kind=kind, value=value, source=source)


def test_a_contact_is_known_once_and_one_that_was_retired_may_come_back(amina, collective, lists):
    facts = {"actor": amina, "collective": collective, "candidate_list": lists[0], "kind": "email", "value": "a@b.example", "source": "site"}
    made = acts.add_contact(**facts)
    with pytest.raises(ActRefusedError, match="déjà connu"):
        acts.add_contact(**facts)
    acts.retire_contact(actor=amina, collective=collective, contact=made)
    with pytest.raises(ActRefusedError, match="n’est déjà plus en usage"):
        acts.retire_contact(actor=amina, collective=collective, contact=made)
    assert acts.add_contact(**facts).pk == made.pk
