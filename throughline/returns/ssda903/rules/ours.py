"""Checks that the department does not publish: what would be lost or go wrong without a word."""

import polars as pl

from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.expr import col, given
from throughline.returns.ssda903.registry import rule

_WITH_BIRTH = (
    *("Reviews", "UASC", "OC2", "OC3", "AD1", "PlacedAdoption", "PrevPerm", "Missing", "SWEpisodes", "DoLo"),
)
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Check letters of pupil numbers, in the order of the remainder that they stand for."""


@rule(
    "TL-DATE",
    dict.fromkeys(_WITH_BIRTH, ("DOB",)),
    "The date of birth is not a date, so rules about age cannot see this row.",
    "Give it as day/month/year with four figures for the year, as in Header.",
    uses=("Header",),
    ours=True,
)
def birth_is_a_date(care: Care) -> Rows:
    found: Rows = {}
    for table in _WITH_BIRTH:
        if care.has(table):
            found |= care.view(table).where(col("DOB_bad"))
    return found


@rule(
    "TL-UPN",
    {"Header": ("UPN",)},
    "The first letter of the unique pupil number is not the one that its figures call for.",
    "Ask the school for the number: one of its characters is mistyped.",
    query=True,
    ours=True,
    cite="Department for Education, Unique pupil numbers: guide for schools and local authorities, check letter",
)
def check_letter(care: Care) -> Rows:
    whole = col("UPN").str.contains(r"^[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]$")
    view = care.view("Header").only(given("UPN") & whole)
    total = pl.lit(0)
    for place in range(1, 13):
        mark = col("UPN").str.slice(place, 1)
        figure = mark.cast(pl.Int32, strict=False)
        if place == 12:  # the last character of a temporary number is a letter
            figure = pl.coalesce(figure, mark.replace_strict(list(_LETTERS), range(23), default=None))
        total = total + (place + 1) * figure
    right = (total % 23).replace_strict(range(23), list(_LETTERS), default=None)
    return view.where(right != col("UPN").str.slice(0, 1))
