"""Sex in place of gender, over the whole return."""

import polars as pl

from throughline.returns.cin.data import Data
from throughline.returns.cin.rule import rule
from throughline.returns.cin.rules.y2022_23.whole_return import mostly_unrecorded


@rule(
    "2886Q",
    {"ChildIdentifiers": ("Sex", "ExpectedPersonBirthDate")},
    "Sex is not recorded for {count} children who are not unborn ({share} of all; at most 2% is expected).",
    "Record sex where it is known, or explain why so many are not recorded.",
)
def sex_unrecorded(data: Data) -> pl.DataFrame:
    sex = pl.col("Sex")
    return mostly_unrecorded(data["ChildIdentifiers"], sex.is_null() | (sex == "U"))
