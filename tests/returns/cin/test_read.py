"""Reading: bad files are refused with a sentence that says what to do, and nothing that was read is lost."""

from io import BytesIO
from pathlib import Path

import pytest

from tests.returns.cin.samples import child, message, sample
from throughline.returns.cin.model import CinReturn
from throughline.returns.cin.read import read_cin
from throughline.returns.common.errors import UnreadableReturn


def refusal(content: bytes) -> UnreadableReturn:
    with pytest.raises(UnreadableReturn) as caught:
        read_cin(BytesIO(content))
    return caught.value


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReturn, match=r"no file .*nowhere\.xml"):
        read_cin(tmp_path / "nowhere.xml")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "file is empty"),
        (b"LAchildID,UPN\nA1,\n", "is not XML"),
        (b"PK\x03\x04rest", "spreadsheet or a zip"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"<Report><Child/></Report>", "outermost element is Report"),
        (b"<Child/>", "outermost element is Child"),
        (b"<Message><Children/></Message>", "no children"),
        (b"<Message/>", "no children"),
        (b"<Message><Children><Child><a>&</a></Child></Children></Message>", "not well-formed XML at line 1"),
    ],
)
def test_what_is_no_return_is_refused_with_what_to_do(content: bytes, says: str) -> None:
    problem = refusal(content)
    assert says in problem.message
    assert problem.message.count(".") >= 1
    assert problem.message[0].isupper()


def test_another_collection_is_refused_by_name() -> None:
    content = message(child()).getvalue().replace(b"<Collection>CIN<", b"<Collection>CLA<")
    assert "“CLA”, not CIN" in refusal(content).message


def test_a_file_cut_off_says_where_and_keeps_the_children_before_the_break() -> None:
    whole = message(*(child(f"A{n}") for n in range(1, 6))).getvalue()
    problem = refusal(whole[: whole.index(b"A4") + 2])
    assert problem.line == 6
    assert "at line 6" in problem.message
    assert "3 children could be read" in problem.message
    assert isinstance(problem.partial, CinReturn)
    assert problem.partial.tables["ChildIdentifiers"]["LAchildID"].to_list() == ["A1", "A2", "A3"]
    assert problem.partial.header["Year"] == "2026"


def test_a_break_in_a_large_file_keeps_everything_before_it() -> None:
    whole = message(*(child(f"A{n}") for n in range(1, 3001))).getvalue()
    broken = whole.replace(b"<LAchildID>A2900<", b"<LAchildID>A & B<")
    problem = refusal(broken)
    assert problem.line == 2902
    assert problem.partial.children == 2899


ENTITIES = (
    b'<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("lead", [b"", b'<?xml version="1.0"?>\n', b"<!-- " + b"x" * 400_000 + b" -->"])
@pytest.mark.parametrize("use", [b"&b;", b"&c;", b"plain"])
def test_a_document_type_is_refused_wherever_it_hides(lead: bytes, use: bytes) -> None:
    inside = message(child()).getvalue().replace(b"A1", use)
    assert "document type" in refusal(lead + ENTITIES + inside).message


def test_a_document_type_in_utf_16_is_refused() -> None:
    text = (ENTITIES + message(child()).getvalue()).decode()
    assert "document type" in refusal(('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")).message


def test_absurd_depth_is_refused() -> None:
    inside = b"<Child>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Child>"
    assert "no return is" in refusal(b"<Message><Children>" + inside + b"</Children></Message>").message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_other_encodings_and_byte_order_marks_are_read(encoding: str) -> None:
    text = message(child("Zoë")).getvalue().decode()
    named = "utf-8" if encoding == "utf-8-sig" else encoding
    content = f'<?xml version="1.0" encoding="{named}"?>{text}'.encode(encoding)
    assert read_cin(BytesIO(content)).tables["ChildIdentifiers"]["LAchildID"].to_list() == ["Zoë"]


def test_windows_characters_in_a_file_that_says_utf_8_are_read_and_noted() -> None:
    content = message(child("Ann’s")).getvalue().decode().encode("windows-1252")
    read = read_cin(BytesIO(content))
    assert read.tables["ChildIdentifiers"]["LAchildID"].to_list() == ["Ann’s"]
    assert "Windows-1252" in read.notes[0]


def test_a_namespace_makes_no_difference() -> None:
    plain = message(child()).getvalue()
    named = plain.replace(
        b"<Message>",
        b'<Message xmlns="urn:cin" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        b'xsi:schemaLocation="urn:cin CIN.xsd">',
    )
    assert read_cin(BytesIO(named)) == read_cin(BytesIO(plain))


def test_a_bad_child_in_the_middle_loses_no_other_and_is_told_in_full() -> None:
    bad = (
        "stray<ChildIdentifiers><LAchildID>B2</LAchildID><LAchildID>B3</LAchildID><Shoe>9</Shoe>"
        '<UPN kind="x">A<b>1</b></UPN><UPN>second</UPN></ChildIdentifiers>'
        "<ChildIdentifiers><UPN>third</UPN></ChildIdentifiers><Unknown><Deep>4</Deep></Unknown>"
    )
    read = read_cin(message(child("A1"), bad, child("C3")))
    assert read.children == 3
    assert read.tables["ChildIdentifiers"]["LAchildID"].to_list() == ["A1", "B2", "C3"]
    assert read.tables["CINdetails"]["child_row"].to_list() == [1, 3]
    assert {(one.element, one.text, one.reason) for one in read.unplaced} == {
        ("Child", "stray", "text between elements"),
        ("LAchildID", "B3", "repeated element"),
        ("Shoe", "9", "unknown element"),
        ("UPN/@kind", "x", "attribute"),
        ("b", "1", "element inside a value"),
        ("UPN", "second", "repeated element"),
        ("ChildIdentifiers/UPN", "third", "repeated element"),
        ("Unknown/Deep", "4", "unknown element"),
    }
    assert {(one.child_row, one.child, one.line) for one in read.unplaced} == {(2, "B2", 4)}


def test_children_with_one_id_or_none_stay_apart() -> None:
    read = read_cin(message(child("A1"), child("A1"), child("A1").replace("<LAchildID>A1</LAchildID>", ""), ""))
    assert read.children == 4
    assert read.tables["ChildIdentifiers"].select("LAchildID", "child_row").rows() == [("A1", 1), ("A1", 2), (None, 3)]


def test_what_stands_outside_the_children_is_kept_as_unplaced() -> None:
    content = message(child(), child("A2")).getvalue()
    content = content.replace(b"<Children>", b"<Children note='n'>words<Adult>7</Adult>", 1)
    content = content.replace(b"</Child>\n<Child>", b"</Child>between<Child>").replace(
        b"</Message>", b"<More>8</More></Message>"
    )
    content = content.replace(b"<LEA>201</LEA>", b"<LEA>201</LEA><LEA>202</LEA><Odd>6</Odd>")
    read = read_cin(BytesIO(content))
    assert sorted((one.element, one.text) for one in read.unplaced) == [
        ("Adult", "7"),
        ("Children", "between"),
        ("Children", "words"),
        ("Children/@note", "n"),
        ("LEA", "202"),
        ("More", "8"),
        ("Odd", "6"),
    ]
    assert all(one.child_row is None for one in read.unplaced)


def test_an_empty_element_differs_from_a_missing_one() -> None:
    read = read_cin(message(child(identifiers="<UPN/>")))
    row = read.tables["ChildIdentifiers"].row(0, named=True)
    assert (row["UPN"], row["FormerUPN"]) == ("", None)


def test_values_keep_their_spaces() -> None:
    read = read_cin(message(child(identifiers="<UPN> A1 </UPN>")))
    assert read.tables["ChildIdentifiers"]["UPN"].to_list() == [" A1 "]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("CIN_Census_2021.xml", 2023),
        ("CIN_Census_2024.xml", 2025),
        ("CIN_Census_2026.xml", 2027),
        ("fake_CIN_data.xml", 2022),
    ],
)
def test_the_layout_is_known_by_what_is_in_the_file(name: str, year: int) -> None:
    assert read_cin(sample(name)).layout_year == year


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(message(child()).getvalue())
    told: list[tuple[int, int | None]] = []
    read_cin(path, lambda done, total: told.append((done, total)))
    assert told[-1] == (path.stat().st_size, path.stat().st_size)
