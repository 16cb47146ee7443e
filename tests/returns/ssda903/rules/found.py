"""What a rule finds in small tables written on one line."""

import re

import polars as pl

from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.care import Care
from throughline.returns.ssda903.model import Ssda903, from_columns
from throughline.returns.ssda903.reference import PROVIDERS, Reference, provider_table
from throughline.returns.ssda903.registry import every_rule, load_rules
from throughline.returns.ssda903.validate import why_not

_PLACES = ("PL_LA", "PL_LOCATION", "PL_DISTANCE")


def found(
    code: str,
    year: int = 2027,
    *,
    form: str = "csv",
    providers: str | None = None,
    authority: str | None = None,
    postcodes: tuple[str, ...] | None = None,
    **tables: str,
) -> dict[str, list[int]]:
    """Rows that the rule of a collection year finds, by table, those without any left out.

    A table is ``"FIELD FIELD|value value|value value"``; ``-`` is blank. ``CHILD``, if it is not
    there, is another for each row. ``1/4`` is that day in the year, ``1/4/15`` a day in 2015.
    """
    rule = load_rules(year).get(code) or next(one for one in every_rule() if one.code == code)
    this, previous = {}, {}
    for full, text in tables.items():
        name = full.removesuffix("_last")
        (previous if full.endswith("_last") else this)[name] = _table(name, text, year)
    facts = Reference(_postcodes(postcodes), None if providers is None else _providers(providers, year), authority)
    before = Ssda903(previous, form) if previous else None
    care = Care(Ssda903(this, form), before, year=year, reference=facts)
    reason = why_not(rule, care)
    assert reason is None, reason
    rows = {name: sorted(set(hits.drop_nulls().to_list())) for name, hits in rule.check(care).items()}
    return {name: hits for name, hits in rows.items() if hits}


def _table(name: str, text: str, year: int) -> pl.DataFrame:
    columns = _columns(text, year)
    height = len(next(iter(columns.values())))
    columns.setdefault("CHILD", [f"child {one}" for one in range(height)])
    known = {*layout.tables()[name].columns, *_PLACES, "UASC"}
    assert columns.keys() <= known, columns.keys() - known
    frame = from_columns(name, columns)
    return frame.with_columns([pl.Series(one, columns[one], dtype=pl.String) for one in _PLACES if one in columns])


def _columns(text: str, year: int) -> dict[str, list[str | None]]:
    head, *lines = [line.split() for line in text.split("|")]
    return {name: [_value(line[place], year) for line in lines] for place, name in enumerate(head)}


def _value(token: str, year: int) -> str | None:
    if token == "-":
        return None
    if day := re.fullmatch(r"(\d\d?)/(\d\d?)", token):
        return f"{int(day[1]):02d}/{int(day[2]):02d}/{year - 1 if int(day[2]) >= 4 else year}"
    if day := re.fullmatch(r"(\d\d?)/(\d\d?)/(\d\d)", token):
        return f"{int(day[1]):02d}/{int(day[2]):02d}/20{day[3]}"
    return token.replace("_", " ")


def _providers(text: str, year: int) -> pl.DataFrame:
    columns = _columns(text, year)
    height = len(columns["urn"])
    return provider_table(
        pl.DataFrame({name: pl.Series(columns.get(name, [None] * height), dtype=pl.String) for name in PROVIDERS})
    )


def _postcodes(known: tuple[str, ...] | None) -> pl.DataFrame | None:
    if known is None:
        return None
    return pl.DataFrame(
        {"postcode": known, "la_code": "E08000025", "easting": 400000.0, "northing": 300000.0},
    )
