"""``throughline validate cin`` and ``throughline rules``, as a person runs them."""

import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.returns.cin.samples import child, message, sample
from throughline.cli.validate import add_to
from throughline.returns.findings import Report

COMMAND = Path(sys.executable).with_name("throughline")


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *words], capture_output=True, text=True, check=False, timeout=60)


SOUND = child(
    identifiers="<UPNunknown>UN3</UPNunknown><PersonBirthDate>2015-03-27</PersonBirthDate><Sex>F</Sex>",
    more="<PrimaryNeedCode>N1</PrimaryNeedCode>",
).replace(
    "</Ethnicity>",
    "</Ethnicity><Disabilities>"
    + "".join(f"<Disability>{code}</Disability>" for code in ("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS"))
    + "</Disabilities>",
)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A return without a single fault."""
    path = tmp_path / "sound.xml"
    path.write_bytes(message(SOUND).getvalue())
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """The same with two ids alike."""
    path = tmp_path / "faulty.xml"
    path.write_bytes(message(SOUND, SOUND).getvalue())
    return path


def test_a_sound_return_ends_with_0(sound: Path) -> None:
    done = run("validate", "cin", sound)
    assert done.returncode == 0, done.stdout
    assert "1 child, 109 rules run, no findings." in done.stdout


def test_findings_end_with_1_and_json_is_all_that_is_printed(faulty: Path) -> None:
    done = run("validate", "cin", faulty, "--format", "json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["collection"] == "cin"
    assert told["ruleset"] == "2025-26"
    assert told["children"] == 2
    assert told["rules"] == {"run": 109, "skipped": []}
    assert [(one["rule"], one["child"], one["row"]) for one in told["findings"]] == [
        ("8510", "A1", 1),
        ("8510", "A1", 2),
    ]


def test_the_ruleset_can_be_chosen(sound: Path) -> None:
    done = run("validate", "cin", sound, "--format", "json", "--ruleset", "2022/23")
    told = json.loads(done.stdout)
    assert told["ruleset"] == "2022-23"
    assert {"TL-YEAR", "4180"} <= {one["rule"] for one in told["findings"]}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"<Report/>", "outermost element is Report"),
        (b"<Message><Children></Children></Message>", "no children"),
        (message(SOUND).getvalue()[:-30], "ends before it is complete"),
        (b"PK\x03\x04", "damaged workbook or zip"),
    ],
)
def test_what_cannot_be_read_ends_with_2_and_the_reason_on_standard_error(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "bad.xml"
    path.write_bytes(content)
    done = run("validate", "cin", path, "--format", "json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--ruleset", "2025-27"), "Write it as 2025-26"),
        (("--ruleset", "2019-20"), "Choose a ruleset from 2022-23 to 2026-27"),
        (("--format", "pdf"), "Choose table, json, csv or html"),
        (("--output", "/nowhere/at/all.json"), "cannot be written"),
    ],
)
def test_a_wrong_option_ends_with_2_and_what_to_write(sound: Path, words: tuple[str, ...], says: str) -> None:
    done = run("validate", "cin", sound, *words)
    assert done.returncode == 2
    assert says in done.stderr


def test_a_missing_file_ends_with_2(tmp_path: Path) -> None:
    done = run("validate", "cin", tmp_path / "none.xml")
    assert done.returncode == 2
    assert "There is no file" in done.stderr


@pytest.mark.parametrize("form", ["table", "json", "csv", "html"])
def test_each_form_is_written_to_a_file(faulty: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"report.{form}"
    done = run("validate", "cin", faulty, "--format", form, "--output", path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "8510" in path.read_text(encoding="utf-8")
    assert not path.with_name(path.name + ".part").exists()


def test_a_reader_that_stops_early_is_no_error() -> None:
    done = subprocess.run(
        f"{COMMAND} validate cin {sample('fake_CIN_data.xml')} --format csv | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("rule,severity")
    assert "Traceback" not in done.stderr


def test_the_first_word_comes_before_the_libraries_load(sound: Path) -> None:
    """The budget is 0.4 s; ten times that catches an import that crept in, on a busy machine too."""
    start = time.perf_counter()
    with subprocess.Popen(
        [COMMAND, "validate", "cin", sound], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as one:
        assert one.stderr is not None
        assert one.stderr.readline() == b"Reading sound.xml\n"
        took = time.perf_counter() - start
    assert took < 4


def test_neither_django_nor_polars_is_loaded_before_the_first_word() -> None:
    probe = "import sys, throughline.cli.validate; print([m for m in ('django', 'polars', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_checking_a_return_never_loads_django(sound: Path) -> None:
    probe = (
        "import sys; from throughline.returns.cin import validate; "
        f"validate({str(sound)!r}); print('django' in sys.modules)"
    )
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == "False"


def test_a_rule_is_explained_with_its_source() -> None:
    done = run("rules", "cin", "8525q")
    assert done.returncode == 0
    assert done.stdout.startswith("8525Q (published, query, from 2022-23)")
    for line in ("What is wrong:", "What to do:", "Source: Department for Education", "N00066"):
        assert line in done.stdout


def test_rules_are_listed_by_year() -> None:
    assert "1570 " in run("rules", "cin").stdout
    assert "1570 " not in run("rules", "cin", "--ruleset", "2022-23").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("cin", "8525"), "Did you mean 8525Q"),
        (("cin", "nonsense!"), "There is no rule"),
        (("cla",), "Choose cin or 903"),
    ],
)
def test_a_rule_that_does_not_exist_ends_with_2(words: tuple[str, ...], says: str) -> None:
    done = run("rules", *words)
    assert done.returncode == 2
    assert says in done.stderr


def test_csv_tables_can_be_given_as_several_files(tmp_path: Path, sound: Path) -> None:
    from throughline.returns.cin import read_cin, write_cin_csv

    paths = []
    for name, content in write_cin_csv(read_cin(sound)).items():
        (tmp_path / name).write_bytes(content)
        paths.append(tmp_path / name)
    done = run("validate", "cin", *paths, "--format", "json")
    rules = {one["rule"] for one in json.loads(done.stdout)["findings"]}
    assert rules == {"TL-TABLE"}


def test_last_year_takes_several_paths_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}

    def checked(paths: list[Path], **more: object) -> Report:
        given.update(paths=paths, **more)
        return Report(collection="903", ruleset="2026-27", children=0, run=0, findings=[])

    monkeypatch.setattr(importlib.import_module("throughline.returns.ssda903.validate"), "validate", checked)
    app = typer.Typer()
    add_to(app)
    words = ["903", "a.csv", "b.csv", "--previous", "c.csv", "d.csv", "--ruleset", "2026-27", "--format", "json"]
    done = CliRunner().invoke(app, ["validate", *words])
    assert done.exit_code == 0, done.output
    assert given["paths"] == [Path("a.csv"), Path("b.csv")]
    assert given["previous"] == [Path("c.csv"), Path("d.csv")]
    assert given["ruleset"] == "2026-27"
