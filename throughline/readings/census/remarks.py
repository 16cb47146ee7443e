"""Making remarks: each says where, what, why, and what to do, and keeps what came."""

from typing import Any

from throughline.readings.census.children import Child
from throughline.readings.census.lines import Lines
from throughline.readings.models import ImportRun, Remark, RemarkKind
from throughline.record.people.models import Person
from throughline.returns.cin.model import Unplaced

_KEPT = "What it says is kept here."
_UNPLACED = {
    "unknown element": (
        "No layout has an element of this name in this place.",
        f"If its name is misspelt or it stands in the wrong place, mend it and bring the file in again. {_KEPT}",
    ),
    "repeated element": (
        "The element stands here more than once, and the layout has it once; the first was taken.",
        f"Find out which is right, mend the file and bring it in again. {_KEPT}",
    ),
    "text between elements": (
        "There is text between the elements, and no element holds it.",
        f"It is usually a slip in the program that made the file: tell its supplier. {_KEPT}",
    ),
    "attribute": ("The layout has no attributes.", f"Tell the supplier of the program that made the file. {_KEPT}"),
    "element inside a value": (
        "There is an element inside a value.",
        f"Tell the supplier of the program that made the file. {_KEPT}",
    ),
}


class Remarks:
    """The remarks about one child, or about the file, as they are found. Saved by the caller."""

    def __init__(self, run: ImportRun, lines: Lines, child: Child | None = None) -> None:
        self.run, self.lines, self.child = run, lines, child
        self.person: Person | None = None
        self.found: list[Remark] = []

    def note(
        self,
        kind: RemarkKind,
        why: str,
        action: str,
        *,
        table: str = "",
        element: str = "",
        value: Any = "",
        line: int | None = None,
        kept: Any = None,
    ) -> None:
        """Add one remark; the line is looked up from the child, the element and its value unless given."""
        number = self.child.number if self.child else None
        text = value if isinstance(value, str) else ", ".join(str(one) for _block, one in value or () if one)
        self.found.append(
            Remark(
                run=self.run,
                kind=kind,
                person=self.person,
                child=self.child.id if self.child else "",
                child_number=number,
                line=line or self.lines.of(number, element, value if isinstance(value, str) else ""),
                table=table,
                element=element,
                value=text,
                why=why,
                action=action,
                kept=kept,
            )
        )

    def unplaced(self, one: Unplaced) -> None:
        """Add what the reader found no field for."""
        why, action = _UNPLACED.get(one.reason, (f"It has no place: {one.reason}.", _KEPT))
        self.note(
            RemarkKind.UNPLACED,
            why,
            action,
            table=one.table or "",
            element=one.element,
            value=one.text,
            line=one.line,
            kept={"element": one.element, "text": one.text},
        )

    def aside(self, why: str, action: str) -> None:
        """Add that the whole child is set aside, and keep what came in full."""
        assert self.child is not None
        self.note(RemarkKind.ASIDE, why, action, kept=self.child.plain())
