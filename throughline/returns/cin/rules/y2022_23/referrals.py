"""The referral: its date, source, primary need and whether it led to action."""

import datetime

import polars as pl

from throughline.returns.cin.data import Data
from throughline.returns.cin.rule import rule
from throughline.returns.common.dates import working_days_before

SOURCES_SINCE = datetime.date(2013, 4, 1)


@rule(
    "8568",
    {"CINdetails": ("ReferralNFA",)},
    "The no further action flag of the referral is missing or is not 0, 1, true or false.",
    "Enter 1 if the referral led to no further action, and 0 if it led to any.",
)
def flag_missing(data: Data) -> pl.DataFrame:
    return data["CINdetails"].filter(pl.col("ReferralNFA").is_null())


@rule(
    "8569Q",
    {"CINdetails": ("CINreferralDate", "ReferralNFA")},
    "The referral of {CINreferralDate} is flagged as no further action, and it was made before the census year "
    "by more than one working day.",
    "Leave the referral out if nothing followed from it, correct its date, or set the flag to 0. Otherwise explain.",
)
def old_referral_without_action(data: Data) -> pl.DataFrame:
    # A flag that cannot be read says nothing of what followed, so an old referral with one is asked about too.
    earliest = working_days_before(data.start, 1)
    flagged = pl.col("ReferralNFA").fill_null(value=True)
    return data["CINdetails"].filter((pl.col("CINreferralDate") < earliest) & flagged)


@rule(
    "8600",
    {"CINdetails": ("CINreferralDate",)},
    "The referral date is missing or after the end of the census year.",
    "Enter the day on which the referral was received, or leave the episode out if it belongs to next year.",
)
def referral_date(data: Data) -> pl.DataFrame:
    referred = pl.col("CINreferralDate")
    return data["CINdetails"].filter(referred.is_null() | (referred > data.end))


@rule(
    "8610",
    {"CINdetails": ("ReferralNFA", "PrimaryNeedCode")},
    "The referral led to action, and it has no primary need.",
    "Enter the primary need from the code set; N0 says that it is not stated.",
)
def primary_need_missing(data: Data) -> pl.DataFrame:
    return data["CINdetails"].filter(~pl.col("ReferralNFA") & pl.col("PrimaryNeedCode").is_null())


@rule(
    "8650",
    {"CINdetails": ("PrimaryNeedCode",)},
    "The primary need {PrimaryNeedCode} is not a code of the census.",
    "Enter a code from N0 to N9.",
)
def primary_need_unknown(data: Data) -> pl.DataFrame:
    return data["CINdetails"].filter(~pl.col("PrimaryNeedCode").is_in(data.codes("primary_need")))


@rule(
    "8866",
    {"CINdetails": ("CINreferralDate", "ReferralSource")},
    "The source of the referral is missing or is not a code of the census.",
    "Enter who made the referral from the code set; 10 says that it is not known.",
)
def source(data: Data) -> pl.DataFrame:
    known = pl.col("ReferralSource").is_in(data.codes("referral_source")).fill_null(value=False)
    return data["CINdetails"].filter((pl.col("CINreferralDate") >= SOURCES_SINCE) & ~known)
