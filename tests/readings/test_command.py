"""throughline import cin and export cin, as somebody types them."""

from pathlib import Path

import pytest
import typer
from lxml import etree
from typer.testing import CliRunner, Result

from tests.cast import Cast
from tests.readings.returns import a_child, a_return
from throughline.cli import census
from throughline.core.audit.models import Event
from throughline.record.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    # The test's database is up to date.
    monkeypatch.setattr(census, "migrated", lambda: None)


def throughline(*words: object) -> Result:
    app = typer.Typer()
    census.add_to(app)
    return CliRunner().invoke(app, [str(word) for word in words])


def a_file(folder: Path, *children: str, year: int = 2026) -> Path:
    path = folder / "return.xml"
    path.write_bytes(a_return(*children, year=year))
    return path


def test_a_return_without_a_remark_ends_with_0(tmp_path: Path) -> None:
    result = throughline("import", "cin", a_file(tmp_path, a_child("A1"), a_child("A2")))
    assert (result.exit_code, result.stdout) == (0, "Brought in return.xml: 2 children in the file.\n  2 new\n")


def test_the_same_again_says_that_nothing_changed(tmp_path: Path) -> None:
    path = a_file(tmp_path, a_child("A1"))
    throughline("import", "cin", path)
    result = throughline("import", "cin", path)
    assert result.exit_code == 0
    assert result.stdout == "Nothing changed: the record holds what return.xml says.\n  1 as before\n"


def test_remarks_end_with_1_and_are_told_row_by_row(tmp_path: Path) -> None:
    result = throughline("import", "cin", a_file(tmp_path, a_child("A1", about="\n<Sex>1</Sex>")))
    assert result.exit_code == 1
    assert "1 remark:\n  child 1, line 4, Sex “1”: “1” is not a code of this item in any year. Mend it" in result.stdout


def test_many_remarks_are_cut_short_and_all_shows_every_one(tmp_path: Path) -> None:
    path = a_file(tmp_path, *(a_child(f"A{n}", about="<Sex>1</Sex>") for n in range(45)))
    assert "and 5 more: --all shows every one" in throughline("import", "cin", path).stdout
    assert throughline("import", "cin", path, "--all").stdout.count("Sex “1”") == 45


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"not xml", "not XML"), (b"<Message><Children>", "ends before it is complete"), (b"", "empty")],
)
def test_a_file_that_cannot_be_read_ends_with_2_and_says_why(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "return.xml"
    path.write_bytes(content)
    result = throughline("import", "cin", path)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Nothing was brought in." in result.stderr
    assert not Person.objects.exists()


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    result = throughline("import", "cin", tmp_path / "no.xml")
    assert result.exit_code == 2
    assert "Check the name and the folder." in result.stderr


def test_a_return_of_another_year_than_was_meant_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path, a_child("A1"), year=2025)
    result = throughline("import", "cin", path, "--year", 2026)
    assert result.exit_code == 2
    assert "says that it is the return of 2025, and you asked for 2026" in result.stderr
    assert not Person.objects.exists()
    assert throughline("import", "cin", path, "--year", 2025).exit_code == 0


def test_an_export_goes_to_the_file_and_tells_what_its_maker_should_know(tmp_path: Path, cast: Cast) -> None:
    throughline("import", "cin", a_file(tmp_path, a_child("A1", about="<Sex>1</Sex>")))
    output = tmp_path / "out.xml"
    result = throughline("export", "cin", "--year", 2026, "--output", output, "--as", "ann")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f"Exported the census of 2026, 1 child to {output}.",
        "1 of ChildIdentifiers: Sex goes out as a return brought it: the record could not hold it.",
        "Children whose record is closed to you are not in it.",
    ]
    assert etree.parse(output).findtext(".//LAchildID") == "A1"
    assert Event.objects.get(verb="readings.exported").actor_id == cast.analyst.pk


def test_an_export_without_a_file_goes_to_standard_output(tmp_path: Path) -> None:
    throughline("import", "cin", a_file(tmp_path, a_child("A1")))
    result = throughline("export", "cin", "--year", 2026)
    assert etree.fromstring(result.stdout_bytes).findtext("Children/Child/ChildIdentifiers/LAchildID") == "A1"


def test_an_export_of_nobody_ends_with_1_and_says_where_they_are(tmp_path: Path) -> None:
    throughline("import", "cin", a_file(tmp_path, a_child("A1")))
    result = throughline("export", "cin", "--year", 2020, "--output", tmp_path / "out.xml")
    assert result.exit_code == 1
    assert "1 child with no case that belongs in 2020 left out. --all writes every case." in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--year", 2012), "There is no layout for the collection year 2012"),
        (("--year", 2026, "--as", "nobody"), "Nobody signs in as nobody"),
        (("--year", 2026, "--output", "/no/such/folder/out.xml"), "cannot be written"),
    ],
)
def test_an_export_that_cannot_be_made_ends_with_2(words: tuple[object, ...], said: str) -> None:
    result = throughline("export", "cin", *words)
    assert result.exit_code == 2
    assert said in result.stderr
