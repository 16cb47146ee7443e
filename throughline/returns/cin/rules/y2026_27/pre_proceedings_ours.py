"""Pre-proceedings and family group decision-making: checks of ours beside the published rules.

They ask what the fields say of one another and of the rest of the child's record. What practice may rightly do
otherwise is a query.
"""

import polars as pl

from throughline.returns.cin.data import CHILD, EPISODE, Data
from throughline.returns.cin.rule import rule
from throughline.returns.cin.rules.y2026_27.pre_proceedings import TABLE, begun

SOURCE = (
    "Throughline, on the block in the children in need census specification for 2026 to 2027 and the Public Law "
    "Outline (Family Procedure Rules, Practice Direction 12A)"
)
OFFER = (
    "Throughline, on the block in the children in need census specification for 2026 to 2027 and Working Together to "
    "Safeguard Children (family group decision-making is offered before proceedings)"
)
DATES = ("LBPSentDate", "InitialPPMeetingDate", "StepDecisionDate", "CourtAppDate", "LetterInitCPDate")


@rule(
    "TL-PP01",
    {TABLE: ("PPStartDate",), "CINdetails": ("CINreferralDate",)},
    "Pre-proceedings start on {PPStartDate}, before the referral on {CINreferralDate}.",
    "Check both dates, and that the block is in the right episode.",
    SOURCE,
)
def starts_before_referral(data: Data) -> pl.DataFrame:
    return data.joined(TABLE, "CINdetails", EPISODE).filter(begun < pl.col("CINreferralDate"))


@rule(
    "TL-PP02",
    {TABLE: ("PPStartDate",), "CINdetails": ("ReferralNFA",)},
    "There are pre-proceedings on a referral that is flagged as no further action.",
    "Set the flag to 0 if work followed the referral, or move the block to the episode that it belongs to.",
    SOURCE,
)
def without_action(data: Data) -> pl.DataFrame:
    return data.joined(TABLE, data["CINdetails"].filter(pl.col("ReferralNFA")), EPISODE)


@rule(
    "TL-PP03Q",
    {TABLE: ("InitialPPMeetingDate", "CourtAppDate", "PPStartDate")},
    "The initial meeting or the application to court is dated before pre-proceedings started on {PPStartDate}.",
    "Check the dates and correct the one that is wrong, or explain.",
    SOURCE,
)
def before_start(data: Data) -> pl.DataFrame:
    return data[TABLE].filter((pl.col("InitialPPMeetingDate") < begun) | (pl.col("CourtAppDate") < begun))


@rule(
    "TL-PP04Q",
    {TABLE: ("InitialPPMeetingDate", "StepDecisionDate")},
    "The decision on {StepDecisionDate} comes before the initial meeting on {InitialPPMeetingDate}.",
    "Check both dates and correct the one that is wrong, or explain.",
    SOURCE,
)
def decision_before_meeting(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(pl.col("StepDecisionDate") < pl.col("InitialPPMeetingDate"))


@rule(
    "TL-PP05",
    {TABLE: ("StepDecisionDate", "PPOutcome")},
    "Pre-proceedings have a decision without an outcome, or an outcome without the date of the decision.",
    "Enter both, or neither while pre-proceedings continue.",
    SOURCE,
)
def decision_and_outcome(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(pl.col("StepDecisionDate").is_null() != pl.col("PPOutcome").is_null())


@rule(
    "TL-PP06",
    {TABLE: ("FGDMMeetingOffer", "FGDMMeetingFac")},
    "A family group decision-making meeting was held, and it is not recorded that one was offered.",
    "Set the offer to 1 if the meeting was offered, or correct the meeting.",
    OFFER,
)
def held_without_offer(data: Data) -> pl.DataFrame:
    return data[TABLE].filter(pl.col("FGDMMeetingFac") & ~pl.col("FGDMMeetingOffer").fill_null(value=False))


@rule(
    "TL-PP07",
    {TABLE: ("ReviewMeetingsCount",)},
    "The number of review meetings is not a whole number from 0.",
    "Enter how many review meetings were held since the initial meeting; 0 if none.",
    SOURCE,
)
def review_count(data: Data) -> pl.DataFrame:
    # A blank is none told yet; what was written and cannot be read is the fault.
    written = data.source.tables[TABLE]["ReviewMeetingsCount"].str.strip_chars()
    count = pl.col("ReviewMeetingsCount")
    return (
        data[TABLE]
        .with_columns(written=written)
        .filter(pl.col("written").is_not_null() & (pl.col("written") != "") & (count.is_null() | (count < 0)))
    )


@rule(
    "TL-PP08Q",
    {TABLE: ("InitialPPMeetingDate", "ReviewMeetingsCount")},
    "Review meetings were held ({ReviewMeetingsCount}), and there is no initial meeting.",
    "Enter the date of the initial meeting, correct the number of reviews, or explain.",
    SOURCE,
)
def reviews_without_meeting(data: Data) -> pl.DataFrame:
    return data[TABLE].filter((pl.col("ReviewMeetingsCount") > 0) & pl.col("InitialPPMeetingDate").is_null())


@rule(
    "TL-PP09",
    {TABLE: ("PPStartDate",), "ChildIdentifiers": ("PersonDeathDate",)},
    "Pre-proceedings start on {PPStartDate}, after the child’s date of death {PersonDeathDate}.",
    "Check both dates and correct the one that is wrong.",
    SOURCE,
)
def after_death(data: Data) -> pl.DataFrame:
    return data.joined(TABLE, "ChildIdentifiers", CHILD).filter(begun > pl.col("PersonDeathDate"))


@rule(
    "TL-PP10",
    {TABLE: ("PPStartDate", "StepDecisionDate")},
    "Pre-proceedings start on {PPStartDate}, while other pre-proceedings of the child have not ended.",
    "Enter the decision that ended the earlier ones, or join the two if they are one.",
    SOURCE,
)
def overlap(data: Data) -> pl.DataFrame:
    # Proceedings in court end pre-proceedings too.
    ended = pl.min_horizontal("StepDecisionDate_other", "CourtAppDate_other").fill_null(data.end)
    return data.pairs(TABLE, CHILD).filter((begun >= pl.col("PPStartDate_other")) & (begun < ended))


@rule(
    "TL-PP11",
    {TABLE: ("PPStartDate", *DATES), "CINdetails": ("CINclosureDate",)},
    "The episode is closed on {CINclosureDate}, and pre-proceedings inside it are dated later.",
    "Check the closure date. If the dates are right, the episode closed later.",
    SOURCE,
)
def after_closure(data: Data) -> pl.DataFrame:
    both = data.joined(TABLE, "CINdetails", EPISODE)
    return both.filter(pl.any_horizontal(pl.col(name) > pl.col("CINclosureDate") for name in ("PPStartDate", *DATES)))
