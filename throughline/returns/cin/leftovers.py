"""What a file holds that no field does: noted one by one, so that it can be shown and nothing is lost."""

from lxml import etree

from throughline.returns.cin import layout
from throughline.returns.cin.model import Unplaced
from throughline.returns.common.xml import line_of, local_name

_IGNORED_ATTRIBUTES = "{http://www.w3.org/2001/XMLSchema-instance}"


class Leftovers:
    """The list of what had no place, with the child that is being read."""

    def __init__(self) -> None:
        self.found: list[Unplaced] = []
        self.child_row: int | None = None
        self.child_id: str | None = None

    def begin(self, child_row: int, child_id: str | None) -> None:
        """From here on, what is noted inside a table belongs to this child."""
        self.child_row, self.child_id = child_row, child_id

    def note(
        self,
        table: str | None,
        row: int | None,
        element: str,
        text: str,
        line: int | None,
        reason: str,
    ) -> None:
        inside = table is not None and table != "Message"
        self.found.append(
            Unplaced(
                child_row=self.child_row if inside else None,
                child=self.child_id if inside else None,
                table=table if table in layout.tables() else None,
                row=row,
                element=element,
                text=text.strip(),
                line=line,
                reason=reason,
            )
        )

    def stray(
        self,
        table: str | None,
        row: int | None,
        element: str,
        text: str,
        line: int | None,
    ) -> None:
        if text.strip():
            self.note(table, row, element, text, line, "text between elements")

    def attributes(self, element: etree._Element, table: str | None, row: int | None) -> None:
        for key, value in element.attrib.items():
            if not str(key).startswith(_IGNORED_ATTRIBUTES):
                name = f"{local_name(element.tag)}/@{local_name(str(key))}"
                self.note(table, row, name, str(value), line_of(element), "attribute")

    def inside(self, node: etree._Element, table: str, row: int | None, name: str) -> None:
        """A value element that holds more than its text."""
        if node.attrib:
            self.attributes(node, table, row)
        for inner in node:
            self.whole(inner, table, row, "element inside a value")
            self.stray(table, row, name, inner.tail or "", line_of(inner))

    def whole(self, node: etree._Element, table: str | None, row: int | None, reason: str) -> None:
        """Note an element that no field holds, with each value inside it on its own."""
        base = local_name(node.tag) or str(getattr(node, "name", "") or "entity")
        if not isinstance(node.tag, str):
            self.note(table, row, base, node.text or "", line_of(node), reason)
            return
        leaves = [
            leaf for leaf in node.iter() if isinstance(leaf.tag, str) and (not len(leaf) or (leaf.text or "").strip())
        ]
        for leaf in leaves:
            path = [local_name(leaf.tag)]
            above = leaf
            while above is not node and (parent := above.getparent()) is not None:
                above = parent
                path.insert(0, local_name(above.tag))
            self.note(table, row, "/".join(path), leaf.text or "", line_of(leaf), reason)
        for inner in node.iter():
            if isinstance(inner.tag, str):
                self.attributes(inner, table, row)
                if inner is not node:
                    self.stray(
                        table,
                        row,
                        local_name(inner.tag),
                        inner.tail or "",
                        line_of(inner),
                    )
