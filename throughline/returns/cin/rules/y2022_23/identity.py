"""Who the child is: the authority's own id, gender and ethnicity, and that there is an episode at all."""

import polars as pl

from throughline.returns.cin.data import CHILD, Data
from throughline.returns.cin.rule import rule


@rule(
    "8500",
    {"ChildIdentifiers": ("LAchildID",)},
    "The child has no id.",
    "Enter the child’s own id in your system; everything else about the child is joined by it.",
)
def child_id_missing(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(pl.col("LAchildID").is_null())


@rule(
    "8510",
    {"ChildIdentifiers": ("LAchildID",)},
    "More than one child in the return has the id {LAchildID}.",
    "If the records are of one child, join them into one Child; if not, give each child their own id.",
)
def child_id_repeated(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(pl.col("LAchildID").is_not_null() & pl.col("LAchildID").is_duplicated())


@rule(
    "4180",
    {"ChildIdentifiers": ("GenderCurrent",)},
    "Gender is missing or is not one of 0, 1, 2 and 9.",
    "Enter 1 for male, 2 for female, 9 for indeterminate, or 0 where it is not recorded or the child is unborn.",
)
def gender_missing(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(~pl.col("GenderCurrent").is_in(data.codes("gender")).fill_null(value=False))


@rule(
    "8750",
    {"ChildIdentifiers": ("GenderCurrent", "PersonBirthDate", "ExpectedPersonBirthDate")},
    "The child is unborn, and gender is not 0.",
    "Set gender to 0, or enter the date of birth if the child has been born.",
)
def gender_of_unborn(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(UNBORN & pl.col("GenderCurrent").ne_missing("0"))


UNBORN = pl.col("PersonBirthDate").is_null() & pl.col("ExpectedPersonBirthDate").is_not_null()
"""An expected date of birth, and no date of birth."""


@rule(
    "4220",
    {"ChildCharacteristics": ("Ethnicity",)},
    "Ethnicity is missing or is not a code of the census.",
    "Enter the child’s ethnicity from the code set; use NOBT where it has not been obtained yet and REFU where it was "
    "declined.",
)
def ethnicity(data: Data) -> pl.DataFrame:
    known = pl.col("Ethnicity").is_in(data.codes("ethnicity")).fill_null(value=False)
    return data["ChildCharacteristics"].filter(~known)


@rule(
    "8590",
    {"ChildIdentifiers": ("LAchildID",)},
    "The child has no episode: there is no CINdetails.",
    "Add the child’s referral, or leave the child out if there was none in the year.",
)
def no_episode(data: Data) -> pl.DataFrame:
    return data.without("ChildIdentifiers", "CINdetails", CHILD)
