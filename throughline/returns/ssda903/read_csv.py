"""One CSV file of the SSDA903, recognised by its columns."""

import csv
import io

import polars as pl

from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.model import Note, Ssda903
from throughline.returns.ssda903.recognise import made, table_for, tidy_name


def read_csv(name: str, data: bytes) -> Ssda903:
    """One table. Raises ``UnreadableReturn`` where the columns are those of no table."""
    text, notes = _text(name, data)
    first = text[: text.find(b"\n")] if b"\n" in text else text
    separator = max(",;\t|", key=lambda mark: first.count(mark.encode()))
    names = next(csv.reader([first.decode().strip("\r")], delimiter=separator), [])
    table = table_for(names)
    if table is None:
        raise UnreadableReturn(_not_ours(name, names))
    columns, problems = _columns(name, table, text, separator, names)
    frame, remarks = made(table, name, columns)
    return Ssda903({table: frame}, "csv", [*notes, *problems, *remarks])


def _text(name: str, data: bytes) -> tuple[bytes, list[Note]]:
    """The file as UTF-8 without a byte-order mark, from whichever encoding it has."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16").lstrip("\r\n ").encode(), []
        except UnicodeDecodeError as problem:
            raise UnreadableReturn(
                f"The file {name} says it is UTF-16 but is cut off or mixed. Save it as “CSV UTF-8” and give it again."
            ) from problem
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\x00" in data:
        raise UnreadableReturn(
            f"The file {name} is not text, whatever its name says. Save the table as CSV and give that."
        )
    data = data.lstrip(b"\r\n ")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        note = Note(
            "TL-FILE",
            f"{name} is not in UTF-8, so it was read as Windows text. Save it as “CSV UTF-8” if letters look wrong.",
        )
        return data.decode("cp1252", errors="replace").encode(), [note]
    return data, []


def _not_ours(name: str, names: list[str]) -> str:
    seen = ", ".join(tidy_name(one) for one in names[:8] if one.strip()) or "none"
    wanted = "; ".join(
        f"{table.name} has {', '.join(table.columns[1:4])} …" for table in list(layout.tables().values())[:3]
    )
    return (
        f"{name} has the columns {seen}, which are those of no SSDA903 table. Its first line must name the columns "
        f"({wanted}). Export it with its column names, or leave it out."
    )


def _columns(
    name: str, table: str, text: bytes, separator: str, names: list[str]
) -> tuple[dict[str, pl.Series], list[Note]]:
    body = io.BytesIO(text)
    if len({*names}) == len(names):
        try:
            frame = pl.read_csv(body, separator=separator, infer_schema=False, raise_if_empty=False)
            if frame.width == len(names):
                return {spelt: frame.to_series(place) for place, spelt in enumerate(names)}, []
        except pl.exceptions.PolarsError:
            pass
    return _slowly(name, table, text, separator)


def _slowly(name: str, table: str, text: bytes, separator: str) -> tuple[dict[str, pl.Series], list[Note]]:
    """Line by line, for a file that is not regular, so that each irregular line can be named."""
    notes: list[Note] = []
    lines = csv.reader(io.StringIO(text.decode(), newline=""), delimiter=separator, strict=False)
    rows: list[list[str]] = []
    names: list[str] = []
    try:
        names = next(lines)
        for line in lines:
            if not line:
                line = [""]
            rows.append(line)
            if len(line) > len(names) and any(cell.strip() for cell in line[len(names) :]):
                notes.append(
                    Note(
                        "TL-LINE",
                        f"Row {len(rows)} of {name} has {len(line)} values for {len(names)} columns; those at the "
                        "end were left out. A comma in a value is the usual cause: put the value in quotation marks.",
                        table=table,
                        row=len(rows),
                    )
                )
    except csv.Error as problem:
        raise UnreadableReturn(
            f"{name} cannot be read after row {len(rows)}: {problem}. Mend that row or export the file again."
        ) from problem
    columns: dict[str, pl.Series] = {}
    for place, spelt in enumerate(names):
        key = spelt
        while key in columns:
            key += " "
        columns[key] = pl.Series(
            key,
            [row[place] if place < len(row) else None for row in rows],
            dtype=pl.String,
        )
    return columns, notes
