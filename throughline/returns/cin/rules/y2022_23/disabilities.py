"""Disabilities."""

import polars as pl

from throughline.returns.cin.data import CHILD, Data
from throughline.returns.cin.rule import rule

NONE = pl.col("Disability").str.to_uppercase() == "NONE"


@rule(
    "8540",
    {"Disabilities": ("Disability",), "ChildIdentifiers": ("PersonBirthDate",)},
    "The child’s disability is missing or is not a code of the census. It is needed once a child is born and a "
    "referral leads to action.",
    "Enter each of the child’s disabilities from the code set, or NONE if the child has none.",
)
def missing_or_unknown(data: Data) -> list[pl.DataFrame]:
    born = data["ChildIdentifiers"].filter(pl.col("PersonBirthDate").is_not_null())
    acted_on = born.join(data["CINdetails"].filter(~pl.col("ReferralNFA")), on=CHILD, how="semi", maintain_order="left")
    rows = data["Disabilities"]
    known = pl.col("Disability").is_in(data.codes("disability")).fill_null(value=False)
    wrong = rows.filter(~known).join(acted_on, on=CHILD, how="semi", maintain_order="left")
    # Without any row to point at, the child is named.
    return [wrong, data.without(acted_on, rows, CHILD)]


@rule(
    "8790",
    {"Disabilities": ("Disability",)},
    "The disability {Disability} is recorded for a child who is also recorded as having none (NONE).",
    "Remove NONE if the child has a disability, or remove the others.",
)
def none_and_others(data: Data) -> pl.DataFrame:
    table = data["Disabilities"]
    return table.filter(~NONE).join(table.filter(NONE), on=CHILD, how="semi", maintain_order="left")


@rule(
    "8794",
    {"Disabilities": ("Disability",)},
    "The disability {Disability} is recorded more than once for the child.",
    "Keep it once.",
)
def repeated(data: Data) -> pl.DataFrame:
    given = data["Disabilities"].filter(pl.col("Disability").is_not_null())
    return given.filter(pl.struct("child_row", "Disability").is_duplicated())
