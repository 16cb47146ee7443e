"""Reviews of child protection plans."""

import polars as pl

from throughline.returns.cin.data import PLAN, Data
from throughline.returns.cin.rule import rule


@rule(
    "8841",
    {"Reviews": ("CPPreviewDate",), "ChildProtectionPlans": ("CPPstartDate",)},
    "The review on {CPPreviewDate} is not after the start of its child protection plan on {CPPstartDate}.",
    "Check both dates. The initial conference is not a review.",
)
def not_after_start(data: Data) -> pl.DataFrame:
    return data.joined("Reviews", "ChildProtectionPlans", PLAN).filter(
        pl.col("CPPreviewDate") <= pl.col("CPPstartDate")
    )


@rule(
    "8842Q",
    {"Reviews": ("CPPreviewDate",)},
    "There is a review without a date, or with one that cannot be read.",
    "Enter the date of the review, or remove it if there was none.",
)
def without_date(data: Data) -> pl.DataFrame:
    return data["Reviews"].filter(pl.col("CPPreviewDate").is_null())
