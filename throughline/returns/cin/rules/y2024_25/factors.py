"""Factors of physical and sexual abuse say who did it: a child or an adult."""

import polars as pl

from throughline.returns.cin.data import Data, factors
from throughline.returns.cin.rule import rule


def used(data: Data, code: str) -> pl.DataFrame:
    """Assessments that have a factor, however it is written."""
    return factors(data).filter(pl.col("factor").str.to_uppercase() == code)


@rule(
    "8945Q",
    {"Assessments": ("AssessmentFactors",)},
    "The assessment has factor 18A, physical abuse, which no longer says enough.",
    "Use 18B where a child did it and 18C where an adult did, or explain.",
)
def physical_abuse(data: Data) -> pl.DataFrame:
    return used(data, "18A")


@rule(
    "8950Q",
    {"Assessments": ("AssessmentFactors",)},
    "The assessment has factor 19A, sexual abuse, which no longer says enough.",
    "Use 19B where a child did it and 19C where an adult did, or explain.",
)
def sexual_abuse(data: Data) -> pl.DataFrame:
    return used(data, "19A")
