"""What is written is what was read, in both forms, whatever the values."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from throughline.returns.common.errors import UnwritableReturn
from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.model import Ssda903, from_columns
from throughline.returns.ssda903.read import read
from throughline.returns.ssda903.read_xml import read_xml
from throughline.returns.ssda903.write import write_csv, write_xml

_GIVEN = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text and text != "")
_VALUE = st.none() | st.sampled_from(["0", "1", "C2", "01/04/2026", "AB1 2CD"]) | _GIVEN


@st.composite
def returns(draw: st.DrawFn) -> Ssda903:
    """A return that the XML form can hold: rows in the order of the children."""
    children = draw(st.lists(_GIVEN, min_size=1, max_size=4, unique=True))
    tables: dict[str, dict[str, list[str | None]]] = {}
    births: dict[str, str | None] = {}
    sexes: dict[str, str | None] = {}
    asylum: dict[str, str | None] = {}
    for table in layout.tables().values():
        columns: dict[str, list[str | None]] = {name: [] for name in table.columns}
        if table.name == "Header":
            columns["UASC"] = []
        for child in children:
            many = table.name in ("Episodes", "Reviews", "Missing", "PlacedAdoption", "SWEpisodes", "DoLo")
            count = 1 if table.name == "Header" else draw(st.integers(0, 2 if many else 1))
            for _ in range(count):
                row = {name: draw(_VALUE) for name in table.columns}
                row["CHILD"] = child
                if table.name == "Header":
                    births[child], sexes[child] = row["DOB"], row["SEX"]
                    asylum[child] = row["UASC"] = draw(st.sampled_from(["0", "1", None]))
                if "DOB" in row:
                    row["DOB"] = births[child]
                if "SEX" in row and table.name != "Header":
                    row["SEX"] = sexes[child]
                if table.name == "UASC" and asylum[child] != "1":
                    row["DUC"] = row["DUC"] or "01/01/2027"
                if table.name in ("AD1", "OC3"):
                    row[table.columns[2]] = row[table.columns[2]] or "YES"
                for name, value in row.items():
                    columns[name].append(value)
            if table.name == "UASC" and asylum[child] == "1" and not count:
                row = {"CHILD": child, "SEX": sexes[child], "DOB": births[child], "DUC": None}
                for name, value in row.items():
                    columns[name].append(value)
        if columns["CHILD"] or table.name not in ("SWEpisodes", "DoLo"):
            tables[table.name] = columns
    return Ssda903({name: from_columns(name, columns) for name, columns in tables.items()}, "xml")


@given(returns())
@settings(max_examples=60, deadline=None)
def test_xml_that_is_written_reads_back_the_same(care: Ssda903) -> None:
    target = io.BytesIO()
    write_xml(care, target)
    again = read_xml("written.xml", target.getvalue())
    assert again == care
    assert again.notes == []


@given(returns())
@settings(max_examples=60, deadline=None)
def test_csv_that_is_written_reads_back_the_same(care: Ssda903) -> None:
    plain = Ssda903({name: frame.select(layout.tables()[name].columns) for name, frame in care.tables.items()})
    with TemporaryDirectory() as folder:
        files = write_csv(care, Path(folder))
        assert read(files) == plain


def test_the_published_sample_comes_back_from_csv(sample: list[Path], tmp_path: Path) -> None:
    care = read(sample)
    assert read(write_csv(care, tmp_path)) == care


def test_xml_passes_the_schema_of_2021(published: Path) -> None:
    care = read(published / "fake_903.xml")
    target = io.BytesIO()
    write_xml(care, target)
    schema = etree.XMLSchema(etree.parse(str(published / "CLA_2021.xsd")))
    schema.assertValid(etree.fromstring(target.getvalue()))
    assert read_xml("written.xml", target.getvalue()) == care


def _header(**columns: list[str | None]) -> Ssda903:
    return Ssda903({"Header": from_columns("Header", {"CHILD": ["1"], "DOB": ["01/01/2015"], **columns})})


def test_a_child_without_a_header_row_cannot_be_written_as_xml() -> None:
    care = _header()
    care.tables["Reviews"] = from_columns("Reviews", {"CHILD": ["2"]})
    with pytest.raises(UnwritableReturn, match="add the child to Header"):
        write_xml(care, io.BytesIO())


def test_a_second_row_where_xml_has_room_for_one_is_named() -> None:
    care = _header()
    care.tables["OC2"] = from_columns("OC2", {"CHILD": ["1", "1"], "DOB": ["01/01/2015"] * 2})
    with pytest.raises(UnwritableReturn, match="Row 2 of OC2 is the second for its child"):
        write_xml(care, io.BytesIO())


def test_two_dates_of_birth_cannot_be_written_as_xml() -> None:
    care = _header()
    care.tables["OC2"] = from_columns("OC2", {"CHILD": ["1"], "DOB": ["01/01/2016"]})
    with pytest.raises(UnwritableReturn, match="another date of birth"):
        write_xml(care, io.BytesIO())


def test_an_asylum_row_that_header_contradicts_cannot_be_written_as_xml() -> None:
    care = _header(UASC=["0"])
    care.tables["UASC"] = from_columns("UASC", {"CHILD": ["1"], "DOB": ["01/01/2015"]})
    with pytest.raises(UnwritableReturn, match="Correct the one that is wrong"):
        write_xml(care, io.BytesIO())


def test_a_control_character_cannot_be_written_as_xml() -> None:
    with pytest.raises(UnwritableReturn, match="control characters"):
        write_xml(_header(ETHNIC=["WB\x01I"]), io.BytesIO())


def test_xml_needs_the_header_table() -> None:
    with pytest.raises(UnwritableReturn, match="needs the table Header"):
        write_xml(Ssda903({}), io.BytesIO())


def test_a_csv_return_states_asylum_for_each_child_in_xml() -> None:
    care = Ssda903(
        {
            "Header": from_columns("Header", {"CHILD": ["1", "2"], "DOB": ["01/01/2015"] * 2}),
            "UASC": from_columns("UASC", {"CHILD": ["2"], "DOB": ["01/01/2015"]}),
        }
    )
    target = io.BytesIO()
    write_xml(care, target)
    again = read_xml("written.xml", target.getvalue())
    assert again.tables["Header"]["UASC"].to_list() == ["0", "1"]
    assert again.tables["UASC"]["CHILD"].to_list() == ["2"]
