"""Work that is recorded against a referral with no further action."""

import polars as pl

from throughline.returns.cin.data import EPISODE, Data
from throughline.returns.cin.rule import rule


def without_action(data: Data) -> pl.DataFrame:
    """Episodes flagged as a referral with no further action."""
    return data["CINdetails"].filter(pl.col("ReferralNFA"))


@rule(
    "4000",
    {"CINPlanDates": ("CINPlanStartDate",), "CINdetails": ("ReferralNFA",)},
    "There is a child in need plan on a referral that is flagged as no further action.",
    "Set the flag to 0 if there was a plan, or take the plan off the episode.",
)
def in_need_plan(data: Data) -> pl.DataFrame:
    return data.joined("CINPlanDates", without_action(data), EPISODE)


@rule(
    "8831",
    {
        "CINdetails": ("ReferralNFA", "DateOfInitialCPC"),
        "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
        "Section47": ("S47ActualStartDate", "DateOfInitialCPC"),
    },
    "There is an assessment, a Section 47 enquiry or an initial conference on a referral that is flagged as no further "
    "action.",
    "Set the flag to 0 if work followed the referral, or move the work to the episode that it belongs to.",
)
def activity(data: Data) -> pl.DataFrame:
    episodes = without_action(data)
    dated = [
        (table, pl.any_horizontal(pl.col(name).is_not_null() for name in names))
        for table, names in (
            ("Assessments", ("AssessmentActualStartDate", "AssessmentAuthorisationDate")),
            ("Section47", ("S47ActualStartDate", "DateOfInitialCPC")),
        )
    ]
    return pl.concat(
        [
            episodes.filter(pl.col("DateOfInitialCPC").is_not_null()).select("CINdetails"),
            *(
                data.joined(episodes, data[table].filter(given), EPISODE).select("CINdetails", table)
                for table, given in dated
            ),
        ],
        how="diagonal",
    )


@rule(
    "8832",
    {"ChildProtectionPlans": ("CPPstartDate",), "CINdetails": ("ReferralNFA",)},
    "There is a child protection plan on a referral that is flagged as no further action.",
    "Set the flag to 0 if there was a plan, or move the plan to the episode that it belongs to.",
)
def protection_plan(data: Data) -> pl.DataFrame:
    return data.joined("ChildProtectionPlans", without_action(data), EPISODE)
