"""Dates of birth and death against the census year and the child's episodes."""

import datetime

import polars as pl

from throughline.returns.cin.data import CHILD, Data
from throughline.returns.cin.rule import rule

WOMB_DAYS = 280
"""Forty weeks."""


@rule(
    "8520",
    {"ChildIdentifiers": ("PersonBirthDate",)},
    "The date of birth {PersonBirthDate} is after the end of the census year.",
    "Correct the date, or use the expected date of birth if the child is not born yet.",
)
def born_after_the_year(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(pl.col("PersonBirthDate") > data.end)


@rule(
    "8525Q",
    {"ChildIdentifiers": ("PersonBirthDate", "ExpectedPersonBirthDate")},
    "A child has either a date of birth or an expected date of birth; this one has both or neither.",
    "Keep the date of birth if the child is born, and the expected date if not.",
)
def one_birth_date(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(
        pl.col("PersonBirthDate").is_null() == pl.col("ExpectedPersonBirthDate").is_null()
    )


@rule(
    "8530Q",
    {"ChildIdentifiers": ("ExpectedPersonBirthDate",)},
    "The expected date of birth {ExpectedPersonBirthDate} is not between 30 days before and 9 months after the end of "
    "the census year.",
    "Check the date. If the child has been born, enter the date of birth in its place; otherwise explain.",
)
def expected_out_of_range(data: Data) -> pl.DataFrame:
    latest = pl.lit(data.end).dt.offset_by("9mo")
    expected = pl.col("ExpectedPersonBirthDate")
    earliest = data.end - datetime.timedelta(days=30)
    return data["ChildIdentifiers"].filter((expected < earliest) | (expected > latest))


@rule(
    "8535Q",
    {"ChildIdentifiers": ("PersonDeathDate", "PersonBirthDate")},
    "A date of death {PersonDeathDate} is recorded, and the date of birth is later or missing.",
    "Check both dates and correct the one that is wrong, or explain.",
)
def died_before_birth(data: Data) -> pl.DataFrame:
    born, died = pl.col("PersonBirthDate"), pl.col("PersonDeathDate")
    return data["ChildIdentifiers"].filter(died.is_not_null() & (born.is_null() | (died < born)))


@rule(
    "8545Q",
    {"ChildIdentifiers": ("PersonDeathDate",)},
    "The date of death {PersonDeathDate} is not within the census year.",
    "Check the date. A child who died before the year began should not be in the return.",
)
def died_outside_the_year(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(~data.in_period("PersonDeathDate"))


@rule(
    "8555Q",
    {"CINdetails": ("CINreferralDate",), "ChildIdentifiers": ("PersonDeathDate",)},
    "The referral date {CINreferralDate} is after the child’s date of death {PersonDeathDate}.",
    "Check both dates and correct the one that is wrong, or explain.",
)
def referred_after_death(data: Data) -> pl.DataFrame:
    both = data.joined("CINdetails", "ChildIdentifiers", CHILD)
    return both.filter(pl.col("CINreferralDate") > pl.col("PersonDeathDate"))


@rule(
    "8585Q",
    {"CINdetails": ("ReasonForClosure",), "ChildIdentifiers": ("PersonDeathDate",)},
    "The episode was closed because the child died (RC2), and no date of death is recorded.",
    "Enter the date of death, or correct the reason for closure.",
)
def died_without_date(data: Data) -> pl.DataFrame:
    both = data.joined("CINdetails", "ChildIdentifiers", CHILD)
    return both.filter((pl.col("ReasonForClosure") == "RC2") & pl.col("PersonDeathDate").is_null())


@rule(
    "8775Q",
    {"ChildIdentifiers": ("PersonBirthDate",), "CINdetails": ("CINclosureDate",)},
    "The person, born {PersonBirthDate}, has an episode that was open when they were more than 25 years old.",
    "Check the date of birth. Close the episode on the day it really ended, or explain.",
)
def over_25(data: Data) -> pl.DataFrame:
    both = data.joined("ChildIdentifiers", "CINdetails", CHILD)
    born, closed = pl.col("PersonBirthDate"), pl.col("CINclosureDate")
    still_open = closed.is_null() | (closed > born.dt.offset_by("25y"))
    return both.filter((born < data.years_before_end(25)) & still_open)


@rule(
    "8606",
    {"CINdetails": ("CINreferralDate",), "ChildIdentifiers": ("PersonBirthDate", "ExpectedPersonBirthDate")},
    "The referral date {CINreferralDate} is more than 40 weeks before the child’s date of birth or expected date of "
    "birth.",
    "Check the dates; an unborn child can be referred only once there is a pregnancy.",
)
def referred_before_conception(data: Data) -> pl.DataFrame:
    both = data.joined("CINdetails", "ChildIdentifiers", CHILD)
    womb = pl.duration(days=WOMB_DAYS)
    early = [pl.col("CINreferralDate") < pl.col(name) - womb for name in ("PersonBirthDate", "ExpectedPersonBirthDate")]
    return both.filter(pl.any_horizontal(early))
