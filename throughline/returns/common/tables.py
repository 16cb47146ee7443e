"""Tables of text from CSV files, zips of them, folders and Excel workbooks, whoever made them."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from throughline.returns.common.errors import UnreadableReturn

LARGEST_ENTRY = 2_000_000_000
"""Bytes that one file in a zip may unpack to."""

LARGEST_RATIO = 200
"""How much a file in a zip may grow; text of returns packs to about a tenth."""


@dataclass(frozen=True)
class RawTable:
    """One table as it stood in a file. ``name`` is of the sheet or file; rows are as long as there are columns."""

    name: str
    columns: tuple[str, ...]
    rows: list[list[str | None]]
    source: str


def raw_tables(path: Path) -> Iterator[RawTable]:
    """Every table in a CSV file, a workbook, a zip of CSV files, or a folder of them.

    Raises ``UnreadableReturn`` for what is none of these.
    """
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.suffix.lower() in (".csv", ".xlsx", ".zip"))
        if not found:
            raise UnreadableReturn(f"The folder {path.name} holds no CSV file, workbook or zip. Check the folder.")
        for one in found:
            yield from raw_tables(one)
        return
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise UnreadableReturn(
            f"The file {path.name} cannot be opened: {problem.strerror or problem}. Check its name and that you may "
            "read it."
        ) from problem
    yield from tables_in(path.name, content)


def tables_in(name: str, content: bytes) -> Iterator[RawTable]:
    """Every table in the bytes of one file, by what it is and not by how it is called."""
    if not content:
        raise UnreadableReturn(f"{name} is empty. Export it again and check that the file has a size.")
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                names = packed.namelist()
                if "xl/workbook.xml" in names:
                    refuse_bombs(name, packed)
                    yield from _workbook(name, content)
                else:
                    yield from _zip(name, packed)
        except zipfile.BadZipFile as problem:
            raise UnreadableReturn(
                f"{name} is a damaged workbook or zip. It was probably cut off while being saved; export it again."
            ) from problem
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableReturn(f"{name} is a workbook of an older Excel. Save it as .xlsx or .csv.")
    elif content.startswith((b"%PDF", b"\x1f\x8b")) or b"\x00\x00\x00" in content[:1000]:
        raise UnreadableReturn(f"{name} is not a table: it is neither CSV nor a workbook. Choose the exported files.")
    else:
        yield _csv(name, content)


def refuse_bombs(name: str, packed: zipfile.ZipFile) -> None:
    """Raise ``UnreadableReturn`` for a zip whose files unpack to more than a return can be."""
    for entry in packed.infolist():
        grown = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > LARGEST_ENTRY or (grown > LARGEST_RATIO and entry.file_size > 50_000_000):
            raise UnreadableReturn(
                f"{name} unpacks to far more than a return can be, so it was not opened. Send the files themselves."
            )


def _zip(name: str, packed: zipfile.ZipFile) -> Iterator[RawTable]:
    refuse_bombs(name, packed)
    found = [one for one in packed.namelist() if one.lower().endswith((".csv", ".xlsx")) and "__MACOSX" not in one]
    if not found:
        raise UnreadableReturn(f"The zip {name} holds no CSV file. Put the exported files in it.")
    for one in sorted(found):
        yield from tables_in(one.rpartition("/")[2], packed.read(one))


def decoded(content: bytes) -> str:
    """Text in UTF-8 or UTF-16 with a mark, UTF-8 without one, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


def _csv(name: str, content: bytes) -> RawTable:
    text = decoded(content)
    first = text.split("\n", 1)[0]
    mark = max(",;\t|", key=first.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if row]
    except csv.Error as problem:
        raise UnreadableReturn(f"{name} cannot be read as CSV: {problem}. Export it again.") from problem
    columns = tuple(cell.strip() for cell in rows[0]) if rows else ()
    width = len(columns)
    body: list[list[str | None]] = [
        [cell or None for cell in row[:width]] + [None] * (width - len(row)) for row in rows[1:]
    ]
    return RawTable(name.rpartition(".")[0] or name, columns, body, name)


def _workbook(name: str, content: bytes) -> Iterator[RawTable]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as problem:  # openpyxl raises many kinds for a workbook that it cannot make sense of
        raise UnreadableReturn(f"{name} cannot be read as a workbook. Save it again as .xlsx, or as CSV.") from problem
    for sheet in book.worksheets:
        rows = [[_cell(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        rows = [row for row in rows if any(cell is not None for cell in row)]
        if rows:
            columns = tuple((cell or "").strip() for cell in rows[0])
            yield RawTable(sheet.title, columns, rows[1:], f"{name}, sheet {sheet.title}")
    book.close()


def _cell(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
