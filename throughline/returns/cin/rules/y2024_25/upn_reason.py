"""A number is expected from the start of compulsory school age."""

import datetime

import polars as pl

from throughline.returns.cin.data import Data
from throughline.returns.cin.rule import rule
from throughline.returns.cin.rules.y2022_23.upn_reason import number_expected


@rule(
    "8770Q",
    {"ChildIdentifiers": ("UPN", "UPNunknown")},
    "There is neither a UPN nor a reason that fits a child of school age (born {PersonBirthDate}).",
    "Enter the UPN, or a reason from UN2 to UN7, or explain.",
)
def school_age(data: Data) -> pl.DataFrame:
    # Aged 5 when the school year of the census began: born on or before 31 August, six years before the end.
    return number_expected(data, datetime.date(data.end.year - 6, 8, 31))
