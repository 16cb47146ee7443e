"""Read an SSDA903 return: CSV files, XML, Excel workbooks, zips of them, or a folder.

Files are recognised by what is in them, never by name.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.common.tables import refuse_bombs
from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.model import Note, Ssda903
from throughline.returns.ssda903.read_csv import read_csv
from throughline.returns.ssda903.read_excel import read_excel
from throughline.returns.ssda903.read_xml import read_xml

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done and how much there is."""

_ENDINGS = {".csv", ".txt", ".xml", ".xlsx", ".xlsm", ".zip"}


@dataclass(frozen=True)
class _File:
    name: str
    data: bytes


def read(
    paths: Path | str | Sequence[Path | str],
    *,
    progress: Progress | None = None,
) -> Ssda903:
    """Read one return from one or more files, zips or folders.

    Raises ``UnreadableReturn`` with a sentence that says what to do where nothing in the files is
    a return. What can be read in part is read, and the rest is in ``notes``.
    """
    given = [paths] if isinstance(paths, Path | str) else list(paths)
    files = list(_files(Path(path) for path in given))
    if not files:
        raise UnreadableReturn(
            "There are no files to read. Give the CSV files, the XML file, the workbook or a zip of them."
        )
    parts: list[tuple[str, Ssda903]] = []
    strangers: list[str] = []
    for done, file in enumerate(files):
        if progress:
            progress("Reading", done, len(files))
        try:
            parts.append((file.name, _read_one(file)))
        except UnreadableReturn as problem:
            if len(files) == 1:
                raise
            strangers.append(f"{file.name}: {problem.message}")
    if progress:
        progress("Reading", len(files), len(files))
    return _together(parts, strangers)


def _files(paths: Iterable[Path]) -> Iterator[_File]:
    for path in paths:
        try:
            if path.is_dir():
                inside = sorted(one for one in path.iterdir() if one.suffix.lower() in _ENDINGS)
                yield from _files(inside)
                continue
            data = path.read_bytes()
        except OSError as problem:
            raise UnreadableReturn(
                f"The file {path.name} cannot be opened: {problem.strerror or problem}. "
                "Check its name and that you may read it."
            ) from problem
        if _is_zip(data) and not _is_workbook(data):
            yield from _unzipped(path.name, data)
        else:
            yield _File(path.name, data)


def _is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _unzipped(name: str, data: bytes) -> Iterator[_File]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [
                one
                for one in archive.infolist()
                if not one.is_dir()
                and not one.filename.startswith("__MACOSX/")
                and Path(one.filename).suffix.lower() in _ENDINGS
            ]
            refuse_bombs(name, archive)
            for one in members:
                if one.flag_bits & 0x1:
                    raise UnreadableReturn(
                        f"The zip {name} is locked with a password. Unpack it and give the files inside."
                    )
                inside = archive.read(one)
                if _is_zip(inside) and not _is_workbook(inside):
                    raise UnreadableReturn(
                        f"The zip {name} holds another zip, {one.filename}. Unpack it and give the files inside."
                    )
                yield _File(one.filename, inside)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as problem:
        raise UnreadableReturn(
            f"The zip {name} is damaged or was cut off, so it cannot be unpacked. Make it again, or give the files."
        ) from problem


def _read_one(file: _File) -> Ssda903:
    head = file.data[:4096]
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableReturn(f"The file {file.name} is empty. Export it again and check that it has a size.")
    if _is_zip(head):
        if _is_workbook(file.data):
            return read_excel(file.name, file.data)
        raise UnreadableReturn(
            f"The file {file.name} is a damaged spreadsheet or zip. "
            "Open it in the program that made it and save it again."
        )
    for mark, kind in (
        (b"\xd0\xcf\x11\xe0", "an older Excel workbook"),
        (b"%PDF", "a PDF"),
        (b"\x1f\x8b", "a gzip file"),
        (b"\x89PNG", "a picture"),
    ):
        if head.startswith(mark):
            raise UnreadableReturn(
                f"The file {file.name} is {kind}, whatever its name says. "
                "Save the tables as CSV or as an .xlsx workbook and give those."
            )
    text = head.replace(b"\x00", b"")
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        text = text.removeprefix(mark)
    if text.lstrip().startswith(b"<"):
        return read_xml(file.name, file.data)
    return read_csv(file.name, file.data)


def _together(parts: list[tuple[str, Ssda903]], strangers: list[str]) -> Ssda903:
    if not parts:
        raise UnreadableReturn("None of the files is part of an SSDA903 return. " + " ".join(strangers))
    forms = {part.form for _name, part in parts}
    if "xml" in forms and len(parts) > 1:
        raise UnreadableReturn(
            "An XML return holds every table, so it cannot be read together with other files. "
            "Give either the XML file or the CSV files."
        )
    homes: dict[str, list[tuple[str, pl.DataFrame]]] = {}
    notes = [Note("TL-FILE", f"A file was left out. {stranger}") for stranger in strangers]
    for name, part in parts:
        notes.extend(part.notes)
        for table, frame in part.tables.items():
            homes.setdefault(table, []).append((name, frame))
    tables = {}
    for table in layout.tables():
        if table not in homes:
            continue
        found = homes[table]
        tables[table] = pl.concat([frame for _name, frame in found], how="diagonal_relaxed")
        if len(found) > 1:
            names = " and ".join(name for name, _frame in found)
            notes.append(
                Note(
                    "TL-FILE",
                    f"More than one file holds the table {table}: {names}. Their rows were put together in that order, "
                    "and rows are numbered through. If one of them is an older copy, leave it out.",
                    table=table,
                )
            )
    return Ssda903(tables, form=parts[0][1].form, notes=notes)
