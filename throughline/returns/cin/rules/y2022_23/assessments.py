"""Assessments: their dates, and one at a time."""

import polars as pl

from throughline.returns.cin.data import EPISODE, Data
from throughline.returns.cin.rule import rule
from throughline.returns.common.dates import working_days_before

OPEN = pl.col("AssessmentAuthorisationDate").is_null()
WORKING_DAYS = 45
"""Within which an assessment is to be completed: Working Together to Safeguard Children, flow chart of assessment."""


@rule(
    "1103",
    {"Assessments": ("AssessmentActualStartDate",), "CINdetails": ("CINreferralDate",)},
    "The assessment starts on {AssessmentActualStartDate}, before the referral on {CINreferralDate}.",
    "Check both dates, and that the assessment is in the right episode.",
)
def starts_before_referral(data: Data) -> pl.DataFrame:
    both = data.joined("Assessments", "CINdetails", EPISODE)
    return both.filter(pl.col("AssessmentActualStartDate") < pl.col("CINreferralDate"))


@rule(
    "8608",
    {"Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate")},
    "The assessment starts on {AssessmentActualStartDate}, after it was authorised on {AssessmentAuthorisationDate}.",
    "Check both dates and correct the one that is wrong.",
)
def ends_before_start(data: Data) -> pl.DataFrame:
    return data["Assessments"].filter(pl.col("AssessmentActualStartDate") > pl.col("AssessmentAuthorisationDate"))


@rule(
    "8670Q",
    {"Assessments": ("AssessmentAuthorisationDate", "AssessmentActualStartDate")},
    "The assessment started on {AssessmentActualStartDate}, more than 45 working days before the end of the census "
    "year, and it is not authorised.",
    "Enter the day on which it was authorised, or explain why it was still open.",
)
def long_open(data: Data) -> pl.DataFrame:
    latest = working_days_before(data.end, WORKING_DAYS)
    return data["Assessments"].filter(OPEN & (pl.col("AssessmentActualStartDate") < latest))


@rule(
    "8696",
    {"Assessments": ("AssessmentAuthorisationDate",)},
    "The assessment was authorised on {AssessmentAuthorisationDate}, which is not within the census year.",
    "Check the date. Leave out an assessment that ended before the year; leave the date blank if it ended after it.",
)
def authorised_outside_the_year(data: Data) -> pl.DataFrame:
    return data["Assessments"].filter(~data.in_period("AssessmentAuthorisationDate"))


@rule(
    "8736",
    {"Assessments": ("AssessmentAuthorisationDate", "AssessmentActualStartDate")},
    "The assessment is not authorised, and its start is missing or not within the census year.",
    "Check the start date, and enter the day of authorisation if it has been completed.",
)
def open_since_before_the_year(data: Data) -> pl.DataFrame:
    within = data.in_period("AssessmentActualStartDate").fill_null(value=False)
    return data["Assessments"].filter(OPEN & ~within)


@rule(
    "8863Q",
    {"Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate")},
    "The assessment starts on {AssessmentActualStartDate}, while another assessment in the same episode is under way.",
    "Check the dates of both, join them if they are one assessment, or explain.",
)
def overlap(data: Data) -> pl.DataFrame:
    starts, other_starts = pl.col("AssessmentActualStartDate"), pl.col("AssessmentActualStartDate_other")
    other_ends = pl.col("AssessmentAuthorisationDate_other").fill_null(data.end)
    return data.pairs("Assessments", EPISODE).filter((starts >= other_starts) & (starts <= other_ends))


@rule(
    "8896",
    {"Assessments": ("AssessmentAuthorisationDate",)},
    "The episode has more than one assessment that is not authorised.",
    "Enter the day on which each finished assessment was authorised; only one may be open.",
)
def more_than_one_open(data: Data) -> pl.DataFrame:
    return data["Assessments"].filter(OPEN).filter(pl.struct(EPISODE).is_duplicated())
