"""A Children in Need return in whichever form it comes: XML, alone or in a zip or folder; CSV files; a workbook."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

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
    found = [source for path in paths for source in _xml(path)]
    if not found:
        from throughline.returns.cin.read_tables import read_cin_tables

        return read_cin_tables(paths)
    if len(found) > 1 or len(paths) > 1:
        raise UnreadableReturn("A return in XML is one file. Give only that one.")
    from throughline.returns.cin.read import read_cin

    if progress is None:
        return read_cin(found[0])
    tell = progress
    return read_cin(found[0], lambda done, total: tell("Reading", done, total or 0))


def _xml(path: Path) -> list[Path | BinaryIO]:
    """XML that a path stands for: itself, or what a folder or zip without tables holds."""
    if path.is_dir():
        files = [one for one in path.iterdir() if one.is_file()]
        if any(one.suffix.lower() in (".csv", ".xlsx", ".zip") for one in files):
            return []
        return [one for one in sorted(files) if _looks_like_xml(one)]
    if _looks_like_xml(path):
        return [path]
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        if any(name.lower().endswith((".csv", ".xlsx")) or name == "xl/workbook.xml" for name in names):
            return []
        return [io.BytesIO(_unpacked(packed, name)) for name in names if name.lower().endswith(".xml")]


def _unpacked(packed: zipfile.ZipFile, name: str) -> bytes:
    from throughline.returns.common.tables import refuse_bombs

    refuse_bombs(str(packed.filename), packed)
    return packed.read(name)


def _looks_like_xml(path: Path) -> bool:
    with path.open("rb") as handle:
        head = handle.read(200)
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"").lstrip().startswith(b"<") or (not head.strip() and path.suffix.lower() == ".xml")
