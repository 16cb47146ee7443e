"""Turning the elements of one return into rows, child by child."""

import polars as pl
from lxml import etree

from throughline.returns.cin import layout
from throughline.returns.cin.leftovers import Leftovers
from throughline.returns.cin.model import CinReturn, schema_of, year_of
from throughline.returns.common.xml import line_of, local_name


class _Columns:
    """A table being read: one list for each column."""

    def __init__(self, table: layout.Table) -> None:
        self.table = table
        self.rows = 0
        self.keys: list[tuple[object, ...]] = []
        self.values: list[tuple[str | None, ...]] = []
        self.fields = tuple(name for name in table.field_names if name != "LAchildID")
        self.places = {name: place for place, name in enumerate(self.fields)}
        self.blank: list[str | None] = [None] * len(self.fields)

    def frame(self) -> pl.DataFrame:
        schema = schema_of(self.table)
        if not self.keys:
            return pl.DataFrame(schema=schema)
        columns: list[tuple[object, ...]] = [
            *zip(*self.keys, strict=True),
            *zip(*self.values, strict=True),
        ]
        return pl.DataFrame(
            [pl.Series(name, values, dtype=kind) for (name, kind), values in zip(schema.items(), columns, strict=True)]
        )


class Reading:
    """What has been read so far."""

    def __init__(self) -> None:
        self.header: dict[str, str] = {}
        self.children = 0
        self.lost = Leftovers()
        self.columns = {name: _Columns(table) for name, table in layout.tables().items()}
        self.names: dict[str, str] = {}
        self.plans = {
            name: _Plan(name)
            for name in (
                "Child",
                *(t.name for t in layout.tables().values() if not t.is_list),
            )
        }

    # -- one child ---------------------------------------------------------------------------

    def child(self, element: etree._Element) -> None:
        self.children += 1
        child_id = _child_id(element)
        self.lost.begin(self.children, child_id)
        self.module(element, self.plans["Child"], (child_id, self.children))

    def module(self, element: etree._Element, plan: "_Plan", keys: tuple[object, ...]) -> None:
        """Read one module: its fields to a row, its lists to rows, its modules each in turn."""
        names = self.names
        columns = self.columns.get(plan.name)
        places = plan.places
        values: list[str | None] = []
        row = None
        if columns is not None:
            columns.rows += 1
            row = columns.rows
            values = columns.blank.copy()
        counts: dict[str, int] = {}
        if element.attrib:
            self.lost.attributes(element, plan.name, row)
        text = element.text
        if text is not None and not text.isspace():
            self.lost.stray(plan.name, row, plan.name, text, line_of(element))
        for node in element:
            tag = node.tag
            name = names.get(tag) if isinstance(tag, str) else ""
            if name is None:
                name = names[tag] = local_name(tag)
            tail = node.tail
            if tail is not None and not tail.isspace():
                self.lost.stray(plan.name, row, name, tail, line_of(node))
            place = places.get(name)
            if place is not None:
                if len(node) or node.attrib:
                    self.lost.inside(node, plan.name, row, name)
                if values[place] is None:
                    values[place] = node.text or ""
                else:
                    self.lost.note(
                        plan.name,
                        row,
                        name,
                        node.text or "",
                        line_of(node),
                        "repeated element",
                    )
                continue
            if name == "LAchildID" and plan.name == "ChildIdentifiers":
                if len(node) or node.attrib:
                    self.lost.inside(node, plan.name, row, name)
                counts[name] = counts.get(name, 0) + 1
                if counts[name] > 1:
                    self.lost.note(
                        plan.name,
                        row,
                        name,
                        node.text or "",
                        line_of(node),
                        "repeated element",
                    )
                continue
            self.nested(node, name, plan, keys, row, counts)
        if columns is not None:
            columns.keys.append(keys)
            columns.values.append(tuple(values))

    def nested(
        self,
        node: etree._Element,
        name: str,
        plan: "_Plan",
        keys: tuple[object, ...],
        row: int | None,
        counts: dict[str, int],
    ) -> None:
        """Read an element that is not a field: a module, a list, a value outside its list, or neither."""
        table = plan.modules.get(name)
        if table is not None:
            counts[name] = count = counts.get(name, 0) + 1
            if not table.repeats and count > 1:
                self.lost.whole(node, plan.name, row, "repeated element")
                return
            below = (*keys, count) if table.key else keys
            self.module(node, self.plans[name], below)
            return
        # A list's wrapper first: the wrapping element may share its name with nothing else.
        listed = plan.wrappers.get(name)
        if listed is not None:
            counts[name] = count = counts.get(name, 0) + 1
            self.listed(node, listed, (*keys, count))
            return
        listed = plan.bare.get(name)
        if listed is not None and not len(node):
            if node.attrib:
                self.lost.attributes(node, plan.name, row)
            self.value(listed, (*keys, None), node.text or "")
            return
        self.lost.whole(node, plan.name, row, "unknown element")

    def listed(self, wrapper: etree._Element, table: layout.Table, keys: tuple[object, ...]) -> None:
        """Read a list: one row a value; a wrapping element without any is one row without a value."""
        field = table.fields[0].name
        found = False
        columns = self.columns[table.name]
        if wrapper.attrib:
            self.lost.attributes(wrapper, table.name, columns.rows + 1)
        text = wrapper.text
        if text is not None and not text.isspace():
            self.lost.stray(
                table.name,
                columns.rows + 1,
                table.wrapper or "",
                text,
                line_of(wrapper),
            )
        for node in wrapper:
            name = local_name(node.tag)
            if node.tail is not None and not node.tail.isspace():
                self.lost.stray(table.name, columns.rows + 1, name, node.tail, line_of(node))
            if name != field:
                self.lost.whole(node, table.name, columns.rows + 1, "unknown element")
                continue
            if len(node) or node.attrib:
                self.lost.inside(node, table.name, columns.rows + 1, name)
            self.value(table, keys, node.text or "")
            found = True
        if not found:
            self.value(table, keys, None)

    def value(self, table: layout.Table, keys: tuple[object, ...], value: str | None) -> None:
        columns = self.columns[table.name]
        columns.rows += 1
        columns.keys.append(keys)
        columns.values.append((value,))

    # -- outside the children ----------------------------------------------------------------

    def between(self, before: etree._Element) -> None:
        """Something in Children before the child that was just read."""
        if local_name(before.tag) != "Child":
            self.lost.whole(before, None, None, "unknown element")
        self.lost.stray(None, None, "Children", before.tail or "", line_of(before))

    def outside(self, root: etree._Element) -> None:
        """The header, and whatever else stands outside the children."""
        self.lost.attributes(root, None, None)
        self.lost.stray(None, None, "Message", root.text or "", line_of(root))
        seen: set[str] = set()
        for node in root:
            name = local_name(node.tag)
            self.lost.stray(None, None, name, node.tail or "", line_of(node))
            if name == "Header" and name not in seen:
                self._header(node)
            elif name == "Children" and name not in seen:
                self.lost.attributes(node, None, None)
                self.lost.stray(None, None, name, node.text or "", line_of(node))
                for inner in node:
                    self.between(inner)
            else:
                self.lost.whole(
                    node,
                    None,
                    None,
                    "repeated element" if name in seen else "unknown element",
                )
            seen.add(name)

    def _header(self, header: etree._Element) -> None:
        parts = {part.name: part for part in layout.header()}
        seen: set[str] = set()
        self.lost.attributes(header, None, None)
        self.lost.stray(None, None, "Header", header.text or "", line_of(header))
        for node in header:
            name = local_name(node.tag)
            self.lost.stray(None, None, name, node.tail or "", line_of(node))
            part = parts.get(name)
            if part is None or name in seen:
                self.lost.whole(node, None, None, "repeated element" if part else "unknown element")
                continue
            seen.add(name)
            self._part(node, {field.name for field in part.fields}, part.wrapper)

    def _part(self, node: etree._Element, fields: set[str], wrapper: str | None) -> None:
        """The fields in one element of the header, or in the wrapping element inside it."""
        name = local_name(node.tag)
        self.lost.attributes(node, None, None)
        self.lost.stray(None, None, name, node.text or "", line_of(node))
        for leaf in node:
            inner = local_name(leaf.tag)
            self.lost.stray(None, None, inner, leaf.tail or "", line_of(leaf))
            if inner == wrapper:
                self._part(leaf, fields, None)
            elif wrapper or inner not in fields:
                self.lost.whole(leaf, None, None, "unknown element")
            elif inner in self.header:
                self.lost.whole(leaf, None, None, "repeated element")
            else:
                self.header[inner] = leaf.text or ""
                self.lost.attributes(leaf, None, None)
                for deep in leaf:
                    self.lost.whole(deep, None, None, "element inside a value")
                    self.lost.stray(None, None, inner, deep.tail or "", line_of(deep))

    def result(self) -> CinReturn:
        tables = {name: columns.frame() for name, columns in self.columns.items()}
        used = {
            name: {field for field in columns.fields if tables[name][field].null_count() < tables[name].height}
            for name, columns in self.columns.items()
            if tables[name].height
        }
        return CinReturn(
            header={name: self.header[name] for name in layout.header_fields() if name in self.header},
            tables=tables,
            children=self.children,
            layout_year=year_of(self.header, used),
            unplaced=self.lost.found,
        )


class _Plan:
    """What may stand inside one element, worked out once."""

    def __init__(self, name: str) -> None:
        self.name = name
        table = layout.tables().get(name)
        fields = [field for field in (table.field_names if table else ()) if field != "LAchildID"]
        self.places: dict[str, int] = {field: place for place, field in enumerate(fields)}
        self.modules = {below.element: below for below in layout.modules_of(name)}
        self.wrappers = {below.wrapper: below for below in layout.lists_of(name)}
        self.bare = {below.fields[0].name: below for below in layout.lists_of(name)}


def _child_id(child: etree._Element) -> str | None:
    for module in child:
        if local_name(module.tag) == "ChildIdentifiers":
            for node in module:
                if local_name(node.tag) == "LAchildID":
                    return node.text or ""
            return None
    return None
