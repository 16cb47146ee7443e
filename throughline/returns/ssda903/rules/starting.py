"""When a child comes into care, and when and why the child leaves it."""

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import ADOPTED, ADOPTION, FOSTERING, among, birthday, col, is_
from throughline.returns.ssda903.registry import rule


def _with_header(care: Care, test: pl.Expr) -> Rows:
    """Episodes for which the test is true, and their children's header rows."""
    found = care.view("Episodes", "h_DOB", "h_row").only(test).frame
    return {"Episodes": found.get_column("row"), "Header": found.get_column("h_row")}


@rule(
    "302",
    {"Episodes": ("DECOM",), "Header": ("DOB",)},
    "The child's first episode begins before the child was born.",
    "Correct the start date or the date of birth.",
)
def before_birth(care: Care) -> Rows:
    return _with_header(care, col("is_first") & (col("h_DOB") > col("DECOM")))


@rule(
    "352",
    {"Episodes": ("DECOM", "RNE")},
    "The young person started to be looked after at 18 or over.",
    "Correct the start date or the date of birth: care under the Act begins before 18.",
    uses=("Header", "Episodes"),
    cite="Children Act 1989, section 105(1)",
)
def adult(care: Care) -> Rows:
    return care.view("Episodes", "h_DOB").where(is_("RNE", "S") & (birthday("h_DOB", 18) <= col("DECOM")))


@rule(
    "386",
    {"Episodes": ("REC", "DEC")},
    "The child left care by adoption at 18 or over.",
    "Correct the reason, the end date or the date of birth.",
    uses=("Header", "Episodes"),
    cite="Adoption and Children Act 2002, section 49(4)",
)
def adopted_adult(care: Care) -> Rows:
    return care.view("Episodes", "h_DOB").where(among("REC", ADOPTED) & (birthday("h_DOB", 18) <= col("DEC")))


@rule(
    "387",
    {"Episodes": ("REC", "DEC")},
    "A child under 14 left care for independent living.",
    "Correct the reason, the end date or the date of birth.",
    uses=("Header", "Episodes"),
)
def independent_child(care: Care) -> Rows:
    return care.view("Episodes", "h_DOB").where(among("REC", ("E5", "E6")) & (birthday("h_DOB", 14) > col("DEC")))


@rule(
    "389",
    {"Episodes": ("REC", "DEC")},
    "A child under 16 was transferred to adult social care.",
    "Correct the reason, the end date or the date of birth.",
    uses=("Episodes", "Header"),
)
def adult_care_child(care: Care) -> Rows:
    return care.view("Episodes", "h_DOB").where(is_("REC", "E7") & (birthday("h_DOB", 16) > col("DEC")))


@rule(
    "390",
    {"Episodes": ("PLACE", "REC")},
    "The child was adopted from a placement that is not one for adoption.",
    "Add the episode in which the child was placed for adoption, or correct the reason.",
)
def adopted_without_placement(care: Care) -> Rows:
    return care.view("Episodes").where(among("REC", ADOPTED) & ~among("PLACE", ADOPTION))


@rule(
    "407",
    {"Episodes": ("DEC", "REC"), "Header": ("DOB",)},
    "A special guardianship order was made after the young person reached 18.",
    "Correct the reason, the end date or the date of birth.",
    cite="Children Act 1989, section 14A",
)
def guardianship_adult(care: Care) -> Rows:
    orders = ("E45", "E46", "E47", "E48")
    return _with_header(care, among("REC", orders) & (birthday("h_DOB", 18) <= col("DEC")))


@rule(
    "460",
    {"Episodes": ("DEC", "REC")},
    "The young person is said to have stayed with the carers at 18, but left care before 18.",
    "Correct the reason, the end date or the date of birth.",
    uses=("Header", "Episodes"),
)
def staying_put_under_18(care: Care) -> Rows:
    return care.view("Episodes", "h_DOB").where(is_("REC", "E17") & (birthday("h_DOB", 18) > col("DEC")))


@rule(
    "516",
    {"Episodes": ("REC", "PLACE")},
    "A special guardianship order went to the former foster carer, but the child was not in foster care.",
    "Correct the placement, or give E47 or E48.",
)
def guardian_was_carer(care: Care) -> Rows:
    return care.view("Episodes").where(among("REC", ("E45", "E46")) & ~among("PLACE", FOSTERING))


@rule(
    "580",
    {"Episodes": ("REC",)},
    "The young person was missing on leaving care at 18, but the reason is not E8.",
    "Give E8, ceased for any other reason.",
    uses=("Episodes", "Missing"),
)
def missing_at_18(care: Care) -> Rows:
    view = care.pair("Missing", "Episodes")
    at_18 = (col("MIS_END") == birthday("DOB", 18)) & (col("DEC") == col("MIS_END"))
    return view.where(at_18 & ~is_("REC", "E8"), "Episodes")


@rule(
    "NoE",
    {"Episodes": ("DECOM",)},
    "The child was looked after before this year began, but last year's return has no episode.",
    "Check the start date. If it is right, last year's return missed the child: say so when you submit.",
    uses=("Episodes", "Episodes_last"),
    query=True,
)
def not_in_last_year(care: Care) -> Rows:
    return care.view("Episodes", "in_Episodes_last").where((col("DECOM") < care.start) & ~col("in_Episodes_last"))


@rule(
    "562",
    {"Episodes": ("DECOM",)},
    "The first episode began before this year, but last year's return does not end with that episode.",
    "Correct the start date, or give the episodes as last year's return had them.",
    uses=("Episodes", "Episodes_last"),
)
def not_carried_over(care: Care) -> Rows:
    view = care.view("Episodes", "before_DECOM")
    same = col("DECOM").eq_missing(col("before_DECOM"))
    return view.where(col("is_first") & (col("DECOM") < care.start) & ~same)


def _open_last_year(care: Care) -> pl.Series:
    return care.fact("before_row").is_not_null() & care.fact("before_DEC").is_null()


@rule(
    "1010",
    {"OC3": ("IN_TOUCH", "ACTIV", "ACCOM")},
    "There is care leaver information, but the child was looked after at the end of last year "
    "and has no episode this year.",
    "Add the episode with which care ended this year.",
    uses=("Episodes", "Episodes_last", "OC3"),
)
def leaver_without_end(care: Care) -> Rows:
    view = care.view("OC3", "in_Episodes", still=_open_last_year(care))
    return view.where(~col("in_Episodes") & col("still"))
