"""Previous permanence, and reviews."""

import datetime

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import among, any_given, birthday, blank, col, given, is_, yes
from throughline.returns.ssda903.registry import rule

FIRST_ASKED = datetime.date(2016, 4, 1)


@rule(
    "440",
    {"Reviews": ("DOB", "REVIEW", "REVIEW_CODE")},
    "The child was 4 or over at the review, but the way of taking part is that of a younger child.",
    "Give PN1 to PN7, or correct the date of the review or of birth.",
)
def not_under_4(care: Care) -> Rows:
    return care.view("Reviews").where(is_("REVIEW_CODE", "PN0") & (col("REVIEW") >= birthday("DOB", 4)))


@rule(
    "441",
    {"Reviews": ("DOB", "REVIEW", "REVIEW_CODE")},
    "The child was under 4 at the review, but the way of taking part is that of an older child.",
    "Give PN0, or correct the date of the review or of birth.",
)
def under_4(care: Care) -> Rows:
    older = among("REVIEW_CODE", [f"PN{figure}" for figure in range(1, 8)])
    return care.view("Reviews").where(older & (col("REVIEW") < birthday("DOB", 4)))


@rule(
    "630",
    {"Episodes": ("RNE",), "PrevPerm": ("PREV_PERM", "LA_PERM", "DATE_PERM")},
    "The child started to be looked after this year, but previous permanence is missing or not whole.",
    "Give the option, its date and authority in PrevPerm, or Z1 if the child had none.",
)
def not_whole(care: Care) -> Rows:
    whole = is_("PREV_PERM", "Z1") | (given("PREV_PERM") & given("LA_PERM") & given("DATE_PERM"))
    partial = care.having("PrevPerm", ~whole)
    view = care.view("Episodes", "in_PrevPerm", partial=partial)
    started = is_("RNE", "S") & (col("DECOM") >= care.start)
    return view.where(started & (~col("in_PrevPerm") | col("partial")))


@rule(
    "632",
    {"Episodes": ("DECOM",), "PrevPerm": ("DATE_PERM",)},
    "The date of the previous permanence order is not a date, or is not before the child came into care.",
    "Give the date with ZZ for a day or month that is not known, such as ZZ/ZZ/2014.",
)
def order_date(care: Care) -> Rows:
    view = care.pair("Episodes", "PrevPerm")
    first = (col("DECOM") == col("DECOM").min().over("child")).fill_null(value=False)
    return view.where(first & (yes(col("DATE_PERM") >= col("DECOM")) | col("DATE_PERM_bad")))


@rule(
    "634",
    {"Episodes": ("DECOM",), "PrevPerm": ("PREV_PERM", "LA_PERM", "DATE_PERM")},
    "Previous permanence is given for a child whose care began before 1 April 2016, from when it is asked.",
    "Take the row out of PrevPerm, or correct the episodes.",
)
def before_it_was_asked(care: Care) -> Rows:
    view = care.pair("Episodes", "PrevPerm")
    last = col("DECOM").max().over("child")
    return view.where(any_given("PREV_PERM", "DATE_PERM", "LA_PERM") & (last < FIRST_ASKED))


@rule(
    "635",
    {"PrevPerm": ("LA_PERM", "DATE_PERM", "PREV_PERM")},
    "A date or an authority is given, but no previous permanence option.",
    "Give the option, or take date and authority out.",
)
def no_option(care: Care) -> Rows:
    none = blank("PREV_PERM") | is_("PREV_PERM", "Z1")
    return care.view("PrevPerm").where((given("LA_PERM") | given("DATE_PERM")) & none)
