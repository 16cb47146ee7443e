"""Who the child is: pupil number, and what last year's return said."""

import datetime

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import (
    NO_NUMBER,
    SHORT_BREAKS,
    among,
    birthday,
    blank,
    col,
    differs,
    given,
    is_,
)
from throughline.returns.ssda903.registry import rule

_PUPIL_NUMBER = r"^(?:[A-HJ-NP-RT-Z](?:\d{12}|\d{11}[A-Z])|UN[1-5])$"


def _sex(name: str) -> pl.Expr:
    """Sex as a letter: until 2023/24 it was 1 and 2."""
    return col(name).replace({"1": "M", "2": "F"})


@rule(
    "168",
    {"Header": ("UPN",)},
    "The unique pupil number does not have the form of one.",
    "Give one letter (not I, O or S) and twelve figures, the last of which may be a letter; "
    "if there is none, UN1 to UN5 says why.",
)
def pupil_number(care: Care) -> Rows:
    return care.view("Header").where(given("UPN") & ~col("UPN").str.contains(_PUPIL_NUMBER))


@rule(
    "202",
    {"Header": ("SEX",)},
    "The child's sex is not the one in last year's return.",
    "Find out which is right. If last year's was wrong, say so when you submit.",
    uses=("Header", "Header_last"),
)
def another_sex(care: Care) -> Rows:
    view = care.view("Header", "lh_SEX", "in_Header_last")
    return view.where(col("in_Header_last") & _sex("SEX").ne_missing(_sex("lh_SEX")))


@rule(
    "203",
    {"Header": ("DOB",)},
    "The child's date of birth is not the one in last year's return.",
    "Find out which is right. If last year's was wrong, say so when you submit.",
    uses=("Header", "Header_last"),
)
def another_birth(care: Care) -> Rows:
    return care.view("Header", "lh_DOB", "in_Header_last").where(col("in_Header_last") & differs("DOB", "lh_DOB"))


@rule(
    "204",
    {"Header": ("ETHNIC",)},
    "The child's ethnicity is not the one in last year's return.",
    "Find out which is right. If last year's was wrong, say so when you submit.",
    uses=("Header", "Header_last"),
)
def another_ethnicity(care: Care) -> Rows:
    view = care.view("Header", "lh_ETHNIC", "in_Header_last")
    return view.where(col("in_Header_last") & differs("ETHNIC", "lh_ETHNIC"))


@rule(
    "208",
    {"Header": ("UPN",)},
    "The unique pupil number is not the one in last year's return.",
    "A number may replace UN1 to UN5, and UN1 may become another of them. Else find out which number is right.",
    uses=("Header", "Header_last"),
)
def another_pupil_number(care: Care) -> Rows:
    view = care.view("Header", "lh_UPN", "in_Header_last")
    unknown = among("lh_UPN", NO_NUMBER) | col("lh_UPN").is_null()
    found = unknown & given("UPN") & ~among("UPN", NO_NUMBER)
    first = is_("lh_UPN", "UN1") | col("lh_UPN").is_null()
    moved_on = first & among("UPN", NO_NUMBER[1:])
    return view.where(col("in_Header_last") & differs("UPN", "lh_UPN") & ~found & ~moved_on)


@rule(
    "209",
    {"Header": ("UPN", "DOB")},
    "The child is of school age, but the pupil number is UN1, not yet of school age.",
    "Ask the school for the number, or give the code for another reason.",
)
def school_age(care: Care) -> Rows:
    day = datetime.date(care.start.year - 1, 8, 31)
    return care.view("Header").where((birthday("DOB", 4) <= day) & is_("UPN", "UN1"))


@rule(
    "210",
    {"Episodes": ("DECOM",), "Header": ("UPN",)},
    "The child had been looked after for over a week at 31 March, but the pupil number is UN4, newly looked after.",
    "Ask the school for the number, or give the code for another reason.",
)
def newly_looked_after(care: Care) -> Rows:
    week = datetime.date(care.end.year, 3, 24)
    view = care.view("Episodes", "h_UPN", "h_row").only(is_("h_UPN", "UN4") & (col("DECOM") < week))
    return {"Episodes": view.frame.get_column("row"), "Header": view.frame.get_column("h_row")}


@rule(
    "232",
    {"Header": ("SEX",)},
    "The child's sex is given as unknown.",
    "Give M or F if it is known; if not, explain it when you submit.",
    since=2025,
    query=True,
)
def sex_unknown(care: Care) -> Rows:
    return care.view("Header").where(is_("SEX", "U"))


@rule(
    "442",
    {"Header": ("UPN",)},
    "There is no unique pupil number for a child who is looked after.",
    "Give the number, or UN1 to UN5 to say why there is none.",
    uses=("Episodes", "Header"),
)
def no_pupil_number(care: Care) -> Rows:
    view = care.view("Header", long=care.having("Episodes", ~among("LS", SHORT_BREAKS)))
    return view.where(col("long") & blank("UPN"))


@rule(
    "444",
    {"Header": ("UPN",)},
    "Two or more children have the same unique pupil number.",
    "Find out whose number it is. If the rows are the same child, put them together.",
    since=2026,
)
def same_pupil_number(care: Care) -> Rows:
    return care.view("Header").where(given("UPN") & ~among("UPN", NO_NUMBER) & col("UPN").is_duplicated())
