"""Section 47 enquiries."""

import polars as pl

from throughline.returns.cin.data import EPISODE, Data
from throughline.returns.cin.rule import rule
from throughline.returns.common.dates import working_days_before

CONFERENCE_WORKING_DAYS = 15
"""From the strategy discussion to the initial conference: Working Together to Safeguard Children."""

NOT_REQUIRED = pl.col("ICPCnotRequired").fill_null(value=False)
UNDECIDED = pl.col("DateOfInitialCPC").is_null() & ~NOT_REQUIRED
"""Neither a conference nor a word that none was required."""


@rule(
    "2889",
    {"Section47": ("S47ActualStartDate",), "CINdetails": ("CINreferralDate",)},
    "The Section 47 enquiry starts on {S47ActualStartDate}, before the referral on {CINreferralDate}.",
    "Check both dates, and that the enquiry is in the right episode.",
)
def starts_before_referral(data: Data) -> pl.DataFrame:
    both = data.joined("Section47", "CINdetails", EPISODE)
    return both.filter(pl.col("S47ActualStartDate") < pl.col("CINreferralDate"))


@rule(
    "2991Q",
    {"Section47": ("S47ActualStartDate",)},
    "There is a Section 47 enquiry, and the episode has no assessment.",
    "Add the assessment that the enquiry was part of, or explain.",
)
def without_assessment(data: Data) -> pl.DataFrame:
    return data.without("Section47", "Assessments", EPISODE)


@rule(
    "8615",
    {"Section47": ("S47ActualStartDate", "DateOfInitialCPC")},
    "The initial conference is on {DateOfInitialCPC}, and the start of the enquiry is missing or later.",
    "Enter the day on which the enquiry started, or correct the date of the conference.",
)
def starts_after_conference(data: Data) -> pl.DataFrame:
    starts, conference = pl.col("S47ActualStartDate"), pl.col("DateOfInitialCPC")
    return data["Section47"].filter(conference.is_not_null() & (starts.is_null() | (starts > conference)))


@rule(
    "8675Q",
    {"Section47": ("DateOfInitialCPC", "S47ActualStartDate", "ICPCnotRequired")},
    "The enquiry started on {S47ActualStartDate}, more than 15 working days before the end of the census year, and "
    "there is no initial conference.",
    "Enter the date of the conference, flag that none was required, or explain why it was still to come.",
)
def conference_overdue(data: Data) -> pl.DataFrame:
    latest = working_days_before(data.end, CONFERENCE_WORKING_DAYS)
    waiting = pl.col("DateOfInitialCPC").is_null() & ~pl.col("ICPCnotRequired")
    return data["Section47"].filter(waiting & (pl.col("S47ActualStartDate") < latest))


@rule(
    "8740",
    {"Section47": ("S47ActualStartDate", "DateOfInitialCPC", "ICPCnotRequired")},
    "The enquiry has no initial conference, one is required, and its start {S47ActualStartDate} is not within the "
    "census year.",
    "Check the start date. Enter the date of the conference, or flag that none was required.",
)
def open_since_before_the_year(data: Data) -> pl.DataFrame:
    waiting = pl.col("DateOfInitialCPC").is_null() & ~pl.col("ICPCnotRequired")
    return data["Section47"].filter(waiting & ~data.in_period("S47ActualStartDate"))


@rule(
    "8839",
    {"Section47": ("DateOfInitialCPC", "ICPCnotRequired")},
    "The episode has more than one Section 47 enquiry that is still open.",
    "Enter the date of each conference, or flag that none was required; only one enquiry may be open.",
)
def more_than_one_open(data: Data) -> pl.DataFrame:
    return data["Section47"].filter(UNDECIDED).filter(pl.struct(EPISODE).is_duplicated())


@rule(
    "8890",
    {"Section47": ("S47ActualStartDate", "DateOfInitialCPC", "ICPCnotRequired")},
    "The enquiry starts on {S47ActualStartDate}, while another enquiry in the same episode is under way.",
    "Check the dates of both, or join them if they are one enquiry.",
)
def overlap(data: Data) -> pl.DataFrame:
    pairs = data.pairs("Section47", EPISODE)
    starts, other_starts = pl.col("S47ActualStartDate"), pl.col("S47ActualStartDate_other")
    other_ends = pl.col("DateOfInitialCPC_other")
    other_open = other_ends.is_null() & ~pl.col("ICPCnotRequired_other").fill_null(value=False)
    return pairs.filter((starts >= other_starts) & ((starts <= other_ends) | (other_open & (starts <= data.end))))
