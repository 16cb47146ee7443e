"""Initial child protection conferences, on the enquiry or on the episode."""

import polars as pl

from throughline.returns.cin.data import CHILD, EPISODE, Data
from throughline.returns.cin.rule import rule

SATURDAY = 6
"""Polars numbers the days of the week from Monday, 1."""


@rule(
    "1104",
    {"Section47": ("DateOfInitialCPC",), "CINdetails": ("CINreferralDate",)},
    "The initial conference is on {DateOfInitialCPC}, before the referral on {CINreferralDate}.",
    "Check both dates, and that the enquiry is in the right episode.",
)
def before_referral(data: Data) -> pl.DataFrame:
    both = data.joined("Section47", "CINdetails", EPISODE)
    return both.filter(pl.col("DateOfInitialCPC") < pl.col("CINreferralDate"))


@rule(
    "2884",
    {"Section47": ("DateOfInitialCPC",), "CINdetails": ("DateOfInitialCPC",)},
    "The initial conference of {DateOfInitialCPC} is recorded twice, on the enquiry and on the episode.",
    "Keep it on the Section 47 enquiry that led to it. It belongs on the episode only where there was no enquiry.",
)
def recorded_twice(data: Data) -> pl.DataFrame:
    both = data.joined("Section47", "CINdetails", CHILD)
    return both.filter(pl.col("DateOfInitialCPC") == pl.col("DateOfInitialCPC_other"))


@rule(
    "2885",
    {
        "ChildProtectionPlans": ("CPPstartDate",),
        "Section47": ("DateOfInitialCPC",),
        "CINdetails": ("DateOfInitialCPC",),
    },
    "The child protection plan starts on {CPPstartDate}, which is not the day of the initial conference.",
    "A plan starts on the day of the conference that agreed it. Correct the date that is wrong, or add the conference.",
)
def plan_starts_another_day(data: Data) -> pl.DataFrame:
    plans = data["ChildProtectionPlans"].filter(data.in_period("CPPstartDate"))
    # An enquiry that needed no conference is none that a plan could have come from.
    enquiries = data["Section47"].filter(~pl.col("ICPCnotRequired").fill_null(value=False))
    same_day = pl.col("CPPstartDate") == pl.col("DateOfInitialCPC")
    from_enquiry = data.joined(plans, enquiries, EPISODE)
    agreed = from_enquiry.filter(same_day)
    wrong_day = from_enquiry.join(agreed, on="ChildProtectionPlans", how="anti")
    # Where another plan did come from a conference of the episode, its enquiries are in order and only the plan is not.
    explained = wrong_day.join(agreed, on=EPISODE, how="semi").drop("Section47")
    unexplained = wrong_day.join(agreed, on=EPISODE, how="anti")
    from_episode = data.joined(data.without(plans, enquiries, EPISODE), "CINdetails", EPISODE)
    other_day = from_episode.filter(~same_day.fill_null(value=False))
    return pl.concat([unexplained, explained, other_day], how="diagonal")


@rule(
    "8715",
    {"Section47": ("DateOfInitialCPC",)},
    "The initial conference is on {DateOfInitialCPC}, which is not within the census year.",
    "Check the date. Leave it blank if the conference was still to come, and leave out an enquiry that ended before "
    "the year.",
)
def outside_the_year(data: Data) -> pl.DataFrame:
    return data["Section47"].filter(~data.in_period("DateOfInitialCPC"))


@rule(
    "8870Q",
    {"Section47": ("InitialCPCtarget",)},
    "The target date of the initial conference, {InitialCPCtarget}, is at a weekend.",
    "Check the date: the target counts 15 working days from the strategy discussion. Correct it or explain.",
)
def target_at_weekend(data: Data) -> pl.DataFrame:
    return data["Section47"].filter(pl.col("InitialCPCtarget").dt.weekday() >= SATURDAY)


@rule(
    "8875",
    {"Section47": ("DateOfInitialCPC",)},
    "The initial conference is on {DateOfInitialCPC}, which is at a weekend.",
    "Check the date of the conference.",
)
def held_at_weekend(data: Data) -> pl.DataFrame:
    return data["Section47"].filter(pl.col("DateOfInitialCPC").dt.weekday() >= SATURDAY)
