"""Checks of the return as a whole."""

import polars as pl

from throughline.returns.cin.data import Data
from throughline.returns.cin.rule import rule

FAULT = pl.DataFrame({"fault": [True]})
FINE = FAULT.clear()


@rule(
    "2883",
    {
        "ChildProtectionPlans": ("CPPstartDate",),
        "CINdetails": ("DateOfInitialCPC",),
        "Section47": ("DateOfInitialCPC",),
    },
    "{plans} child protection plans start in the census year, and only {conferences} initial conferences are recorded "
    "in it.",
    "Find the plans without an initial child protection conference and record the conference’s date on the Section 47 "
    "enquiry or, where there was none, on the episode.",
)
def more_plans_than_conferences(data: Data) -> pl.DataFrame:
    plans = data["ChildProtectionPlans"].filter(data.in_period("CPPstartDate")).height
    conferences = sum(
        data[name].filter(data.in_period("DateOfInitialCPC")).height for name in ("CINdetails", "Section47")
    )
    return pl.DataFrame({"plans": [plans], "conferences": [conferences]}).filter(plans > conferences)


def mostly_unrecorded(children: pl.DataFrame, unrecorded: pl.Expr) -> pl.DataFrame:
    """One row if more than 2% of children who are not unborn have no sex or gender recorded."""
    count = children.filter(unrecorded & pl.col("ExpectedPersonBirthDate").is_null()).height
    if children.is_empty() or count / children.height <= 0.02:
        return FINE
    return pl.DataFrame({"count": [count], "share": [f"{count / children.height:.1%}"]})


@rule(
    "2886Q",
    {"ChildIdentifiers": ("GenderCurrent", "ExpectedPersonBirthDate")},
    "Gender is not recorded for {count} children who are not unborn ({share} of all; at most 2% is expected).",
    "Record gender where it is known, or explain why so many are not recorded.",
)
def gender_unrecorded(data: Data) -> pl.DataFrame:
    gender = pl.col("GenderCurrent")
    return mostly_unrecorded(data["ChildIdentifiers"], gender.is_null() | (gender == "0"))


@rule(
    "2887Q",
    {"Disabilities": ("Disability",)},
    "Only {count} different disability codes are used in the whole return; at least 8 are expected.",
    "Check that disabilities are recorded by their own codes and all of them exported, or explain why so few are used.",
)
def few_disability_codes(data: Data) -> pl.DataFrame:
    disability = data["Disabilities"]["Disability"]
    count = disability.filter(disability != "NONE").n_unique()
    return pl.DataFrame({"count": [count]}).filter(count <= 7)


@rule(
    "2888Q",
    {"Disabilities": ("Disability",)},
    "No child in the return has more than one disability recorded.",
    "Check that every disability of a child is recorded and exported, or explain why each child has only one.",
)
def one_disability_each(data: Data) -> pl.DataFrame:
    disabled = data["Disabilities"].filter(pl.col("Disability") != "NONE")
    most = disabled.group_by("child_row").len()["len"].max()
    return FAULT if isinstance(most, int) and most <= 1 else FINE
