"""The tables of a return with types, once: dates as dates, codes in capitals, a key for each child."""

import datetime

import polars as pl

from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.model import Ssda903

ROW = pl.UInt32

_SPELLINGS = (
    *("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%b/%Y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y"),
    *("%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"),
)
"""Ways of writing a date that are read. The year always has four figures."""

_FIRST, _LAST = datetime.date(1000, 1, 1), datetime.date(2200, 1, 1)
"""A year of two figures is no date: 01/09/26 is 1926 to one reader and 2026 to another."""

_PART_UNKNOWN = r"(?i)^(\d\d|ZZ)/(\d\d|ZZ)/(\d{4}|ZZZZ)$"


def typed(care: Ssda903, keys: pl.DataFrame, *, capitals: bool = True) -> dict[str, pl.DataFrame]:
    """Each table with ``row`` (1-based), ``child`` (its key, null where blank) and typed fields.

    A date that cannot be read is null, and ``<field>_bad`` is true. Text is put in capitals,
    unless it is asked for as it stands. ``keys`` has the columns ``CHILD`` and ``child``.
    """
    return {name: _typed(name, frame, keys, capitals) for name, frame in care.tables.items()}


def keys_of(*returns: Ssda903 | None) -> pl.DataFrame:
    """A key, counted from 0, for each child of any of the returns."""
    names = [
        frame.get_column("CHILD").str.to_uppercase()
        for care in returns
        if care is not None
        for frame in care.tables.values()
    ]
    if not names:
        return pl.DataFrame(schema={"CHILD": pl.String, "child": ROW})
    every = pl.concat(names).drop_nulls().unique(maintain_order=True)
    return pl.DataFrame({"CHILD": every}).with_row_index("child").select("CHILD", pl.col("child").cast(ROW))


def _typed(name: str, frame: pl.DataFrame, keys: pl.DataFrame, capitals: bool) -> pl.DataFrame:
    table = layout.tables()[name]
    columns = [pl.int_range(1, pl.len() + 1, dtype=ROW).alias("row"), pl.col("CHILD").str.to_uppercase()]
    late: list[pl.Series] = []
    for field in table.fields:
        if field.name == "CHILD":
            continue
        if field.is_date:
            when = dates(frame.get_column(field.name), unknown=field.type == "part_date")
            late.append(when)
            late.append((when.is_null() & frame.get_column(field.name).is_not_null()).alias(f"{field.name}_bad"))
            if name == "SWEpisodes":
                given = frame.get_column(field.name)
                part = given.str.contains(_PART_UNKNOWN).fill_null(value=False) & given.str.contains("(?i)Z")
                late.append(part.alias(f"{field.name}_part"))
        else:
            text = pl.col(field.name)
            columns.append(text.str.to_uppercase() if capitals else text)
    extra = [column for column in frame.columns if column not in table.columns]
    columns.extend(pl.col(column) for column in extra)
    made = frame.select(columns).with_columns(late)
    return made.join(keys, on="CHILD", how="left", maintain_order="left").drop("CHILD")


def dates(text: pl.Series, *, unknown: bool = False) -> pl.Series:
    """Dates of text; null where it is none. ``unknown``: ZZ for a day or month is read as the latest it can be.

    ZZ/ZZ/ZZZZ, a date of which nothing is known, is read as the earliest date there is.
    """
    asked = text.null_count()
    found = text.str.to_date("%d/%m/%Y", strict=False)
    found = found.set(~found.is_between(_FIRST, _LAST).fill_null(value=True), None)
    if found.null_count() == asked:
        return found
    odd = text.filter(found.is_null()).drop_nulls().unique()
    spelt = {one: _date(one, unknown) for one in odd.to_list()}
    other = text.replace_strict(list(spelt), list(spelt.values()), default=None, return_dtype=pl.Date)
    return found.zip_with(found.is_not_null(), other).alias(text.name)


def _date(text: str, unknown: bool) -> datetime.date | None:
    if unknown and "Z" in text.upper():
        return _latest(text.upper())
    for spelling in _SPELLINGS:
        try:
            found = datetime.datetime.strptime(text, spelling).date()  # noqa: DTZ007
        except ValueError:
            continue
        if _FIRST <= found < _LAST:
            return found
    return None


def _latest(text: str) -> datetime.date | None:
    parts = text.split("/")
    if parts == ["ZZ", "ZZ", "ZZZZ"]:
        return _FIRST
    if len(parts) != 3 or not parts[2].isdigit() or len(parts[2]) != 4:
        return None
    year = int(parts[2])
    try:
        if parts[1] == "ZZ":
            day = 31 if parts[0] == "ZZ" else int(parts[0])
            return datetime.date(year, 12, day)
        month = int(parts[1])
        first = datetime.date(year, month, 1)
        return (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    except ValueError:
        return None
