"""The layout of the SSDA903 by collection year, read from ``layout.toml`` and ``codes.toml``.

A year is the one in which the collection ends: 2027 is the collection of 2026/27, which runs from
1 April 2026 to 31 March 2027.
"""

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from throughline.returns import findings

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Field:
    """One field. ``type`` is id, text, code, date, part_date, whole, postcode or upn."""

    name: str
    type: str
    codes: str | None = None
    item: str | None = None
    xml: str | None = None

    @property
    def tag(self) -> str:
        """The name of its element in the XML form."""
        return self.xml or self.name

    @property
    def is_date(self) -> bool:
        """Whether a value is a date, perhaps with an unknown day or month."""
        return self.type in ("date", "part_date")


@dataclass(frozen=True)
class Table:
    """One table: a file of the CSV form, or a group of elements of the XML form."""

    name: str
    title: str
    file: str
    fields: tuple[Field, ...]
    since: int | None = None
    until: int | None = None

    def in_year(self, year: int) -> bool:
        """Whether the table is in the collection of ``year``."""
        return (self.since or year) <= year <= (self.until or year)

    @property
    def columns(self) -> tuple[str, ...]:
        """Field names in file order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field called ``name``. Raises ``KeyError``."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name}")


@dataclass(frozen=True)
class Code:
    """One permitted value; ``means`` is our short label; the years are inclusive, None is open."""

    code: str
    means: str = ""
    since: int | None = None
    until: int | None = None

    def in_year(self, year: int) -> bool:
        """Whether the code may be used in the collection of ``year``."""
        return (self.since or year) <= year <= (self.until or year)


@cache
def _layout() -> dict[str, Any]:
    return tomllib.loads((HERE / "layout.toml").read_text(encoding="utf-8"))


@cache
def _code_sets() -> dict[str, Any]:
    return tomllib.loads((HERE / "codes.toml").read_text(encoding="utf-8"))


@cache
def tables() -> dict[str, Table]:
    """Every table of every year by name, in the order of the guide."""
    return {
        entry["name"]: Table(**{**entry, "fields": tuple(Field(**field) for field in entry["fields"])})
        for entry in _layout()["tables"]
    }


@cache
def xml_groups() -> dict[str, str]:
    """Element of the XML form to the table whose rows it holds, in file order."""
    return {entry["element"]: entry["table"] for entry in _layout()["xml_groups"]}


@cache
def code_set(name: str) -> tuple[Code, ...]:
    """Every code of a set, of every year. Raises ``KeyError``."""
    entry = _code_sets()[name]
    if "values" in entry:
        return tuple(Code(value) for value in entry["values"])
    return tuple(Code(**code) for code in entry["codes"])


@cache
def codes(name: str, year: int) -> tuple[str, ...]:
    """The codes of a set that may be used in the collection of ``year``."""
    return tuple(code.code for code in code_set(name) if code.in_year(year))


def first_year() -> int:
    """The first collection year whose rules are known."""
    return int(_layout()["first_year"])


def last_year() -> int:
    """The last collection year whose rules are known."""
    return int(_layout()["last_year"])


def ruleset_year(name: str | int | None) -> int:
    """The collection year of a ruleset: ``"2026-27"``, ``"2026/27"``, ``2027``; None is the last.

    Raises ``ValueError`` with a sentence that lists the rulesets there are.
    """
    year = findings.ruleset_year(name) if isinstance(name, str) else name or last_year()
    if first_year() <= year <= last_year():
        return year
    known = ", ".join(findings.ruleset_name(one) for one in range(first_year(), last_year() + 1))
    raise ValueError(f"There is no ruleset {name} for the SSDA903. Choose one of {known}.")


def period(year: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a collection year: 1 April and 31 March."""
    return datetime.date(year - 1, 4, 1), datetime.date(year, 3, 31)
