"""Signs that are not proofs: an address, a domain, a name in the letter. Each is told in French; several lists may have some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import Candidate, Contact
from plaidoyer.kit.text import folded
from plaidoyer.territories.models import Commune, PostalCode

ADDRESS, NEAR_TOKEN, DOMAIN, IN_SUBJECT, IN_FILE, IN_WORDS, AUTHOR, MEMBER, PLACE = 100, 90, 60, 50, 45, 40, 55, 35, 5
CLEAR = 35  # under it no list is put forward alone
SHORT = 9  # folded letters under which a name of a list stands in any letter (« Ensemble »)
MANY = 12  # lists told at most: beyond, the reasons say nothing any more
EVERYBODYS = {
    "gmail.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "hotmail.fr", "hotmail.com", "outlook.fr", "outlook.com", "live.fr",
    "yahoo.fr", "yahoo.com", "icloud.com", "me.com", "protonmail.com", "proton.me", "bbox.fr", "neuf.fr", "numericable.fr", "ouvaton.org",
    "mailo.com", "gmx.fr", "aol.com", "riseup.net", "ik.me", "netcourrier.com", "lilo.org",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """What can be looked at in a letter, whatever the door by which it came."""

    subject: str = ""
    sender: str = ""
    author: str = ""
    words: str = ""
    files: tuple[str, ...] = ()
    other_addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    candidate_list_id: int
    weight: int
    reason: str


@dataclass(frozen=True, slots=True)
class Named:
    """A list and its head, as they are written and as they are looked for."""

    pk: int
    name: str
    head: str
    flat_name: str
    flat_head: str


@dataclass(slots=True)
class Register:
    """The names and addresses of a campaign's lists, folded once for many letters."""

    campaign: Campaign
    lists: list[Named] = field(default_factory=list)
    by_address: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_domain: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_commune: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, campaign: Campaign) -> Register:
        made = cls(campaign)
        for pk, name, head, site, code in campaign.lists().values_list("pk", "name", "head_name", "website", "commune"):
            made.lists.append(Named(pk, name, head, folded(name), folded(head)))
            made.by_commune[code].append(pk)
            if domain := domain_of_site(site):
                made.by_domain[domain].add(pk)
        known = Contact.objects.active().filter(collective=campaign.collective_id, kind=Contact.Kind.EMAIL)
        for pk, value in known.filter(candidate_list__in=campaign.lists().order_by()).values_list("candidate_list", "value"):
            made.by_address[value.lower()].add(pk)
            if (domain := value.lower().rpartition("@")[2]) not in EVERYBODYS:
                made.by_domain[domain].add(pk)
        return made


def domain_of_site(site: str) -> str:
    domain = (urlsplit(site).hostname or "").removeprefix("www.")
    return "" if domain in EVERYBODYS else domain


def signs_in(letter: Letter, register: Register) -> list[Sign]:
    """The heaviest first. One list may have several, each with its own reason; never more than a dozen."""
    found = [*by_address(letter, register), *by_domain(letter, register), *by_names(letter, register), *by_member(letter, register)]
    found += by_place(letter, register, {one.candidate_list_id for one in found})
    return sorted(found, key=lambda one: -one.weight)[:MANY]


def leader(signs: Iterable[Sign]) -> Sign | None:
    """The one list that stands out, with its best reason; None when two are as likely."""
    totals: dict[int, int] = defaultdict(int)
    best: dict[int, Sign] = {}
    for one in signs:
        totals[one.candidate_list_id] += one.weight
        best.setdefault(one.candidate_list_id, one)
    ranked = sorted(totals, key=lambda pk: -totals[pk])
    if not ranked or totals[ranked[0]] < CLEAR or (len(ranked) > 1 and totals[ranked[1]] * 2 > totals[ranked[0]]):
        return None
    return best[ranked[0]]


def by_address(letter: Letter, register: Register) -> Iterator[Sign]:
    for address in dict.fromkeys((letter.sender, *letter.other_addresses)):
        for pk in sorted(register.by_address.get(address, ())):
            yield Sign(pk, ADDRESS, f"L’adresse {address} est celle de cette liste.")


def by_domain(letter: Letter, register: Register) -> Iterator[Sign]:
    domain = letter.sender.rpartition("@")[2]
    if domain and not register.by_address.get(letter.sender):
        for pk in sorted(register.by_domain.get(domain, ())):
            yield Sign(pk, DOMAIN, f"L’adresse de l’expéditeur finit par {domain}, comme le site ou une adresse de cette liste.")


def by_names(letter: Letter, register: Register) -> Iterator[Sign]:
    """Where a name stands matters: whoever signs is more likely than whoever is mentioned."""
    subject, words, author = (f" {folded(text)} " for text in (letter.subject, letter.words, letter.author))
    files = [(name, f" {folded(name)} ") for name in letter.files]
    for one in register.lists:
        if len(one.flat_name) >= SHORT:
            flat = f" {one.flat_name} "
            if flat in subject:
                yield Sign(one.pk, IN_SUBJECT, f"Le nom de la liste est dans l’objet : {one.name}.")
            if at := next((shown for shown, folder in files if flat in folder), None):
                yield Sign(one.pk, IN_FILE, f"Le nom de la liste est dans le nom d’une pièce jointe : {at}.")
            if flat in words:
                yield Sign(one.pk, IN_WORDS, f"Le nom de la liste est dans la lettre : {one.name}.")
        if len(one.flat_head) >= SHORT:
            if is_named(one.flat_head, author):
                yield Sign(one.pk, AUTHOR, f"L’expéditeur porte le nom de la tête de liste : {one.head}.")
            elif f" {one.flat_head} " in f"{subject}{words}":
                yield Sign(one.pk, IN_WORDS - 1, f"Le nom de la tête de liste est dans la lettre : {one.head}.")


def is_named(name: str, author: str) -> bool:
    """« Carpentras Inès » is the same person as « Inès Carpentras »."""
    words = name.split()
    return len(words) > 1 and all(f" {word} " in author for word in words)


def by_member(letter: Letter, register: Register) -> Iterator[Sign]:
    """The sender bears the name of somebody on a list. The name of the sender only: a candidate may be quoted by anybody."""
    author = f" {folded(letter.author)} "
    if len(author.split()) < 2:
        return
    words = letter.author.replace(",", " ").split()
    near = Candidate.objects.filter(candidate_list__in=register.campaign.lists().order_by(), is_head=False, family_name__in=spellings(words))
    for one in near.order_by("pk")[:50]:
        if one.given_name and is_named(folded(str(one)), author):
            yield Sign(one.candidate_list_id, MEMBER, f"L’expéditeur porte le nom d’une personne de la liste : {one}.")


def spellings(words: list[str]) -> set[str]:
    return {form for word in words for form in (word, word.upper(), word.capitalize())}


def by_place(letter: Letter, register: Register, already: set[int]) -> Iterator[Sign]:
    """The commune is named, or its postal code: one of its lists, one does not know which."""
    text = f" {folded(f'{letter.subject} {letter.words}')} "
    digits = {word for word in text.split() if len(word) == 5 and word.isdecimal()}
    codes = list(register.by_commune)
    postal = dict(PostalCode.objects.filter(code__in=digits, commune__in=codes).values_list("commune", "code")) if digits else {}
    for code, name in Commune.objects.filter(pk__in=codes).values_list("pk", "name"):
        flat = folded(name)
        is_said = len(flat) >= 5 and f" {flat} " in text
        if not is_said and code not in postal:
            continue
        why = f"La commune est nommée : {name}." if is_said else f"Le code postal {postal[code]} est celui de {name}."
        for pk in register.by_commune[code]:
            if pk not in already:
                yield Sign(pk, PLACE, why)
