"""What people type or paste for a commune, resolved: a code, a name, a name with its département, a line of both.

One ``Gazetteer`` is loaded for a whole table or a whole pasted list (two queries), then answers from memory.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass

from plaidoyer.kit.text import folded
from plaidoyer.territories.models import Commune, FormerCommune, PostalCode

CODE = re.compile(r"\b(\d{5}|2[abAB]\d{3}|\d{4}|[a-zA-Z]{2}\d{3})\b")
DEPARTEMENT = re.compile(r"\(\s*(\d{2,3}|2[abAB]|[a-zA-Z]{2})\s*\)")
CLOSE_ENOUGH = 0.72
MOST_SUGGESTIONS = 60  # each costs some 80 ms: a table of wrong names must not stop the machine


@dataclass(frozen=True, slots=True)
class Found:
    """``code`` when exactly one commune fits; else the reason, in a French sentence, and names that resemble."""

    code: str = ""
    reason: str = ""
    suggestions: tuple[str, ...] = ()


class Gazetteer:
    def __init__(self) -> None:
        self.labels: dict[str, str] = {}
        self.departements: dict[str, str] = {}
        self.by_name: dict[str, list[str]] = defaultdict(list)
        self.former_by_name: dict[str, list[str]] = defaultdict(list)
        self.old_codes: dict[str, str] = {}
        self.suggestions_left = MOST_SUGGESTIONS
        self._postal_codes: dict[str, list[str]] | None = None
        for code, name, search_name, departement in Commune.objects.order_by("pk").values_list("pk", "name", "search_name", "departement_id"):
            self.labels[code] = f"{name} ({departement})" if departement else name
            self.departements[code] = departement or ""
            self.by_name[search_name.strip()].append(code)
        for old, search_name, code in FormerCommune.objects.order_by("pk").values_list("pk", "search_name", "commune_id"):
            self.old_codes[old] = code
            self.former_by_name[search_name.strip()].append(code)

    @property
    def postal_codes(self) -> dict[str, list[str]]:
        if self._postal_codes is None:
            self._postal_codes = defaultdict(list)
            for postal, code in PostalCode.objects.order_by("code", "commune").values_list("code", "commune_id"):
                self._postal_codes[postal].append(code)
        return self._postal_codes

    def by_code(self, text: str) -> str:
        """The current code for an INSEE code, old or new, else ""."""
        code = text.strip().upper().zfill(5)
        return code if code in self.labels else self.old_codes.get(code, "")

    def line(self, text: str) -> Found:
        """One pasted line: "92023", "Clamart", "Clamart (92)", "92140 Clamart", "92023 - Clamart"."""
        codes = CODE.findall(text)
        name = CODE.sub(" ", DEPARTEMENT.sub(" ", text))
        departement = next(iter(DEPARTEMENT.findall(text)), "")
        if len(codes) > 1:
            return Found(reason="deux codes sur une ligne : n’en gardez qu’un")
        if codes and not folded(name):
            return self.bare_code(codes[0])
        return self.named(name, departement=departement, code=codes[0] if codes else "")

    def bare_code(self, text: str) -> Found:
        """Five digits alone are an INSEE code; a postal code is accepted when it serves one commune and is no INSEE code."""
        if code := self.by_code(text):
            return Found(code)
        found = self.bare_postal(text)
        return found if found.code or found.suggestions else Found(reason=f"le code « {text} » n’est celui d’aucune commune")

    def bare_postal(self, text: str) -> Found:
        """A postal code alone, when it serves one commune only."""
        served = self.postal_codes.get(text.zfill(5), [])
        if len(served) == 1:
            return Found(served[0])
        if served:
            return Found(reason=f"le code postal {text} dessert {len(served)} communes : écrivez aussi le nom", suggestions=self.names(served))
        return Found(reason=f"le code postal « {text} » n’est celui d’aucune commune")

    def named(self, name: str, *, departement: str = "", code: str = "", postal: str = "") -> Found:
        """A name, narrowed by what else is known. ``code`` may be an INSEE code or a postal code: the name decides which."""
        wanted = folded(name)
        if not wanted:
            return Found(reason="le nom de la commune est vide")
        fits = self.narrowed(self.by_name.get(wanted, []), departement, code, postal)
        fits = fits or self.narrowed(sorted(set(self.former_by_name.get(wanted, []))), departement, code, postal)
        if len(fits) == 1:
            return Found(fits[0])
        if fits:
            return Found(
                reason=f"{len(fits)} communes portent le nom « {name.strip()} » : ajoutez le code INSEE ou le département",
                suggestions=self.names(fits),
            )
        return self.unknown(name, departement, code, postal)

    def narrowed(self, codes: list[str], departement: str, code: str, postal: str) -> list[str]:
        if departement:
            codes = [one for one in codes if self.departements[one] == departement.upper().zfill(2)]
        if postal:
            codes = [one for one in codes if one in self.postal_codes.get(postal.zfill(5), [])]
        if code:
            served = self.postal_codes.get(code.zfill(5), [])
            codes = [one for one in codes if one == self.by_code(code) or one in served]
        return codes

    def unknown(self, name: str, departement: str, code: str, postal: str) -> Found:
        wanted = folded(name)
        if self.by_name.get(wanted) or self.former_by_name.get(wanted):
            clue = next(filter(None, [code, postal, departement]))
            return Found(
                reason=f"« {name.strip()} » et « {clue} » ne désignent pas la même commune", suggestions=self.names(self.by_name.get(wanted, []))
            )
        return Found(reason=f"aucune commune ne s’appelle « {name.strip()} »", suggestions=self.resembling(wanted))

    def resembling(self, wanted: str) -> tuple[str, ...]:
        """Up to three communes whose name, or the first word of whose name, is close."""
        if not self.suggestions_left:
            return ()
        self.suggestions_left -= 1
        near: dict[str, list[str]] = defaultdict(list)
        for name in self.by_name:
            for part in {name, name.split(maxsplit=1)[0]}:
                if part[0] == wanted[0] and abs(len(part) - len(wanted)) < 6 and (part == name or len(part) > 4):
                    near[part].append(name)
        close = difflib.get_close_matches(wanted, near, n=3, cutoff=CLOSE_ENOUGH)
        return self.names([code for part in close for name in near[part] for code in self.by_name[name]][:3])

    def names(self, codes: list[str]) -> tuple[str, ...]:
        return tuple(f"{self.labels[code]}, INSEE {code}" for code in codes[:5])
