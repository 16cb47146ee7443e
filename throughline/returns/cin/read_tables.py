"""A Children in Need return from its tables, as CSV files or a workbook, one table each.

A table is recognised by its name, or by its columns if the name says nothing. ``LAchildID`` joins
children, ``CINdetailsID``, ``AssessmentID`` and ``CPPID`` join what is inside an episode; any values will
do as long as they are the same in both tables. ``child_row`` and ``block``, which our own export has,
are used where they are given.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from throughline.returns.cin import layout
from throughline.returns.cin.model import CinReturn, schema_of, year_of
from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.common.tables import RawTable, raw_tables

_ALIASES = {
    "assessmentfactorslist": "AssessmentFactors",
    "cinplandates": "CINPlanDates",
    "cin_plan_dates": "CINPlanDates",
}
_COLUMN_ALIASES = {"assessmentfactor": "AssessmentFactors"}

Columns = dict[str, list[str | None]]


def read_cin_tables(paths: Iterable[Path]) -> CinReturn:
    """Read a return from files of tables.

    Raises ``UnreadableReturn`` if no file is a table of the census, if two are the same table, or if a
    column that joins the tables is missing.
    """
    found: dict[str, Columns] = {}
    notes: list[str] = []
    excel = False
    for path in paths:
        for raw in raw_tables(path):
            excel = excel or ", sheet " in raw.source
            name = _table_for(raw)
            if name is None:
                notes.append(f"{raw.source} was left out: no table of the census has its columns.")
                continue
            if name in found:
                raise UnreadableReturn(f"{raw.source} is a second {name} table. Give each table once.")
            found[name] = _columns(raw, name, notes)
    if not found.keys() - {"Header"} and "children" not in found.get("Header", {}):
        raise UnreadableReturn(
            "None of the files is a table of the Children in Need census. The first line of each names its fields, "
            "as in ChildIdentifiers: LAchildID, UPN, PersonBirthDate …"
        )
    return _joined(found, notes, "excel" if excel else "csv")


def _key(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _table_for(raw: RawTable) -> str | None:
    names = {_key(name): name for name in (*layout.tables(), "Header")} | {_key(a): b for a, b in _ALIASES.items()}
    columns = {_field_key(column) for column in raw.columns}
    stem = _key(raw.name)
    if stem in names and columns & _own(names[stem]):
        return names[stem]
    shares = {name: len(columns & _own(name)) / len(_own(name)) for name in names.values()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= 0.5 else None


def _field_key(column: str) -> str:
    key = _key(column)
    return _key(_COLUMN_ALIASES.get(key, key))


def _own(name: str) -> set[str]:
    if name == "Header":
        return {_key(field) for field in layout.header_fields()}
    return {_key(field) for field in layout.tables()[name].field_names}


def _columns(raw: RawTable, name: str, notes: list[str]) -> Columns:
    wanted = layout.header_fields() if name == "Header" else layout.tables()[name].columns
    known = {_key(column): column for column in (*wanted, *(("children",) if name == "Header" else ()))}
    columns: Columns = {}
    for place, column in enumerate(raw.columns):
        field = known.get(_field_key(column))
        if field is not None and field not in columns:
            columns[field] = [row[place] for row in raw.rows]
        elif column:
            notes.append(f"The column {column} of {raw.source} was left out: {name} has no such field.")
    if name != "Header" and "LAchildID" not in columns and "child_row" not in columns:
        raise UnreadableReturn(
            f"{raw.source} has no column LAchildID, which says whose row each is. Export the table with it."
        )
    return columns


class _Keys:
    """Numbers for keys, in order of appearance within their parent."""

    def __init__(self) -> None:
        self.children: dict[str, int] = {}
        self.count = 0
        self.known: dict[tuple[object, ...], dict[str | None, int]] = {}

    def child(self, child_id: str | None, row: str | None, *, new: bool) -> int:
        """The number of a child; every row of ChildIdentifiers is a child of its own."""
        if row is not None and row.isdigit():
            number = int(row)
            self.count = max(self.count, number)
        elif not new and child_id is not None and child_id in self.children:
            number = self.children[child_id]
        else:
            self.count += 1
            number = self.count
        if child_id is not None:
            self.children.setdefault(child_id, number)
        return number

    def number(self, parent: tuple[object, ...], value: str | None, *, new: bool) -> int:
        """The number of a row of a module within its parent."""
        seen = self.known.setdefault(parent, {})
        if value is None and not new:
            # A row that does not say which parent row it is of belongs to the first.
            return next(iter(seen.values()), 1)
        if value is None:
            value = f"#{len(seen) + 1}"
        return seen.setdefault(value, len(seen) + 1)


def _joined(found: Mapping[str, Columns], notes: list[str], form: str) -> CinReturn:
    keys = _Keys()
    tables = {}
    for name, table in layout.tables().items():
        columns = found.get(name, {})
        height = max((len(values) for values in columns.values()), default=0)
        made = {column: list(values) for column, values in columns.items()}
        made.setdefault("LAchildID", [None] * height)
        rows = columns.get("child_row", [None] * height)
        numbers = [
            keys.child(child_id, row, new=name == "ChildIdentifiers")
            for child_id, row in zip(made["LAchildID"], rows, strict=True)
        ]
        parents: list[tuple[object, ...]] = [(number,) for number in numbers]
        out: dict[str, list[object]] = {"LAchildID": list(made["LAchildID"]), "child_row": list(numbers)}
        for key in table.key_columns:
            given = columns.get(key)
            if key == "block":
                # Without a word about grouping, the rows of one parent are one list.
                out[key] = [1] * height if given is None else [int(one) if one else None for one in given]
                continue
            _refuse_unjoined(name, key, table, given, keys, parents)
            own = key == table.key
            values = given or [None] * height
            out[key] = [
                keys.number((key, *parent), value, new=own) for parent, value in zip(parents, values, strict=True)
            ]
            parents = [(*parent, one) for parent, one in zip(parents, out[key], strict=True)]
        for field in table.field_names:
            if field != "LAchildID":
                out[field] = list(made.get(field, [None] * height))
        tables[name] = pl.DataFrame(out, schema=schema_of(table))
    head = found.get("Header", {})
    header = {name: values[0] for name, values in head.items() if values and values[0] is not None}
    stated = header.pop("children", None)
    children = max(keys.count, int(stated) if stated and stated.isdigit() else 0)
    if children == 0:
        raise UnreadableReturn("The tables have no rows. Check that the export ran for the right period.")
    used = {
        name: {field for field in layout.tables()[name].field_names if frame[field].null_count() < frame.height}
        for name, frame in tables.items()
        if frame.height
    }
    header = {name: header[name] for name in layout.header_fields() if name in header}
    year = year_of(header, used)
    return CinReturn(header, tables, children, year, notes=notes, form=form, absent=_absent(found, year))


def _absent(found: Mapping[str, Columns], year: int) -> list[tuple[str, str | None]]:
    """Tables and columns of the year's layout that no file has."""
    missing: list[tuple[str, str | None]] = [("Header", None)] if "Header" not in found else []
    for name, table in layout.tables().items():
        if not table.in_year(year):
            continue
        if name not in found:
            missing.append((name, None))
            continue
        missing.extend((name, one.name) for one in table.fields if one.in_year(year) and one.name not in found[name])
    return missing


def _refuse_unjoined(
    name: str,
    key: str,
    table: layout.Table,
    given: list[str | None] | None,
    keys: _Keys,
    parents: list[tuple[object, ...]],
) -> None:
    """Refuse a table that does not say which of several parent rows its rows are of."""
    if given is not None or key == table.key:
        return
    if any(len(keys.known.get((key, *parent), ())) > 1 for parent in parents):
        raise UnreadableReturn(
            f"The table {name} has no column {key}, and a child has more than one, so its rows cannot be joined. "
            f"Export {name} with {key}."
        )
