"""An SSDA903 return as tables of text, as they stood in the files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from throughline.returns.ssda903 import layout


@dataclass(frozen=True)
class Note:
    """Something about the files that a person should know: ``message`` says what to do.

    ``row`` is 1-based in ``table``. ``rule`` is one of our own codes, which begin with ``TL``.
    """

    rule: str
    message: str
    table: str | None = None
    child: str | None = None
    row: int | None = None
    fields: tuple[str, ...] = ()


@dataclass(eq=False)
class Ssda903:
    """One return.

    ``tables`` holds the tables that were given (a table that is absent was not given, which is not
    the same as an empty one). Every column is text; null is blank. Rows are in file order.
    ``Header`` may have a column ``UASC`` beyond the layout: the XML form states it for each child.
    ``form`` is ``"csv"``, ``"xml"`` or ``"excel"``.
    """

    tables: dict[str, pl.DataFrame]
    form: str = "csv"
    notes: list[Note] = field(default_factory=list)

    def __eq__(self, other: object) -> bool:
        """Equal tables, whatever the form they came in."""
        if not isinstance(other, Ssda903):
            return NotImplemented
        return self.tables.keys() == other.tables.keys() and all(
            frame.equals(other.tables[name]) for name, frame in self.tables.items()
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def children(self) -> int:
        """How many different children the tables name."""
        names = [frame.get_column("CHILD") for frame in self.tables.values() if "CHILD" in frame.columns]
        if not names:
            return 0
        return pl.concat(names).drop_nulls().n_unique()


def from_columns(name: str, columns: Mapping[str, pl.Series | list[str | None]]) -> pl.DataFrame:
    """A table of text with the columns of the layout in order; those not given are blank."""
    table = layout.tables()[name]
    height = max((len(values) for values in columns.values()), default=0)
    series = []
    names = [*table.columns]
    if name == "Header" and "UASC" in columns:
        names.append("UASC")
    for column in names:
        values = columns.get(column)
        if values is None:
            series.append(pl.Series(column, [None] * height, dtype=pl.String))
        else:
            series.append(pl.Series(column, values, dtype=pl.String))
    return pl.DataFrame(series)


def empty(name: str) -> pl.DataFrame:
    """The table ``name`` without rows."""
    return from_columns(name, {})
