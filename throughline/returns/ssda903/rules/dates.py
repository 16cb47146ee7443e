"""Every date is a date, and stands in a year in which it can."""

import datetime

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import birthday, col
from throughline.returns.ssda903.registry import rule

DAY = "Give it as day/month/year with four figures for the year, such as 05/09/2026"


@rule("102", {"Header": ("DOB",)}, "The date of birth is blank or is not a date.", f"{DAY}.")
def birth(care: Care) -> Rows:
    return care.view("Header").where(col("DOB").is_null())


@rule(
    "104",
    {"UASC": ("DUC",)},
    "The date on which the child ceased to be an unaccompanied asylum-seeking child is none, or is before this year.",
    f"{DAY}; a child whose status ended before 1 April of the year is not reported as one.",
)
def asylum_ceased(care: Care) -> Rows:
    return care.view("UASC").where(col("DUC_bad") | (col("DUC") < care.start))


@rule(
    "112",
    {"AD1": ("DATE_INT",)},
    "The date of the decision that adoption is in the child's best interests is not a date.",
    f"{DAY}.",
)
def adoption_decision(care: Care) -> Rows:
    return care.view("AD1").where(col("DATE_INT_bad"))


@rule("113", {"AD1": ("DATE_MATCH",)}, "The date of matching with adopters is not a date.", f"{DAY}.")
def matching(care: Care) -> Rows:
    return care.view("AD1").where(col("DATE_MATCH_bad"))


@rule(
    "115",
    {"PlacedAdoption": ("DATE_PLACED",)},
    "The date of the decision that the child should be placed for adoption is not a date.",
    f"{DAY}.",
)
def placed(care: Care) -> Rows:
    return care.view("PlacedAdoption").where(col("DATE_PLACED_bad"))


@rule(
    "116",
    {"PlacedAdoption": ("DATE_PLACED_CEASED",)},
    "The date of the decision that the child should no longer be placed for adoption is not a date.",
    f"{DAY}.",
)
def placed_ceased(care: Care) -> Rows:
    return care.view("PlacedAdoption").where(col("DATE_PLACED_CEASED_bad"))


@rule("141", {"Episodes": ("DECOM",)}, "The date on which the episode began is not a date.", f"{DAY}.")
def episode_began(care: Care) -> Rows:
    return care.view("Episodes").where(col("DECOM_bad"))


@rule("147", {"Episodes": ("DEC",)}, "The date on which the episode ceased is not a date.", f"{DAY}.")
def episode_ceased(care: Care) -> Rows:
    return care.view("Episodes").where(col("DEC_bad"))


@rule("166", {"Reviews": ("REVIEW",)}, "The date of the review is blank or is not a date.", f"{DAY}.")
def review(care: Care) -> Rows:
    return care.view("Reviews").where(col("REVIEW").is_null())


@rule("171", {"Header": ("MC_DOB",)}, "The date of birth of the mother's child is not a date.", f"{DAY}.")
def child_of_mother(care: Care) -> Rows:
    return care.view("Header").where(col("MC_DOB_bad"))


@rule(
    "301",
    {"Header": ("DOB",)},
    "The child was born after the end of the year.",
    "Correct the date of birth, or leave the child out of this year's return.",
)
def born_after_the_year(care: Care) -> Rows:
    return care.view("Header").where(col("DOB") > care.end)


@rule(
    "351",
    {"Header": ("DOB",)},
    "The person was over 25 when the year began.",
    "Correct the date of birth, or leave the person out: the return covers care leavers until 25.",
)
def over_25(care: Care) -> Rows:
    return care.view("Header").where(birthday("DOB", 25) < care.start)


@rule(
    "353",
    {"Episodes": ("DECOM",)},
    "The episode began before 14 October 1991, when the Children Act 1989 came into force.",
    "Correct the start date.",
    cite="Children Act 1989 (commencement 14 October 1991)",
)
def before_the_act(care: Care) -> Rows:
    return care.view("Episodes").where(col("DECOM") < datetime.date(1991, 10, 14))


@rule(
    "354",
    {"Episodes": ("DECOM",)},
    "The episode began after the end of the year.",
    "Correct the start date, or keep the episode for next year's return.",
)
def began_after_the_year(care: Care) -> Rows:
    return care.view("Episodes").where(col("DECOM") > care.end)


@rule(
    "385",
    {"Episodes": ("DEC",)},
    "The episode ceased after the end of the year.",
    "Leave the end date and its reason blank: on 31 March the episode was open.",
)
def ceased_after_the_year(care: Care) -> Rows:
    return care.view("Episodes").where(col("DEC") > care.end)


@rule(
    "1004",
    {"Missing": ("MIS_START",)},
    "The date on which the child went missing or away is blank or is not a date.",
    f"{DAY}.",
)
def missing_began(care: Care) -> Rows:
    return care.view("Missing").where(col("MIS_START").is_null())


@rule(
    "1005",
    {"Missing": ("MIS_END",)},
    "The date on which the child came back is not a date.",
    f"{DAY}, or leave it blank while the child is missing.",
)
def missing_ended(care: Care) -> Rows:
    return care.view("Missing").where(col("MIS_END_bad"))
