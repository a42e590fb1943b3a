"""The commune picker: one field for one commune or several, that works with and without JavaScript.

    communes = CommunePickerField(label="Communes")                  # → list[Commune], initial: codes or communes
    commune = CommunePickerField(label="Commune", multiple=False)    # → Commune | None

Without JavaScript the « Chercher » button sends the form; the field answers with boxes to tick instead of a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from plaidoyer.territories.gazetteer import Found, Gazetteer
from plaidoyer.territories.groups import communes_of, groups_of, is_group, search_groups
from plaidoyer.territories.models import Commune

FOUND_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Picked:
    """What the widget sends: ticked codes and groups, words still in the search box, pasted lines."""

    tokens: list[str] = field(default_factory=list)
    search: str = ""
    paste: str = ""

    def __bool__(self) -> bool:
        return bool(self.tokens or self.search or self.paste)


class CommunePickerWidget(forms.Widget):
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, multiple: bool = True) -> None:
        super().__init__(attrs)
        self.multiple = multiple

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Picked:  # noqa: ARG002  Django's own signature
        tokens = data.getlist(name) if hasattr(data, "getlist") else as_list(data.get(name))
        return Picked([token for token in tokens if token], data.get(f"{name}-search", "").strip(), data.get(f"{name}-paste", "").strip())

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        return not any(key in data for key in (name, f"{name}-search", f"{name}-paste"))

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        picked = value if isinstance(value, Picked) else Picked(codes_of(value))
        return render_to_string("territories/picker.html", self.facts(name, picked, (attrs or {}).get("id") or f"id_{name}"))

    def facts(self, name: str, picked: Picked, id_: str) -> dict[str, Any]:
        codes = [token for token in picked.tokens if not is_group(token)]
        return {
            "name": name,
            "id": id_,
            "multiple": self.multiple,
            "kind": "checkbox" if self.multiple else "radio",
            "chosen": Commune.objects.filter(pk__in=codes).select_related("departement").order_by("name", "pk"),
            "chosen_groups": groups_of(token for token in picked.tokens if is_group(token)),
            "search": picked.search,
            "paste": picked.paste,
            **found_by(picked.search, with_groups=self.multiple, without=codes),
        }


class CommunePickerField(forms.Field):
    default_error_messages = {"required": "Choisissez au moins une commune.", "required_one": "Choisissez une commune."}  # noqa: RUF012  Django's own habit

    def __init__(self, *, multiple: bool = True, **kwargs: Any) -> None:
        self.multiple = multiple
        super().__init__(widget=CommunePickerWidget(multiple=multiple), **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data.search or data.paste) or sorted(codes_of(initial)) != sorted(data.tokens)

    def clean(self, value: Picked | None) -> list[Commune] | Commune | None:
        picked = value or Picked()
        codes = self.codes(picked)
        communes = list(Commune.objects.filter(pk__in=codes).select_related("departement").order_by("name", "pk"))
        if not communes and self.required:
            raise ValidationError(self.error_messages["required" if self.multiple else "required_one"], code="required")
        if self.multiple:
            return communes
        if len(communes) > 1:
            raise ValidationError("Choisissez une seule commune.")
        return communes[0] if communes else None

    def codes(self, picked: Picked) -> set[str]:
        codes = {token for token in picked.tokens if not is_group(token)}
        for token in picked.tokens:
            if is_group(token):
                codes |= set(communes_of(token).values_list("pk", flat=True))
        codes |= pasted_codes(picked.paste)
        if picked.search and not codes & set(found_codes(picked.search)):
            raise ValidationError(left_in_the_box(picked.search, multiple=self.multiple), code="search")
        return codes


def as_list(value: Any) -> list[str]:
    return list(value) if isinstance(value, list | tuple | set) else [value] if value else []


def codes_of(value: Any) -> list[str]:
    """INSEE codes from what a form may take as initial: a code, a commune, or several of them."""
    if value is None or value == "":
        return []
    several: Iterable[Any] = [value] if isinstance(value, str | Commune) else value
    return [str(one.pk) if isinstance(one, Commune) else str(one) for one in several]


def found_by(search: str, *, with_groups: bool, without: Iterable[str] = ()) -> dict[str, Any]:
    """What ``found.html`` shows for these words: communes, groups, and whether there were more."""
    rows = list(Commune.objects.search(search).exclude(pk__in=list(without)).select_related("departement")[: FOUND_AT_ONCE + 1])
    return {"found": rows[:FOUND_AT_ONCE], "has_more": len(rows) > FOUND_AT_ONCE, "groups": search_groups(search) if with_groups else []}


def found_codes(search: str) -> list[str]:
    return list(Commune.objects.search(search).values_list("pk", flat=True)[:FOUND_AT_ONCE])


def left_in_the_box(search: str, *, multiple: bool) -> str:
    if not Commune.objects.search(search).exists() and not (multiple and search_groups(search)):
        return f"Aucune commune ne répond à « {search} ». Essayez un autre nom, un code postal ou un code INSEE, ou videz la case de recherche."
    what = "la ou les communes voulues" if multiple else "la commune voulue"
    return f"Cochez {what} parmi celles trouvées pour « {search} », ou videz la case de recherche."


def pasted_codes(paste: str) -> set[str]:
    """The communes of pasted lines; every line that is not understood is named, with what to do, and nothing is taken."""
    lines = [line.strip() for line in paste.replace(";", "\n").replace("\t", "\n").replace(",", "\n").splitlines() if line.strip()]
    if not lines:
        return set()
    gazetteer = Gazetteer()
    read = [(line, gazetteer.line(line)) for line in lines]
    if wrong := [sentence(line, found) for line, found in read if not found.code]:
        more = [f"… et {len(wrong) - 10} autres lignes non reconnues."] if len(wrong) > 10 else []
        raise ValidationError([*wrong[:10], *more])
    return {found.code for _, found in read}


def sentence(line: str, found: Found) -> str:
    hint = f" Peut-être : {' ; '.join(found.suggestions)}." if found.suggestions else ""
    return f"Ligne « {line[:80]} » : {found.reason}.{hint}"
