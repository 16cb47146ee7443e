"""Run by the peer's own Python: listens to its rule tests, and runs its rules on whole files.

``record OUT`` runs every in-file test and writes each call of its rule: the tables it was given, the
places the peer answered with, and whether its own assertions held. ``files OUT FILE...`` runs every
rule of every year on files, each on fresh tables. ``time FILE YEAR`` reads and checks one file the
way the peer does and prints the seconds. Needs nothing but the peer and what it brings.
"""

import contextlib
import copy
import importlib
import io
import json
import sys
import time
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path

import cin_validator
import pandas as pd
from cin_validator import cin_validator as engine
from cin_validator.rule_engine import RuleContext
from cin_validator.rules.ruleset_utils import get_year_ruleset

warnings.simplefilter("ignore")
RULES = Path(cin_validator.__file__).parent / "rules"


def plain(value):
    """A cell as text, the way a file would have it; a list of them stays a list."""
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def frame_out(frame):
    """A table as columns of text."""
    return {str(name): [plain(one) for one in frame[name].tolist()] for name in frame.columns}


def places_out(context):
    """What a rule found: table, field and row from 1; a finding on the whole return has no row.

    Taken from what the rule pushed: the peer's own report drops some of it when nothing was found in one table.
    """
    found = {(issue.table.name, str(issue.field), int(issue.row) + 1) for issue in context.issues}
    groups = [context.type1_issues, *context.type2_issues, *context.type3_issues]
    for group in groups:
        if hasattr(group, "row_df"):
            rows = {int(row) + 1 for rows in group.row_df.get("ROW_ID", ()) for row in rows}
            found |= {(group.table.name, str(column), row) for column in group.columns for row in rows}
    return {"places": sorted(found), "whole": bool(len(context.la_issues))}


def record(out):
    """Run every in-file test, with each call of its rule written down."""
    calls = []
    for path in sorted(RULES.glob("cin*/rule_*.py")):
        module = importlib.import_module(f"cin_validator.rules.{path.parent.name}.{path.stem}")
        original = module.validate

        def listening(data, context, original=original, path=path):
            call = {
                "rule": str(original.__rule_def__.code),
                "year": int("20" + path.parent.name[-2:]),
                "tables": {table.name: frame_out(frame) for table, frame in data.items()},
            }
            calls.append(call)
            original(data, context)
            call.update(places_out(context))

        listening.__rule_def__ = original.__rule_def__
        module.validate = listening
        for name, test in list(vars(module).items()):
            if name.startswith("test_") and callable(test):
                before = len(calls)
                problem = None
                try:
                    with contextlib.redirect_stdout(io.StringIO()):
                        test()
                except Exception as error:
                    problem = f"{type(error).__name__}: {error}"[:200]
                for call in calls[before:]:
                    call["problem"] = problem
    Path(out).write_text(json.dumps(calls))


def files(out, paths):
    """Every rule of every year on each file, each rule on tables of its own."""
    found = {}
    for path in paths:
        raw = engine.process_data(engine.convert_data(ET.parse(path).getroot()))
        named = engine.enum_keys(raw)
        for year in range(2023, 2028):
            for code, rule in get_year_ruleset(str(year)).items():
                context = RuleContext(rule)
                try:
                    with contextlib.redirect_stdout(io.StringIO()):
                        rule.func(copy.deepcopy(named), context)
                    answer = places_out(context)
                except Exception as error:
                    answer = {"raised": f"{type(error).__name__}: {error}"[:200]}
                found[f"{Path(path).name}|{year}|{code}"] = answer
    Path(out).write_text(json.dumps(found))


def timed(path, year):
    """Seconds from the file to the report, as the peer's own command does it."""
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        data = engine.process_data(engine.convert_data(ET.parse(path).getroot()))
        checked = engine.CinValidator(data, get_year_ruleset(year))
    print(json.dumps({"seconds": time.perf_counter() - start, "findings": len(checked.full_issue_df)}))


if __name__ == "__main__":
    if sys.argv[1] == "record":
        record(sys.argv[2])
    elif sys.argv[1] == "files":
        files(sys.argv[2], sys.argv[3:])
    else:
        timed(sys.argv[2], sys.argv[3])
