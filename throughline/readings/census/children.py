"""A return's tables as one tree for each child, and back: what is placed, what is exported, what is compared."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from throughline.readings.census.values import Raw
from throughline.returns.cin import layout
from throughline.returns.cin.model import CinReturn, Unplaced, empty_tables, schema_of

ROOTS = ("ChildIdentifiers", "ChildCharacteristics", "CINdetails")


@dataclass
class Module:
    """One element with fields: its values by element name, its lists by their table's name, what stands in it.

    ``row`` is its 1-based place among this child's modules of the same table.
    """

    table: str
    values: dict[str, Raw] = field(default_factory=dict)
    below: list["Module"] = field(default_factory=list)
    row: int = 1

    def plain(self) -> dict[str, Any]:
        """Return the module as JSON can hold it."""
        return {"table": self.table, "values": self.values, "below": [one.plain() for one in self.below]}

    def walk(self) -> Iterator["Module"]:
        """Yield this module and every one inside it."""
        yield self
        for one in self.below:
            yield from one.walk()


@dataclass
class Child:
    """One child of a return. ``number`` counts from 1 in the file; ``id`` is the local number, "" without one."""

    number: int
    id: str
    modules: list[Module] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)

    def of(self, table: str) -> list[Module]:
        """Return the child's own modules of ``table``: identifiers, characteristics or cases."""
        return [one for one in self.modules if one.table == table]

    def plain(self) -> dict[str, Any]:
        """Return the child as JSON can hold it, in full."""
        return {
            "LAchildID": self.id,
            "modules": [one.plain() for one in self.modules],
            "unplaced": [{"element": one.element, "text": one.text, "reason": one.reason} for one in self.unplaced],
        }

    def digest(self) -> str:
        """Return a digest of everything that the return says of the child."""
        return hashlib.sha256(json.dumps(self.plain(), sort_keys=True).encode()).hexdigest()


def children_of(returned: CinReturn) -> list[Child]:
    """Return every child of the return as a tree, in file order."""
    ids = {row["child_row"]: row["LAchildID"] for row in returned.tables["ChildIdentifiers"].iter_rows(named=True)}
    made = [Child(number, (ids.get(number) or "").strip()) for number in range(1, returned.children + 1)]
    placed: dict[tuple[object, ...], Module] = {}
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for name, table in layout.tables().items():
        keys = ["child_row", *table.key_columns]
        fields = [one for one in table.field_names if one != "LAchildID"]
        for row in returned.tables[name].iter_rows(named=True):
            path = tuple(row[key] for key in keys)
            if table.is_list:
                held = placed[(table.parent, *path[:-1])].values.setdefault(name, [])
                assert isinstance(held, list)
                held.append([row["block"], row[fields[0]]])
                continue
            counts[name, path[0]] += 1
            module = Module(name, {one: row[one] for one in fields if row[one] is not None}, row=counts[name, path[0]])
            placed[(name, *path)] = module
            if table.parent == "Child":
                made[path[0] - 1].modules.append(module)
            else:
                placed[(table.parent, *path[:-1])].below.append(module)
    for one in returned.unplaced:
        if one.child_row is not None:
            made[one.child_row - 1].unplaced.append(one)
    return made


def tables_of(children: Sequence[Child], header: dict[str, str], year: int) -> CinReturn:
    """Return the tables of these children, numbered anew from 1."""
    import polars as pl

    rows: dict[str, list[dict[str, object]]] = {name: [] for name in layout.tables()}
    for number, child in enumerate(children, start=1):
        base: dict[str, object] = {"LAchildID": child.id, "child_row": number}
        for place, module in _numbered(child.modules):
            _add(module, base, place, rows)
    frames = empty_tables()
    for name, found in rows.items():
        if found:
            frames[name] = pl.DataFrame(found, schema=schema_of(layout.tables()[name]))
    return CinReturn(header=header, tables=frames, children=len(children), layout_year=year)


def _add(module: Module, keys: dict[str, object], place: int, rows: dict[str, list[dict[str, object]]]) -> None:
    table = layout.tables()[module.table]
    below = {**keys, table.key: place} if table.key else keys
    row: dict[str, object] = dict(below)
    for name, value in module.values.items():
        if isinstance(value, str):
            row[name] = value
            continue
        only = layout.tables()[name].fields[0].name
        rows[name].extend({**below, "block": block, only: text} for block, text in value)
    rows[module.table].append(row)
    for inner_place, inner in _numbered(module.below):
        _add(inner, below, inner_place, rows)


def _numbered(modules: Sequence[Module]) -> Iterator[tuple[int, Module]]:
    """Yield modules with their place among those of their table."""
    counts: dict[str, int] = defaultdict(int)
    for module in modules:
        counts[module.table] += 1
        yield counts[module.table], module
