"""Pre-proceedings and family group decision-making, new in 2026/27: the rules that the department publishes."""

import polars as pl

from throughline.returns.cin.data import Data
from throughline.returns.cin.rule import rule

TABLE = "PreProceedingsandFGDM"
begun = pl.col("PPStartDate")


@rule(
    "8995Q",
    {TABLE: ("PPStartDate",)},
    "No child in the return has pre-proceedings.",
    "Check that the block is exported, or explain why there is none.",
)
def none_at_all(data: Data) -> pl.DataFrame:
    return pl.DataFrame({"fault": [True]}).filter(data[TABLE].is_empty())


@rule(
    "9000Q",
    {TABLE: ("PPStartDate",)},
    "Pre-proceedings have no start date.",
    "Enter the day of the decision to begin them. If you do not collect it yet, leave it blank and explain.",
)
def start_missing(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(begun.is_null())


@rule(
    "9005",
    {TABLE: ("PPStartDate",)},
    "Pre-proceedings start on {PPStartDate}, which is not within the census year.",
    "Enter the day of the meeting that decided to begin pre-proceedings. Leave the block out if that was in another "
    "year.",
)
def starts_outside_the_year(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(~data.in_period("PPStartDate"))


def late_or_early(data: Data, field: str, after: str | None = None) -> pl.DataFrame:
    """Rows with a date outside the census year, or before the date that it follows."""
    wrong = ~data.in_period(field)
    if after:
        wrong = wrong | (pl.col(field) < pl.col(after)).fill_null(value=False)
    return data[TABLE].filter(wrong)


@rule(
    "9006",
    {TABLE: ("LBPSentDate", "PPStartDate")},
    "The letter before proceedings was sent on {LBPSentDate}, which is not within the census year or is before "
    "pre-proceedings started ({PPStartDate}).",
    "Check both dates and correct the one that is wrong.",
)
def letter(data: Data) -> pl.DataFrame:
    return late_or_early(data, "LBPSentDate", "PPStartDate")


@rule(
    "9007",
    {TABLE: ("FGDMMeetingOffer", "LBPSentDate")},
    "A letter before proceedings was sent on {LBPSentDate}, and it is not recorded whether it offered a family group "
    "decision-making meeting.",
    "Enter 1 if the letter offered a meeting and 0 if not.",
)
def offer_missing(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(pl.col("LBPSentDate").is_not_null() & pl.col("FGDMMeetingOffer").is_null())


@rule(
    "9008",
    {TABLE: ("InitialPPMeetingDate",)},
    "The initial meeting was on {InitialPPMeetingDate}, which is not within the census year.",
    "Check the date of the first effective pre-proceedings meeting. Leave it blank if it was still to come.",
)
def meeting(data: Data) -> pl.DataFrame:
    return late_or_early(data, "InitialPPMeetingDate")


@rule(
    "9009",
    {TABLE: ("StepDecisionDate", "PPStartDate")},
    "The decision to step up or down was on {StepDecisionDate}, which is not within the census year or is before "
    "pre-proceedings started ({PPStartDate}).",
    "Check both dates and correct the one that is wrong.",
)
def decision(data: Data) -> pl.DataFrame:
    return late_or_early(data, "StepDecisionDate", "PPStartDate")


@rule(
    "9010Q",
    {TABLE: ("FGDMMeetingFac", "FGDMMeetingOffer")},
    "A family group decision-making meeting was offered, and it is not recorded whether one was held.",
    "Enter 1 if a meeting was facilitated during pre-proceedings and 0 if not, or explain.",
)
def meeting_held_missing(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(pl.col("FGDMMeetingOffer") & pl.col("FGDMMeetingFac").is_null())


@rule(
    "9011",
    {TABLE: ("PPOutcome",)},
    "The outcome of pre-proceedings, {PPOutcome}, is not a code of the census.",
    "Enter A, B or C, or leave it blank while pre-proceedings continue.",
)
def outcome(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(~pl.col("PPOutcome").is_in(data.codes("pre_proceedings_outcome")))


@rule(
    "9012",
    {TABLE: ("CourtAppDate", "StepDecisionDate")},
    "The application to court was made on {CourtAppDate}, which is not within the census year or is before the "
    "decision ({StepDecisionDate}).",
    "Check both dates and correct the one that is wrong.",
)
def application(data: Data) -> pl.DataFrame:
    return late_or_early(data, "CourtAppDate", "StepDecisionDate")


@rule(
    "9013",
    {TABLE: ("LetterInitCPDate", "CourtAppDate")},
    "The letter to initiate care proceedings was sent on {LetterInitCPDate}, which is not within the census year or is "
    "before the application to court ({CourtAppDate}).",
    "Check both dates and correct the one that is wrong.",
)
def letter_of_proceedings(data: Data) -> pl.DataFrame:
    return late_or_early(data, "LetterInitCPDate", "CourtAppDate")


@rule(
    "9015Q",
    {TABLE: ("ReviewMeetingsCount", "InitialPPMeetingDate")},
    "There was an initial meeting on {InitialPPMeetingDate}, and the number of review meetings is missing.",
    "Enter how many review meetings followed; 0 if none. Otherwise explain.",
)
def review_count_missing(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(pl.col("InitialPPMeetingDate").is_not_null() & pl.col("ReviewMeetingsCount").is_null())
