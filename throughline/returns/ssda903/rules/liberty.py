"""Deprivation of liberty orders, which join the return in 2026/27."""

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import among, blank, col
from throughline.returns.ssda903.registry import rule
from throughline.returns.ssda903.rules.missing import left_open, outside_every_period, overlapping

DAY = "Give it as day/month/year with four figures for the year"


@rule(
    "700",
    {"DoLo": ("DOLO_START",)},
    "The start of the deprivation of liberty order is blank or is not a date.",
    f"{DAY}.",
    since=2027,
)
def start_is_a_date(care: Care) -> Rows:
    return care.view("DoLo").where(col("DOLO_START").is_null())


@rule(
    "701",
    {"DoLo": ("DOLO_END",)},
    "The end of the deprivation of liberty order is not a date.",
    f"{DAY}, or leave it blank while the order is in force.",
    since=2027,
)
def end_is_a_date(care: Care) -> Rows:
    return care.view("DoLo").where(col("DOLO_END_bad"))


@rule(
    "702",
    {"DoLo": ("DOLO_START", "DOLO_END")},
    "The deprivation of liberty order does not end after it starts.",
    "Correct the one of the two dates that is wrong.",
    since=2027,
)
def ends_before_it_starts(care: Care) -> Rows:
    return care.view("DoLo").where(col("DOLO_END") <= col("DOLO_START"))


@rule(
    "703",
    {"DoLo": ("DOLO_START",)},
    "The deprivation of liberty order starts after the end of the year.",
    "Correct the date, or keep the order for next year's return.",
    since=2027,
)
def after_the_year(care: Care) -> Rows:
    return care.view("DoLo").where(col("DOLO_START") > care.end)


@rule(
    "704",
    {"DoLo": ("DOLO_END",)},
    "The deprivation of liberty order ends before the year began or after it ended.",
    "Correct the date. If the order was in force at the end of the year, leave it blank.",
    since=2027,
)
def ends_outside_the_year(care: Care) -> Rows:
    return care.view("DoLo").where((col("DOLO_END") > care.end) | (col("DOLO_END") < care.start))


@rule(
    "705",
    {"DoLo": ("DOLO_START", "DOLO_END")},
    "This deprivation of liberty order overlaps another of the child, or another was still in force.",
    "Give the date on which the other order ended, or correct the dates.",
    since=2027,
)
def overlap(care: Care) -> Rows:
    return overlapping(care, "DoLo", "DOLO_START", "DOLO_END")


@rule(
    "706",
    {"DoLo": ("DOLO_START",)},
    "A deprivation of liberty order was in force at the end of last year, and this year's return does not have it.",
    "Give the order with the start date that it had, and its end if it has ended.",
    since=2027,
    uses=("DoLo", "DoLo_last"),
)
def not_carried_over(care: Care) -> Rows:
    in_force = care.table("DoLo_last").filter(blank("DOLO_END"), col("DOLO_START").is_not_null())
    now = care.table("DoLo").select("child", "DOLO_START").unique()
    return {"DoLo_last": in_force.join(now, on=["child", "DOLO_START"], how="anti").get_column("row")}


@rule(
    "707",
    {"DoLo": ("DOLO_END",)},
    "The child left care, but a deprivation of liberty order has no end, or an end outside the period of care.",
    "Give the date on which the order ended, at the latest the day on which care ended.",
    since=2027,
    uses=("Episodes", "DoLo"),
)
def open_after_care(care: Care) -> Rows:
    return outside_every_period(care, "DoLo", col("DOLO_START").is_not_null() & left_open("DOLO_START", "DOLO_END"))


@rule(
    "708",
    {"DoLo": ("DOLO_START", "DOB")},
    "The deprivation of liberty order starts before the child was born.",
    "Correct the date or the date of birth.",
    since=2027,
)
def before_birth(care: Care) -> Rows:
    return care.view("DoLo").where(col("DOLO_START") <= col("DOB"))


USUAL = ("K2", "Z12", "Z13")


def _begun() -> pl.Expr:
    return col("DEC").is_null() | (col("DOLO_START") <= col("DEC"))


def _during() -> pl.Expr:
    """The episode and the order, which has ended, overlap."""
    return _begun() & (col("DOLO_END") >= col("DECOM"))


@rule(
    "709",
    {"DoLo": ("DOLO_START",), "Episodes": ("PLACE",)},
    "A child deprived of liberty is in a placement in which that is unusual.",
    "Check the placement and the dates of the order. If they are right, explain it when you submit.",
    since=2027,
    query=True,
)
def unusual_placement(care: Care) -> Rows:
    return care.pair("Episodes", "DoLo").where(_during() & ~among("PLACE", USUAL))


@rule(
    "710",
    {"DoLo": ("DOLO_START",), "Episodes": ("PLACE",)},
    "A child deprived of liberty by an order is in a secure children's home, with parents, in custody "
    "or in supported accommodation.",
    "Correct the placement or the dates of the order: the two do not go together.",
    since=2027,
)
def impossible_placement(care: Care) -> Rows:
    return care.pair("Episodes", "DoLo").where(_during() & among("PLACE", ("K1", "P1", "R5", "K3")))


@rule(
    "TL-DOLO",
    {"DoLo": ("DOLO_START",), "Episodes": ("PLACE",)},
    "An order that deprives a child of liberty is in force, and the placement is one in which that is unusual "
    "or impossible.",
    "Check the placement, and whether the order has ended. Rules 709 and 710 look only at orders that have ended.",
    since=2027,
    query=True,
    ours=True,
)
def in_force_elsewhere(care: Care) -> Rows:
    overlap = col("DOLO_START").is_not_null() & blank("DOLO_END") & _begun()
    return care.pair("Episodes", "DoLo").where(overlap & ~among("PLACE", USUAL))
