"""The XML form of the SSDA903, streamed one child at a time."""

import io
from collections.abc import Iterator

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


def read_xml(name: str, data: bytes) -> Ssda903:
    """Every table of the return.

    A group of elements that is not in the layout is read if it holds the fields of a table, so
    that social worker episodes and deprivation of liberty orders are never lost; what has no
    place is in ``notes``. Raises ``UnreadableReturn`` for XML that is broken, hostile or of
    another collection.
    """
    rows: dict[str, list[dict[str, str | None]]] = {table: [] for table in layout.tables()}
    notes: list[Note] = []
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
    if root is not None and children == 0:
        _refuse_another(name, root)
    tables = {}
    for table in layout.tables().values():
        found = rows[table.name]
        if not found and table.name in _AFTER_2021:
            continue
        columns = {column: [row.get(column) for row in found] for column in table.columns}
        if table.name == "Header":
            columns["UASC"] = [row.get("UASC") for row in found]
        tables[table.name] = from_columns(table.name, columns)
    if len(notes) > _MOST_NOTES:
        more = len(notes) - _MOST_NOTES
        notes = notes[:_MOST_NOTES]
        notes.append(Note("TL-ELEMENT", f"{more} more elements have no place in the return."))
    return Ssda903(tables, "xml", notes)


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


def _text(element: etree._Element) -> str | None:
    text = (element.text or "").strip()
    return text or None


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    for part in element:
        if isinstance(part.tag, str):
            yield part


def _child(
    element: etree._Element,
    rows: dict[str, list[dict[str, str | None]]],
    notes: list[Note],
    number: int,
) -> None:
    leaves: dict[str, str | None] = {}
    groups: list[etree._Element] = []
    for part in _parts(element):
        if local_name(part.tag) == "HEADER":
            for inner in _parts(part):
                if len(inner) or local_name(inner.tag) in layout.xml_groups():
                    groups.append(inner)
                else:
                    leaves[local_name(inner.tag)] = _text(inner)
        else:
            groups.append(part)
    header = layout.tables()["Header"]
    known = {field.tag: field.name for field in header.fields}
    facts = {column: leaves.get(tag) for tag, column in known.items()}
    child = facts["CHILD"]
    rows["Header"].append({**facts, "UASC": leaves.get("UASC")})
    taken = {*known, "UASC"}
    shared = {"CHILD": child, "DOB": facts["DOB"], "SEX": facts["SEX"]}
    for name in _LEAVES:
        fields = [field.name for field in layout.tables()[name].fields if field.name not in shared]
        taken.update(fields)
        if any(leaves.get(field) for field in fields) or (name == "UASC" and leaves.get("UASC") == "1"):
            rows[name].append({**shared, **{field: leaves.get(field) for field in fields}})
    notes.extend(_unplaced(child, number, tag) for tag in sorted(leaves.keys() - taken))
    for group in groups:
        _group(group, shared, rows, notes, number)


def _group(
    group: etree._Element,
    shared: dict[str, str | None],
    rows: dict[str, list[dict[str, str | None]]],
    notes: list[Note],
    number: int,
) -> None:
    inner = list(_parts(group))
    nested = [part for part in inner if len(part)]
    if nested:
        for part in nested:
            _group(part, shared, rows, notes, number)
        inner = [part for part in inner if not len(part)]
        if not inner:
            return
    found = {local_name(part.tag): _text(part) for part in inner}
    name = layout.xml_groups().get(local_name(group.tag)) or _table_of(found)
    if name is None:
        notes.append(_unplaced(shared["CHILD"], number, local_name(group.tag)))
        return
    fields = {field.tag: field.name for field in layout.tables()[name].fields}
    row = {column: value for column, value in shared.items() if column in fields.values()}
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
