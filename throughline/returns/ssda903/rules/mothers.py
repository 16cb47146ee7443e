"""Looked-after children who are mothers."""

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import (
    FEMALE,
    LEAVER,
    MALE,
    SHORT_BREAKS,
    among,
    any_given,
    birthday,
    blank,
    col,
    differs,
    given,
    is_,
)
from throughline.returns.ssda903.registry import rule


@rule(
    "165",
    {"Header": ("MOTHER", "SEX"), "OC3": ("IN_TOUCH", "ACTIV", "ACCOM")},
    "Whether the child is a mother is missing, is not 0 or 1, or is given where it is not asked for.",
    "Give 0 or 1 for each girl looked after in the year; leave it blank for boys and for care leavers only.",
    uses=("Header", "Episodes", "OC3"),
)
def mother_status(care: Care) -> Rows:
    long = ~among("LS", SHORT_BREAKS)
    in_year = long & (col("DEC").fill_null(care.end) >= care.start) & (col("DECOM") <= care.end)
    view = care.view(
        "Header",
        "o_row",
        long=care.having("Episodes", long),
        in_year=care.having("Episodes", in_year),
        leaver=care.having("OC3", any_given(*LEAVER)),
    )
    wrong = given("MOTHER") & (~among("MOTHER", ("0", "1")) | among("SEX", MALE))
    absent = blank("MOTHER") & among("SEX", FEMALE) & col("in_year")
    unasked = given("MOTHER") & among("SEX", FEMALE) & ~col("in_year") & col("leaver")
    found = view.only(col("long") & (wrong | absent | unasked)).frame
    return {"Header": found.get_column("row"), "OC3": found.get_column("o_row")}


@rule(
    "174",
    {"Header": ("SEX", "MC_DOB")},
    "The date of birth of a mother's child is given for a boy.",
    "Correct the sex, or take the date out: it is asked for mothers only.",
)
def boy_with_child(care: Care) -> Rows:
    return care.view("Header").where(among("SEX", MALE) & given("MC_DOB"))


@rule(
    "207",
    {"Header": ("MOTHER",)},
    "The child was a mother in last year's return and is not in this one.",
    "Give 1: someone who is a mother stays one. If last year's return was wrong, say so when you submit.",
    uses=("Episodes", "Header", "Header_last"),
)
def no_longer_mother(care: Care) -> Rows:
    view = care.view("Header", "lh_MOTHER", "in_Header_last", "in_Episodes")
    return view.where(
        col("in_Header_last") & col("in_Episodes") & is_("lh_MOTHER", "1") & differs("MOTHER", "lh_MOTHER")
    )


@rule(
    "393",
    {"Header": ("MOTHER",)},
    "Whether a girl who is looked after is a mother is not given.",
    "Give 1 if she is a mother, else 0.",
    uses=("Header", "Episodes"),
)
def mother_not_given(care: Care) -> Rows:
    view = care.view("Header", long=care.having("Episodes", ~among("LS", SHORT_BREAKS)))
    return view.where(among("SEX", FEMALE) & col("long") & blank("MOTHER"))


@rule(
    "607",
    {"Episodes": ("DEC", "REC", "LS"), "Header": ("MOTHER", "SEX")},
    "A girl ceased to be looked after in the year, and whether she is a mother is not given.",
    "Give 1 if she is a mother, else 0.",
)
def mother_not_given_on_leaving(care: Care) -> Rows:
    ceased = given("REC") & ~is_("REC", "X1") & col("DEC").is_between(care.start, care.end)
    view = care.view("Episodes", "h_row", "h_SEX", "h_MOTHER").only(
        ceased
        & ~among("LS", SHORT_BREAKS)
        & among("h_SEX", FEMALE)
        & col("h_MOTHER").is_null()
        & col("h_row").is_not_null()
    )
    return {"Episodes": view.frame.get_column("row"), "Header": view.frame.get_column("h_row")}


@rule(
    "611",
    {"Header": ("MOTHER", "MC_DOB")},
    "The child is a mother, but her child's date of birth is not given.",
    "Give the date of birth of her first child.",
)
def no_birth_of_child(care: Care) -> Rows:
    return care.view("Header").where(is_("MOTHER", "1") & blank("MC_DOB"))


@rule(
    "612",
    {"Header": ("SEX", "MOTHER", "MC_DOB")},
    "A date of birth of her child is given, but the girl is not said to be a mother.",
    "Give 1 for mother, or take the date out.",
)
def birth_without_mother(care: Care) -> Rows:
    not_said = is_("MOTHER", "0") | blank("MOTHER")
    return care.view("Header").where(not_said & among("SEX", FEMALE) & given("MC_DOB"))


@rule(
    "620",
    {"Header": ("DOB", "MOTHER")},
    "The child is said to be a mother, but was under 11 when the year began.",
    "Correct the date of birth or the mother field.",
)
def very_young_mother(care: Care) -> Rows:
    return care.view("Header").where(is_("MOTHER", "1") & (birthday("DOB", 11) > care.start))


@rule(
    "621",
    {"Header": ("DOB", "MC_DOB")},
    "The mother's child was born before the mother, or on the same day.",
    "Correct the one of the two dates of birth that is wrong.",
)
def child_older_than_mother(care: Care) -> Rows:
    return care.view("Header").where(col("MC_DOB") <= col("DOB"))


@rule(
    "624",
    {"Header": ("MC_DOB",)},
    "The date of birth of the mother's first child is not the one in last year's return.",
    "Find out which is right: it is the first child's, so it does not change.",
    uses=("Header", "Header_last"),
)
def another_first_child(care: Care) -> Rows:
    view = care.view("Header", "lh_MC_DOB")
    return view.where(col("lh_MC_DOB").is_not_null() & differs("MC_DOB", "lh_MC_DOB"))


@rule(
    "625",
    {"Header": ("MC_DOB",), "Episodes": ("DEC",)},
    "The mother's child was born after the year ended, or after the mother ceased to be looked after.",
    "Correct the date, or leave it out: it is asked for births while the mother is looked after.",
)
def born_after_leaving(care: Care) -> Rows:
    view = care.view("Header", "closed_DEC", "closed_row", in_care=care.having("Episodes", blank("DEC")))
    after_leaving = ~col("in_care") & (col("MC_DOB") > col("closed_DEC"))
    found = view.only((col("MC_DOB") > care.end) | after_leaving).frame
    return {"Header": found.get_column("row"), "Episodes": found.get_column("closed_row")}


@rule(
    "626",
    {"Header": ("MOTHER", "MC_DOB")},
    "The mother's child was born before this year, but last year's return said that she was not a mother.",
    "Correct the date of birth, or say when you submit that last year's return was wrong.",
    uses=("Header", "Header_last"),
)
def mother_since_before(care: Care) -> Rows:
    view = care.view("Header", "lh_MOTHER")
    return view.where(is_("MOTHER", "1") & is_("lh_MOTHER", "0") & (col("MC_DOB") < care.start))


@rule(
    "628",
    {"Header": ("MOTHER",)},
    "Whether a care leaver is a mother is given, but she was not looked after this year.",
    "Leave the field blank: it is asked of those looked after in the year.",
    uses=("Episodes", "Header", "OC3"),
)
def care_leaver_mother(care: Care) -> Rows:
    view = care.view("Header", "in_Episodes", leaver=care.having("OC3", any_given(*LEAVER)))
    return view.where(~col("in_Episodes") & col("leaver") & given("MOTHER"))
