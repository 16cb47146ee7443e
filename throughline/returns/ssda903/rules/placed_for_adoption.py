"""Decisions that a child should be placed for adoption, and their reversal."""

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import (
    ADOPTED,
    ADOPTERS,
    ADOPTION,
    SHORT_BREAKS,
    among,
    any_given,
    blank,
    col,
    differs,
    given,
    is_,
    yes,
)
from throughline.returns.ssda903.registry import rule

BOTH_YEARS = ("PlacedAdoption", "PlacedAdoption_last")
REVERSED = "DATE_PLACED_CEASED"


def _decisions(care: Care) -> pl.DataFrame:
    """Decisions in order, with ``ceased_before``: when the child's last decision ceased."""
    frame = care.table("PlacedAdoption").filter(col("child").is_not_null())
    frame = frame.sort("child", "DATE_PLACED", REVERSED, nulls_last=True)
    return frame.with_columns(
        follows=yes(col("child") == col("child").shift(1)),
        followed=yes(col("child") == col("child").shift(-1)),
        ceased_before=col(REVERSED).shift(1),
    )


@rule(
    "117",
    {"Episodes": ("DEC", "REC"), "PlacedAdoption": ("DATE_PLACED", REVERSED)},
    "A decision about placement for adoption is dated after the year, or after the child left care.",
    "Correct the date of the decision or the end of the episode.",
)
def decided_late(care: Care) -> Rows:
    last = care.pair("Episodes", "PlacedAdoption").only(~is_("REC", "X1") & col("DECOM").is_not_null())
    late = [(col(name) > care.end) | (col(name) > col("DEC")) for name in ("DATE_PLACED", REVERSED)]
    return last.where((col("DECOM") == col("DECOM").max().over("child")) & (yes(late[0]) | yes(late[1])))


@rule(
    "118",
    {"Episodes": ("DECOM", "LS"), "PlacedAdoption": (REVERSED,)},
    "It was decided that the child should no longer be placed for adoption before this year, or before care began.",
    "Correct the date, or leave out a decision that ceased before this year.",
)
def reversed_early(care: Care) -> Rows:
    view = care.pair("Episodes", "PlacedAdoption").only(~among("LS", SHORT_BREAKS) & col("DECOM").is_not_null())
    first = col("DECOM") == col("DECOM").min().over("child")
    return view.where(first & (yes(col(REVERSED) < col("DECOM")) | yes(col(REVERSED) < care.start)))


@rule(
    "119",
    {"PlacedAdoption": ("REASON_PLACED_CEASED", REVERSED)},
    "The date on which the child should no longer be placed for adoption is given without the reason, or the reason "
    "without the date.",
    "Give both, or leave both blank while the decision stands.",
)
def reversal_whole(care: Care) -> Rows:
    return care.view("PlacedAdoption").where(given(REVERSED) != given("REASON_PLACED_CEASED"))


@rule(
    "184",
    {"PlacedAdoption": ("DATE_PLACED",), "Header": ("DOB",)},
    "It was decided that the child should be placed for adoption before the child was born.",
    "Correct the date of the decision or the date of birth.",
    uses=("Header", "PlacedAdoption"),
)
def decided_before_birth(care: Care) -> Rows:
    return care.view("PlacedAdoption", "h_DOB").where(col("DATE_PLACED") < col("h_DOB"))


@rule(
    "522",
    {"PlacedAdoption": ("DATE_PLACED", REVERSED)},
    "The decision was reversed before it was made.",
    "Correct the one of the two dates that is wrong.",
)
def reversed_before_made(care: Care) -> Rows:
    return care.view("PlacedAdoption").where(col(REVERSED) < col("DATE_PLACED"))


@rule(
    "523",
    {"PlacedAdoption": ("DATE_PLACED",), "AD1": ("DATE_INT",)},
    "The decision to place for adoption and the decision that adoption is in the child's best interests "
    "have different dates.",
    "Give the same date for both: they are one decision.",
)
def one_decision(care: Care) -> Rows:
    return care.pair("PlacedAdoption", "AD1").where(col("DATE_INT") != col("DATE_PLACED"))


@rule(
    "525",
    {"PlacedAdoption": (REVERSED,), "AD1": ADOPTERS},
    "The decision to place for adoption was reversed, but there is information on the child's adoption.",
    "Take out the reversal or the adoption.",
)
def reversed_and_adopted(care: Care) -> Rows:
    return care.pair("PlacedAdoption", "AD1").where(given(REVERSED) & any_given(*ADOPTERS))


@rule(
    "551",
    {"Episodes": ("PLACE",)},
    "The child is placed for adoption, but the date of the decision is not given.",
    "Give the date of the decision in PlacedAdoption.",
    uses=("Episodes", "PlacedAdoption"),
)
def no_decision(care: Care) -> Rows:
    view = care.view("Episodes", decided=care.having("PlacedAdoption", given("DATE_PLACED")))
    return view.where(among("PLACE", ADOPTION) & ~col("decided"))


@rule(
    "552",
    {"PlacedAdoption": ("DATE_PLACED",), "Episodes": ("DECOM", "PLACE")},
    "The child was placed for adoption before the decision to do so.",
    "Correct the date of the decision or the start of the placement.",
)
def placed_before_decision(care: Care) -> Rows:
    view = care.pair("Episodes", "PlacedAdoption").only(
        among("PLACE", ADOPTION) & col("DECOM").is_not_null() & col("DATE_PLACED").is_not_null()
    )
    first = col("DECOM") == col("DECOM").min().over("child")
    latest = col("DATE_PLACED") == col("DATE_PLACED").max().over("child")
    return view.where(first & latest & (col("DECOM") < col("DATE_PLACED")))


def _ordered(care: Care, order: str) -> Rows:
    """An order without a decision, or with one that was reversed while the order is open."""
    view = care.view("Episodes", "in_PlacedAdoption")
    found = view.where(is_("LS", order) & ~col("in_PlacedAdoption"))
    in_force = care.having("Episodes", is_("LS", order) & blank("DEC"))
    decisions = care.view("PlacedAdoption", in_force=in_force)
    return found | decisions.where(col("in_force") & any_given(REVERSED, "REASON_PLACED_CEASED"))


@rule(
    "553",
    {"Episodes": ("LS",), "PlacedAdoption": ("DATE_PLACED", REVERSED, "REASON_PLACED_CEASED")},
    "There is a placement order, but no decision to place the child for adoption, or it was reversed.",
    "Give the decision in PlacedAdoption, or the legal status that replaced the order.",
)
def order_without_decision(care: Care) -> Rows:
    return _ordered(care, "E1")


@rule(
    "554",
    {"Episodes": ("DECOM", "LS"), "PlacedAdoption": ("DATE_PLACED",)},
    "The placement order was made before the decision to place the child for adoption.",
    "Correct the date of the decision or the start of the episode. Earlier years' episodes are not seen here.",
)
def order_before_decision(care: Care) -> Rows:
    view = care.pair("Episodes", "PlacedAdoption").only(is_("LS", "E1") & col("DECOM").is_not_null())
    first = col("DECOM") == col("DECOM").min().over("child")
    return view.where(first & (col("DATE_PLACED") > col("DECOM")))


@rule(
    "555",
    {"Episodes": ("LS",), "PlacedAdoption": ("DATE_PLACED", REVERSED, "REASON_PLACED_CEASED")},
    "There is a freeing order, but no decision to place the child for adoption, or it was reversed.",
    "Give the decision in PlacedAdoption, or the legal status that replaced the order.",
    until=2024,
)
def freed_without_decision(care: Care) -> Rows:
    return _ordered(care, "D1")


@rule(
    "556",
    {"Episodes": ("DECOM", "LS")},
    "The child was freed for adoption before the decision to place for adoption.",
    "Correct the date of the decision or the start of the episode.",
    uses=("Episodes", "PlacedAdoption"),
    until=2024,
)
def freed_before_decision(care: Care) -> Rows:
    view = care.pair("Episodes", "PlacedAdoption")
    return view.where(is_("LS", "D1") & (col("DATE_PLACED") > col("DECOM")), "Episodes")


@rule(
    "557",
    {"Episodes": ("PLACE", "LS", "REC"), "PlacedAdoption": (REVERSED, "REASON_PLACED_CEASED")},
    "A child who should be placed for adoption left care without being adopted, "
    "and when and why the decision ended is not given.",
    "Give the date and the reason for which the child should no longer be placed for adoption.",
)
def left_without_reversal(care: Care) -> Rows:
    orders = ("D1", "E1") if care.year < 2025 else ("E1",)
    left = given("REC") & ~among("REC", (*ADOPTED, "X1"))
    meant = (among("PLACE", ADOPTION) | among("LS", orders)) & left
    view = care.pair("Episodes", "PlacedAdoption")
    found = view.where(meant & (blank(REVERSED) | blank("REASON_PLACED_CEASED")))
    without = care.view("Episodes", "in_PlacedAdoption").where(meant & ~col("in_PlacedAdoption"))
    found["Episodes"] = found["Episodes"].append(without["Episodes"])
    return found


@rule(
    "558",
    {"Episodes": ("REC",)},
    "The child was adopted, but every one of several decisions to place for adoption was reversed.",
    "Leave the date of reversal of the last decision blank, or correct the reason for which the episode ceased.",
    uses=("Episodes", "PlacedAdoption"),
)
def adopted_and_reversed(care: Care) -> Rows:
    stands = care.having("PlacedAdoption", blank(REVERSED))
    several = care.having("PlacedAdoption", col("child").is_duplicated() & given(REVERSED))
    view = care.view("Episodes", stands=stands, several=several)
    return view.where(among("REC", ADOPTED) & col("several") & ~col("stands"))


@rule(
    "559",
    {"PlacedAdoption": ("DATE_PLACED",)},
    "The decision was made before this year, but last year's return does not have it.",
    "Correct the date, or say when you submit that last year's return missed it.",
    uses=BOTH_YEARS,
)
def not_in_last_year(care: Care) -> Rows:
    known = care.having("PlacedAdoption_last", col("DATE_PLACED").is_not_null())
    view = care.view("PlacedAdoption", known=known)
    return view.where((col("DATE_PLACED") < care.start) & ~col("known"))


@rule(
    "560",
    {"PlacedAdoption": ("DATE_PLACED",)},
    "The date of the decision is not that of last year's return, although the decision stood.",
    "Give the decision as last year's return had it; a new decision is a row of its own.",
    uses=BOTH_YEARS,
)
def another_date(care: Care) -> Rows:
    stood = col("DATE_PLACED_2").is_not_null() & ~given_last(REVERSED)
    view = care.pair("PlacedAdoption", "PlacedAdoption_last").only(stood)
    kept = yes(col("DATE_PLACED") == col("DATE_PLACED_2")).any().over("row_2")
    return view.where(differs("DATE_PLACED", "DATE_PLACED_2") & ~kept, "PlacedAdoption")


def given_last(name: str) -> pl.Expr:
    """The field had a value last year, in a pair of both years."""
    if name == "REASON_PLACED_CEASED":
        return col("REASON_PLACED_CEASED_2").is_not_null()
    return col(f"{name}_2").is_not_null() | col(f"{name}_bad_2")


@rule(
    "561",
    {"PlacedAdoption": ("DATE_PLACED",)},
    "The decision is the one that last year's return says was reversed.",
    "Give the date of the new decision, or leave out the one that was reversed.",
    uses=BOTH_YEARS,
)
def reversed_last_year(care: Care) -> Rows:
    view = care.pair("PlacedAdoption", "PlacedAdoption_last")
    was = given_last("REASON_PLACED_CEASED") | given_last(REVERSED)
    return view.where((col("DATE_PLACED") == col("DATE_PLACED_2")) & was, "PlacedAdoption")


@rule(
    "563",
    {"PlacedAdoption": ("DATE_PLACED", "REASON_PLACED_CEASED", REVERSED)},
    "The decision was reversed, but when it was made is not given.",
    "Give the date on which it was decided that the child should be placed for adoption.",
)
def reversed_without_decision(care: Care) -> Rows:
    return care.view("PlacedAdoption").where(given("REASON_PLACED_CEASED") & given(REVERSED) & blank("DATE_PLACED"))


@rule(
    "579",
    {"PlacedAdoption": ("DATE_PLACED", REVERSED)},
    "A new decision was made before the last one was reversed.",
    "Give the date on which the last decision was reversed, or correct the dates.",
)
def decisions_overlap(care: Care) -> Rows:
    open_before = col("ceased_before").is_null() | yes(col("DATE_PLACED") < col("ceased_before"))
    return {"PlacedAdoption": _decisions(care).filter(col("follows") & open_before).get_column("row")}


@rule(
    "583",
    {"PlacedAdoption": ("DATE_PLACED", REVERSED)},
    "There is a later decision to place the child for adoption, but this one was not reversed.",
    "Check that both are right, and give the date on which this one was reversed.",
    query=True,
)
def earlier_decision_stands(care: Care) -> Rows:
    return {"PlacedAdoption": _decisions(care).filter(col("followed") & blank(REVERSED)).get_column("row")}


@rule(
    "584",
    {"PlacedAdoption": ("DATE_PLACED",)},
    "Last year's decision was reversed, and this year's is not dated after it.",
    "Give the date of the new decision.",
    uses=BOTH_YEARS,
)
def not_after_reversed(care: Care) -> Rows:
    view = care.pair("PlacedAdoption", "PlacedAdoption_last")
    was = given_last("REASON_PLACED_CEASED") | given_last(REVERSED)
    later = col("DATE_PLACED") > col("DATE_PLACED_2")
    not_later = col("DATE_PLACED").is_null() | (col("DATE_PLACED_2").is_not_null() & ~yes(later))
    return view.where(was & not_later, "PlacedAdoption")


@rule(
    "1003",
    {"Episodes": ("DECOM", "RNE"), "PlacedAdoption": ("DATE_PLACED",)},
    "It was decided that the child should be placed for adoption before the child came into care.",
    "Correct the date of the decision or the start of care.",
)
def decided_before_care(care: Care) -> Rows:
    starts = care.pair("Episodes", "PlacedAdoption").only(is_("RNE", "S") & col("DECOM").is_not_null())
    first = col("DECOM") == col("DECOM").min().over("child")
    return starts.where(first & (col("DATE_PLACED") < col("DECOM")))
