"""An Excel workbook whose sheets are tables of the SSDA903, recognised by their columns."""

import datetime
import io
import zipfile
from typing import Any

import polars as pl

from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.common.tables import refuse_bombs
from throughline.returns.ssda903.model import Note, Ssda903
from throughline.returns.ssda903.recognise import made, table_for


def read_excel(name: str, data: bytes) -> Ssda903:
    """Every sheet that is a table. Raises ``UnreadableReturn`` where none is."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_bombs(name, archive)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except UnreadableReturn:
        raise
    except Exception as problem:  # openpyxl raises whatever its parser met
        raise UnreadableReturn(
            f"The workbook {name} is damaged or locked with a password. Open it, save it again as .xlsx and give that."
        ) from problem
    tables: dict[str, pl.DataFrame] = {}
    notes: list[Note] = []
    seen: list[str] = []
    for sheet in book.worksheets:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        start = next(
            (place for place, row in enumerate(rows[:20]) if table_for([_text(cell) or "" for cell in row])),
            None,
        )
        if start is None:
            seen.append(sheet.title)
            continue
        names = [_text(cell) or "" for cell in rows[start]]
        table = table_for(names)
        assert table is not None
        columns: dict[str, pl.Series] = {}
        for place, spelt in enumerate(names):
            key = spelt
            while key in columns:
                key += " "
            columns[key] = pl.Series(
                key,
                [_text(row[place]) if place < len(row) else None for row in rows[start + 1 :]],
                dtype=pl.String,
            )
        frame, remarks = made(table, f"The sheet {sheet.title} of {name}", columns)
        notes.extend(remarks)
        if table in tables:
            notes.append(
                Note(
                    "TL-FILE",
                    f"More than one sheet of {name} holds the table {table}. Their rows were put together in order.",
                    table=table,
                )
            )
            frame = pl.concat([tables[table], frame], how="diagonal_relaxed")
        tables[table] = frame
    if not tables:
        raise UnreadableReturn(
            f"No sheet of {name} is a table of the SSDA903 ({', '.join(seen)}). The first row of a sheet must name the "
            "columns as the return does, CHILD, DECOM and so on."
        )
    notes.extend(
        Note(
            "TL-FILE",
            f"The sheet {title} of {name} is not a table of the SSDA903 and was left out.",
        )
        for title in seen
    )
    return Ssda903(tables, "excel", notes)


def _text(cell: Any) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
