"""Plans that start or end after a child has died."""

import polars as pl

from throughline.returns.cin.data import CHILD, Data
from throughline.returns.cin.rule import rule


def after_death(data: Data, table: str, field: str) -> pl.DataFrame:
    """Rows of a table with a date after the child's date of death."""
    both = data.joined(table, "ChildIdentifiers", CHILD)
    return both.filter(pl.col(field) > pl.col("PersonDeathDate"))


@rule(
    "4008",
    {"CINPlanDates": ("CINPlanStartDate",), "ChildIdentifiers": ("PersonDeathDate",)},
    "The child in need plan starts on {CINPlanStartDate}, after the child’s date of death {PersonDeathDate}.",
    "Check both dates and correct the one that is wrong.",
)
def in_need_plan_starts(data: Data) -> pl.DataFrame:
    return after_death(data, "CINPlanDates", "CINPlanStartDate")


@rule(
    "4009Q",
    {"CINPlanDates": ("CINPlanEndDate",), "ChildIdentifiers": ("PersonDeathDate",)},
    "The child in need plan ends on {CINPlanEndDate}, after the child’s date of death {PersonDeathDate}.",
    "End the plan no later than the day the child died, or explain.",
)
def in_need_plan_ends(data: Data) -> pl.DataFrame:
    return after_death(data, "CINPlanDates", "CINPlanEndDate")


@rule(
    "8915",
    {"ChildProtectionPlans": ("CPPstartDate",), "ChildIdentifiers": ("PersonDeathDate",)},
    "The child protection plan starts on {CPPstartDate}, after the child’s date of death {PersonDeathDate}.",
    "Check both dates and correct the one that is wrong.",
)
def protection_plan_starts(data: Data) -> pl.DataFrame:
    return after_death(data, "ChildProtectionPlans", "CPPstartDate")


@rule(
    "8920",
    {"ChildProtectionPlans": ("CPPendDate",), "ChildIdentifiers": ("PersonDeathDate",)},
    "The child protection plan ends on {CPPendDate}, after the child’s date of death {PersonDeathDate}.",
    "End the plan no later than the day the child died.",
)
def protection_plan_ends(data: Data) -> pl.DataFrame:
    return after_death(data, "ChildProtectionPlans", "CPPendDate")
