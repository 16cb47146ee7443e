"""Which table a set of column names belongs to, and the table made of the columns."""

from collections.abc import Sequence

import polars as pl

from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.model import Note, from_columns

_ALIASES = {"CHILDID": "CHILD", "CHILD_ID": "CHILD", "PL": "PLACE"}
"""Names that the XML form and some systems use for a column."""


def tidy_name(name: str) -> str:
    """A column name as the layout spells it: no spaces around it, capitals."""
    name = name.strip().strip('"').lstrip("\ufeff").strip().upper()
    return _ALIASES.get(name, name)


def table_for(names: Sequence[str]) -> str | None:
    """The table whose columns these are; None where no table fits.

    All columns of a table fit it. Failing that, the table with the largest share of its own
    columns, if that is at least half of those that not every table has.
    """
    have = {tidy_name(name) for name in names}
    for table in layout.tables().values():
        if have == set(table.columns):
            return table.name
    best, best_share = None, 0.49
    for table in layout.tables().values():
        own = set(table.columns) - {"CHILD", "DOB", "SEX"}
        share = len(own & have) / len(own)
        if share > best_share:
            best, best_share = table.name, share
    return best


def made(name: str, source: str, columns: dict[str, pl.Series]) -> tuple[pl.DataFrame, list[Note]]:
    """The table ``name`` of columns as read, tidied, with notes on what is missing or extra.

    ``columns`` is by name as in the file. Values lose the spaces around them; "" is null; rows
    at the end that hold nothing are dropped.
    """
    table = layout.tables()[name]
    notes: list[Note] = []
    tidied: dict[str, pl.Series] = {}
    extra: list[str] = []
    for spelt, series in columns.items():
        tidy = tidy_name(spelt)
        if tidy in tidied:
            notes.append(
                Note(
                    "TL-COLUMN",
                    f"{source} has the column {tidy} twice. The first one was used; remove the other.",
                    table=name,
                    fields=(tidy,),
                )
            )
        elif tidy in table.columns or (name == "Header" and tidy == "UASC"):
            tidied[tidy] = series
        elif spelt.strip() or series.null_count() < len(series):
            extra.append(spelt.strip() or "(no name)")
    missing = [column for column in table.columns if column not in tidied]
    if missing:
        if "CHILD" in missing:
            raise UnreadableReturn(
                f"{source} looks like the table {name} but has no column CHILD, so no row can be placed. "
                "Add the child's identifier and give the file again."
            )
        notes.append(
            Note(
                "TL-COLUMN",
                f"{source} has no column {', '.join(missing)}. It was read as blank: export the table {name} "
                "with every column, even those that are empty.",
                table=name,
                fields=tuple(missing),
            )
        )
    if extra:
        notes.append(
            Note(
                "TL-COLUMN",
                f"{source} has columns that the table {name} does not: {', '.join(extra)}. They were not checked; "
                "remove them before you send the return.",
                table=name,
            )
        )
    frame = _trimmed(from_columns(name, tidied))
    return frame, notes


def _trimmed(frame: pl.DataFrame) -> pl.DataFrame:
    text = pl.all().str.strip_chars()
    frame = frame.select(pl.when(text.str.len_bytes() > 0).then(text))
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    last = filled.arg_true()
    return frame.head(int(last[-1]) + 1) if len(last) else frame.head(0)
