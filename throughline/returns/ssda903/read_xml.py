"""The XML form of the SSDA903, streamed one child at a time."""

import io
from dataclasses import dataclass
from functools import cache

import polars as pl
from lxml import etree

from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.common.xml import local_name, stream
from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.model import Note, Ssda903, from_columns

ROOT = "EXPSSDA903"

_LEAVES = ("UASC", "AD1", "OC3")
"""Tables whose fields stand directly in HEADER: any of them makes a row."""

_AFTER_2021 = ("SWEpisodes", "DoLo")
"""Tables that a file may lack altogether, which is then not the same as having no rows."""

_MOST_NOTES = 50

_AT_A_TIME = 2000
"""Children whose rows are held as Python objects."""

_SHARED = ("CHILD", "DOB", "SEX")
"""Fields that the header states for every table of the child."""

Row = dict[str, str | None]


def read_xml(name: str, data: bytes) -> Ssda903:
    """Every table of the return.

    A group of elements that is not in the layout is read if it holds the fields of a table, so
    that social worker episodes and deprivation of liberty orders are never lost; what has no
    place is in ``notes``. Raises ``UnreadableReturn`` for XML that is broken, hostile or of
    another collection.
    """
    rows: dict[str, list[Row]] = {table: [] for table in layout.tables()}
    notes: list[Note] = []
    done: dict[str, list[pl.DataFrame]] = {table: [] for table in layout.tables()}
    children = 0
    root: etree._Element | None = None
    for element in stream(io.BytesIO(data), "CHILD"):
        if local_name(element.tag) != "CHILD":
            root = element
            break
        if element.getparent() is None:
            root = element
            break
        if children == 0:
            _refuse_another(name, element.getroottree().getroot())
        children += 1
        _child(element, rows, notes, children)
        _let_go(element)
        if children % _AT_A_TIME == 0:
            _put_by(rows, done)
    if root is not None and children == 0:
        _refuse_another(name, root)
    _put_by(rows, done)
    tables = {name: pl.concat(parts) for name, parts in done.items()}
    tables = {name: table for name, table in tables.items() if table.height or name not in _AFTER_2021}
    if len(notes) > _MOST_NOTES:
        more = len(notes) - _MOST_NOTES
        notes = notes[:_MOST_NOTES]
        notes.append(Note("TL-ELEMENT", f"{more} more elements have no place in the return."))
    return Ssda903(tables, "xml", notes)


def _put_by(rows: dict[str, list[Row]], done: dict[str, list[pl.DataFrame]]) -> None:
    """Turn the rows read so far into tables, which take a tenth of the memory."""
    for table in layout.tables().values():
        found = rows[table.name]
        names = [*table.columns, "UASC"] if table.name == "Header" else table.columns
        columns: dict[str, list[str | None]] = {name: [row.get(name) for row in found] for name in names}
        done[table.name].append(from_columns(table.name, columns))
        found.clear()


def _refuse_another(name: str, root: etree._Element) -> None:
    tag = local_name(root.tag)
    if tag == ROOT:
        return
    if tag == "Message":
        raise UnreadableReturn(
            f"{name} is a Children in Need census, not an SSDA903. Check it with “throughline validate cin”."
        )
    raise UnreadableReturn(
        f"{name} begins with <{tag}>, not <{ROOT}>, so it is not an SSDA903 return. Choose the file that your system "
        "exported for children looked after."
    )


def _let_go(element: etree._Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        parent = element.getparent()
        assert parent is not None
        del parent[0]


@dataclass(frozen=True)
class _Names:
    """The layout by element name, worked out once."""

    groups: dict[str, str]
    fields: dict[str, dict[str, str]]
    shared: dict[str, tuple[str, ...]]
    leaves: dict[str, tuple[str, ...]]


@cache
def _names() -> _Names:
    tables = layout.tables()
    shared = {name: tuple(one for one in _SHARED if one in table.columns) for name, table in tables.items()}
    return _Names(
        groups=layout.xml_groups(),
        fields={name: {field.tag: field.name for field in table.fields} for name, table in tables.items()},
        shared=shared,
        leaves={name: tuple(one for one in tables[name].columns if one not in _SHARED) for name in _LEAVES},
    )


class _Local(dict[str, str]):
    """Names without their namespace, remembered: a return has thirty, two million times."""

    def __missing__(self, tag: str) -> str:
        name = local_name(tag)
        if len(self) < 1000:
            self[tag] = name
        return name


_LOCAL = _Local()


def _text(element: etree._Element) -> str | None:
    text = element.text
    return text.strip() or None if text else None


def _child(element: etree._Element, rows: dict[str, list[Row]], notes: list[Note], number: int) -> None:
    names = _names()
    leaves: dict[str, str | None] = {}
    groups: list[etree._Element] = []
    twice: list[str] = []
    for part in element:
        if _LOCAL[part.tag] != "HEADER":
            groups.append(part)
            continue
        for inner in part:
            tag = _LOCAL[inner.tag]
            if len(inner) or tag in names.groups:
                groups.append(inner)
            elif leaves.get(tag) is None:
                leaves[tag] = _text(inner)
            elif _text(inner) not in (None, leaves[tag]):
                twice.append(tag)
    header = names.fields["Header"]
    facts: Row = {column: leaves.get(tag) for tag, column in header.items()}
    child = facts["CHILD"]
    rows["Header"].append({**facts, "UASC": leaves.get("UASC")})
    taken = {*header, "UASC"}
    shared = {column: facts[column] for column in _SHARED}
    for name, fields in names.leaves.items():
        taken.update(fields)
        if any(leaves.get(field) for field in fields) or (name == "UASC" and leaves.get("UASC") == "1"):
            rows[name].append({**shared, **{field: leaves.get(field) for field in fields}})
    notes.extend(_unplaced(child, number, tag) for tag in sorted(leaves.keys() - taken))
    notes.extend(_repeated(child, number, tag) for tag in twice)
    for group in groups:
        _group(group, shared, rows, notes, number)


def _group(
    group: etree._Element,
    shared: Row,
    rows: dict[str, list[Row]],
    notes: list[Note],
    number: int,
) -> None:
    found: Row = {}
    nested = False
    for part in group:
        if len(part):
            nested = True
            _group(part, shared, rows, notes, number)
        else:
            found[_LOCAL[part.tag]] = _text(part)
    if nested and not found:
        return
    names = _names()
    tag = _LOCAL[group.tag]
    name = names.groups.get(tag) or _table_of(found)
    if name is None:
        notes.append(_unplaced(shared["CHILD"], number, tag))
        return
    fields = names.fields[name]
    row = {column: shared[column] for column in names.shared[name]}
    for tag, value in found.items():
        if tag in fields:
            row[fields[tag]] = value
        else:
            notes.append(_unplaced(shared["CHILD"], number, tag))
    rows[name].append(row)


def _table_of(found: dict[str, str | None]) -> str | None:
    """The table whose own fields a group holds."""
    for table in layout.tables().values():
        own = {field.tag for field in table.fields} - {"CHILD", "CHILDID", "DOB", "SEX"}
        if own & found.keys():
            return table.name
    return None


def _unplaced(child: str | None, number: int, tag: str) -> Note:
    return Note(
        "TL-ELEMENT",
        f"The element <{tag}> has no place in the return and was not checked. Take it out, or correct its name.",
        table="Header",
        child=child,
        row=number,
    )


def _repeated(child: str | None, number: int, tag: str) -> Note:
    return Note(
        "TL-ELEMENT",
        f"The element <{tag}> stands twice for one child with different values, and the first was used. "
        "Take out the one that is wrong.",
        table="Header",
        child=child,
        row=number,
    )
