"""An episode that was open at the end of last year is the first of this year, unchanged."""

from collections.abc import Mapping

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import among, col, is_, yes
from throughline.returns.ssda903.registry import rule

BOTH = ("Episodes", "Episodes_last")
SAME = "Give it as last year's return had it, or say when you submit that last year's was wrong."


def _differs(care: Care, field: str, but: pl.Expr | None = None) -> Rows:
    """First episodes that carry on an open one with another value."""
    test = col(field).ne_missing(col(f"before_{field}"))
    return care.carried_over().where(test if but is None else test & ~but)


def _moved() -> pl.Expr:
    """A distance that is not last year's: by 0.2 miles or more, or there is one in one year only."""
    now, then = col("PL_DISTANCE"), col("before_PL_DISTANCE")
    return yes((now - then).abs().round(6) >= 0.2) | (now.is_null() != then.is_null())


def _same_reason() -> pl.Expr:
    return yes(col("RNE") == col("before_RNE"))


@rule(
    "452",
    {"Episodes": ("PL_POST",)},
    "The placement of the first episode is in another authority than at the end of last year.",
    SAME,
    uses=BOTH,
    needs=("postcodes",),
)
def authority_contradicts(care: Care) -> Rows:
    return care.carried_over().where(_same_reason() & col("PL_LA").ne_missing(col("before_PL_LA")))


@rule(
    "453",
    {"Episodes": ("HOME_POST", "PL_POST")},
    "The distance of the first episode is not that at the end of last year.",
    SAME,
    uses=BOTH,
    needs=("postcodes",),
)
def distance_contradicts(care: Care) -> Rows:
    return care.carried_over().where(_same_reason() & _moved())


@rule(
    "502",
    {"Episodes": ("DECOM",)},
    "An episode was open at the end of last year, and this year's first one began on another day.",
    "Begin with the episode that was open, with the start date that it had.",
    uses=BOTH,
)
def another_start(care: Care) -> Rows:
    return _differs(care, "DECOM")


@rule(
    "503A",
    {"Episodes": ("RNE",)},
    "The reason for the first episode is not that of the episode that was open at the end of last year.",
    SAME,
    uses=BOTH,
)
def another_reason(care: Care) -> Rows:
    return _differs(care, "RNE")


@rule(
    "503B",
    {"Episodes": ("LS",)},
    "The legal status of the first episode is not that of the episode that was open at the end of last year.",
    SAME,
    uses=BOTH,
)
def another_status(care: Care) -> Rows:
    return _differs(care, "LS")


@rule(
    "503C",
    {"Episodes": ("CIN",)},
    "The category of need of the first episode is not that of the episode that was open at the end of last year.",
    SAME,
    uses=BOTH,
)
def another_need(care: Care) -> Rows:
    return _differs(care, "CIN")


_RECODED: Mapping[int, tuple[tuple[str, tuple[str, ...]], ...]] = {
    2024: (("H5", ("K3",)),),
    2025: (("H5", ("K3",)),),
    2026: (("H5", ("K3",)), ("Z1", ("Z11", "Z12", "Z13", "Z14"))),
}
"""Codes that were replaced in a year: last year's may become one of these without a change of placement."""


@rule(
    "503D",
    {"Episodes": ("PLACE",)},
    "The placement of the first episode is not that of the episode that was open at the end of last year.",
    f"{SAME} A code that was replaced this year may become one of its successors.",
    uses=BOTH,
)
def another_placement(care: Care) -> Rows:
    recoded = pl.lit(value=False)
    for old, new in _RECODED.get(care.year, ()):
        recoded = recoded | (is_("before_PLACE", old) & among("PLACE", new))
    return _differs(care, "PLACE", but=recoded)


@rule(
    "503E",
    {"Episodes": ("PLACE_PROVIDER",)},
    "The placement provider of the first episode is not that of the episode that was open at the end of last year.",
    SAME,
    uses=BOTH,
)
def another_provider(care: Care) -> Rows:
    return _differs(care, "PLACE_PROVIDER")


@rule(
    "503F",
    {"Episodes": ("URN",)},
    "The Ofsted number of the first episode is not that of the episode that was open at the end of last year.",
    SAME,
    uses=BOTH,
)
def another_number(care: Care) -> Rows:
    return _differs(care, "URN")


@rule(
    "503G",
    {"Episodes": ("HOME_POST", "PL_POST")},
    "The distance of the first episode is not that of the episode that was open at the end of last year.",
    SAME,
    uses=BOTH,
    needs=("postcodes",),
)
def another_distance(care: Care) -> Rows:
    return care.carried_over().where(_moved())


@rule(
    "503H",
    {"Episodes": ("PL_POST",)},
    "The authority of the first placement is not that of the episode that was open at the end of last year.",
    SAME,
    uses=BOTH,
    needs=("postcodes",),
)
def another_authority(care: Care) -> Rows:
    return _differs(care, "PL_LA")


@rule(
    "503J",
    {"Episodes": ("PL_POST",)},
    "Whether the first placement is in the authority is not as it was at the end of last year.",
    SAME,
    uses=BOTH,
    needs=("postcodes",),
)
def another_location(care: Care) -> Rows:
    return _differs(care, "PL_LOCATION")
