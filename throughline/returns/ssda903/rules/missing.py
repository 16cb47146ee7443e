"""Missing, and away from placement without authorisation."""

import datetime

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import among, blank, col, given, yes
from throughline.returns.ssda903.registry import rule

LATEST = datetime.date(9999, 12, 31)


def overlapping(care: Care, table: str, start: str, end: str) -> Rows:
    """Rows that overlap another of the child: of two, the one that ends later is shown.

    By end (by start while open), which is the order in which the department's rules take them.
    """
    frame = care.table(table).filter(col("child").is_not_null(), col(start).is_not_null())
    frame = frame.sort(col("child"), pl.coalesce(end, start), col(start), nulls_last=True)
    until = col(end).fill_null(LATEST).cum_max().over("child").shift(1)
    same = yes(col("child") == col("child").shift(1))
    return {table: frame.filter(same & (col(start) < until)).get_column("row")}


def _in_order(care: Care) -> pl.DataFrame:
    frame = care.table("Missing").filter(col("child").is_not_null())
    return frame.sort("child", "MIS_START", "MIS_END", nulls_last=True)


def outside_every_period(care: Care, table: str, test: pl.Expr) -> Rows:
    """Rows for which the test is true of every period of care of the child (``start``, ``end``)."""
    frame = care.table(table).join(care.periods, on="child", how="inner")
    outside = frame.group_by("row").agg(yes(test).all().alias("outside"))
    return {table: outside.filter("outside").get_column("row")}


def left_open(start: str, end: str) -> pl.Expr:
    """Open although the period of care has ended, or ended outside the period."""
    still = blank(end) & (col("end").is_not_null() | yes(col(start) < col("start")))
    return still | yes(col(end) > col("end")) | yes(col(end) < col("start"))


@rule(
    "564",
    {"Missing": ("MISSING", "MIS_START")},
    "The child was missing or away, but since when is not given.",
    "Give the date on which it began.",
)
def no_start(care: Care) -> Rows:
    return care.view("Missing").where(among("MISSING", ("M", "A")) & blank("MIS_START"))


@rule(
    "565",
    {"Missing": ("MISSING", "MIS_START")},
    "A start date is given, but not whether the child was missing or away.",
    "Give M or A.",
)
def start_only(care: Care) -> Rows:
    return care.view("Missing").where(given("MIS_START") & blank("MISSING"))


@rule(
    "566",
    {"Missing": ("MISSING", "MIS_END")},
    "An end date is given, but not whether the child was missing or away.",
    "Give M or A.",
)
def end_only(care: Care) -> Rows:
    return care.view("Missing").where(given("MIS_END") & blank("MISSING"))


@rule(
    "567",
    {"Missing": ("MIS_START", "MIS_END")},
    "The child came back before going missing.",
    "Correct the one of the two dates that is wrong.",
)
def back_before(care: Care) -> Rows:
    return care.view("Missing").where(col("MIS_START") > col("MIS_END"))


@rule(
    "570",
    {"Missing": ("MIS_START",)},
    "The child went missing after the end of the year.",
    "Correct the date, or keep it for next year's return.",
)
def after_the_year(care: Care) -> Rows:
    return care.view("Missing").where(col("MIS_START") > care.end)


@rule(
    "571",
    {"Missing": ("MIS_END",)},
    "The child came back before the year began or after it ended.",
    "Correct the date. If the child was missing at the end of the year, leave it blank.",
)
def back_outside_the_year(care: Care) -> Rows:
    return care.view("Missing").where((col("MIS_END") < care.start) | (col("MIS_END") > care.end))


@rule(
    "574",
    {"Missing": ("MIS_START", "MIS_END")},
    "This missing period overlaps another of the child, or another was still open.",
    "Give the date on which the child came back from the other, or correct the dates.",
)
def overlap(care: Care) -> Rows:
    return overlapping(care, "Missing", "MIS_START", "MIS_END")


@rule(
    "575",
    {"Missing": ("MIS_END",)},
    "The placement from which the child went missing has ended, but not the missing period.",
    "Give the date on which the child came back, or the day on which the placement ended.",
    uses=("Episodes", "Missing"),
)
def placement_ended(care: Care) -> Rows:
    view = care.pair("Missing", "Episodes")
    within = col("MIS_START").is_between(col("DECOM"), col("DEC"))
    return view.where(blank("MIS_END") & within, "Missing")


@rule(
    "576",
    {"Missing": ("MIS_START",)},
    "The child was missing at the end of last year, and this year's return does not begin with that.",
    "Give the missing period with the start date that it had, and its end if the child has come back.",
    uses=("Missing", "Missing_last"),
)
def not_carried_over(care: Care) -> Rows:
    open_then = care.table("Missing_last").filter(blank("MIS_END"), col("MIS_START").is_not_null())
    now = _in_order(care).unique("child", keep="first", maintain_order=True)
    both = open_then.join(now, on="child", how="left", suffix="_now")
    wrong = both.filter(~yes(col("MIS_START") == col("MIS_START_now")))
    return {
        "Missing": wrong.get_column("row_now"),
        "Missing_last": wrong.filter(col("row_now").is_null()).get_column("row"),
    }


@rule(
    "577",
    {"Missing": ("MIS_END",)},
    "The child left care, but a missing period has no end, or an end outside the period of care.",
    "Give the date on which the missing period ended, at the latest the day on which care ended.",
    uses=("Episodes", "Missing"),
)
def open_after_care(care: Care) -> Rows:
    return outside_every_period(care, "Missing", col("MIS_START").is_not_null() & left_open("MIS_START", "MIS_END"))


@rule(
    "578",
    {"Missing": ("MIS_START",)},
    "The child went missing outside every period of care.",
    "Correct the date, or the dates of the episodes.",
    uses=("Episodes", "Missing"),
)
def began_outside_care(care: Care) -> Rows:
    outside = yes(col("MIS_START") < col("start")) | yes(col("MIS_START") >= col("end"))
    return outside_every_period(care, "Missing", outside)


@rule(
    "581",
    {"Missing": ("MIS_START",)},
    "The child went missing on a day on which no episode was open.",
    "Correct the date, or the dates of the episodes.",
    uses=("Episodes", "Missing"),
)
def no_episode_open(care: Care) -> Rows:
    pairs = care.pair("Missing", "Episodes").frame
    open_then = (col("MIS_START") >= col("DECOM")) & (col("DEC").is_null() | (col("MIS_START") <= col("DEC")))
    inside = pairs.filter(open_then).get_column("row").unique().implode()
    return care.view("Missing", "in_Episodes").where(col("in_Episodes") & ~col("row").is_in(inside))


@rule(
    "586",
    {"Missing": ("MIS_START", "DOB")},
    "The child went missing before being born.",
    "Correct the date or the date of birth.",
)
def before_birth(care: Care) -> Rows:
    return care.view("Missing").where(col("MIS_START") <= col("DOB"))
