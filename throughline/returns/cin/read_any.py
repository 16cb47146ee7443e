"""A Children in Need return in whichever form it comes: XML, CSV files, a workbook."""

from collections.abc import Callable
from pathlib import Path

from throughline.returns.cin.model import CinReturn
from throughline.returns.common.errors import UnreadableReturn

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_any(paths: list[Path], progress: Callable[[str, int, int], None] | None = None) -> CinReturn:
    """Read a return from one XML file, or from its tables.

    Raises ``UnreadableReturn`` as the readers do, and for XML together with other files.
    """
    for path in paths:
        if not path.exists():
            raise UnreadableReturn(f"There is no file {path}. Check the name and the folder.")
    xml = [path for path in paths if path.is_file() and _looks_like_xml(path)]
    if not xml:
        from throughline.returns.cin.read_tables import read_cin_tables

        return read_cin_tables(paths)
    if len(paths) > 1:
        raise UnreadableReturn("A return in XML is one file. Give only that one.")
    from throughline.returns.cin.read import read_cin

    if progress is None:
        return read_cin(xml[0])
    tell = progress
    return read_cin(xml[0], lambda done, total: tell("Reading", done, total or 0))


def _looks_like_xml(path: Path) -> bool:
    with path.open("rb") as handle:
        head = handle.read(200)
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"").lstrip().startswith(b"<") or (not head.strip() and path.suffix.lower() == ".xml")
