"""A volunteer's own table: columns matched by a person, lines gathered into lists, what cannot be taken told line by line."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections import acts
from plaidoyer.elections.models import CandidateList, Contact, ListFile, Standing
from plaidoyer.elections.table_columns import guessed

HEADER = "Ville;Nom de la liste;Tête de liste;E-mail;Tél;Panneau;Parti;Source"


@pytest.fixture
def table(amina, collective, election):
    """``table(lines)`` sends a table with the columns above, matched as guessed."""

    def send(*lines: str, header: str = HEADER, actor=amina, **more) -> ListFile:
        content = "\n".join([header, *lines, ""]).encode()
        made = acts.receive_list_file(actor=actor, collective=collective, election=election, name="nos-listes.csv", content=content)
        return acts.match_columns(actor=actor, list_file=made, columns=dict(made.columns), **more)

    return send


def told(report):
    return [(one.line, one.column, one.value, one.reason) for one in report.rejects]


def counts(report):
    total = report.total
    return total.added, total.changed, total.unchanged, report.contacts_added


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (["Commune", "Liste", "Mail"], {"commune": 0, "name": 1, "email": 2}),
        (
            ["CP", "VILLE", "Intitulé", "Prénom", "Tête de liste", "Adresse mail"],
            {"postal": 0, "commune": 1, "name": 2, "given": 3, "head": 4, "email": 5},
        ),
        (["Code INSEE", "Adresse", "Adresse électronique"], {"insee": 0, "address": 1, "email": 2}),
        (["Commune", "Liste", "Prénom", "Nom"], {"commune": 0, "name": 1, "given": 2, "head": 3}),
        (["commune", "libelle_liste", "nom_tete", "prenom_tete"], {"commune": 0, "name": 1, "head": 2, "given": 3}),
        (["Commune", "Nom"], {"commune": 0}),
        (["Remarques", ""], {}),
    ],
)
def test_columns_are_guessed_from_the_names_people_give(columns, found):
    assert guessed(columns) == found


def test_a_first_name_alone_is_not_a_head(table, valmorel):
    with pytest.raises(ActRefusedError, match="le prénom seul ne suffit pas"):
        table("Valmorel-sur-Ourse;La Relève;Odile", header="Commune;Liste;Prénom")


def test_a_table_brings_lists_and_sourced_contacts(amina, table, collective, valmorel):
    sent = table("Valmorel-sur-Ourse;La Relève;Odile Mérizel;a@r.example, b@r.example;04 00 00 00 01;;Union locale;leur site")
    assert counts(acts.preview_list_file(actor=amina, list_file=sent)) == (1, 0, 0, 3)
    assert not CandidateList.objects.exists()
    acts.apply_list_file(actor=amina, list_file=sent)
    made = CandidateList.objects.get()
    assert (made.name, made.head_name, made.etiquette, made.etiquette_source) == ("La Relève", "Odile Mérizel", "Union locale", "leur site")
    assert made.standings.get().state == Standing.State.ANNOUNCED
    assert [(one.kind, one.value, one.source) for one in Contact.objects.filter(collective=collective)] == [
        ("email", "a@r.example", "leur site"), ("email", "b@r.example", "leur site"), ("phone", "04 00 00 00 01", "leur site"),
    ]  # fmt: skip
    sentence = JournalEntry.objects.get(verb="lists.import").sentence
    assert sentence == "Élections municipales de 2026 : tableau « nos-listes.csv » importé, 1 liste ajoutée, 3 contacts ajoutés."


def test_the_same_table_again_changes_nothing(amina, table, valmorel):
    line = "Valmorel-sur-Ourse;La Relève;Odile Mérizel;a@r.example;;;Union;leur site"
    acts.apply_list_file(actor=amina, list_file=table(line))
    again = table(line)
    report = acts.preview_list_file(actor=amina, list_file=again)
    assert counts(report) == (0, 0, 1, 0)
    assert not report.has_work


def test_two_lines_of_one_list_are_one_list(amina, table, valmorel):
    sent = table("Valmorel-sur-Ourse;La Relève;;a@r.example;;;;site", "valmorel sur ourse;la releve;Odile Mérizel;b@r.example;;;;site")
    report = acts.apply_list_file(actor=amina, list_file=sent)
    assert counts(report) == (1, 0, 0, 2)
    assert CandidateList.objects.get().head_name == "Odile Mérizel"


def test_a_known_list_is_completed_by_title_or_by_head(amina, table, lists):
    sent = table("Valmorel-sur-Ourse;VALMOREL SOLIDAIRE;;a@r.example;;;;site", "Valmorel-sur-Ourse;Élan;LORGERIL Thibaut;;;;Union;site")
    report = acts.apply_list_file(actor=amina, list_file=sent)
    assert counts(report) == (0, 2, 0, 1)
    assert CandidateList.objects.count() == 4
    lists[1].refresh_from_db()
    assert (lists[1].name, lists[1].etiquette) == ("Un nouvel élan pour Valmorel", "Union")


def test_a_table_does_not_contradict_the_prefecture(amina, table, lists):
    CandidateList.objects.update(source="Ministère de l’Intérieur, fichier des candidatures 2026")
    report = acts.apply_list_file(actor=amina, list_file=table("Valmorel-sur-Ourse;Valmorel solidaire;Jean Autre;;;9;;site"))
    assert told(report) == [
        (2, "Tête de liste", "Jean Autre", "le fichier du ministère dit « Inès Carpentras » : cette valeur est gardée"),
        (2, "Numéro de panneau", "9", "le fichier du ministère dit « 1 » : cette valeur est gardée"),
    ]
    lists[0].refresh_from_db()
    assert (lists[0].head_name, lists[0].panel) == ("Inès Carpentras", 1)


def test_every_line_that_cannot_be_taken_says_why(amina, table, valmorel, pontaubry):
    sent = table(
        "Valmorel;La Relève;;;;;;", "Valmorel-sur-Ourse;;Odile;;;;;", "Pontaubry;Nous;;pas une adresse;06;douze;Union;",
        "Pontaubry;Vous;;a@b.example;;;;", ";Eux;;;;;;", default_source="",
        header=HEADER,
    )  # fmt: skip
    report = acts.preview_list_file(actor=amina, list_file=sent)
    assert told(report) == [
        (2, "Commune", "Valmorel", "aucune commune ne s’appelle « Valmorel ». Peut-être : Valmorel-sur-Ourse (ZZ), INSEE ZZ001"),
        (3, "Nom de la liste", "", "le nom de la liste est vide ; si elle n’en a pas encore, écrivez « Liste de » et sa tête"),
        (4, "Numéro de panneau", "douze", "ce n’est pas un numéro de panneau ; la liste est prise sans lui"),
        (4, "Étiquette déclarée", "Union", "une étiquette demande sa source ; la liste est prise sans elle"),
        (4, "Courriel", "pas une adresse", "un contact demande sa source ; indiquez-la dans la colonne Source, ou pour tout le tableau"),
        (4, "Téléphone", "06", "un contact demande sa source ; indiquez-la dans la colonne Source, ou pour tout le tableau"),
        (5, "Courriel", "a@b.example", "un contact demande sa source ; indiquez-la dans la colonne Source, ou pour tout le tableau"),
        (6, "Commune", "", "la commune est vide"),
    ]
    assert counts(report) == (2, 0, 0, 0)


def test_a_contact_that_cannot_be_used_is_told_and_its_list_is_taken(amina, table, valmorel):
    sent = table("Valmorel-sur-Ourse;La Relève;;pas une adresse;06;;;site", "Valmorel-sur-Ourse;Nous;;a@b.example c@d.example;;;;site")
    report = acts.apply_list_file(actor=amina, list_file=sent)
    assert told(report) == [
        (
            2,
            "Courriel",
            "pas une adresse",
            "« pas une adresse » n’est pas une adresse électronique complète, comme nom@exemple.fr ; la liste est prise sans ce contact",
        ),
        (2, "Téléphone", "06", "« 06 » n’est pas un numéro de téléphone complet ; la liste est prise sans ce contact"),
    ]
    assert counts(report) == (2, 0, 0, 2)


def test_a_table_without_a_column_for_the_commune_is_of_one_commune(amina, table, valmorel):
    sent = table("La Relève;a@r.example", header="Liste;Mail", default_commune="ZZ001", default_source="leur site")
    acts.apply_list_file(actor=amina, list_file=sent)
    assert CandidateList.objects.get().commune == valmorel


@pytest.mark.parametrize(
    ("header", "columns", "reason"),
    [
        ("Liste;Mail", {"name": 0}, "Indiquez la colonne de la commune"),
        ("Ville;Mail", {"commune": 0}, "Indiquez la colonne du nom de la liste"),
        ("Ville;Liste;Mail", {"commune": 0, "name": 1, "email": 2}, "Indiquez d’où viennent les contacts"),
        ("Ville;Liste", {"commune": 0, "name": 0}, "choisie deux fois"),
    ],
)
def test_columns_that_cannot_work_are_refused_before_the_preview(amina, collective, election, header, columns, reason):
    made = acts.receive_list_file(actor=amina, collective=collective, election=election, name="x.csv", content=f"{header}\na;b;c\n".encode())
    with pytest.raises(ActRefusedError, match=reason):
        acts.match_columns(actor=amina, list_file=made, columns=columns)


def test_a_local_group_imports_its_communes_only(bruno, table, valmorel, pontaubry):
    sent = table("Valmorel-sur-Ourse;La Relève;;;;;;", "Pontaubry;Nous;;;;;;", actor=bruno)
    report = acts.apply_list_file(actor=bruno, list_file=sent)
    assert told(report) == [(3, "Commune", "Pontaubry (ZZ)", "votre groupe local ne couvre pas cette commune")]
    assert CandidateList.objects.get().commune == valmorel


def test_the_ministrys_file_is_recognised_and_is_for_the_coordination(amina, bruno, collective, election, valmorel):
    from tests.elections.conftest import HEADER_2026, lists_2026

    content = "\n".join([HEADER_2026, *lists_2026()]).encode()
    facts = {"collective": collective, "election": election, "name": "candidatures.csv", "content": content}
    with pytest.raises(PermissionDenied):
        acts.receive_list_file(actor=bruno, **facts)
    sent = acts.receive_list_file(actor=amina, **facts)
    assert sent.kind == ListFile.Kind.OFFICIAL
    assert acts.apply_list_file(actor=amina, list_file=sent).total.added == 2


def test_the_same_bytes_twice_are_one_file_and_an_import_is_done_once(amina, table, valmorel):
    first, second = table("Valmorel-sur-Ourse;La Relève;;;;;;"), table("Valmorel-sur-Ourse;La Relève;;;;;;")
    assert first.pk == second.pk
    acts.apply_list_file(actor=amina, list_file=first)
    for act in (acts.apply_list_file, acts.abandon_list_file):
        with pytest.raises(ActRefusedError, match="déjà été importé ou abandonné"):
            act(actor=amina, list_file=second)


@pytest.mark.parametrize(("content", "reason"), [(b"", "vide"), (b"%PDF-1.7", "un PDF, pas un tableau")])
def test_a_file_that_is_no_table_is_refused_and_nothing_is_kept(amina, collective, election, content, reason):
    with pytest.raises(ActRefusedError, match=reason):
        acts.receive_list_file(actor=amina, collective=collective, election=election, name="x.csv", content=content)
    assert not ListFile.objects.exists()
    assert not JournalEntry.objects.exists()
