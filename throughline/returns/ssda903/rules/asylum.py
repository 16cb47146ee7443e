"""Unaccompanied asylum-seeking children."""

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import LEAVER, any_given, birthday, col, given, is_, yes
from throughline.returns.ssda903.registry import rule


def _both_years(care: Care) -> pl.DataFrame:
    """Each child with what both years say: ``now``, ``then``, ``u_DUC``, ``lu_DUC``, ``lu_DOB`` and rows."""
    facts = {
        **{"now": "asylum", "then": "asylum_last", "DUC": "u_DUC", "DUC_then": "lu_DUC", "DOB_then": "lu_DOB"},
        **{"uasc": "u_row", "header": "h_row", "seen": "in_UASC", "seen_then": "in_UASC_last"},
    }
    return pl.DataFrame([care.fact(fact).alias(name) for name, fact in facts.items()]).with_columns(
        col("now", "then").cast(pl.String), col("DUC", "DUC_then", "DOB_then").cast(pl.Date)
    )


def _placed(care: Care, frame: pl.DataFrame) -> Rows:
    found: Rows = {"UASC": frame.get_column("uasc")}
    if care.has("Header"):
        found["Header"] = frame.get_column("header")
    return found


_BOTH = ("UASC", "UASC_last")


@rule(
    "205A",
    {"UASC": ("DUC",), "Header": ("UASC",)},
    "The child was an unaccompanied asylum-seeking child last year and is not this year, "
    "but the dates on which that ceased do not fit.",
    "If the status ceased last year, last year's date must say so and this year's must be blank; "
    "if not, report the child as one this year.",
    uses=_BOTH,
)
def no_longer(care: Care) -> Rows:
    first, last = (day.replace(year=day.year - 1) for day in (care.start, care.end))
    frame = _both_years(care)
    ceased_then = yes(col("DUC_then").is_between(first, last))
    now = ~is_("now", "1") & (col("header").is_not_null() | col("uasc").is_not_null())
    return _placed(care, frame.filter(now & is_("then", "1") & (col("DUC").is_not_null() | ~ceased_then)))


@rule(
    "205B",
    {"UASC": ("DUC",), "Header": ("UASC",)},
    "The child is an unaccompanied asylum-seeking child this year as last, "
    "but the dates on which that ceases do not fit.",
    "Last year's date must be the 18th birthday; this year's the same, or the day in this year on which it ceased.",
    uses=_BOTH,
)
def still(care: Care) -> Rows:
    frame = _both_years(care)
    this_year = yes(col("DUC").is_between(care.start, care.end))
    same = yes(col("DUC") == col("DUC_then"))
    at_18 = yes(col("DUC_then") == birthday("DOB_then", 18))
    wrong = (~this_year & ~same) | ~at_18
    return _placed(care, frame.filter(is_("now", "1") & is_("then", "1") & wrong))


@rule(
    "205C",
    {"UASC": ("DUC",), "Header": ("UASC",)},
    "The child is in neither year an unaccompanied asylum-seeking child, but a date on which that ceased is given.",
    "Take the date out, or give 1 for the status in the year for which it is right.",
    uses=_BOTH,
)
def never(care: Care) -> Rows:
    frame = _both_years(care)
    neither = (is_("now", "0") | col("now").is_null()) & (is_("then", "0") | col("then").is_null())
    return _placed(care, frame.filter(neither & (col("DUC").is_not_null() | col("DUC_then").is_not_null())))


@rule(
    "205D",
    {"Header": ("UASC",), "UASC": ("CHILD",)},
    "The child is an unaccompanied asylum-seeking child this year and was in last year's return without being one.",
    "Correct the status in this year's return, or say when you submit that last year's was wrong.",
    uses=("asylum",),
)
def newly(care: Care) -> Rows:
    known = col("seen_then") if not care.has("Header_last") else col("in_last")
    frame = _both_years(care).with_columns(care.fact("in_Header_last").alias("in_last"))
    hit = frame.filter(is_("now", "1") & known & ~is_("then", "1"))
    if care.has("Header"):
        return {"Header": hit.get_column("header")}
    return {"UASC": hit.get_column("uasc")}


@rule(
    "231",
    {"Header": ("DOB", "UASC")},
    "The child is an unaccompanied asylum-seeking child and under 11, which is unusual.",
    "Check the date of birth. If it is right, explain it when you submit.",
    since=2025,
    query=True,
    uses=("Header", "asylum"),
)
def young(care: Care) -> Rows:
    return care.view("Header").where((birthday("DOB", 11) > care.end) & is_("UASC", "1"))


@rule(
    "303",
    {"UASC": ("DUC",), "Header": ("UASC",)},
    "A date on which the child ceased to be an unaccompanied asylum-seeking child is given, "
    "but the child is not said to be one.",
    "Give 1 for the status, or take the date out.",
    uses=("UASC", "Header"),
)
def date_without_status(care: Care) -> Rows:
    view = care.view("UASC", "h_row", "h_UASC")
    found = view.only(given("DUC") & ~is_("h_UASC", "1") & col("h_row").is_not_null()).frame
    return {"UASC": found.get_column("row"), "Header": found.get_column("h_row")}


@rule(
    "304",
    {"UASC": ("DUC",)},
    "The date on which the child ceased to be an unaccompanied asylum-seeking child is after the 18th birthday.",
    "Give the 18th birthday at the latest: the status ends then.",
)
def after_18(care: Care) -> Rows:
    return care.view("UASC").where(col("DUC") > birthday("DOB", 18))


@rule(
    "1014",
    {"UASC": ("DUC",), "OC3": LEAVER},
    "There is asylum information about a care leaver who was not looked after this year.",
    "Take the row out of UASC: it is asked for those looked after in the year.",
    uses=("Episodes", "UASC", "OC3"),
)
def care_leaver(care: Care) -> Rows:
    in_year = (col("DECOM") <= care.end) & (col("DEC").is_null() | (col("DEC") >= care.start))
    view = care.view(
        "UASC",
        "o_row",
        in_year=care.having("Episodes", in_year),
        leaver=care.having("OC3", any_given(*LEAVER)),
    )
    found = view.only(~col("in_year") & col("leaver")).frame
    return {"UASC": found.get_column("row"), "OC3": found.get_column("o_row")}
