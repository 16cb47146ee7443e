"""Closing an episode: its date, its reason, and that nothing is left open or happens later."""

import polars as pl

from throughline.returns.cin.data import EPISODE, Data
from throughline.returns.cin.rule import rule

NO_SERVICE = ("RC8", "RC9")
"""Reasons that say the assessment was all that happened."""


@rule(
    "8620",
    {"CINdetails": ("CINclosureDate",)},
    "The closure date {CINclosureDate} is not within the census year.",
    "Check the date. Leave it blank if the episode was still open at the end of the year; leave the episode out if it "
    "closed before the year began.",
)
def closed_outside_the_year(data: Data) -> pl.DataFrame:
    return data["CINdetails"].filter(~data.in_period("CINclosureDate"))


@rule(
    "8630",
    {"CINdetails": ("CINreferralDate", "CINclosureDate")},
    "The episode is closed on {CINclosureDate}, before its referral on {CINreferralDate}.",
    "Check both dates and correct the one that is wrong.",
)
def closed_before_referral(data: Data) -> pl.DataFrame:
    return data["CINdetails"].filter(pl.col("CINclosureDate") < pl.col("CINreferralDate"))


@rule(
    "8640",
    {"CINdetails": ("ReasonForClosure",)},
    "The reason for closure {ReasonForClosure} is not a code of the census.",
    "Enter a code from RC1 to RC9.",
)
def reason_unknown(data: Data) -> pl.DataFrame:
    return data["CINdetails"].filter(~pl.col("ReasonForClosure").is_in(data.codes("reason_for_closure")))


@rule(
    "8805",
    {"CINdetails": ("CINclosureDate", "ReasonForClosure")},
    "The episode is closed on {CINclosureDate} without a reason for closure.",
    "Enter the reason from the code set.",
)
def date_without_reason(data: Data) -> pl.DataFrame:
    return data["CINdetails"].filter(pl.col("CINclosureDate").is_not_null() & pl.col("ReasonForClosure").is_null())


@rule(
    "8810",
    {"CINdetails": ("ReasonForClosure", "CINclosureDate")},
    "The episode has a reason for closure, {ReasonForClosure}, and no closure date.",
    "Enter the day on which the episode closed, or remove the reason if it is open.",
)
def reason_without_date(data: Data) -> pl.DataFrame:
    return data["CINdetails"].filter(pl.col("ReasonForClosure").is_not_null() & pl.col("CINclosureDate").is_null())


ACTIVITY = {
    "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "Section47": ("S47ActualStartDate", "DateOfInitialCPC"),
    "ChildProtectionPlans": ("CPPendDate",),
    "CINPlanDates": ("CINPlanStartDate", "CINPlanEndDate"),
}


@rule(
    "8565",
    {"CINdetails": ("CINclosureDate", "DateOfInitialCPC"), **ACTIVITY},
    "The episode is closed on {CINclosureDate}, and work inside it is dated later.",
    "Check the closure date. If the work is right, the episode closed later, or the work belongs to another episode.",
)
def activity_after_closure(data: Data) -> pl.DataFrame:
    closed = data["CINdetails"].filter(pl.col("CINclosureDate").is_not_null())
    found = [
        closed.filter(pl.col("DateOfInitialCPC") > pl.col("CINclosureDate")).select("CINdetails", "CINclosureDate")
    ]
    closure = closed.select("CINdetails", "child_row", "CINdetailsID", "CINclosureDate")
    for table, names in ACTIVITY.items():
        both = data.joined(closure, table, EPISODE)
        later = pl.any_horizontal(pl.col(name) > pl.col("CINclosureDate") for name in names)
        found.append(both.filter(later).select("CINdetails", "CINclosureDate", table))
    return pl.concat(found, how="diagonal")


@rule(
    "8825Q",
    {"CINdetails": ("ReasonForClosure",)},
    "The episode was closed after assessment ({ReasonForClosure}), and it has no assessment.",
    "Add the assessment, correct the reason for closure, or explain.",
)
def closed_after_no_assessment(data: Data) -> pl.DataFrame:
    closed = data["CINdetails"].filter(pl.col("ReasonForClosure").is_in(NO_SERVICE))
    return data.without(closed, "Assessments", EPISODE)


@rule(
    "8867",
    {"CINdetails": ("CINclosureDate",), "Assessments": ("AssessmentAuthorisationDate",)},
    "The episode is closed on {CINclosureDate}, and an assessment inside it is not completed.",
    "Enter the day on which the assessment was authorised, or reopen the episode.",
)
def assessment_left_open(data: Data) -> pl.DataFrame:
    closed = data["CINdetails"].filter(pl.col("CINclosureDate").is_not_null())
    return data.joined(closed, "Assessments", EPISODE).filter(pl.col("AssessmentAuthorisationDate").is_null())


@rule(
    "8868",
    {"CINdetails": ("CINclosureDate",), "Section47": ("DateOfInitialCPC", "ICPCnotRequired")},
    "The episode is closed on {CINclosureDate}, and a Section 47 enquiry inside it does not say in one way how it "
    "ended: by an initial conference, or by none being required.",
    "Enter the date of the initial conference, or flag that none was required; not both.",
)
def enquiry_left_open(data: Data) -> pl.DataFrame:
    closed = data["CINdetails"].filter(pl.col("CINclosureDate").is_not_null()).drop("DateOfInitialCPC")
    both = data.joined(closed, "Section47", EPISODE)
    not_required = pl.col("ICPCnotRequired").fill_null(value=False)
    return both.filter(pl.col("DateOfInitialCPC").is_not_null() == not_required)


@rule(
    "2990",
    {
        "CINdetails": ("ReasonForClosure", "DateOfInitialCPC"),
        "Section47": ("S47ActualStartDate",),
        "ChildProtectionPlans": ("CPPstartDate",),
        "CINPlanDates": ("CINPlanStartDate",),
    },
    "The episode was closed after assessment ({ReasonForClosure}), and it has an enquiry, an initial conference or a "
    "plan.",
    "Correct the reason for closure, or move the work to the episode that it belongs to.",
)
def work_without_service(data: Data) -> pl.DataFrame:
    closed = data["CINdetails"].filter(pl.col("ReasonForClosure").is_in(NO_SERVICE))
    keep = ("CINdetails", "ReasonForClosure")
    conferences = closed.filter(pl.col("DateOfInitialCPC").is_not_null()).select(*keep)
    work = [
        data.joined(closed, table, EPISODE).select(*keep, table)
        for table in ("Section47", "ChildProtectionPlans", "CINPlanDates")
    ]
    return pl.concat([conferences, *work], how="diagonal")
