"""Legal status: who may have it, how long it may last."""

import datetime

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import SHORT_BREAKS, TEMPORARY, among, birthday, blank, col, given, is_
from throughline.returns.ssda903.registry import rule


def _longer(care: Care, status: str, days: int) -> Rows:
    """Episodes in a run of this legal status, each beginning where the last ceased, of more than so many days."""
    frame = care.table("Episodes").filter(is_("LS", status), col("DECOM").is_not_null(), col("child").is_not_null())
    ends = col("DEC").fill_null(care.end)
    begins = (col("child") != col("child").shift(1)) | (col("DECOM") > ends.shift(1))
    runs = frame.with_columns(begins.fill_null(value=True).cum_sum().alias("run"), ends.alias("ends"))
    length = (col("ends").max().over("run") - col("DECOM").min().over("run")).dt.total_days()
    return {"Episodes": runs.filter(length > days).get_column("row")}


@rule(
    "358",
    {"Episodes": ("DECOM", "LS"), "Header": ("DOB",)},
    "A child under 10 has a legal status of the youth justice system.",
    "Correct the legal status, the start date or the date of birth.",
    cite="Children and Young Persons Act 1933, section 50",
)
def under_10(care: Care) -> Rows:
    view = care.view("Episodes", "h_DOB", "h_row")
    found = view.only(among("LS", ("J1", "J2", "J3")) & (birthday("h_DOB", 10) > col("DECOM"))).frame
    return {"Episodes": found.get_column("row"), "Header": found.get_column("h_row")}


@rule(
    "359",
    {"Episodes": ("DEC", "LS", "PLACE")},
    "The young person is past 18 and still looked after, but not under section 20(5) in a children's home.",
    "Give the end date and reason, or V2 and K2 if that is how the young person is accommodated.",
    uses=("Header", "Episodes"),
    cite="Children Act 1989, section 20(5)",
)
def past_18(care: Care) -> Rows:
    home = is_("LS", "V2") & is_("PLACE", "K2")
    return care.view("Episodes", "h_DOB").where((birthday("h_DOB", 18) < care.end) & blank("DEC") & ~home)


@rule(
    "361",
    {"Episodes": ("LS", "DECOM", "DEC")},
    "Police protection lasted longer than 72 hours.",
    "Correct the dates, or give the legal status that followed.",
    cite="Children Act 1989, section 46(6)",
)
def police_protection(care: Care) -> Rows:
    return _longer(care, "L1", 3)


@rule(
    "362",
    {"Episodes": ("LS", "DECOM", "DEC")},
    "The emergency protection order lasted longer than 21 days.",
    "Correct the dates, or give the legal status that followed.",
    cite="Children Act 1989, section 45: eight days, extended once by seven",
)
def emergency_protection(care: Care) -> Rows:
    return _longer(care, "L2", 21)


@rule(
    "363",
    {"Episodes": ("LS", "DECOM", "DEC")},
    "The child assessment order lasted longer than seven days.",
    "Correct the dates, or give the legal status that followed.",
    cite="Children Act 1989, section 43(5)",
)
def child_assessment(care: Care) -> Rows:
    return _longer(care, "L3", 7)


@rule(
    "364",
    {"Episodes": ("LS", "DECOM", "DEC")},
    "The child was detained under police and criminal evidence law for longer than 21 days.",
    "Correct the dates, or give the legal status that followed: this detention is until the next court sitting.",
    cite="Police and Criminal Evidence Act 1984, sections 41 to 46",
)
def police_detention(care: Care) -> Rows:
    return _longer(care, "J2", 21)


@rule(
    "365",
    {"Episodes": ("LS", "DECOM", "DEC")},
    "A single short break lasted longer than 17 days.",
    "Correct the dates, or give V2: a longer stay is not a short break.",
    cite="Care Planning, Placement and Case Review (England) Regulations 2010, regulation 48",
)
def long_break(care: Care) -> Rows:
    late = col("DEC").fill_null(care.end) > col("DECOM").dt.offset_by("17d")
    return care.view("Episodes").where(is_("LS", "V3") & late)


@rule(
    "366",
    {"Episodes": ("RNE",)},
    "A short break does not begin as a new start.",
    "Give S: a child does not change placement in the course of a short break.",
)
def break_is_a_start(care: Care) -> Rows:
    return care.view("Episodes").where(is_("LS", "V3") & ~is_("RNE", "S"))


@rule(
    "367",
    {"Episodes": ("LS", "DECOM", "DEC")},
    "The child's short breaks come to more than 75 days in the year.",
    "Correct the dates, or give V2 from the day on which the arrangement ceased to be short breaks.",
    cite="Care Planning, Placement and Case Review (England) Regulations 2010, regulation 48",
)
def many_breaks(care: Care) -> Rows:
    frame = care.table("Episodes").filter(is_("LS", "V3"), col("DECOM").is_not_null(), col("child").is_not_null())
    ends = pl.min_horizontal(col("DEC").fill_null(care.end), pl.lit(care.end))
    begins = pl.max_horizontal(col("DECOM"), pl.lit(care.start))
    days = frame.with_columns((ends - begins).dt.total_days().alias("days")).filter(col("days") > 0)
    return {"Episodes": days.filter(col("days").sum().over("child") > 75).get_column("row")}


@rule(
    "378",
    {"Episodes": ("PLACE", "LS")},
    "The child is placed with parents, but accommodated under section 20.",
    "Correct the placement or the legal status: a child at home with parents is not accommodated.",
    cite="Children Act 1989, section 20",
)
def at_home_under_section_20(care: Care) -> Rows:
    return care.view("Episodes").where(is_("PLACE", "P1") & is_("LS", "V2"))


@rule(
    "382",
    {"Episodes": ("LS", "PLACE")},
    "A child on a short break is in a temporary placement.",
    "Correct the placement or the legal status.",
)
def break_in_temporary(care: Care) -> Rows:
    return care.view("Episodes").where(among("LS", SHORT_BREAKS) & among("PLACE", TEMPORARY))


@rule(
    "384",
    {"Episodes": ("PLACE", "LS")},
    "A child on a short break is in a long-term foster placement.",
    "Correct the placement or the legal status.",
)
def break_in_long_term(care: Care) -> Rows:
    return care.view("Episodes").where(among("LS", SHORT_BREAKS) & among("PLACE", ("U1", "U4")))


@rule(
    "399",
    {"Episodes": ("LS",), "Header": ("MOTHER",), "Reviews": ("REVIEW", "REVIEW_CODE")},
    "The child is looked after in short breaks only, but the mother field or a review is given.",
    "Take them out: they are not asked for short breaks.",
)
def unasked_for_breaks(care: Care) -> Rows:
    other = care.having("Episodes", ~among("LS", SHORT_BREAKS))
    mother = care.having("Header", given("MOTHER"))
    review = care.having("Reviews", given("REVIEW") | given("REVIEW_CODE"))
    found: Rows = {}
    for table in ("Episodes", "Header", "Reviews"):
        view = care.view(table, "in_Episodes", other=other, mother=mother, review=review)
        found |= view.where(col("in_Episodes") & ~col("other") & (col("mother") | col("review")))
    return found


@rule(
    "408",
    {"Episodes": ("PLACE", "LS")},
    "The child is placed for adoption with a placement order, but the legal status is not that order.",
    "Give E1, or correct the placement.",
)
def no_placement_order(care: Care) -> Rows:
    return care.view("Episodes").where(among("PLACE", ("A5", "A6")) & ~is_("LS", "E1"))


@rule(
    "426",
    {"Episodes": ("LS",)},
    "The child has short breaks recorded both one by one and by agreement in the same year.",
    "Use V3 or V4 for the whole year.",
)
def both_kinds_of_break(care: Care) -> Rows:
    view = care.view(
        "Episodes", one=care.having("Episodes", is_("LS", "V3")), other=care.having("Episodes", is_("LS", "V4"))
    )
    return view.where(among("LS", SHORT_BREAKS) & col("one") & col("other"))


@rule(
    "445",
    {"Episodes": ("LS", "DECOM")},
    "The child was freed for adoption in an episode that began after December 2005.",
    "Give E1 if there is a placement order.",
    until=2024,
    cite="Adoption and Children Act 2002",
)
def freed_after_2005(care: Care) -> Rows:
    return care.view("Episodes").where(is_("LS", "D1") & (col("DECOM") > datetime.date(2005, 12, 31)))


@rule(
    "446",
    {"Episodes": ("LS", "DECOM")},
    "The child has a placement order in an episode that began before December 2005.",
    "Correct the legal status or the start date: there were no placement orders then.",
    cite="Adoption and Children Act 2002",
)
def order_before_2005(care: Care) -> Rows:
    return care.view("Episodes").where(is_("LS", "E1") & (col("DECOM") < datetime.date(2005, 12, 1)))


@rule(
    "451",
    {"Episodes": ("DEC", "REC", "LS")},
    "The child is still freed for adoption, but no such order could be sought since 30 December 2005.",
    "Give the legal status that the child has now.",
    until=2024,
    cite="Adoption and Children Act 2002",
)
def still_freed(care: Care) -> Rows:
    return care.view("Episodes").where(blank("DEC") & blank("REC") & is_("LS", "D1"))
