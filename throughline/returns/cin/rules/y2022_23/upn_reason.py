"""The reason why there is no unique pupil number."""

from datetime import date

import polars as pl

from throughline.returns.cin.data import CHILD, Data
from throughline.returns.cin.rule import rule

SCHOOL_AGE_REASONS = ("UN2", "UN3", "UN4", "UN5", "UN6", "UN7")
"""Reasons that fit a child of school age: all but UN1, not yet of school age."""

_FIELDS = {"ChildIdentifiers": ("UPN", "UPNunknown")}


def number_expected(data: Data, born_by: date) -> pl.DataFrame:
    """Children born by a day, with an episode that led to action, without a number or a reason that fits."""
    acted_on = data["CINdetails"].filter(~pl.col("ReferralNFA")).select("child_row").unique()
    reason = pl.col("UPNunknown").str.to_uppercase().is_in(SCHOOL_AGE_REASONS).fill_null(value=False)
    return (
        data["ChildIdentifiers"]
        .filter((pl.col("PersonBirthDate") <= born_by) & pl.col("UPN").is_null() & ~reason)
        .join(acted_on, on=CHILD, how="semi", maintain_order="left")
    )


@rule(
    "8770Q",
    _FIELDS,
    "There is neither a UPN nor a reason that fits a child who is more than 5 years old (born {PersonBirthDate}).",
    "Enter the UPN, or a reason from UN2 to UN7, or explain.",
)
def over_five(data: Data) -> pl.DataFrame:
    return number_expected(data, data.years_before_end(6))


@rule(
    "8772",
    {"ChildIdentifiers": ("UPNunknown",), "CINdetails": ("ReferralNFA",)},
    "The reason for having no UPN is UN7, a referral with no further action, but an episode of the child did lead to "
    "action.",
    "Enter the UPN or another reason, or correct the no further action flag of the episode.",
)
def no_further_action_reason(data: Data) -> pl.DataFrame:
    both = data.joined("ChildIdentifiers", "CINdetails", CHILD)
    return both.filter((pl.col("UPNunknown") == "UN7") & ~pl.col("ReferralNFA").fill_null(value=False))
