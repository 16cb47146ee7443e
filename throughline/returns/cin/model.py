"""A Children in Need return as tables."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from throughline.returns.cin import layout

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Unplaced:
    """Something in the file that no field holds, so that it can be shown and nothing is lost.

    ``row`` is 1-based in ``table``. ``reason`` is one of: "unknown element", "repeated element",
    "text between elements", "attribute", "element inside a value".
    """

    child_row: int | None
    child: str | None
    table: str | None
    row: int | None
    element: str
    text: str
    line: int | None
    reason: str


@dataclass(eq=False)
class CinReturn:
    """One return, every value as text exactly as in the file.

    ``tables`` has every table of ``layout.tables()``, each a frame of ``Table.columns``: the fields
    are text (null: the element is absent; "": it is there and empty), ``child_row`` and keys are
    integers. ``form`` is "xml", "csv" or "excel". ``child_row`` counts children from 1 in file order and is
    the identity to join by:
    ``LAchildID`` may be missing or repeated. A list row with a null value stands for a wrapping
    element that holds nothing. ``children`` counts every child, also one without any module.
    ``absent`` names tables, and columns of tables, that were not among the files of tables.
    """

    header: dict[str, str]
    tables: dict[str, "pl.DataFrame"]
    children: int
    layout_year: int
    unplaced: list[Unplaced] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    form: str = "xml"
    absent: list[tuple[str, str | None]] = field(default_factory=list)

    def __eq__(self, other: object) -> bool:
        """Equal content: header, children, tables and what had no place."""
        if not isinstance(other, CinReturn):
            return NotImplemented
        return (
            self.header == other.header
            and self.children == other.children
            and self.tables.keys() == other.tables.keys()
            and all(frame.equals(other.tables[name]) for name, frame in self.tables.items())
            and self.unplaced == other.unplaced
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def stated_year(self) -> int | None:
        """The collection year that the header states, by Year else by ReferenceDate; None if it has neither."""
        for text in (
            self.header.get("Year", ""),
            self.header.get("ReferenceDate", "")[:4],
        ):
            text = text.strip()
            if len(text) == 4 and text.isascii() and text.isdigit():
                return int(text)
        return None


def year_of(header: dict[str, str], used: dict[str, set[str]]) -> int:
    """The collection year whose layout a return follows.

    The year the header states, if that year's layout holds every field in use; else the nearest
    year whose layout does; else the stated year. ``used`` maps a table to its fields in use.
    """
    stated = CinReturn(header, {}, 0, 0).stated_year
    first, last = layout.first_year(), layout.last_year()
    start = min(max(stated if stated is not None else last, first), last)
    for year in sorted(range(first, last + 1), key=lambda one: (abs(one - start), -one)):
        if all(_holds(table, fields, year) for table, fields in used.items()):
            return year
    return start


def _holds(name: str, fields: set[str], year: int) -> bool:
    table = layout.tables()[name]
    return table.in_year(year) and all(table.field(field).in_year(year) for field in fields)


def schema_of(table: layout.Table) -> dict[str, "pl.DataType | type[pl.DataType]"]:
    """Column types of a table as read: keys are integers, everything else is text."""
    import polars as pl

    keys = {"child_row", *table.key_columns}
    return {column: pl.Int64 if column in keys else pl.String for column in table.columns}


def empty_tables() -> dict[str, "pl.DataFrame"]:
    """Every table without rows."""
    import polars as pl

    return {name: pl.DataFrame(schema=schema_of(table)) for name, table in layout.tables().items()}
