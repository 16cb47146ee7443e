"""Child in need plans."""

import polars as pl

from throughline.returns.cin.data import CHILD, EPISODE, Data
from throughline.returns.cin.rule import rule

TABLE = "CINPlanDates"
STARTS, ENDS = pl.col("CINPlanStartDate"), pl.col("CINPlanEndDate")


@rule(
    "4004",
    {TABLE: ("CINPlanEndDate",)},
    "The child has more than one child in need plan without an end date.",
    "Enter the end of each plan that has ended, also in earlier episodes; only one may be open.",
)
def more_than_one_open(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(ENDS.is_null()).filter(pl.col("child_row").is_duplicated())


@rule(
    "4010",
    {TABLE: ("CINPlanStartDate",)},
    "The start of the child in need plan is missing or after the end of the census year.",
    "Enter the day on which the plan started, or leave out a plan that started after the year.",
)
def start(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(STARTS.is_null() | (data.end < STARTS))


@rule(
    "4011",
    {TABLE: ("CINPlanEndDate", "CINPlanStartDate")},
    "The child in need plan ends on {CINPlanEndDate}, before it starts on {CINPlanStartDate}.",
    "Check both dates and correct the one that is wrong.",
)
def ends_before_start(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(ENDS < STARTS)


@rule(
    "4012Q",
    {TABLE: ("CINPlanStartDate", "CINPlanEndDate")},
    "The child in need plan starts and ends on the same day, {CINPlanStartDate}.",
    "Check both dates, leave the plan out if there was none, or explain.",
)
def one_day(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(STARTS == ENDS)


@rule(
    "4013",
    {TABLE: ("CINPlanEndDate",)},
    "The child in need plan ends on {CINPlanEndDate}, which is not within the census year.",
    "Check the date. Leave it blank if the plan was running at the end of the year; leave out a plan that ended before "
    "the year.",
)
def ends_outside_the_year(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(~data.in_period("CINPlanEndDate"))


@rule(
    "4014",
    {TABLE: ("CINPlanStartDate", "CINPlanEndDate")},
    "The child in need plan starts on {CINPlanStartDate}, while another plan of the child is running.",
    "Check the dates of both plans, and join them if they are one.",
)
def overlap(data: Data) -> pl.DataFrame:
    other_ends = pl.col("CINPlanEndDate_other").fill_null(data.end)
    pairs = data.pairs(TABLE, CHILD)
    return pairs.filter((pl.col("CINPlanStartDate_other") <= STARTS) & (other_ends >= STARTS))


@rule(
    "4015",
    {TABLE: ("CINPlanStartDate",), "CINdetails": ("CINreferralDate",)},
    "The child in need plan starts on {CINPlanStartDate}, before the referral on {CINreferralDate}.",
    "Check both dates, and that the plan is in the right episode.",
)
def starts_before_referral(data: Data) -> pl.DataFrame:
    return data.joined(TABLE, "CINdetails", EPISODE).filter(pl.col("CINreferralDate") > STARTS)
