"""Child protection plans."""

import polars as pl

from throughline.returns.cin.data import CHILD, EPISODE, Data
from throughline.returns.cin.rule import rule

TABLE = "ChildProtectionPlans"


@rule(
    "1105",
    {TABLE: ("CPPstartDate",), "CINdetails": ("CINreferralDate",)},
    "The child protection plan starts on {CPPstartDate}, before the referral on {CINreferralDate}.",
    "Check both dates, and that the plan is in the right episode.",
)
def starts_before_referral(data: Data) -> pl.DataFrame:
    return data.joined(TABLE, "CINdetails", EPISODE).filter(pl.col("CPPstartDate") < pl.col("CINreferralDate"))


@rule(
    "8720",
    {TABLE: ("CPPstartDate",)},
    "The start of the child protection plan is missing or after the end of the census year.",
    "Enter the day of the conference that agreed the plan, or leave out a plan that started after the year.",
)
def start(data: Data) -> pl.DataFrame:
    starts = pl.col("CPPstartDate")
    return data[TABLE].filter(starts.is_null() | (starts > data.end))


@rule(
    "8730",
    {TABLE: ("NumberOfPreviousCPP",)},
    "The number of previous child protection plans is missing or is not a whole number from 0.",
    "Enter how many plans the child has had before this one, in any authority; 0 if none.",
)
def previous_plans(data: Data) -> pl.DataFrame:
    number = pl.col("NumberOfPreviousCPP")
    return data[TABLE].filter(number.is_null() | (number < 0))


def category_unknown(data: Data, field: str) -> pl.DataFrame:
    """Plans whose category of abuse is missing or no code."""
    return data[TABLE].filter(~pl.col(field).is_in(data.codes("category_of_abuse")).fill_null(value=False))


@rule(
    "8905",
    {TABLE: ("InitialCategoryOfAbuse",)},
    "The initial category of abuse is missing or is not a code of the census.",
    "Enter NEG, PHY, SAB, EMO or MUL, as the initial conference decided.",
)
def initial_category(data: Data) -> pl.DataFrame:
    return category_unknown(data, "InitialCategoryOfAbuse")


@rule(
    "8910",
    {TABLE: ("LatestCategoryOfAbuse",)},
    "The latest category of abuse is missing or is not a code of the census.",
    "Enter NEG, PHY, SAB, EMO or MUL, as the latest conference decided.",
)
def latest_category(data: Data) -> pl.DataFrame:
    return category_unknown(data, "LatestCategoryOfAbuse")


@rule(
    "8840",
    {TABLE: ("CPPstartDate", "CPPendDate")},
    "The child protection plan starts and ends on the same day, {CPPstartDate}.",
    "Check both dates. Leave the plan out if the conference did not make one.",
)
def one_day(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(pl.col("CPPstartDate") == pl.col("CPPendDate"))


@rule(
    "8925",
    {TABLE: ("CPPstartDate", "CPPendDate")},
    "The child protection plan ends on {CPPendDate}, before it starts on {CPPstartDate}.",
    "Check both dates and correct the one that is wrong.",
)
def ends_before_start(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(pl.col("CPPendDate") < pl.col("CPPstartDate"))


@rule(
    "8930",
    {TABLE: ("CPPendDate",)},
    "The child protection plan ends on {CPPendDate}, which is not within the census year.",
    "Check the date. Leave it blank if the plan was running at the end of the year; leave out a plan that ended before "
    "the year.",
)
def ends_outside_the_year(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(~data.in_period("CPPendDate"))


@rule(
    "8935",
    {TABLE: ("CPPendDate",)},
    "The child has more than one child protection plan without an end date.",
    "Enter the end of each plan that has ended; a child can be on one plan only.",
)
def more_than_one_open(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(pl.col("CPPendDate").is_null()).filter(pl.col("child_row").is_duplicated())


@rule(
    "8940",
    {TABLE: ("CPPstartDate", "CPPendDate")},
    "The child protection plan starts on {CPPstartDate}, while another plan of the child is running.",
    "Check the dates of both plans, and join them if they are one.",
)
def overlap(data: Data) -> pl.DataFrame:
    starts, other_starts = pl.col("CPPstartDate"), pl.col("CPPstartDate_other")
    other_ends = pl.col("CPPendDate_other").fill_null(data.end)
    return data.pairs(TABLE, CHILD).filter((starts >= other_starts) & (starts <= other_ends))
