"""Placements: who may be in which, how long a temporary one lasts, and who provides it."""

import datetime

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import (
    ADOPTION,
    FOSTERING,
    TEMPORARY,
    among,
    birthday,
    col,
    given,
    is_,
)
from throughline.returns.ssda903.registry import rule

OTHER = ("Z1", "Z11", "Z12", "Z13", "Z14")
AGE = "Correct the placement, the start date or the date of birth."
LASTS = "Correct the dates, or give the placement that it became."


def _younger(care: Care, place: str, years: int) -> Rows:
    """Episodes in the placement that began before the child was so old."""
    return care.view("Episodes", "h_DOB").where(is_("PLACE", place) & (col("DECOM") < birthday("h_DOB", years)))


def _longer(care: Care, place: str, days: int) -> Rows:
    """Episodes in the placement that ceased after more than so many days."""
    return care.view("Episodes").where(is_("PLACE", place) & (col("DEC") > col("DECOM").dt.offset_by(f"{days}d")))


@rule(
    "178",
    {"Episodes": ("PLACE_PROVIDER",)},
    "The placement provider is not a code of the return, or the placement has none.",
    "Give PR0 to PR5; leave it blank for temporary and other placements.",
)
def provider(care: Care) -> Rows:
    none = (*TEMPORARY[:4], *OTHER[1:]) if care.year >= 2026 else (*TEMPORARY, "Z1")
    fits = among("PLACE_PROVIDER", care.codes("provider")) & ~among("PLACE", none)
    return care.view("Episodes").where(given("PLACE_PROVIDER") & ~fits)


@rule(
    "213",
    {"Episodes": ("PLACE_PROVIDER",)},
    "A placement provider is given for a placement that has none.",
    "Leave the provider blank for a temporary placement and, since 2025/26, for Z11 to Z14.",
)
def provider_not_asked(care: Care) -> Rows:
    places = (*TEMPORARY, *OTHER[1:]) if care.year >= 2026 else TEMPORARY
    return care.view("Episodes").where(among("PLACE", places) & given("PLACE_PROVIDER"))


@rule(
    "217",
    {"Episodes": ("PLACE", "DECOM", "RNE")},
    "The child is placed for adoption with the current foster carer, but the reason for the episode "
    "says that the carer changed.",
    "Give S, T or U, or A4 or A6 for the placement.",
)
def same_carer(care: Care) -> Rows:
    since = col("DECOM") >= datetime.date(2015, 4, 1)
    return care.view("Episodes").where(among("PLACE", ("A3", "A5")) & since & ~among("RNE", ("S", "T", "U")))


@rule(
    "217t",
    {"Episodes": ("PLACE", "DEC")},
    "Independent living, P2, is no placement since 28 October 2023.",
    "Give K3 if the provider is registered for supported accommodation; else end the episode.",
    since=2024,
    until=2024,
    cite="Supported Accommodation (England) Regulations 2023",
)
def independent_living(care: Care) -> Rows:
    after = (col("DEC") > datetime.date(2023, 10, 28)) | ~given("DEC")
    return care.view("Episodes").where(is_("PLACE", "P2") & after)


@rule(
    "234",
    {"Episodes": ("REASON_PLACE_CHANGE",), "Header": ("DOB",)},
    "A child under 10 changed placement because of custody.",
    "Correct the reason or the date of birth: the age of criminal responsibility is 10.",
    since=2026,
    cite="Children and Young Persons Act 1933, section 50",
)
def custody_under_10(care: Care) -> Rows:
    view = care.view("Episodes", "h_DOB", "h_row")
    changed = pl.coalesce("DEC", "DECOM")  # the placement changes when the episode ceases
    found = view.only((birthday("h_DOB", 10) > changed) & is_("REASON_PLACE_CHANGE", "CUSTOD")).frame
    return {"Episodes": found.get_column("row"), "Header": found.get_column("h_row")}


@rule(
    "336",
    {"Episodes": ("PLACE",)},
    "The child is placed for adoption with the current foster carer, but was not in a foster placement before.",
    "Correct the placement before this one, or this one.",
)
def fostered_before_adoption(care: Care) -> Rows:
    before = among("PLACE_prev", (*ADOPTION, *FOSTERING))
    return care.view("Episodes").where(among("PLACE", ("A3", "A5")) & ~before & ~col("is_first"))


@rule(
    "370",
    {"Episodes": ("DECOM", "PLACE")},
    "A child in independent living, P2, is under 16 (in 2022/23: under 15).",
    AGE,
    uses=("Episodes", "Header"),
    until=2024,
)
def age_independent(care: Care) -> Rows:
    return _younger(care, "P2", 15 if care.year == 2023 else 16)


@rule(
    "371",
    {"Episodes": ("DECOM", "PLACE")},
    "A child in semi-independent or supported accommodation is under 16 (in 2022/23: under 14).",
    AGE,
    uses=("Episodes", "Header"),
    cite="Care Planning, Placement and Case Review (England) (Amendment) Regulations 2021, from 9 September 2021",
)
def age_supported(care: Care) -> Rows:
    return _younger(care, "H5" if care.year < 2025 else "K3", 14 if care.year == 2023 else 16)


@rule(
    "372",
    {"Episodes": ("DECOM", "PLACE")},
    "A child in youth custody or prison is under 10.",
    AGE,
    uses=("Episodes", "Header"),
    cite="Children and Young Persons Act 1933, section 50",
)
def age_custody(care: Care) -> Rows:
    return _younger(care, "R5", 10)


@rule(
    "373",
    {"Episodes": ("DECOM", "PLACE")},
    "A child in a residential school is under 4.",
    AGE,
    uses=("Episodes", "Header"),
)
def age_school(care: Care) -> Rows:
    return _younger(care, "S1", 4)


@rule(
    "374",
    {"Episodes": ("DECOM", "PLACE")},
    "A child in residential employment is under 14.",
    AGE,
    uses=("Episodes", "Header"),
)
def age_employment(care: Care) -> Rows:
    return _younger(care, "P3", 14)


@rule(
    "375", {"Episodes": ("DECOM", "DEC", "PLACE")}, "A temporary stay in hospital lasted longer than six weeks.", LASTS
)
def long_hospital(care: Care) -> Rows:
    return _longer(care, "T1", 42)


@rule(
    "376",
    {"Episodes": ("DECOM", "DEC", "PLACE")},
    "A temporary placement during the foster carer's holiday lasted longer than three weeks.",
    LASTS,
)
def long_holiday(care: Care) -> Rows:
    return _longer(care, "T3", 21)


@rule(
    "377",
    {"Episodes": ("PLACE", "DECOM")},
    "There are more than two temporary placements for the foster carer's holiday within twelve months.",
    "Correct the placements, or give what they became.",
)
def many_holidays(care: Care) -> Rows:
    frame = care.table("Episodes").filter(is_("PLACE", "T3"), col("child").is_not_null())
    within = (col("child") == col("child").shift(-2)) & (col("DECOM").shift(-2) < col("DECOM").dt.offset_by("12mo"))
    third = frame.with_columns(within.fill_null(value=False).alias("within"))
    hit = col("within") | col("within").shift(1, fill_value=False) | col("within").shift(2, fill_value=False)
    return {"Episodes": third.filter(hit).get_column("row")}


@rule(
    "379",
    {"Episodes": ("DECOM", "DEC", "PLACE")},
    "A temporary placement for an unspecified reason lasted longer than seven days.",
    LASTS,
)
def long_other(care: Care) -> Rows:
    return _longer(care, "T4", 7)


@rule(
    "380",
    {"Episodes": ("PLACE", "RNE")},
    "A temporary placement is not a change of placement and carer.",
    "Give P or B: a temporary placement follows another one, and cannot begin a period of care.",
)
def begins_temporary(care: Care) -> Rows:
    return care.view("Episodes").where(among("PLACE", TEMPORARY) & ~among("RNE", ("P", "B")))


@rule(
    "381",
    {"Episodes": ("PLACE", "REC")},
    "The period of care ends with a temporary placement.",
    "Give X1 and the episode in which the child returned, or correct the placement.",
)
def ends_temporary(care: Care) -> Rows:
    return care.view("Episodes").where(among("PLACE", TEMPORARY) & given("REC") & ~is_("REC", "X1"))


@rule(
    "383",
    {"Episodes": ("PLACE", "RNE", "PL_POST")},
    "The child did not go back from a temporary placement to the one before it.",
    "Give the placement before it with the reason P, or code the stay as a placement of its own.",
)
def back_to_the_placement(care: Care) -> Rows:
    elsewhere = col("PLACE").ne_missing(col("PLACE_prev2"))
    if care.year >= 2026:
        elsewhere = elsewhere | col("PL_POST").ne_missing(col("PL_POST_prev2"))
    view = care.view("Episodes")
    return view.where(col("has_prev2") & among("PLACE_prev", TEMPORARY) & (~is_("RNE", "P") | elsewhere))


@rule(
    "526",
    {"Episodes": ("PLACE", "PLACE_PROVIDER")},
    "There is no placement provider.",
    "Give PR0 to PR5; only temporary and other placements have none.",
)
def provider_missing(care: Care) -> Rows:
    none = (*TEMPORARY, *OTHER[1:]) if care.year >= 2026 else (*TEMPORARY, "Z1")
    return care.view("Episodes").where(~among("PLACE", none) & ~given("PLACE_PROVIDER"))


def _never(care: Care, provider_code: str, places: tuple[str, ...]) -> Rows:
    return care.view("Episodes").where(among("PLACE", places) & is_("PLACE_PROVIDER", provider_code))


FIT = "Correct the placement or the provider: the two do not go together."


@rule(
    "527",
    {"Episodes": ("PLACE", "PLACE_PROVIDER")},
    "The authority's own provision, PR1, is given for a placement with parents, in a hospital or in custody.",
    FIT,
)
def own_provision(care: Care) -> Rows:
    return _never(care, "PR1", ("P1", "R2", "R5"))


@rule(
    "528",
    {"Episodes": ("PLACE", "PLACE_PROVIDER")},
    "Another authority's provision, PR2, is given for a placement with parents, in a hospital or in custody.",
    FIT,
)
def other_authority(care: Care) -> Rows:
    return _never(care, "PR2", ("P1", "R2", "R5"))


@rule(
    "529",
    {"Episodes": ("PLACE", "PLACE_PROVIDER")},
    "Other public provision, PR3, is given for a placement that public bodies do not provide.",
    FIT,
)
def public_provision(care: Care) -> Rows:
    return _never(care, "PR3", (*ADOPTION, "K1", "K2", "P1", *FOSTERING))


@rule(
    "530",
    {"Episodes": ("PLACE", "PLACE_PROVIDER")},
    "Private provision, PR4, is given for a placement with parents.",
    FIT,
)
def private_provision(care: Care) -> Rows:
    return _never(care, "PR4", ("P1",))


@rule(
    "531",
    {"Episodes": ("PLACE", "PLACE_PROVIDER")},
    "Voluntary provision, PR5, is given for a placement with parents.",
    FIT,
)
def voluntary_provision(care: Care) -> Rows:
    return _never(care, "PR5", ("P1",))


@rule(
    "550",
    {"Episodes": ("PLACE", "PLACE_PROVIDER")},
    "Provision by parents, PR0, is given for a placement that is not with parents.",
    FIT,
)
def parents_provide(care: Care) -> Rows:
    return care.view("Episodes").where(~is_("PLACE", "P1") & is_("PLACE_PROVIDER", "PR0"))
