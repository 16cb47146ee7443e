"""The Children in Need census against csc-validator-be-cin: its own rule tests, and whole files.

Two answers agree if they name the same rows of the same tables. What passes between the two sides
are tables and rows, never code.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import polars as pl

from bench.cin_file import make
from throughline.returns.cin import layout, registry
from throughline.returns.cin.checking import run_rule
from throughline.returns.cin.data import Data
from throughline.returns.cin.model import CinReturn, empty_tables, schema_of
from throughline.returns.cin.read import read_cin
from throughline.returns.findings import Finding
from tools.conformance import peers
from tools.conformance.outcome import Outcome, tell

SCRIPT = Path(__file__).with_name("cin_peer.py")
SAMPLES = peers.ROOT.parent / "shared" / "data" / "cin"
HEADING = "Children in Need census"
INVENTED = 300
"""Children in the made-up return."""

RENAMED = {"CINplanDates": "CINPlanDates", "AssessmentFactorsList": "AssessmentFactors"}
ABSENT = {"ChildProtectionPlans": "CPPID", "Assessments": "CINdetailsID"}
"""Where a row with a blank key stands, in the peer's tests, for a module that the child does not have."""

Rows = set[tuple[str, int]]


def run() -> bool:
    """Compare everything and print it; whether each disagreement is in the register."""
    return tell([rule_tests(), whole_files()], HEADING)


# -- the peer's own rule tests -------------------------------------------------------------------


def rule_tests() -> Outcome:
    """Each call of the peer's in-file tests, answered by our engine on the same tables."""
    path = peers.WORK / f"cin-calls-{_mark(SCRIPT)}.json"
    if not path.exists():
        peers.run("cin", SCRIPT, "record", str(path))
    outcome = Outcome("Calls of the peer’s own rule tests")
    for call in json.loads(path.read_text(encoding="utf-8")):
        outcome.total += 1
        ours = answer(call)
        theirs = _collapse(call, _rows(call["places"])), call["whole"]
        if ours == theirs:
            outcome.agreed += 1
        else:
            outcome.disagreements[call["rule"]].append(f"{call['year']}: ours {_say(ours)}, theirs {_say(theirs)}")
    return outcome


def answer(call: dict[str, Any]) -> tuple[Rows, bool]:
    """The rows that our rule names for a call, and whether it names the return as a whole."""
    rule = registry.load_rules(call["year"])[call["rule"]]
    header = call["tables"].get("Header") or {"none": [None]}
    rows: Rows = set()
    whole = False
    for place in range(len(next(iter(header.values())))):
        one = {name: values[place] for name, values in header.items() if values[place] is not None}
        made, numbers = tables_of(call["tables"], one)
        numbers["Header"] = [place + 1]
        for finding in run_rule(rule, Data(made, call["year"])):
            whole = whole or finding.row is None
            rows |= {(table, numbers[table][row - 1]) for table, row in _places(finding)}
    return _collapse(call, rows), whole


def _collapse(call: dict[str, Any], rows: Rows) -> Rows:
    """Rows of assessments that a test wrote once for each factor, as the row of the whole assessment.

    Such a table has factors and no assessment id; rows of one episode with one authorisation date are one assessment.
    """
    columns = call["tables"].get("Assessments", {})
    if "AssessmentFactors" not in columns or "AssessmentID" in columns:
        return rows
    keys = _assessment_keys(columns)
    return {(table, keys.index(keys[row - 1]) + 1 if table == "Assessments" else row) for table, row in rows}


def _assessment_keys(columns: dict[str, list[Any]]) -> list[tuple[Any, ...]]:
    height = len(columns["AssessmentFactors"])
    blank = [None] * height
    ids, episodes = columns.get("LAchildID", blank), columns.get("CINdetailsID", blank)
    authorised = columns.get("AssessmentAuthorisationDate", blank)
    return [
        (ids[row], episodes[row], authorised[row]) if authorised[row] is not None else (ids[row], episodes[row], row)
        for row in range(height)
    ]


def tables_of(given: dict[str, dict[str, list[Any]]], header: dict[str, str]) -> tuple[CinReturn, dict[str, list[int]]]:
    """A return of the tables that a test made, and the test's number of each row that was kept.

    Ids become our keys, in order of appearance.
    """
    keys: dict[tuple[str, object], int] = {}
    numbers: dict[str, list[int]] = {}
    tables = empty_tables()
    for peer_name, columns in given.items():
        name = RENAMED.get(peer_name, peer_name)
        if name == "Header":
            continue
        height = len(next(iter(columns.values()), []))
        table = layout.tables()[name]
        made: dict[str, list[Any]] = {"LAchildID": columns.get("LAchildID", [None] * height)}
        # A child without an id is a child of its own.
        made["child_row"] = [
            keys.setdefault(("child", one if one is not None else (name, row)), len(keys) + 1)
            for row, one in enumerate(made["LAchildID"])
        ]
        for key in table.key_columns:
            values = columns.get(key)
            if name == "Assessments" and key == "AssessmentID" and not values and "AssessmentFactors" in columns:
                values = list(_assessment_keys(columns))
            made[key] = (
                [keys.setdefault((key, one), len(keys) + 1) for one in values]
                if values
                else [1 if key != "block" else row + 1 for row in range(height)]
            )
        for field in table.field_names:
            if field != "LAchildID":
                made[field] = columns.get(field) or columns.get(field.rstrip("s")) or [None] * height
        blank = {row for row, one in enumerate(columns.get(ABSENT.get(name, "")) or ()) if one is None}
        kept = [row for row in range(height) if row not in blank]
        tables[name] = pl.DataFrame(made, schema=schema_of(table), strict=False)[kept]
        numbers[name] = [row + 1 for row in kept]
    if "AssessmentFactorsList" not in given and "AssessmentFactors" in given.get("Assessments", {}):
        values = given["Assessments"]["AssessmentFactors"]
        kept = [values[number - 1] for number in numbers["Assessments"]]
        tables["AssessmentFactors"] = _factors(tables["Assessments"], kept)
    children = max((frame["child_row"].max() or 0 for frame in tables.values()), default=0)
    assert isinstance(children, int)
    return CinReturn(header, tables, children, 2026), numbers


def _factors(assessments: pl.DataFrame, values: list[Any]) -> pl.DataFrame:
    """Factors that a test put in the assessments' own table. Rows with one key there are one assessment each."""
    keys = assessments.select("LAchildID", "child_row", "CINdetailsID", "AssessmentID").rows()
    rows = [
        (*key, 1, one)
        for key, value in zip(keys, values, strict=True)
        for one in (value if isinstance(value, list) else [value])
        if one is not None
    ]
    return pl.DataFrame(rows, schema=schema_of(layout.tables()["AssessmentFactors"]), orient="row")


# -- whole files ---------------------------------------------------------------------------------


def whole_files() -> Outcome:
    """Every rule of every year on each sample file: one comparison each, the peer's rules on fresh tables."""
    outcome = Outcome("Rules on whole files")
    # The published samples hold few modules; a made-up return beside them has every one, with faults of many kinds.
    invented = peers.WORK / "made-up.xml"
    peers.WORK.mkdir(parents=True, exist_ok=True)
    make(invented, INVENTED)
    samples = [*sorted(SAMPLES.glob("*.xml")), invented]
    path = peers.WORK / f"cin-files-{_mark(SCRIPT, *samples)}.json"
    if not path.exists():
        peers.run("cin", SCRIPT, "files", str(path), *map(str, samples))
    answers = json.loads(path.read_text(encoding="utf-8"))
    for sample in samples:
        cin_return = read_cin(sample)
        for year in registry.years():
            data = Data(cin_return, year)
            for code, rule in registry.load_rules(year).items():
                theirs = answers.get(f"{sample.name}|{year}|{code}")
                if theirs is None:
                    continue
                outcome.total += 1
                findings = list(run_rule(rule, data))
                ours = {place for one in findings for place in _places(one)}, any(one.row is None for one in findings)
                if "raised" in theirs:
                    outcome.disagreements[code].append(f"{sample.name} {year}: the peer raised {theirs['raised']}")
                elif ours == (other := (_rows(theirs["places"]), theirs["whole"])):
                    outcome.agreed += 1
                else:
                    line = f"{sample.name} {year}: ours {_say(ours)}, theirs {_say(other)}"
                    outcome.disagreements[code].append(line)
    return outcome


def _mark(*paths: Path) -> str:
    """A short mark of what the peer was asked, so that an answer to something else is never used."""
    content = hashlib.sha256(peers.PACKAGES["cin"].encode())
    for path in paths:
        content.update(path.read_bytes())
    return content.hexdigest()[:12]


def _places(finding: Finding) -> Rows:
    return {(place.table, place.row) for place in finding.places if place.row is not None}


def _rows(places: list[list[Any]]) -> Rows:
    return {(RENAMED.get(table, table), row) for table, _, row in places}


def _say(answer: tuple[Rows, bool]) -> str:
    rows, whole = answer
    named = ", ".join(f"{table} {row}" for table, row in sorted(rows)[:8]) + (" …" if len(rows) > 8 else "")
    return "the whole return" if whole else named or "nothing"
