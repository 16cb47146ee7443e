"""The tables of a return as rules see them: typed, trimmed, each row knowing its number."""

import datetime
from functools import cached_property

import polars as pl

from throughline.returns.cin import layout
from throughline.returns.cin.model import CinReturn
from throughline.returns.common.dates import parse_date, parse_dates

CHILD = ("child_row",)
"""Key columns of one child."""

EPISODE = ("child_row", "CINdetailsID")
"""Key columns of one episode: one CINdetails and what stands inside it."""

PLAN = (*EPISODE, "CPPID")
ASSESSMENT = (*EPISODE, "AssessmentID")

OTHER = "_other"
"""Ends the name of a column that came from the second side of a pair."""

PLAUSIBLE = range(2000, 2100)
"""Years that a census may end in."""

_TRUE = ("1", "true")
_FALSE = ("0", "false")


class Data:
    """A return for one year's rules.

    ``data[name]`` is a frame with a column called ``name`` that numbers its rows from 1, ``LAchildID``,
    ``child_row``, the keys, and the fields: dates as dates, yes or no as booleans, whole numbers as
    integers, everything else as trimmed text. A value that is blank or cannot be read is null.
    ``data["Header"]`` is one row. In ``AssessmentFactors`` the field is called ``factor``, since the
    table's own name numbers its rows.
    """

    def __init__(self, cin_return: CinReturn, year: int) -> None:
        self.source = cin_return
        self.year = year
        self._typed: dict[str, pl.DataFrame] = {}

    def __getitem__(self, name: str) -> pl.DataFrame:
        found = self._typed.get(name)
        if found is None:
            if name == "Header":
                found = _header(self.source.header)
            else:
                found = _typed(layout.tables()[name], self.source.tables[name])
            self._typed[name] = found
        return found

    @property
    def header(self) -> dict[str, str]:
        """The header's fields, trimmed; a blank one is left out."""
        return {name: value.strip() for name, value in self.source.header.items() if value.strip()}

    @cached_property
    def end(self) -> datetime.date:
        """The last day of the census: the header's reference date, or 31 March of the ruleset's year without one."""
        stated = parse_date(self.header.get("ReferenceDate"))
        # A date in another age is a slip of the keyboard (rule 100 says so), and no period to compare with.
        if stated is None or stated.year not in PLAUSIBLE:
            return datetime.date(self.year, 3, 31)
        return stated

    @cached_property
    def start(self) -> datetime.date:
        """The first day of the census: the day after the last one a year before, which is 1 April."""
        return self.years_before_end(1) + datetime.timedelta(days=1)

    def years_before_end(self, years: int) -> datetime.date:
        """The last day of the census, that many years earlier; 28 February stands in for a missing 29th."""
        end = self.end
        day = 28 if (end.month, end.day) == (2, 29) else end.day
        return end.replace(year=end.year - years, day=day)

    def codes(self, name: str) -> list[str]:
        """The codes of a code set in this year."""
        return sorted(layout.codes_in_year(name, self.year))

    def in_period(self, field: str) -> pl.Expr:
        """Whether a date is on or between the first and last days of the census."""
        return pl.col(field).is_between(self.start, self.end)

    def joined(self, left: str | pl.DataFrame, right: str | pl.DataFrame, on: tuple[str, ...]) -> pl.DataFrame:
        """Each pair of rows of two tables with the same keys.

        A field of the right table whose name the left one has too gets "_other" after its name.
        """
        first = self[left] if isinstance(left, str) else left
        second = self[right] if isinstance(right, str) else right
        clash = [name for name in second.columns if name in first.columns and name not in on]
        drop = [name for name in clash if name in ("LAchildID", "child_row", "block") or name in _KEYS]
        second = second.drop(drop).rename({name: name + OTHER for name in clash if name not in drop})
        return first.join(second, on=list(on), how="inner", maintain_order="left_right")

    def pairs(self, name: str, on: tuple[str, ...]) -> pl.DataFrame:
        """Each pair of different rows of one table with the same keys; the second row's columns end in "_other"."""
        return self.joined(name, name, on).filter(pl.col(name) != pl.col(name + OTHER))

    def without(self, left: str | pl.DataFrame, right: str | pl.DataFrame, on: tuple[str, ...]) -> pl.DataFrame:
        """Rows of the left table that no row of the right one matches."""
        first = self[left] if isinstance(left, str) else left
        second = self[right] if isinstance(right, str) else right
        return first.join(second, on=list(on), how="anti", maintain_order="left")


_KEYS = frozenset(key for table in layout.tables().values() for key in table.key_columns)


def factors(data: Data) -> pl.DataFrame:
    """Every factor that is given, as ``factor``, with the row and fields of its assessment."""
    given = data["AssessmentFactors"].rename({"AssessmentFactors": "factor_row"})
    return data.joined("Assessments", given.filter(pl.col("factor").is_not_null()), ASSESSMENT)


def _header(header: dict[str, str]) -> pl.DataFrame:
    columns = [pl.Series("Header", [1], dtype=pl.Int64), pl.Series("LAchildID", [None], dtype=pl.String)]
    for part in layout.header():
        for field in part.fields:
            text = pl.Series(field.name, [header.get(field.name)], dtype=pl.String)
            columns.append(as_type(text, field.type))
    return pl.DataFrame(columns)


def _typed(table: layout.Table, raw: pl.DataFrame) -> pl.DataFrame:
    columns = [pl.Series(table.name, range(1, raw.height + 1), dtype=pl.Int64)]
    keys = {"child_row", *table.key_columns}
    for name in raw.columns:
        column = raw[name]
        if name in keys:
            columns.append(column)
        elif name == "LAchildID":
            columns.append(_text(column))
        else:
            typed = as_type(column, table.field(name).type)
            columns.append(typed.alias("factor") if name == table.name else typed)
    return pl.DataFrame(columns)


def as_type(column: pl.Series, kind: str) -> pl.Series:
    """A column of text as the type of its field; null where it is blank or cannot be read."""
    text = _text(column)
    if kind == "date":
        return parse_dates(text)
    if kind == "yesno":
        lower = text.str.to_lowercase()
        return (
            pl.select(pl.when(lower.is_in(list(_TRUE))).then(True).when(lower.is_in(list(_FALSE))).then(False))
            .to_series()
            .alias(column.name)
        )
    if kind == "integer":
        return text.cast(pl.Int64, strict=False)
    return text


def _text(column: pl.Series) -> pl.Series:
    trimmed = column.str.strip_chars()
    return trimmed.set((trimmed == "").fill_null(value=False), None)
