"""The SSDA903 against csc-validator-be-903: its own rule tests, and whole files.

What passes between the two sides are tables and rows, never code. The peer's tests are run twice: once
to hear what each call is given, and once with our answers, which their own assertions then judge.
"""

import datetime
import json
import os
from pathlib import Path
from typing import Any, cast

import polars as pl

from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.care import Care
from throughline.returns.ssda903.model import Ssda903, from_columns
from throughline.returns.ssda903.read import read
from throughline.returns.ssda903.reference import Reference, provider_table, read_reference
from throughline.returns.ssda903.registry import Rule, every_rule, load_rules
from throughline.returns.ssda903.validate import Findings, check, why_not
from tools.conformance import peers
from tools.conformance.outcome import Outcome, tell

SCRIPT = Path(__file__).with_name("ssda903_peer.py")
HEADING = "SSDA903"

RENAMED = {"PLACEMENT": "PLACE", "DATE_EPISODE_CEASED": "DEC", "UASC_STATUS": "UASC"}
"""Columns that three of the peer's rules name and no return has."""


def run() -> bool:
    """Compare everything and print it; whether each disagreement is in the register."""
    return tell([rule_tests(), *(whole_files(year, form) for form in ("csv", "xml") for year in (2023, 2027))], HEADING)


def rule_tests() -> Outcome:
    """Every call of the peer's in-file tests, answered by our engine and judged by their assertions."""
    calls_at, answers_at, verdicts_at = (peers.WORK / f"903-{name}.json" for name in ("calls", "answers", "verdicts"))
    if not calls_at.exists():
        peers.run("903", SCRIPT, "record", str(calls_at))
    calls = json.loads(calls_at.read_text())
    answers = [answer(call) for call in calls]
    answers_at.write_text(json.dumps([one if isinstance(one, dict) else {} for one in answers]))
    peers.run("903", SCRIPT, "judge", str(calls_at), str(answers_at), str(verdicts_at))
    verdicts = json.loads(verdicts_at.read_text())
    outcome = Outcome("Calls of the peer’s own rule tests", total=len(calls))
    for call, ours, verdict in zip(calls, answers, verdicts, strict=True):
        if verdict == "agrees" and isinstance(ours, dict):
            outcome.agreed += 1
        else:
            said = ours if isinstance(ours, dict) else f"({ours})"
            outcome.disagreements[call["code"]].append(
                f"{call['year'][3:]} {call['test']}: peer {call.get('answer')}, ours {said}"
            )
    return outcome


def answer(call: dict[str, Any]) -> dict[str, list[int]] | str:
    """What our rule finds in the tables of a call, as the peer would number it; a sentence if it cannot be run."""
    year = int(call["year"][3:7]) + 1
    withdrawn = (one for one in every_rule() if one.code == call["code"] and not one.in_year(year))
    rule = load_rules(year).get(call["code"]) or next(withdrawn, None)
    if rule is None:
        return f"no rule {call['code']} in {year}"
    this, previous, indexes = _tables(call["tables"], call["metadata"].get("file_format") or "csv")
    meta = call["metadata"]
    # The peer's reader puts everything in capitals; its rules are tested without the reader, and some do it again.
    care = Care(
        this,
        previous,
        year=year,
        reference=_reference(call),
        period=_period(meta, year),
        capitals=call["capitals"],
    )
    reason = why_not(rule, care)
    if reason:
        return {} if not call.get("answer") else f"our rule {reason}"
    return _numbered(rule, care, indexes)


AUTHORITY = "E08000025"


def whole_files(year: int, form: str = "csv") -> Outcome:
    """The published sample, each rule's rows, the peer's and ours.

    The CSV form is read as this year and as the year before; the peer reads XML of one year only.
    """
    home = Path(os.environ.get("THROUGHLINE_SHARED", peers.ROOT.parent / "shared")) / "data" / "ssda903"
    files = [str(one) for one in sorted(home.glob(f"*.{form}")) if "errors" not in one.name]
    previous = files if form == "csv" else []
    folder = peers.WORK / f"903-reference-{form}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "authority.json").write_text(json.dumps({"local_authority": AUTHORITY}))
    if not (folder / "postcodes.csv").exists():
        peers.run("903", SCRIPT, "postcodes", str(folder / "postcodes.csv"), *files)
    theirs_at = peers.WORK / f"903-{form}-{year}.json"
    if not theirs_at.exists():
        peers.run("903", SCRIPT, "files", str(theirs_at), str(year), AUTHORITY, *files, "--", *previous)
    theirs = json.loads(theirs_at.read_text())
    this = read(files)
    report = check(this, this if previous else None, year=year, reference=read_reference(folder))
    skipped = {one.rule: one.reason for one in report.skipped}
    found = cast(Findings, report.findings)
    outcome = Outcome(f"Rules on the published {form.upper()}, {year - 1}/{year % 100}")
    for code, rule in load_rules(year).items():
        if rule.ours:
            continue
        outcome.total += 1
        said = theirs["answers"].get(code, {})
        named = {name: sorted({row + 1 for row in rows}) for name, rows in said.items() if rows}
        ours = found.rows(code) if code not in skipped else {}
        raised = theirs["raised"].get(code)
        if ours == named and (raised is None or code in skipped):
            outcome.agreed += 1
        elif raised:
            outcome.disagreements[code].append(f"the peer raises {raised}; ours {_counts(ours)}")
        else:
            outcome.disagreements[code].append(f"peer {_counts(named)}, ours {_counts(ours)} {skipped.get(code, '')}")
    return outcome


def _counts(rows: dict[str, list[int]]) -> str:
    return ", ".join(f"{len(found)} of {name}" for name, found in rows.items()) or "none"


def _numbered(rule: Rule, care: Care, indexes: dict[str, list[int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, rows in rule.check(care).items():
        labels = indexes[name]
        shown = [labels[row - 1] for row in rows.drop_nulls().unique().sort().to_list()]
        found.setdefault(name.removesuffix("_last"), []).extend(shown)
    return found


def _tables(tables: dict[str, Any], form: str) -> tuple[Ssda903, Ssda903 | None, dict[str, list[int]]]:
    made: dict[str, dict[str, pl.DataFrame]] = {"": {}, "_last": {}}
    indexes = {}
    for full, table in tables.items():
        suffix = "_last" if full.endswith("_last") else ""
        name = full.removesuffix("_last")
        if name not in layout.tables():
            continue
        columns = {RENAMED.get(key, key): values for key, values in table["columns"].items()}
        height = len(table["index"])
        columns.setdefault("CHILD", [f"row {one}" for one in range(height)])
        frame = from_columns(name, columns)
        extra = [key for key in ("PL_LA", "PL_LOCATION", "PL_DISTANCE") if key in columns]
        if name == "Episodes":
            # Some of the peer's tests write XX1 for a distance, whatever it is.
            stand_in = {key: ["1" if one == "XX1" else one for one in columns[key]] for key in extra}
            frame = frame.with_columns([pl.Series(key, stand_in[key], dtype=pl.String) for key in extra])
        made[suffix][name] = frame
        indexes[full] = table["index"]
    return Ssda903(made[""], form), Ssda903(made["_last"], form) if made["_last"] else None, indexes


def _period(meta: dict[str, Any], year: int) -> tuple[datetime.date, datetime.date]:
    start, end = layout.period(year)
    given = [meta.get(name) for name in ("collection_start", "collection_end")]
    found = [datetime.datetime.strptime(one, "%d/%m/%Y").date() if one else None for one in given]  # noqa: DTZ007
    if found[0] and not found[1]:
        end = found[0].replace(year=found[0].year + 1, month=3, day=31)
    if found[1] and not found[0]:
        start = found[1].replace(year=found[1].year - 1, month=4, day=1)
    return found[0] or start, found[1] or end


def _reference(call: dict[str, Any]) -> Reference:
    meta = call["metadata"]
    providers = None
    if isinstance(meta.get("provider_info"), dict):
        columns = meta["provider_info"]["columns"]
        names = {
            **{"urn": "URN", "place_codes": "PLACE_CODES", "provider_codes": "PROVIDER_CODES"},
            **{"closed": "REG_END", "postcode": "POSTCODE", "la_code": "LA_CODE_INFERRED"},
        }
        height = len(columns["URN"])
        providers = provider_table(
            pl.DataFrame({ours: columns.get(theirs, [None] * height) for ours, theirs in names.items()}).cast(pl.String)
        )
    postcodes = None
    if "postcodes" in call:
        postcodes = pl.DataFrame(
            {
                "postcode": [one.replace(" ", "").upper() for one in call["postcodes"]],
                "la_code": [one[2] for one in call["postcodes"].values()],
                "easting": [float(one[0]) for one in call["postcodes"].values()],
                "northing": [float(one[1]) for one in call["postcodes"].values()],
            }
        )
    return Reference(postcodes, providers, meta.get("localAuthority"))
