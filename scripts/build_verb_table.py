#!/usr/bin/env python3
"""Compile the French form table of the reader from the open dictionary « Dicollecte » (MPL-2.0).

    scripts/build_verb_table.py FR.AFF FR.DIC [--out src/plaidoyer/reading/lexicon/forms.bin]

The two files come with the Debian package hunspell-fr-comprehensive (they carry mood, tense and person;
the npm edition dictionary-fr does not). The result is a sorted table in compressed blocks that the reader
opens without expanding it: see ``plaidoyer.reading.lexicon``.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "src"))
from plaidoyer.reading.lexicon import fold, write_table

MOODS = {
    "po:infi": "i", "po:ppre": "g", "po:ppas": "q", "po:ipre": "p", "po:iimp": "m", "po:ipsi": "s",
    "po:ifut": "f", "po:cond": "c", "po:spre": "j", "po:impe": "y",
}  # fmt: skip
PERSONS = {"po:1sg": "1", "po:2sg": "2", "po:3sg": "3", "po:1pl": "4", "po:2pl": "5", "po:3pl": "6"}
PARTS = {"po:nom": "N", "po:adj": "A", "po:adv": "D", "po:prep": "R", "po:titr": "N", "po:nb": "B"}
LEFT_OUT = {"po:npr", "po:patr", "po:prn", "po:pfx", "po:sign", "po:ponc", "po:sfx", "po:ltr"}

Rules = dict[str, list[tuple[str, str, re.Pattern[str], list[str]]]]


def read_affixes(path: pathlib.Path) -> Rules:
    rules: Rules = collections.defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) < 5 or parts[0] != "SFX":
            continue
        strip, add = parts[2].replace("0", ""), parts[3].split("/")[0]
        rules[parts[1]].append((strip, "" if add == "0" else add, re.compile(parts[4] + "$"), parts[5:]))
    return rules


def code_of(tags: list[str], own: set[str], lemma: str) -> set[str]:
    """The compact analyses of one form: ``Vf4:loger`` is the future, first person plural, of « loger »."""
    moods = [MOODS[t] for t in tags if t in MOODS]
    if moods:
        persons = "".join(sorted({PERSONS[t.rstrip("!")] for t in tags if t.rstrip("!") in PERSONS}))
        kept = [m for m in moods if not (m == "s" and not set(persons) & {"3", "6"})]
        return {f"V{m}{persons}:{lemma}" for m in kept}
    if any(t.startswith("po:v") for t in own) or "po:simp" in tags:
        return set()
    return {f"{PARTS[t]}:{lemma}" for t in own if t in PARTS}


def expand(line: str, rules: Rules) -> list[tuple[str, set[str]]]:
    head, *tags = line.split()
    if not tags or LEFT_OUT & set(tags):
        return []
    lemma, _, flags = head.partition("/")
    forms = []
    names = [flags[i : i + 2] for i in range(0, len(flags), 2)]
    applied = False
    for strip, add, condition, extra in (rule for name in names for rule in rules.get(name, ())):
        if condition.search(lemma) and lemma.endswith(strip):
            applied = True
            forms.append((lemma[: len(lemma) - len(strip)] + add, code_of(extra, set(tags), lemma)))
    if not applied:
        forms.append((lemma, code_of(tags, set(tags), lemma)))
    return forms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("aff", type=pathlib.Path)
    parser.add_argument("dic", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/plaidoyer/reading/lexicon/forms.bin"))
    args = parser.parse_args()
    rules = read_affixes(args.aff)
    table: dict[str, dict[str, set[str]]] = collections.defaultdict(lambda: collections.defaultdict(set))
    for line in args.dic.read_text(encoding="utf-8").splitlines()[1:]:
        for form, codes in expand(line, rules):
            if codes and " " not in form:
                table[fold(form)][form.lower().replace("’", "'")] |= codes
    write_table(args.out, table)
    print(f"{len(table)} formes, {args.out.stat().st_size / 1e6:.1f} Mo")


if __name__ == "__main__":
    main()
