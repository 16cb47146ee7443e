"""The layout of the Children in Need census by collection year, read from ``layout.toml`` and ``codes.toml``.

A year is the one in which the collection ends: 2026 is the collection of 2025/26.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Code:
    """One permitted value: ``means`` is our short label; the years are inclusive, None is open."""

    code: str
    means: str
    since: int | None = None
    until: int | None = None

    def in_year(self, year: int) -> bool:
        """Whether the code may be used in the collection of ``year``."""
        return (self.since is None or year >= self.since) and (self.until is None or year <= self.until)


@dataclass(frozen=True)
class Field:
    """One field. ``type`` is text, code, date, datetime, year, yesno, integer or upn."""

    name: str
    type: str
    item: str | None = None
    codes: str | None = None
    required: bool = False
    since: int | None = None
    until: int | None = None
    after: str | None = None
    """The sibling module that the field follows in the file, where it does not come first."""

    def in_year(self, year: int) -> bool:
        """Whether the field is in the layout of ``year``."""
        return (self.since is None or year >= self.since) and (self.until is None or year <= self.until)


@dataclass(frozen=True)
class Table:
    """One table and where its rows are in the file.

    A module (``element``) is an element with one field each; a list (``wrapper``) is a wrapping
    element that repeats its only field, one row each.
    """

    name: str
    title: str
    parent: str
    fields: tuple[Field, ...]
    element: str | None = None
    wrapper: str | None = None
    repeats: bool = False
    key: str | None = None
    since: int | None = None
    until: int | None = None

    def in_year(self, year: int) -> bool:
        """Whether the table is in the layout of ``year``."""
        return (self.since is None or year >= self.since) and (self.until is None or year <= self.until)

    def field(self, name: str) -> Field:
        """The field called ``name``. Raises ``KeyError``."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name}")

    @property
    def field_names(self) -> tuple[str, ...]:
        """Every field of every year, in file order."""
        return tuple(field.name for field in self.fields)

    @property
    def is_list(self) -> bool:
        """Whether rows are the repeated values inside a wrapping element."""
        return self.wrapper is not None

    @property
    def key_columns(self) -> tuple[str, ...]:
        """Key columns between ``child_row`` and the fields, outermost first.

        A key counts from 1 within its parent row. ``block`` of a list counts the wrapping element
        within its parent; it is null for a value that stood there without one.
        """
        keys: list[str] = []
        parent = self.parent
        while parent not in ("Child", "ChildCharacteristics"):
            table = _tables()[parent]
            keys.insert(0, table.key or "")
            parent = table.parent
        if self.key:
            keys.append(self.key)
        if self.is_list:
            keys.append("block")
        return tuple(keys)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the table as read: identity, keys, fields."""
        names = [name for name in self.field_names if name != "LAchildID"]
        return ("LAchildID", "child_row", *self.key_columns, *names)


@dataclass(frozen=True)
class HeaderPart:
    """One element of the header and its fields, which may stand inside one more element, ``wrapper``."""

    name: str
    fields: tuple[Field, ...]
    wrapper: str | None = None


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((HERE / "layout.toml").read_text(encoding="utf-8"))


@cache
def _tables() -> dict[str, Table]:
    return {
        entry["name"]: Table(**{**entry, "fields": tuple(Field(**field) for field in entry["fields"])})
        for entry in _raw()["tables"]
    }


def tables() -> Mapping[str, Table]:
    """Every table of every year by name, parents before what they hold."""
    return _tables()


@cache
def header() -> tuple[HeaderPart, ...]:
    """The parts of the header, in file order."""
    return tuple(
        HeaderPart(entry["name"], tuple(Field(**field) for field in entry["fields"]), entry.get("wrapper"))
        for entry in _raw()["header"]
    )


@cache
def header_fields() -> tuple[str, ...]:
    """Names of all header fields, in file order. No two are alike."""
    return tuple(field.name for part in header() for field in part.fields)


def first_year() -> int:
    """The earliest collection year whose layout is known."""
    return int(_raw()["first_year"])


def last_year() -> int:
    """The latest collection year whose layout is known."""
    return int(_raw()["last_year"])


@cache
def codes(name: str) -> tuple[Code, ...]:
    """The code set called ``name`` with every year's codes. Raises ``KeyError``."""
    return tuple(Code(**entry) for entry in _raw_codes()[name]["codes"])


@cache
def codes_in_year(name: str, year: int) -> frozenset[str]:
    """The codes of the set ``name`` that may be used in the collection of ``year``."""
    return frozenset(code.code for code in codes(name) if code.in_year(year))


@cache
def _raw_codes() -> dict[str, Any]:
    return tomllib.loads((HERE / "codes.toml").read_text(encoding="utf-8"))


def lists_of(parent: str) -> tuple[Table, ...]:
    """The lists inside the module ``parent``."""
    return tuple(table for table in tables().values() if table.is_list and table.parent == parent)


def modules_of(parent: str) -> tuple[Table, ...]:
    """The modules inside ``parent`` ("Child" or a module's name), in file order."""
    return tuple(table for table in tables().values() if not table.is_list and table.parent == parent)
