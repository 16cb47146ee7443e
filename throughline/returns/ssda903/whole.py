"""What is wrong with a return as a whole, before any rule is asked about a row."""

import datetime
from typing import cast

import polars as pl

from throughline.returns import findings
from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.care import Care
from throughline.returns.ssda903.model import Note, Ssda903

ENOUGH = 20
"""Episodes from which it is certain that some would begin or cease in the year."""


def notes_on(this: Ssda903, care: Care) -> list[Note]:
    """An empty return, a return of another year, and tables that this year does not have."""
    name = findings.ruleset_name(care.year).replace("-", "/")
    if not any(frame.height for frame in this.tables.values()):
        empty = "The files have column names but no rows, so there is nothing to check. Export the return again."
        return [Note("TL-EMPTY", empty, table=next(iter(this.tables), "Header"))]
    notes = [
        Note(
            "TL-TABLE",
            f"The table {table} is not part of the return of {name}, so it was not checked. "
            "Leave it out, or choose the ruleset of the year that the return is for.",
        )
        for table in this.tables
        if not layout.tables()[table].in_year(care.year)
    ]
    if "Header" not in this.tables:
        notes.append(
            Note("TL-TABLE", "There is no table Header, so rules about who the children are were skipped. Add it.")
        )
    if another := _another_year(care, name):
        notes.append(another)
    if swapped := _later_year(care):
        notes.append(swapped)
    return notes


def _later_year(care: Care) -> Note | None:
    """Last year's return that is of a later year than this one."""
    if not care.has("Episodes_last"):
        return None
    latest = cast("datetime.date | None", care.table("Episodes_last").get_column("DECOM").max())
    if latest is None or latest <= care.end:
        return None
    return Note(
        "TL-PREVIOUS",
        f"The return given as the previous year’s has an episode that began on {latest:%d/%m/%Y}, after this year. "
        "Check that the two were not given the wrong way round.",
    )


def _another_year(care: Care, name: str) -> Note | None:
    if not care.has("Episodes"):
        return None
    episodes = care.table("Episodes").select("DECOM", "DEC").filter(pl.col("DECOM").is_not_null())
    if not episodes.height:
        return None
    begins, ends = pl.col("DECOM"), pl.col("DEC")
    touches = (begins <= care.end) & (ends.is_null() | (ends >= care.start))
    moves = begins.is_between(care.start, care.end) | ends.is_between(care.start, care.end).fill_null(value=False)
    latest = episodes.select(pl.max_horizontal(begins.max(), ends.max())).item()
    fits = latest.year + 1 if latest.month >= 4 else latest.year
    if episodes.filter(touches).height and (episodes.filter(moves).height or episodes.height < ENOUGH):
        return None
    return Note(
        "TL-YEAR",
        f"No episode begins or ceases in {name}: the last date is {latest:%d/%m/%Y}. "
        f"Choose the ruleset of that year, {findings.ruleset_name(fits)}, or the files of {name}.",
        table="Episodes",
        fields=("DECOM", "DEC"),
    )
