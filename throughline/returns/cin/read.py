"""Reading a Children in Need return from XML, child by child, losing nothing.

The file is streamed: one child is in memory at a time, and its values go to columns of text.
"""

from pathlib import Path
from typing import BinaryIO

from lxml import etree

from throughline.returns.cin.model import CinReturn
from throughline.returns.cin.reading import Reading
from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.common.xml import Progress, local_name, stream


def read_cin(source: Path | BinaryIO, progress: Progress | None = None) -> CinReturn:
    """Read a return.

    Raises ``UnreadableReturn`` if the file is not XML, is hostile, breaks off, has another root
    element, is another collection's or has no children; its ``partial`` is the return as far as it
    was read, if any child was.
    """
    if isinstance(source, Path) and not source.exists():
        raise UnreadableReturn(f"There is no file {source}. Check the name and the folder.")
    start = None if isinstance(source, Path) else source.tell()
    try:
        return _read(source, progress, None)
    except UnreadableReturn as problem:
        if "not in the encoding" not in problem.message:
            raise
        # Older case systems write Windows-1252 and say UTF-8; the reader notes it and goes on.
        if start is not None and not isinstance(source, Path):
            source.seek(start)
        found = _read(source, progress, "windows-1252")
        found.notes.append(
            "The file says it is UTF-8 and is not. It was read as Windows-1252; look at accents and dashes in names."
        )
        return found


def _read(source: Path | BinaryIO, progress: Progress | None, encoding: str | None) -> CinReturn:
    reading = Reading()
    root: etree._Element | None = None
    try:
        for element in stream(source, "Child", progress, encoding):
            root = element
            parent = element.getparent()
            if parent is None:
                break
            grandparent = parent.getparent()
            if local_name(parent.tag) != "Children" or grandparent is None or grandparent.getparent() is not None:
                continue
            if reading.children == 0:
                _check_root(grandparent)
            reading.child(element)
            _forget(element, reading)
    except UnreadableReturn as problem:
        if reading.children and problem.partial is None:
            if root is not None:
                reading.outside(root.getroottree().getroot())
            problem.partial = reading.result()
            problem.args = (f"{problem.message} {_counted(reading.children)} could be read before that.",)
            problem.message = problem.args[0]
        raise
    assert root is not None
    _check_root(root)
    reading.outside(root)
    collection = reading.header.get("Collection", "").strip()
    if collection and collection.upper() != "CIN":
        raise UnreadableReturn(
            f"The header says that this is the collection “{collection}”, not CIN. "
            "Choose the Children in Need file, or check the return in its own collection."
        )
    result = reading.result()
    if not reading.children:
        raise UnreadableReturn(
            "The return has no children: there is no Child element inside Children. "
            "Check that the export ran for the right period and was not empty.",
            partial=result,
        )
    return result


def _counted(children: int) -> str:
    return "1 child" if children == 1 else f"{children:,} children"


def _check_root(root: etree._Element) -> None:
    name = local_name(root.tag)
    if name != "Message":
        raise UnreadableReturn(
            f"The file's outermost element is {name}, and a Children in Need return has Message there. "
            "Check that this is the census file and not another export."
        )


def _forget(child: etree._Element, reading: "Reading") -> None:
    """Free the child and everything before it; what stood between children is noted first."""
    child.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs are older than lxml
    parent = child.getparent()
    assert parent is not None
    while (before := child.getprevious()) is not None:
        reading.between(before)
        parent.remove(before)
