"""The form of the child id, and sex in place of gender."""

import polars as pl

from throughline.returns.cin.data import Data
from throughline.returns.cin.rule import rule
from throughline.returns.cin.rules.y2022_23.identity import UNBORN

LONGEST_ID = 20


@rule(
    "1570",
    {"ChildIdentifiers": ("LAchildID",)},
    "The child’s id is longer than 20 characters.",
    "Use the id from your system without anything added to it; agree a shorter form with your supplier if need be.",
)
def child_id_long(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(pl.col("LAchildID").str.len_chars() > LONGEST_ID)


@rule(
    "1580",
    {"ChildIdentifiers": ("LAchildID",)},
    "The child’s id {LAchildID} has characters other than letters and digits.",
    "Remove spaces, hyphens, underscores and other marks from the id, in the same way each year.",
)
def child_id_form(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(~pl.col("LAchildID").str.contains(r"^[\p{L}\p{N}]+$"))


@rule(
    "4180",
    {"ChildIdentifiers": ("Sex",)},
    "Sex is missing or is not one of M, F and U.",
    "Enter M for male, F for female, or U where it is not known or the child is unborn.",
)
def sex_missing(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(~pl.col("Sex").is_in(data.codes("sex")).fill_null(value=False))


@rule(
    "8750",
    {"ChildIdentifiers": ("Sex", "PersonBirthDate", "ExpectedPersonBirthDate")},
    "The child is unborn, and sex is not U.",
    "Set sex to U, or enter the date of birth if the child has been born.",
)
def sex_of_unborn(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(UNBORN & pl.col("Sex").ne_missing("U"))
