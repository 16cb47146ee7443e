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
    "The episode of {CINreferralDate} is open, and the child has a later one.",
    "Close the earlier episode, or correct the referral dates.",
)
def open_and_not_latest(data: Data) -> pl.DataFrame:
    pairs = data.pairs("CINdetails", CHILD)
    return pairs.filter(OPEN & (pl.col("CINreferralDate_other") > pl.col("CINreferralDate")))


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
