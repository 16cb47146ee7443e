"""What rules look at: the typed tables of this year and last, and what is worked out from them once.

Everything is worked out when the first rule asks and kept for the others. Rules only read, so no
rule can change what another sees.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.expr import SHORT_BREAKS, among, col, given, is_, yes
from throughline.returns.ssda903.model import Ssda903
from throughline.returns.ssda903.reference import Reference, tidy_postcode
from throughline.returns.ssda903.typed import ROW, keys_of, typed

Rows = dict[str, pl.Series]
"""Table to the rows of it, 1-based."""

KM_PER_MILE = 1.6093
"""As the department's guide has it."""

_BEFORE = (
    *("DECOM", "DEC", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "REC"),
    *("PL_POST", "URN", "REASON_PLACE_CHANGE"),
)
_AFTER = ("DECOM", "RNE", "PLACE")
_PLACES = {"PL_LA": pl.String, "PL_LOCATION": pl.String, "PL_DISTANCE": pl.Float64}

_ONE = {
    "h": "Header",
    "lh": "Header_last",
    "u": "UASC",
    "lu": "UASC_last",
    "o": "OC3",
    "lo": "OC3_last",
    "first": "Episodes",
    "end": "Episodes",
    "closed": "Episodes",
    "before": "Episodes_last",
}
"""Prefix of a fact about a child to the table it comes from."""


@dataclass(frozen=True)
class View:
    """Rows to look at. ``rows`` maps each table they come from to the column with its row number."""

    frame: pl.DataFrame
    rows: Mapping[str, str]

    def where(self, test: pl.Expr, *tables: str) -> Rows:
        """The rows for which the test is true, of the tables named or of all."""
        hit = self.frame.select(yes(test).alias("hit")).to_series()
        return {name: self.frame.get_column(self.rows[name]).filter(hit) for name in tables or self.rows}

    def only(self, test: pl.Expr) -> "View":
        """The view of fewer rows."""
        return replace(self, frame=self.frame.filter(test))

    def also(self, **columns: pl.Expr) -> "View":
        """The view with further columns."""
        return replace(self, frame=self.frame.with_columns(**columns))


class Care:
    """One return with the year before it, if that is known, and what is known from outside.

    ``start`` and ``end`` are the first and last day of the collection year.
    """

    def __init__(
        self,
        this: Ssda903,
        previous: Ssda903 | None = None,
        *,
        year: int,
        reference: Reference | None = None,
        period: tuple[datetime.date, datetime.date] | None = None,
        capitals: bool = True,
    ) -> None:
        """``period`` is that of ``year`` unless it is given; ``capitals`` as in ``typed``."""
        self.year = year
        self.start, self.end = period or layout.period(year)
        self.form = this.form
        self.reference = reference or Reference()
        keys = keys_of(this, previous)
        self._count = keys.height
        self._tables = typed(this, keys, capitals=capitals)
        if previous is not None:
            before = typed(previous, keys, capitals=capitals)
            self._tables |= {f"{name}_last": frame for name, frame in before.items()}
        self._asylum_known = any("UASC" in frame.columns for frame in self._headers()) or bool(
            {"UASC", "UASC_last"} & self._tables.keys()
        )
        for name in ("", "_last"):
            self._say_asylum(name)
        self._views: dict[str, pl.DataFrame] = {}
        self._facts: dict[str, pl.Series] = {}
        self._ones: dict[str, pl.DataFrame] = {}
        self._gathered: dict[tuple[str, str], pl.Series] = {}
        self._pairs: dict[tuple[str, str], View] = {}

    def has(self, table: str) -> bool:
        """Whether the table was given; ``_last`` is of the previous year.

        ``asylum`` stands for the table UASC or a header that says who is an asylum-seeking child.
        """
        if table == "asylum":
            return self._asylum_known
        return table in self._tables

    def knows(self, part: str) -> bool:
        """Whether a part of the reference is known: postcodes, providers or authority."""
        if part == "postcodes" and self.has("Episodes") and set(_PLACES) & set(self._tables["Episodes"].columns):
            return True  # the tables say where placements are
        return getattr(self.reference, part) is not None

    def codes(self, name: str) -> tuple[str, ...]:
        """The code set of this collection year."""
        return layout.codes(name, self.year)

    def table(self, name: str) -> pl.DataFrame:
        """The typed table, episodes in order with what went before and after each."""
        if name not in self._views:
            frame = self._tables[name]
            if name.removesuffix("_last") == "Episodes":
                frame = self._with_places(frame)
                if name == "Episodes":
                    frame = _in_order(frame)
            self._views[name] = frame
        return self._views[name]

    def view(self, name: str, *facts: str, **flags: pl.Series) -> View:
        """The table with facts about each row's child (see ``fact``) and with flags by child (see ``having``)."""
        frame = self.table(name)
        if facts:
            frame = frame.with_columns([self._gather(name, fact) for fact in facts])
        if flags:
            places = frame.get_column("child").fill_null(self._count)
            frame = frame.with_columns([one.gather(places).alias(flag) for flag, one in flags.items()])
        return View(frame, {name: "row"})

    def having(self, name: str, test: pl.Expr) -> pl.Series:
        """Which children, by key, have a row of the table for which the test is true. None if there is no table."""
        if not self.has(name):
            return self._flags(pl.Series([], dtype=ROW))
        return self._flags(self.table(name).filter(test).get_column("child"))

    def earliest(self, name: str, field: str, test: pl.Expr) -> pl.Series:
        """The earliest date in the field, by child's key, of rows for which the test is true."""
        every = pl.DataFrame({"child": pl.int_range(self._count + 1, dtype=ROW, eager=True)})
        if not self.has(name):
            return pl.Series(field, [None] * every.height, dtype=pl.Date)
        found = self.table(name).filter(test).group_by("child").agg(col(field).min())
        return every.join(found, on="child", how="left", maintain_order="left").get_column(field)

    def pair(self, one: str, other: str) -> View:
        """Each row of one table with each row of the other about the same child.

        Columns of the second whose name the first has too end in ``_2``, its row number in
        ``row_2``. Of episodes there are no columns about the episode before or after.
        """
        if (one, other) not in self._pairs:
            first, second = (self._slim(name) for name in (one, other))
            frame = first.join(second, on="child", how="inner", suffix="_2")
            self._pairs[one, other] = View(frame, {one: "row", other: "row_2"})
        return self._pairs[one, other]

    def fact(self, name: str) -> pl.Series:
        """Something about each child, by key, with one more at the end for rows without a child.

        ``in_<Table>``: has a row there. ``continuous``: looked after all year. ``h_<field>`` of
        the header, ``lh_`` of last year's; ``asylum``, ``asylum_last``: "1" for an unaccompanied
        asylum-seeking child, by the header or by the table UASC; ``u_``, ``lu_`` of UASC; ``o_``, ``lo_`` of OC3;
        ``first_`` and ``end_`` of the first and last episode, ``closed_`` of the one that ceased last,
        ``before_`` of last year's last.
        """
        if name not in self._facts:
            self._facts[name] = self._fact(name)
        return self._facts[name]

    @cached_property
    def periods(self) -> pl.DataFrame:
        """Periods of care: ``child``, ``start``, ``end`` (null while it lasts), from episodes that follow on."""
        frame = self.table("Episodes").filter(col("DECOM").is_not_null(), col("child").is_not_null())
        begins = yes(col("DECOM") > col("DEC").shift(1)) | col("child").ne_missing(col("child").shift(1))
        return (
            frame.with_columns(begins.cum_sum().alias("period"))
            .group_by("period", maintain_order=True)
            .agg(col("child").first(), col("DECOM").first().alias("start"), col("DEC").last().alias("end"))
            .drop("period")
        )

    def carried_over(self) -> View:
        """The first episode of each child who had one open at the end of last year, with ``before_`` fields."""
        fields = [name for name in layout.tables()["Episodes"].columns if name != "CHILD"]
        facts = [f"before_{name}" for name in (*fields, *_PLACES, "row")]
        view = self.view("Episodes", *facts)
        return view.only(col("is_first") & col("before_row").is_not_null() & col("before_DEC").is_null())

    # How the above is worked out.

    def _headers(self) -> list[pl.DataFrame]:
        return [self._tables[name] for name in ("Header", "Header_last") if name in self._tables]

    def _slim(self, name: str) -> pl.DataFrame:
        frame = self.table(name).filter(col("child").is_not_null())
        if name == "Episodes":
            keep = [one for one in frame.columns if not one.endswith(("_prev", "_prev2", "_next"))]
            frame = frame.select(keep)
        return frame

    def _gather(self, table: str, fact: str) -> pl.Series:
        if (table, fact) not in self._gathered:
            places = self.table(table).get_column("child").fill_null(self._count)
            self._gathered[table, fact] = self.fact(fact).gather(places).alias(fact)
        return self._gathered[table, fact]

    def _fact(self, name: str) -> pl.Series:
        if name == "continuous":
            return self._continuous()
        if name.startswith("asylum"):
            return self._asylum(name.removeprefix("asylum"))
        prefix, _, column = name.partition("_")
        if prefix == "in":
            if not self.has(column):
                return pl.repeat(value=False, n=self._count + 1, dtype=pl.Boolean, eager=True)
            return self._flags(self._tables[column].get_column("child"))
        one = self._one(prefix)
        if column in one.columns:
            return one.get_column(column)
        return pl.Series(name, [None] * (self._count + 1))

    def _flags(self, keys: pl.Series) -> pl.Series:
        every = pl.int_range(self._count + 1, dtype=ROW, eager=True)
        return every.is_in(keys.drop_nulls().unique().implode())

    def _one(self, prefix: str) -> pl.DataFrame:
        """One row for each child, by key, and one more; fields are null where the table has none."""
        if prefix not in self._ones:
            name = _ONE[prefix]
            if not self.has(name):
                self._ones[prefix] = pl.DataFrame({"child": pl.int_range(self._count + 1, dtype=ROW, eager=True)})
                return self._ones[prefix]
            frame = self.table(name).filter(col("child").is_not_null())
            if prefix == "before":
                frame = frame.filter(col("DECOM").is_not_null()).sort("child", "DECOM", col("DEC"), nulls_last=True)
            if prefix == "end":
                frame = frame.filter(col("DECOM").is_not_null())
            if prefix == "closed":
                frame = frame.filter(col("DEC").is_not_null()).sort("child", "DEC")
            last = prefix in ("end", "closed", "before")
            one = frame.unique("child", keep="last" if last else "first", maintain_order=True)
            every = pl.DataFrame({"child": pl.int_range(self._count + 1, dtype=ROW, eager=True)})
            self._ones[prefix] = every.join(one, on="child", how="left", maintain_order="left")
        return self._ones[prefix]

    def _asylum(self, suffix: str) -> pl.Series:
        if self.has(f"Header{suffix}"):
            return self._one("lh" if suffix else "h").get_column("UASC")
        stated = given("SEX") | given("DUC")
        there = self.having(f"UASC{suffix}", stated)
        known = self._flags(self.table(f"UASC{suffix}").get_column("child")) if self.has(f"UASC{suffix}") else there
        return pl.select(pl.when(there).then(pl.lit("1")).when(known).then(pl.lit("0"))).to_series()

    @cached_property
    def ever_asylum(self) -> pl.Series:
        """Which children, by key, are or were last year unaccompanied asylum-seeking children."""
        status = [self.fact(name).cast(pl.String) == "1" for name in ("asylum", "asylum_last")]
        return status[0].fill_null(value=False) | status[1].fill_null(value=False)

    def _continuous(self) -> pl.Series:
        """Looked after throughout the year, as the department's rules define it.

        In care at some time in the year, did not start or leave in it, and not under short breaks.
        """
        starts, ends = col("DECOM"), col("DEC")
        during = yes(starts <= self.end) & (yes(ends >= self.start) | ends.is_null())
        enters = is_("RNE", "S") & yes((starts > self.start) & (starts <= self.end))
        leaves = ~is_("REC", "X1") & yes((ends >= self.start) & (ends < self.end))
        breaks = among("LS", SHORT_BREAKS) & during
        frame = self._tables["Episodes"]
        there = self._flags(frame.filter(during).get_column("child"))
        broken = self._flags(frame.filter(enters | leaves | breaks).get_column("child"))
        return there & ~broken

    def _say_asylum(self, suffix: str) -> None:
        """Header says who is an unaccompanied asylum-seeking child; in the CSV form, the table UASC does."""
        header, asylum = f"Header{suffix}", f"UASC{suffix}"
        if header in self._tables and "UASC" not in self._tables[header].columns:
            if asylum in self._tables:
                there = col("child").is_in(self._tables[asylum].get_column("child").implode())
                said = pl.when(yes(there)).then(pl.lit("1")).otherwise(pl.lit("0"))
            else:
                said = pl.lit(None, dtype=pl.String)
            self._tables[header] = self._tables[header].with_columns(said.alias("UASC"))

    def _with_places(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Authority, location and distance of each placement, from its postcode."""
        if set(_PLACES) & set(frame.columns):
            return frame.with_columns(
                [
                    (col(name) if name in frame.columns else pl.lit(None)).cast(kind, strict=False).alias(name)
                    for name, kind in _PLACES.items()
                ]
            )
        known = self.reference.postcodes
        if known is None:
            return frame.with_columns([pl.lit(None, dtype=kind).alias(name) for name, kind in _PLACES.items()])
        places = (
            frame.select(tidy_postcode(col("HOME_POST")).alias("home"), tidy_postcode(col("PL_POST")).alias("away"))
            .join(known, left_on="home", right_on="postcode", how="left", maintain_order="left")
            .join(known, left_on="away", right_on="postcode", how="left", maintain_order="left", suffix="_away")
        )
        east, north = (col(name) - col(f"{name}_away") for name in ("easting", "northing"))
        miles = ((east.pow(2) + north.pow(2)).sqrt() / 1000 / KM_PER_MILE).round(1)
        inside = col("la_code_away").eq(pl.lit(self.reference.authority))
        where = pl.when(inside).then(pl.lit("IN")).when(col("la_code_away").is_not_null()).then(pl.lit("OUT"))
        return frame.hstack(
            places.select(
                col("la_code_away").alias("PL_LA"), where.alias("PL_LOCATION"), miles.alias("PL_DISTANCE")
            ).get_columns()
        )


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Episodes by child and start, with ``has_prev``, ``is_first``, ``is_last`` and fields of the neighbours."""
    frame = frame.sort("child", "DECOM", "DEC", "row", nulls_last=True)
    child = col("child")
    frame = frame.with_columns(
        has_prev=yes(child == child.shift(1)),
        has_prev2=yes(child == child.shift(2)),
        has_next=yes(child == child.shift(-1)),
    )
    before = [pl.when("has_prev").then(col(name).shift(1)).alias(f"{name}_prev") for name in _BEFORE]
    twice = [pl.when("has_prev2").then(col(name).shift(2)).alias(f"{name}_prev2") for name in ("PLACE", "PL_POST")]
    after = [pl.when("has_next").then(col(name).shift(-1)).alias(f"{name}_next") for name in _AFTER]
    return frame.with_columns(
        *before,
        *twice,
        *after,
        is_first=~col("has_prev") & child.is_not_null(),
        is_last=~col("has_next") & child.is_not_null(),
    )
