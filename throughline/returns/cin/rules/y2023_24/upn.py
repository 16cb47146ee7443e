"""Authorities that began on 1 April 2023 give numbers too."""

import polars as pl

from throughline.returns.cin.data import Data
from throughline.returns.cin.rule import rule
from throughline.returns.cin.rules.y2022_23.upn import unknown_authority


@rule(
    "1530",
    {"ChildIdentifiers": ("UPN",)},
    "Characters 2 to 4 of the UPN {UPN} are not the code of a local authority.",
    "Check the number with the school; characters 2 to 4 say which authority first gave it.",
)
def authority(data: Data) -> pl.DataFrame:
    return unknown_authority(data, data.year)
