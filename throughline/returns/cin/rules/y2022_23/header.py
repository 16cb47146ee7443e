"""The header."""

import polars as pl

from throughline.returns.cin.data import Data
from throughline.returns.cin.rule import rule


@rule(
    "100",
    {"Header": ("ReferenceDate",)},
    "The reference date in the header is not 31 March of the collection year.",
    "Set ReferenceDate to 31 March of the year in the header’s Year, or export the return again for the right year.",
)
def reference_date(data: Data) -> pl.DataFrame:
    # A year that is no number leaves nothing to compare with, which is a fault as well.
    expected = pl.concat_str("Year", pl.lit("-03-31")).str.to_date("%Y-%m-%d", strict=False)
    return data["Header"].filter(pl.col("ReferenceDate").is_null() | pl.col("ReferenceDate").ne_missing(expected))
