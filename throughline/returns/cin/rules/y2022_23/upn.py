"""The unique pupil number and the former one.

Source of the form: Department for Education, *Unique pupil numbers: guidance for schools and local
authorities*, "Structure of a UPN".
"""

import polars as pl

from throughline.returns.cin.authorities import authority_codes
from throughline.returns.cin.data import Data
from throughline.returns.cin.rule import rule

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Letters of a number, in the order of their values: I, O and S look too much like 1, 0 and 5."""

_WHOLE = pl.col("UPN").str.len_chars() == 13
_UPN = {"ChildIdentifiers": ("UPN",)}


@rule(
    "1510",
    _UPN,
    "The first letter of the UPN does not match the rest of the number: {UPN}.",
    "Check the number with the school or the admissions team; one of its characters is wrong.",
)
def check_letter(data: Data) -> pl.DataFrame:
    upn = pl.col("UPN")
    last = upn.str.slice(12, 1)
    # A temporary number ends in a letter, which counts with its place among the letters.
    value = last.replace_strict({letter: place for place, letter in enumerate(LETTERS)}, default=None)
    total = pl.sum_horizontal(
        upn.str.slice(place, 1).cast(pl.Int64, strict=False) * (place + 1) for place in range(1, 12)
    ) + 13 * pl.coalesce(last.cast(pl.Int64, strict=False), value)
    expected = (total % 23).replace_strict(dict(enumerate(LETTERS)), default=None, return_dtype=pl.String)
    sound = data["ChildIdentifiers"].filter(_WHOLE & upn.str.contains(r"^.\d{11}[0-9A-HJ-NP-RT-Z]$"))
    return sound.filter(upn.str.slice(0, 1) != expected)


@rule(
    "1520",
    _UPN,
    "More than one child in the return has the UPN {UPN}.",
    "Find which child the number belongs to. If the records are of one child, join them; otherwise correct the other.",
)
def shared(data: Data) -> pl.DataFrame:
    children = data["ChildIdentifiers"]
    return children.filter(pl.col("UPN").is_not_null() & pl.col("UPN").is_duplicated())


def unknown_authority(data: Data, year: int) -> pl.DataFrame:
    """Numbers of full length whose characters 2 to 4 are no authority of ``year``."""
    named = pl.col("UPN").str.slice(1, 3)
    return data["ChildIdentifiers"].filter(_WHOLE & ~named.is_in(sorted(authority_codes(year))))


@rule(
    "1530",
    _UPN,
    "Characters 2 to 4 of the UPN {UPN} are not the code of a local authority.",
    "Check the number with the school; characters 2 to 4 say which authority first gave it.",
)
def authority(data: Data) -> pl.DataFrame:
    return unknown_authority(data, 2023)


@rule(
    "1540",
    _UPN,
    "Characters 5 to 12 of the UPN {UPN} are not all digits.",
    "Check the number with the school and enter it again; letter O in place of zero is a usual slip.",
)
def digits(data: Data) -> pl.DataFrame:
    middle = pl.col("UPN").str.slice(4, 8)
    return data["ChildIdentifiers"].filter(pl.col("UPN").is_not_null() & ~middle.str.contains(r"^\d+$"))


@rule(
    "1550",
    _UPN,
    "The last character of the UPN {UPN} is neither a digit nor a letter that a UPN may end in.",
    "Check the number with the school; it ends in a digit, or in a letter other than I, O and S if it is temporary.",
)
def last_character(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(
        _WHOLE & ~pl.col("UPN").str.slice(12, 1).str.contains(r"^[0-9A-HJ-NP-RT-Z]$")
    )


@rule(
    "1560Q",
    {"ChildIdentifiers": ("FormerUPN",)},
    "The former UPN {FormerUPN} does not have the form of a UPN.",
    "Check the number: one letter, then twelve digits, the last of which is a letter if it was temporary. "
    "Correct it or explain.",
)
def former(data: Data) -> pl.DataFrame:
    return data["ChildIdentifiers"].filter(
        pl.col("FormerUPN").is_not_null() & ~pl.col("FormerUPN").str.contains(r"^[A-Za-z]\d{11}[0-9A-HJ-NP-RT-Z]$")
    )
