"""A child in need plan and a child protection plan at the same time."""

import polars as pl

from throughline.returns.cin.data import CHILD, EPISODE, PLAN, Data
from throughline.returns.cin.rule import rule

IN_NEED, PROTECTION = "CINPlanDates", "ChildProtectionPlans"


@rule(
    "4001",
    {IN_NEED: ("CINPlanEndDate",), PROTECTION: ("CPPendDate",)},
    "The child in need plan and a child protection plan in the same episode are both open.",
    "End the child in need plan on the day that the child protection plan started, or end the child protection plan.",
)
def both_open(data: Data) -> pl.DataFrame:
    in_need = data[IN_NEED].filter(pl.col("CINPlanStartDate").is_not_null() & pl.col("CINPlanEndDate").is_null())
    protection = data[PROTECTION].filter(pl.col("CPPendDate").is_null())
    return data.joined(in_need, protection, EPISODE)


@rule(
    "4003",
    {
        "Reviews": ("CPPreviewDate",),
        PROTECTION: ("CPPendDate",),
        IN_NEED: ("CINPlanStartDate", "CINPlanEndDate"),
    },
    "The child protection review on {CPPreviewDate} falls within a child in need plan of the same episode.",
    "Check the dates of both plans. A review on the day that the child protection plan ends is in order.",
)
def review_during_in_need_plan(data: Data) -> pl.DataFrame:
    reviews = data.joined("Reviews", PROTECTION, PLAN)
    review = pl.col("CPPreviewDate")
    during = (review >= pl.col("CINPlanStartDate")) & (review < pl.col("CINPlanEndDate"))
    return data.joined(reviews, IN_NEED, EPISODE).filter(during & review.ne_missing(pl.col("CPPendDate")))


def starts_during(data: Data, starts: str, other_starts: str, other_ends: str) -> pl.Expr:
    """Whether one plan starts while the other runs. It may start on the day that the other ends."""
    one, end = pl.col(starts), pl.col(other_ends)
    return (one >= pl.col(other_starts)) & ((one < end) | (end.is_null() & (one <= data.end)))


@rule(
    "4016",
    {IN_NEED: ("CINPlanStartDate",), PROTECTION: ("CPPstartDate", "CPPendDate")},
    "The child in need plan starts on {CINPlanStartDate}, while a child protection plan of the child is running.",
    "Start the child in need plan on the day that the child protection plan ended, or correct its dates.",
)
def in_need_during_protection(data: Data) -> pl.DataFrame:
    both = data.joined(IN_NEED, PROTECTION, CHILD)
    return both.filter(starts_during(data, "CINPlanStartDate", "CPPstartDate", "CPPendDate"))


@rule(
    "4017",
    {PROTECTION: ("CPPstartDate",), IN_NEED: ("CINPlanStartDate", "CINPlanEndDate")},
    "The child protection plan starts on {CPPstartDate}, while a child in need plan of the child is running.",
    "End the child in need plan on the day that the child protection plan started.",
)
def protection_during_in_need(data: Data) -> pl.DataFrame:
    both = data.joined(PROTECTION, IN_NEED, CHILD)
    return both.filter(starts_during(data, "CPPstartDate", "CINPlanStartDate", "CINPlanEndDate"))
