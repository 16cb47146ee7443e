"""Reading tables that somebody else saved."""

import io
import zipfile
from pathlib import Path

import pytest

from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.common.tables import decoded, raw_tables, tables_in


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found(mark: str) -> None:
    (table,) = tables_in(
        "a.csv", mark.join(["One", " Two "]).encode() + b"\r\n" + mark.join(["1", ""]).encode() + b"\r\n"
    )
    assert table.columns == ("One", "Two")
    assert table.rows == [["1", None]]
    assert table.name == "a"


def test_short_and_long_lines_are_made_as_wide_as_the_heading() -> None:
    (table,) = tables_in("a.csv", b"A,B\n1\n1,2,3\n\n")
    assert table.rows == [["1", None], ["1", "2"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_accents_survive_each_encoding(encoding: str) -> None:
    assert decoded("Zoë".encode(encoding)) == "Zoë"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "is not a table"),
        (b"abc\x00\x00\x00def", "is not a table"),
        (b"PK\x03\x04broken", "damaged workbook or zip"),
        (b"\xd0\xcf\x11\xe0", "older Excel"),
    ],
)
def test_what_is_no_table_is_refused_with_its_name(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableReturn, match=rf"a\.csv.*{says}"):
        list(tables_in("a.csv", content))


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as one:
        for name, content in files.items():
            one.writestr(name.replace("_", "."), content)
    return out.getvalue()


def test_a_zip_without_tables_is_refused() -> None:
    with pytest.raises(UnreadableReturn, match="holds no CSV file"):
        list(tables_in("a.zip", packed(readme_txt=b"hello")))


def test_a_zip_bomb_is_not_opened() -> None:
    with pytest.raises(UnreadableReturn, match="far more than a return can be"):
        list(tables_in("a.zip", packed(a_csv=b"0" * 60_000_000)))


def test_a_workbook_that_is_none_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as one:
        one.writestr("xl/workbook.xml", "<nothing/>")
    with pytest.raises(UnreadableReturn, match="cannot be read as a workbook"):
        list(tables_in("a.xlsx", out.getvalue()))


def test_an_empty_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReturn, match="holds no CSV file, workbook or zip"):
        list(raw_tables(tmp_path))
    with pytest.raises(UnreadableReturn, match="cannot be opened"):
        list(raw_tables(tmp_path / "nothing.csv"))
