"""The same return as CSV files, a zip, a folder or a workbook."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings

from tests.returns.cin.samples import SAMPLES, sample
from tests.returns.cin.strategies import cin_returns
from throughline.returns.cin import layout
from throughline.returns.cin.checking import check, validate
from throughline.returns.cin.model import CinReturn
from throughline.returns.cin.read import read_cin
from throughline.returns.cin.read_tables import read_cin_tables
from throughline.returns.cin.write import write_cin_csv
from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.findings import Report


def save(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def tables(folder: Path, **files: str) -> CinReturn:
    """Read CSV files given as text by table name."""
    return read_cin_tables([save(folder, {f"{name}.csv": text.encode() for name, text in files.items()})])


def places(report: Report) -> set[tuple[str, str, str | None, int | None]]:
    return {(one.rule, one.table, one.child, one.row) for one in report.findings if not one.rule.startswith("TL-")}


@given(cin_returns())
@settings(deadline=None, max_examples=50)
def test_any_return_comes_back_from_csv(tmp_path_factory: pytest.TempPathFactory, one: CinReturn) -> None:
    folder = save(tmp_path_factory.mktemp("csv"), write_cin_csv(one))
    back = read_cin_tables([folder])
    assert back.children == one.children
    assert back.header == {name: value for name, value in one.header.items() if value}
    for name, frame in one.tables.items():
        # In CSV an empty value and none are both blank, and line ends are the file's own.
        assert back.tables[name].rows() == [tuple(None if cell == "" else cell for cell in row) for row in frame.rows()]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_has_the_same_findings_from_xml_and_from_csv(name: str, tmp_path: Path) -> None:
    read = read_cin(sample(name))
    again = read_cin_tables([save(tmp_path, write_cin_csv(read))])
    assert places(check(again, 2026)) == places(check(read, 2026))


def test_a_zip_of_csv_files_is_read(tmp_path: Path) -> None:
    path = tmp_path / "return.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in write_cin_csv(read_cin(sample("CIN_Census_2024.xml"))).items():
            packed.writestr(f"folder/{name}", content)
    assert read_cin_tables([path]).children == 2


def workbook(path: Path) -> Path:
    import datetime

    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "Identifiers of children"
    first.append(["LA Child ID", "UPN", "Person Birth Date", "Sex", "FormerUPN", "UPNunknown"])
    first.append(["A1", None, datetime.date(2015, 3, 27), "F", None, "UN3"])
    first.append([102, None, datetime.datetime(2015, 3, 28), "M", None, None])
    second = book.create_sheet("CINdetails")
    second.append(["LAchildID", "CINdetailsID", "CINreferralDate", "ReferralSource", "ReferralNFA"])
    second.append(["A1", "x-77", datetime.date(2025, 5, 6), "1A", False])
    second.append(["A1", "x-78", datetime.date(2025, 7, 6), "1A", True])
    third = book.create_sheet("Assessments")
    third.append(["LAchildID", "CINdetailsID", "AssessmentActualStartDate"])
    third.append(["A1", "x-78", "2025-07-07"])
    book.create_sheet("Notes").append(["something else"])
    book.save(path)
    return path


def test_a_workbook_is_read_by_its_sheets_and_columns(tmp_path: Path) -> None:
    read = read_cin_tables([workbook(tmp_path / "return.xlsx")])
    assert read.form == "excel"
    assert read.tables["ChildIdentifiers"].select("LAchildID", "PersonBirthDate").rows() == [
        ("A1", "2015-03-27"),
        ("102", "2015-03-28"),
    ]
    assert read.tables["CINdetails"].select("CINdetailsID", "ReferralNFA").rows() == [(1, "0"), (2, "1")]
    assert read.tables["Assessments"]["CINdetailsID"].to_list() == [2]
    assert any("Notes was left out" in note for note in read.notes)


def test_a_workbook_renamed_to_csv_is_read_for_what_it_is(tmp_path: Path) -> None:
    path = workbook(tmp_path / "return.xlsx").rename(tmp_path / "return.csv")
    assert read_cin_tables([path]).children == 2
    assert validate(path).children == 2


def test_an_old_workbook_renamed_to_csv_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "ChildIdentifiers.csv"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    with pytest.raises(UnreadableReturn, match=r"older Excel.*Save it as .xlsx or .csv"):
        validate(path)


IDS = "LAchildID,UPN,PersonBirthDate,Sex\nA1,,2015-03-27,F\nA2,,2016-03-27,M\n"


def test_missing_tables_and_columns_are_findings(tmp_path: Path) -> None:
    report = check(tables(tmp_path, ChildIdentifiers=IDS), 2026)
    columns = {one.fields for one in report.findings if one.rule == "TL-COLUMN"}
    assert columns == {("FormerUPN",), ("UPNunknown",), ("ExpectedPersonBirthDate",), ("PersonDeathDate",)}
    absent = {one.table for one in report.findings if one.rule == "TL-TABLE"}
    assert absent == {"Header", *layout.tables()} - {"ChildIdentifiers"}


def test_rows_that_cannot_be_joined_are_refused_with_the_missing_column(tmp_path: Path) -> None:
    episodes = "LAchildID,CINdetailsID,CINreferralDate\nA1,1,2025-05-01\nA1,2,2025-06-01\n"
    with pytest.raises(UnreadableReturn, match="The table Section47 has no column CINdetailsID"):
        tables(
            tmp_path,
            ChildIdentifiers=IDS,
            CINdetails=episodes,
            Section47="LAchildID,S47ActualStartDate,DateOfInitialCPC,ICPCnotRequired\nA1,2025-05-02,,0\n",
        )


def test_a_table_without_the_child_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReturn, match="no column LAchildID"):
        tables(tmp_path, ChildIdentifiers="UPN,PersonBirthDate,Sex\n,2015-03-27,F\n")


def test_one_table_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReturn, match="second ChildIdentifiers"):
        tables(
            tmp_path, ChildIdentifiers=IDS, children=IDS.replace("Sex", "Sex,FormerUPN,UPNunknown").replace("F", "F,,")
        )


def test_files_of_something_else_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReturn, match="None of the files is a table"):
        tables(tmp_path, budget="month,pounds\nApril,3\n")


def test_tables_without_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReturn, match="have no rows"):
        tables(tmp_path, ChildIdentifiers="LAchildID,UPN,PersonBirthDate,Sex\n")


def test_factors_and_reviews_are_joined_to_their_rows(tmp_path: Path) -> None:
    read = tables(
        tmp_path,
        ChildIdentifiers=IDS,
        CINdetails="LAchildID,CINdetailsID,CINreferralDate\nA1,1,2025-05-01\nA1,2,2025-06-01\n",
        Assessments="LAchildID;CINdetailsID;AssessmentID;AssessmentActualStartDate\nA1;2;9;2025-06-02\n",
        AssessmentFactorsList="LAchildID,CINdetailsID,AssessmentID,AssessmentFactor\nA1,2,9,1A\nA1,2,9,2A\n",
    )
    assert read.tables["AssessmentFactors"].rows() == [("A1", 1, 2, 1, 1, "1A"), ("A1", 1, 2, 1, 1, "2A")]


def test_two_children_with_one_id_stay_two(tmp_path: Path) -> None:
    read = tables(tmp_path, ChildIdentifiers=IDS.replace("A2", "A1"))
    assert read.children == 2
    assert len([one for one in check(read, 2026).findings if one.rule == "8510"]) == 2


def test_xml_with_another_file_is_refused(tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text("<Message/>", encoding="utf-8")
    with pytest.raises(UnreadableReturn, match="is one file"):
        validate([tmp_path / "a.xml", tmp_path / "b.xml"])


def test_a_ruleset_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    save(tmp_path, {"ChildIdentifiers.csv": IDS.encode()})
    with pytest.raises(ValueError, match="from 2022-23 to 2026-27"):
        validate(tmp_path, ruleset="2019-20")


def test_xml_in_a_zip_or_a_folder_is_found(tmp_path: Path) -> None:
    content = sample("CIN_Census_2024.xml").read_bytes()
    folder = save_xml(tmp_path / "folder", content)
    assert validate(folder).children == 2
    with zipfile.ZipFile(tmp_path / "return.zip", "w") as packed:
        packed.writestr("inside/return.xml", content)
    assert validate(tmp_path / "return.zip").children == 2


def save_xml(folder: Path, content: bytes) -> Path:
    folder.mkdir()
    (folder / "return.xml").write_bytes(content)
    return folder


def test_two_returns_in_one_folder_are_refused(tmp_path: Path) -> None:
    folder = save_xml(tmp_path / "folder", b"<Message/>")
    (folder / "another.xml").write_bytes(b"<Message/>")
    with pytest.raises(UnreadableReturn, match="is one file"):
        validate(folder)
