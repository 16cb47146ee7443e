"""Writing a Children in Need return as XML, in the order of elements of a collection year.

Nothing in the tables is left out: a field that the year's layout does not have is written in its
usual place, and ``outside_layout`` names it, so that nobody loses a value by choosing a year.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from throughline.returns.cin import layout
from throughline.returns.cin.model import CinReturn
from throughline.returns.common.errors import UnwritableReturn

_NEEDS_ESCAPE = re.compile(r"[&<>\r]")
# What XML 1.0 cannot hold at all, even escaped.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_Row = dict[str, object]
_Key = tuple[object, ...]


def write_cin(cin_return: CinReturn, year: int) -> bytes:
    """The return as UTF-8 XML in the layout of the collection ``year`` (2026 is 2025/26).

    The header is written as it stands; ``read_cin`` of the result equals ``cin_return`` apart from
    what its ``unplaced`` lists. Raises ``UnwritableReturn`` for a year whose layout is not known, for
    a character that XML cannot hold, and for a row whose parent row does not exist.
    """
    if not layout.first_year() <= year <= layout.last_year():
        raise UnwritableReturn(
            f"There is no layout for the collection year {year}. "
            f"Choose a year from {layout.first_year()} to {layout.last_year()}."
        )
    unknown = sorted(set(cin_return.header) - set(layout.header_fields()))
    if unknown:
        raise UnwritableReturn(f"The header has no field {unknown[0]}. Remove it or correct its name.")
    rows = _Rows(cin_return)
    out: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n']
    _header(cin_return.header, out)
    out.append("  <Children>\n")
    for child in range(1, cin_return.children + 1):
        out.append("    <Child>\n")
        for table in layout.modules_of("Child"):
            _modules(table, (child,), rows, out, 3)
        out.append("    </Child>\n")
    out.append("  </Children>\n</Message>\n")
    rows.refuse_orphans()
    return "".join(out).encode("utf-8")


def outside_layout(cin_return: CinReturn, year: int) -> list[tuple[str, str, int]]:
    """Fields in use that the layout of ``year`` does not have: table, field, how many values."""
    found = []
    for name, table in layout.tables().items():
        frame = cin_return.tables[name]
        for field in table.fields:
            if not (table.in_year(year) and field.in_year(year)) and field.name in frame.columns:
                count = frame.height - frame[field.name].null_count()
                if count:
                    found.append((name, field.name, count))
    return found


class _Rows:
    """Rows of every table by the key of their parent row, in table order."""

    def __init__(self, cin_return: CinReturn) -> None:
        self.by_parent: dict[str, dict[_Key, list[_Row]]] = {}
        for name, table in layout.tables().items():
            frame: pl.DataFrame = cin_return.tables[name]
            keys = ["child_row", *table.key_columns]
            parents = keys[:-1] if table.key or table.is_list else keys
            grouped: dict[_Key, list[_Row]] = defaultdict(list)
            for row in frame.iter_rows(named=True):
                grouped[tuple(row[key] for key in parents)].append(row)
            self.by_parent[name] = grouped

    def take(self, table: layout.Table, parent: _Key) -> list[_Row]:
        return self.by_parent[table.name].pop(parent, [])

    def refuse_orphans(self) -> None:
        for name, left in self.by_parent.items():
            for key in left:
                raise UnwritableReturn(
                    f"The table {name} has a row for child {key[0]} whose {layout.tables()[name].parent} does not "
                    "exist. Add that row, or take this one out."
                )


def _header(header: dict[str, str], out: list[str]) -> None:
    if not header:
        return
    out.append("  <Header>\n")
    for part in layout.header():
        fields = [field.name for field in part.fields if field.name in header]
        if fields:
            inside = [part.name, *([part.wrapper] if part.wrapper else [])]
            out.append(f"    {''.join(f'<{name}>' for name in inside)}\n")
            out.extend(f"      {_leaf(name, header[name], 'Header', None)}\n" for name in fields)
            out.append(f"    {''.join(f'</{name}>' for name in reversed(inside))}\n")
    out.append("  </Header>\n")


def _modules(table: layout.Table, parent: _Key, rows: _Rows, out: list[str], depth: int) -> None:
    found = rows.take(table, parent)
    if table.key:
        found = sorted(found, key=lambda row: _number(row, table.key or ""))
        _refuse_repeated(found, table)
    elif len(found) > 1:
        raise UnwritableReturn(
            f"Child {parent[0]} has {len(found)} rows in {table.name} and can have only one. Keep the right one."
        )
    for row in found:
        _module(
            table,
            row,
            (*parent, row[table.key]) if table.key else parent,
            rows,
            out,
            depth,
        )


def _refuse_repeated(found: list[_Row], table: layout.Table) -> None:
    for before, after in pairwise(found):
        if before[table.key or ""] == after[table.key or ""]:
            raise UnwritableReturn(
                f"The table {table.name} has two rows with {table.key} {after[table.key or '']} for child "
                f"{after['child_row']}. Number the rows of each child from 1."
            )


def _module(table: layout.Table, row: _Row, key: _Key, rows: _Rows, out: list[str], depth: int) -> None:
    pad = "  " * depth
    inner = pad + "  "
    start = len(out)
    out.append(f"{pad}<{table.element}>\n")
    for field in table.fields:
        if field.after is None:
            _field(field, row, table, out, inner)
    for listed in layout.lists_of(table.name):
        _list(listed, key, rows, out, depth + 1)
    for below in layout.modules_of(table.name):
        _modules(below, key, rows, out, depth + 1)
        for field in table.fields:
            if field.after == below.name:
                _field(field, row, table, out, inner)
    if len(out) == start + 1:
        out[start] = f"{pad}<{table.element}/>\n"
    else:
        out.append(f"{pad}</{table.element}>\n")


def _field(field: layout.Field, row: _Row, table: layout.Table, out: list[str], pad: str) -> None:
    value = row.get(field.name)
    if value is not None:
        out.append(f"{pad}{_leaf(field.name, str(value), table.name, row)}\n")


def _list(table: layout.Table, parent: _Key, rows: _Rows, out: list[str], depth: int) -> None:
    found = rows.take(table, parent)
    field = table.fields[0].name
    pad = "  " * depth
    for block, group in _blocks(found):
        values = [(row, row[field]) for row in group if row[field] is not None]
        if block is None:
            out.extend(f"{pad}{_leaf(field, str(value), table.name, row)}\n" for row, value in values)
        elif not values:
            out.append(f"{pad}<{table.wrapper}/>\n")
        else:
            out.append(f"{pad}<{table.wrapper}>\n")
            out.extend(f"{pad}  {_leaf(field, str(value), table.name, row)}\n" for row, value in values)
            out.append(f"{pad}</{table.wrapper}>\n")


def _blocks(found: list[_Row]) -> Iterator[tuple[object, list[_Row]]]:
    """Rows by their wrapping element, in the order in which the elements first appear."""
    groups: dict[object, list[_Row]] = {}
    for row in found:
        groups.setdefault(row["block"], []).append(row)
    yield from groups.items()


def _number(row: _Row, key: str) -> int:
    value = row[key]
    if not isinstance(value, int):
        raise UnwritableReturn(f"A row of child {row['child_row']} has no {key}. Number the rows of each child from 1.")
    return value


def _leaf(name: str, value: str, table: str, row: _Row | None) -> str:
    if _IMPOSSIBLE.search(value):
        child = f" of child {row['child_row']}" if row else ""
        raise UnwritableReturn(
            f"{name} in {table}{child} holds a control character that XML cannot hold. Remove it from the value."
        )
    if _NEEDS_ESCAPE.search(value):
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return f"<{name}>{value}</{name}>" if value else f"<{name}/>"


def write_cin_csv(cin_return: CinReturn) -> dict[str, bytes]:
    """The return as CSV files by name, with the keys that join them; ``read_cin_tables`` gives the same return back.

    CSV cannot tell an empty element from a missing one: both are blank.
    """
    files = {"Header.csv": _header_frame(cin_return)}
    files |= {f"{name}.csv": frame for name, frame in cin_return.tables.items() if frame.height}
    return {name: frame.write_csv().encode("utf-8") for name, frame in files.items()}


def _header_frame(cin_return: CinReturn) -> pl.DataFrame:
    fields = {name: [cin_return.header.get(name)] for name in layout.header_fields()}
    return pl.DataFrame(
        {**fields, "children": [str(cin_return.children)]}, schema_overrides=dict.fromkeys(fields, pl.String)
    )
