"""Reading whatever an authority has, and saying what to do about what cannot be read."""

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.ssda903.read import read
from throughline.returns.ssda903.validate import validate

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE"


def put(folder: Path, name: str, text: str | bytes) -> Path:
    """A file in the folder."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_is_recognised_by_its_columns_whatever_its_name_and_their_order(tmp_path: Path) -> None:
    path = put(tmp_path, "export final (2).txt", "review_code ; CHILD;DOB;REVIEW\r\nPN1;a;01/05/2015;01/06/2026\r\n")
    care = read(path)
    assert care.tables["Reviews"].rows() == [("a", "01/05/2015", "01/06/2026", "PN1")]
    assert care.notes == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = put(tmp_path, "x.csv", f"{HEADER}\nZoë,M,01/05/2015,WBRI,,,\n".encode(encoding))
    care = read(path)
    assert care.tables["Header"]["CHILD"].to_list() == ["Zoë"]
    assert [note.rule for note in care.notes] == (["TL-FILE"] if encoding == "cp1252" else [])


def test_spaces_and_empty_rows_at_the_end_are_let_go(tmp_path: Path) -> None:
    path = put(tmp_path, "x.csv", f'{HEADER}\n a ,M , 01/05/2015,WBRI,"  ",,\n,,,,,,\n , ,,,,,\n')
    assert read(path).tables["Header"].rows() == [("a", "M", "01/05/2015", "WBRI", None, None, None)]


def test_a_zip_and_a_folder_are_the_files_in_them(sample: list[Path], tmp_path: Path) -> None:
    packed = tmp_path / "return.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sample:
            archive.write(path, f"inside/{path.name}")
        archive.writestr("__MACOSX/rubbish.csv", "x")
        archive.writestr("inside/readme.md", "x")
    folder = tmp_path / "folder"
    folder.mkdir()
    for path in sample:
        (folder / path.name).write_bytes(path.read_bytes())
    assert read(packed) == read(sample) == read(folder)


def test_a_workbook_is_read_sheet_by_sheet_also_when_it_is_called_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Children looked after"])
    sheet.append(HEADER.split(","))
    sheet.append(["a", "M", datetime.datetime(2015, 5, 1), "WBRI", None, 0.0, None])
    reviews = book.create_sheet("anything")
    reviews.append(REVIEWS.split(","))
    reviews.append([1, datetime.date(2015, 5, 1), "01/06/2026", "PN1"])
    book.create_sheet("Notes").append(["see the guide"])
    path = tmp_path / "return.csv"
    book.save(path)
    care = read(path)
    assert care.form == "excel"
    assert care.tables["Header"].rows() == [("a", "M", "01/05/2015", "WBRI", None, "0", None)]
    assert care.tables["Reviews"].rows() == [("1", "01/05/2015", "01/06/2026", "PN1")]
    assert [note.message for note in care.notes] == [
        "The sheet Notes of return.csv is not a table of the SSDA903 and was left out."
    ]


def test_columns_that_are_missing_or_extra_are_told(tmp_path: Path) -> None:
    path = put(tmp_path, "x.csv", "CHILD,DOB,REVIEW,MOOD\na,01/05/2015,01/06/2026,calm\n")
    report = validate(path)
    said = {(one.rule, one.fields): one.message for one in report.findings if one.rule == "TL-COLUMN"}
    assert "x.csv has no column REVIEW_CODE" in said["TL-COLUMN", ("REVIEW_CODE",)]
    assert "columns that the table Reviews does not: MOOD" in said["TL-COLUMN", ()]


def test_a_row_with_too_many_values_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, "x.csv", f"{REVIEWS}\na,01/05/2015,01/06/2026,PN1\nb,01/05/2015,01/06/2026,PN1,extra\nc,,,\n")
    care = read(path)
    assert care.tables["Reviews"].height == 3
    assert [(note.rule, note.row) for note in care.notes] == [("TL-LINE", 2)]


def test_two_files_of_one_table_are_put_together_and_told(published: Path) -> None:
    both = [published / "placed_for_adoption.csv", published / "placed_for_adoption_errors.csv"]
    care = read(both)
    assert care.tables["PlacedAdoption"].height == 29 + 30
    assert "More than one file holds the table PlacedAdoption" in care.notes[0].message


def test_a_stranger_among_the_files_is_left_out_and_told(tmp_path: Path) -> None:
    good = put(tmp_path, "reviews.csv", f"{REVIEWS}\na,01/05/2015,01/06/2026,PN1\n")
    care = read([good, put(tmp_path, "budget.csv", "cost,centre\n1,2\n")])
    assert set(care.tables) == {"Reviews"}
    assert "budget.csv has the columns COST, CENTRE" in care.notes[0].message


BAD = {
    "nothing.csv": (b"", "is empty. Export it again"),
    "blank.csv": (b"\xef\xbb\xbf  \r\n", "is empty. Export it again"),
    "binary.csv": (b"CHILD,DOB\n\x00\x01\x02", "is not text, whatever its name says"),
    "old.csv": (b"\xd0\xcf\x11\xe0 rest", "an older Excel workbook, whatever its name says"),
    "paper.csv": (b"%PDF-1.7", "is a PDF, whatever its name says"),
    "cut.zip": (b"PK\x03\x04 and then nothing", "damaged or was cut off"),
    "other.csv": (b"name,age\na,1\n", "are those of no SSDA903 table"),
    "nochild.csv": (b"DOB,REVIEW,REVIEW_CODE\n01/05/2015,01/06/2026,PN1\n", "has no column CHILD"),
    "half.csv": (b"\xff\xfeC\x00H", "cut off or mixed"),
    "cin.xml": (b"<Message><Children><Child/></Children></Message>", "Children in Need census, not an SSDA903"),
    "root.xml": (b"<Return><CHILD/></Return>", "begins with <Return>, not <EXPSSDA903>"),
    "cut.xml": (b"<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID>", "cut off|complete|ends before"),
    "broken.xml": (b"<EXPSSDA903><CHILD></HEADER></CHILD></EXPSSDA903>", "not well-formed"),
    "bomb.xml": (b'<!DOCTYPE x [<!ENTITY a "b">]><EXPSSDA903/>', "document type or entities"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    content, sentence = BAD[name]
    with pytest.raises(UnreadableReturn, match=sentence):
        read(put(tmp_path, name, content))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReturn, match=r"The file absent\.csv cannot be opened"):
        read(tmp_path / "absent.csv")
    with pytest.raises(UnreadableReturn, match="There are no files to read"):
        read([])
    with pytest.raises(UnreadableReturn, match="Of the previous year: The file absent"):
        validate(put(tmp_path, "r.csv", f"{REVIEWS}\n"), previous=tmp_path / "absent.csv")


def test_hostile_zips_are_not_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.csv", b"0" * 60_000_000)
    with pytest.raises(UnreadableReturn, match="unpacks to far more than a return can be"):
        read(bomb)
    workbook = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    with pytest.raises(UnreadableReturn, match="unpacks to far more than a return can be"):
        read(workbook)
    locked = tmp_path / "locked.xlsx"
    with zipfile.ZipFile(locked, "w") as archive:
        archive.writestr("xl/workbook.xml", "nonsense")
    with pytest.raises(UnreadableReturn, match="damaged or locked with a password"):
        read(locked)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x.csv", HEADER)
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    with pytest.raises(UnreadableReturn, match="holds another zip"):
        read(outer)


def test_xml_and_other_files_do_not_mix(published: Path, sample: list[Path]) -> None:
    with pytest.raises(UnreadableReturn, match="cannot be read together"):
        read([published / "fake_903.xml", sample[0]])


def test_xml_holds_social_workers_and_orders_whatever_their_element_is_called(tmp_path: Path) -> None:
    xml = """<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><UPN/><SEX>F</SEX><DOB>01/05/2015</DOB><ETHNIC>WBRI</ETHNIC>
    <UASC>0</UASC><SURPRISE>x</SURPRISE>
    <SOCIALWORKERS><WORKER><SW_ID>SW1</SW_ID><SW_DECOM>01/05/2026</SW_DECOM></WORKER>
    <WORKER><SW_ID>SW2</SW_ID></WORKER></SOCIALWORKERS>
    <ORDER><DOLO_START>01/06/2026</DOLO_START></ORDER><ODD><THING>1</THING></ODD></HEADER></CHILD></EXPSSDA903>"""
    care = read(put(tmp_path, "r.xml", xml))
    assert care.tables["SWEpisodes"].select("CHILD", "SW_ID", "DOB").rows() == [
        ("1", "SW1", "01/05/2015"),
        ("1", "SW2", "01/05/2015"),
    ]
    assert care.tables["DoLo"]["DOLO_START"].to_list() == ["01/06/2026"]
    assert {note.message.split(">")[0] for note in care.notes} == {"The element <SURPRISE", "The element <ODD"}
    assert "UASC" in care.tables
    assert care.tables["UASC"].height == 0


def test_xml_without_social_workers_skips_their_rules_and_says_so(published: Path) -> None:
    report = validate(published / "fake_903.xml")
    reasons = {one.rule: one.reason for one in report.skipped}
    assert reasons["SW17STG2"] == "needs the table SWEpisodes, which was not given"
    assert "105" not in reasons


def test_an_element_that_contradicts_itself_is_told(tmp_path: Path) -> None:
    xml = """<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><SEX>F</SEX><SEX>M</SEX><UPN/><UPN>UN1</UPN>
    </HEADER></CHILD></EXPSSDA903>"""
    care = read(put(tmp_path, "r.xml", xml))
    assert care.tables["Header"].select("SEX", "UPN").rows() == [("F", "UN1")]
    assert [note.message.split(" stands")[0] for note in care.notes] == ["The element <SEX>"]


def test_a_long_xml_is_put_by_in_parts(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(published / "fake_903.xml")
    monkeypatch.setattr("throughline.returns.ssda903.read_xml._AT_A_TIME", 7)
    assert read(published / "fake_903.xml") == whole


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    """A workbook with a sheet for each list of rows."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_two_sheets_of_one_table_are_put_together_and_told(tmp_path: Path) -> None:
    columns: list[object] = [*REVIEWS.split(",")]
    path = workbook(
        tmp_path / "x.xlsx",
        first=[columns, ["a", None, None, None]],
        second=[[*columns, "CHILD"], ["b", None, None, True, "c"]],
    )
    care = read(path)
    assert care.tables["Reviews"].select("CHILD", "REVIEW_CODE").rows() == [("a", None), ("b", "1")]
    assert {note.rule for note in care.notes} == {"TL-FILE", "TL-COLUMN"}


def test_a_workbook_without_a_table_says_what_a_sheet_must_have(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", costs=[["cost", "centre"], [1.5, 2]])
    with pytest.raises(UnreadableReturn, match=r"No sheet of x\.xlsx is a table of the SSDA903 \(costs\)"):
        read(path)


def test_a_column_that_stands_twice_is_told_and_the_first_is_used(tmp_path: Path) -> None:
    path = put(tmp_path, "x.csv", f"{REVIEWS},REVIEW_CODE\na,01/05/2015,01/06/2026,PN1,PN2\n\n")
    care = read(path)
    assert care.tables["Reviews"]["REVIEW_CODE"].to_list() == ["PN1"]
    assert "has the column REVIEW_CODE twice" in care.notes[0].message


def test_a_file_of_column_names_alone_has_no_rows(tmp_path: Path) -> None:
    assert read(put(tmp_path, "x.csv", REVIEWS)).tables["Reviews"].height == 0


def test_none_of_several_files_being_ours_is_refused_with_each_reason(tmp_path: Path) -> None:
    files = [put(tmp_path, "a.csv", "x,y\n1,2\n"), put(tmp_path, "b.pdf", b"%PDF-1")]
    with pytest.raises(UnreadableReturn, match=r"None of the files is part.* a\.csv .* b\.pdf"):
        read(files)


def test_an_xml_without_children_is_an_empty_return(tmp_path: Path) -> None:
    report = validate(put(tmp_path, "x.xml", "<EXPSSDA903/>"))
    assert [one.rule for one in report.findings] == ["TL-EMPTY"]


def test_many_strange_elements_are_counted(tmp_path: Path) -> None:
    strange = "".join(f"<X{number}>1</X{number}>" for number in range(60))
    xml = f"<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID>{strange}</HEADER></CHILD></EXPSSDA903>"
    notes = read(put(tmp_path, "x.xml", xml)).notes
    assert len(notes) == 51
    assert notes[-1].message == "10 more elements have no place in the return."
