"""A child's episodes against one another."""

import polars as pl

from throughline.returns.cin.data import CHILD, Data
from throughline.returns.cin.rule import rule

OPEN = pl.col("CINclosureDate").is_null() & ~pl.col("ReferralNFA")
"""No closure date, on a referral that led to action."""


@rule(
    "8815",
    {"CINdetails": ("CINclosureDate", "ReferralNFA")},
    "The child has more than one open episode.",
    "Close each episode that has ended; only the latest may be open.",
)
def more_than_one_open(data: Data) -> pl.DataFrame:
    return data["CINdetails"].filter(OPEN).filter(pl.col("child_row").is_duplicated())


@rule(
    "8816",
    {"CINdetails": ("CINreferralDate", "ReferralNFA")},
    "The episode of {CINreferralDate} is open, and it is not the child’s latest.",
    "Close the earlier episode, or correct the referral dates. Two episodes cannot both be the latest.",
)
def open_and_not_latest(data: Data) -> pl.DataFrame:
    referred = data["CINdetails"].filter(pl.col("CINreferralDate").is_not_null())
    # Of episodes that start on one day the first counts as the latest, so that at least one of them is named.
    latest = referred.sort("CINreferralDate", "CINdetails", descending=[True, False]).unique("child_row", keep="first")
    return data.joined(referred.filter(OPEN), latest, CHILD).filter(pl.col("CINdetails") != pl.col("CINdetails_other"))


@rule(
    "8820",
    {"CINdetails": ("CINreferralDate", "CINclosureDate")},
    "The episode starts on {CINreferralDate}, while another episode of the child is open.",
    "Check the referral and closure dates of both. One may start on the day that the other closes.",
)
def overlap(data: Data) -> pl.DataFrame:
    pairs = data.pairs("CINdetails", CHILD)
    starts, other_starts = pl.col("CINreferralDate"), pl.col("CINreferralDate_other")
    other_ends = pl.col("CINclosureDate_other")
    in_closed = starts < other_ends
    in_open = other_ends.is_null() & ~pl.col("ReferralNFA_other") & (starts < data.end)
    return pairs.filter((starts >= other_starts) & (in_closed | in_open))
