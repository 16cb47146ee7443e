"""Run by the peer's own Python: listens to its rule tests, and lets them judge our answers.

``record OUT`` runs every in-file test and writes each call of its rule: the tables it was given
and what the peer answered. ``judge CALLS ANSWERS OUT`` runs the tests again with our answers in
place of the peer's. ``files OUT YEAR AUTHORITY FILE... [-- PREVIOUS...]`` runs every rule on files, each on
fresh tables. ``postcodes OUT FILE...`` writes what the peer knows of the postcodes in them;
``time YEAR AUTHORITY FILE... -- PREVIOUS...`` prints how long its own session takes.
Needs nothing but the peer and what it brings.
"""

import contextlib
import copy
import importlib
import inspect
import io
import json
import logging
import sys
import time
from pathlib import Path

import lac_validator
import pandas as pd

logging.disable(logging.CRITICAL)
RULES = Path(lac_validator.__file__).parent / "rules"


def plain(value):
    """A cell as text, the way a file would have it."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def frame_out(frame):
    """A table with its index, which answers refer to."""
    return {
        "index": [int(one) for one in frame.index],
        "columns": {str(name): [plain(one) for one in frame[name].tolist()] for name in frame.columns},
    }


def call_out(dfs):
    """What a rule was given."""
    tables = {name: frame_out(one) for name, one in dfs.items() if isinstance(one, pd.DataFrame)}
    meta = {}
    for name, one in (dfs.get("metadata") or {}).items():
        meta[name] = frame_out(one) if isinstance(one, pd.DataFrame) else plain(one)
    return {"tables": tables, "metadata": meta}


def answer_out(answer):
    """What a rule found, rows in order."""
    if not isinstance(answer, dict):
        return None
    return {name: sorted(int(one) for one in rows if not pd.isna(one)) for name, rows in answer.items()}


def known_postcodes(dfs):
    """Which of the postcodes in a call the peer's own list has."""
    from lac_validator.datastore import merge_postcodes

    found = {}
    for name in ("HOME_POST", "PL_POST"):
        with contextlib.suppress(Exception):
            details = merge_postcodes(dfs["Episodes"][[name]].copy(), name)
            for code, east, north, area in details[["pcd", "oseast1m", "osnrth1m", "laua"]].itertuples(index=False):
                if not pd.isna(code):
                    found[code] = [plain(east), plain(north), plain(area)]
    return found


class Rows(list):
    """Rows whose order and repetition do not matter to the rule."""

    def __eq__(self, other):
        return {str(one) for one in self} == {str(one) for one in other}

    __hash__ = None


def modules():
    """Each rule's module with the folder of its year."""
    for path in sorted(RULES.glob("lac*/rule_*.py")):
        yield (
            path.parent.name,
            path.stem,
            importlib.import_module(f"lac_validator.rules.{path.parent.name}.{path.stem}"),
        )


def tests_of(module):
    """The in-file tests of a rule."""
    return [one for name, one in vars(module).items() if name.startswith("test_") and callable(one)]


def record(out):
    """Write every call that the tests make."""
    calls = []
    for year, stem, module in modules():
        real = module.validate
        code = real.rule.code
        for test in tests_of(module):

            def spy(dfs, real=real, test=test, year=year, stem=stem, code=code):
                call = {"year": year, "file": stem, "code": code, "test": test.__name__, **call_out(dfs)}
                call["capitals"] = ".upper()" in inspect.getsource(real)
                if code == "392c":
                    call["postcodes"] = known_postcodes(dfs)
                calls.append(call)
                try:
                    answer = real(copy.deepcopy(dfs))
                except Exception as problem:
                    call["raised"] = f"{type(problem).__name__}: {problem}"
                    raise
                call["answer"] = answer_out(answer)
                return answer

            module.validate = spy
            fate = "passed"
            with contextlib.redirect_stdout(io.StringIO()):
                try:
                    test()
                except Exception as problem:
                    fate = f"{type(problem).__name__}: {problem}"[:300]
            for call in calls:
                if call["file"] == stem and call["year"] == year and call["test"] == test.__name__:
                    call["own_test"] = fate
        module.validate = real
    Path(out).write_text(json.dumps(calls))


def judge(recorded, answers, out):
    """Run the tests with our answers; write which calls their assertions accept."""
    calls = json.loads(Path(recorded).read_text())
    ours = json.loads(Path(answers).read_text())
    by_test = {}
    for number, call in enumerate(calls):
        by_test.setdefault((call["year"], call["file"], call["test"]), []).append(number)
    verdicts = [None] * len(calls)
    for year, stem, module in modules():
        real = module.validate
        for test in tests_of(module):
            numbers = by_test.get((year, stem, test.__name__), [])
            refused = set()
            for _attempt in range(len(numbers) + 1):
                made = []

                def answer(dfs, numbers=numbers, made=made, refused=refused, real=real):
                    number = numbers[len(made)]
                    made.append(number)
                    if number in refused:
                        return real(copy.deepcopy(dfs))
                    return {name: Rows(rows) for name, rows in ours[number].items()}

                module.validate = answer
                try:
                    with contextlib.redirect_stdout(io.StringIO()):
                        test()
                    break
                except Exception as problem:
                    if not made or made[-1] in refused:
                        break
                    refused.add(made[-1])
                    verdicts[made[-1]] = f"{type(problem).__name__}"
            for number in numbers:
                if number not in refused:
                    verdicts[number] = "agrees"
        module.validate = real
    Path(out).write_text(json.dumps(verdicts))


def files(out, names, previous, year, authority):
    """Run every rule of a year on files, each on fresh tables; write rows and the time taken."""
    from lac_validator.datastore import copy_datastore, create_datastore
    from lac_validator.ingress import read_from_text
    from lac_validator.rules.ruleset_utils import get_year_ruleset

    begin = time.perf_counter()
    given = [
        {"name": name, "file_content": Path(name).read_bytes(), "description": what}
        for names_, what in ((names, "This year"), (previous, "Prev year"))
        for name in names_
    ]
    tables, extras = read_from_text(given)
    metadata = {"collectionYear": str(year), "localAuthority": authority, **extras}
    store = create_datastore(tables, metadata)
    answers, raised, skipped = {}, {}, []
    for code, rule in get_year_ruleset(str(year)).items():
        fresh = {name: one.copy() if name != "metadata" else one for name, one in copy_datastore(store).items()}
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                answer = rule.func(fresh)
        except Exception as problem:
            raised[code] = f"{type(problem).__name__}: {problem}"[:200]
            continue
        if answer == {}:
            skipped.append(code)
        else:
            answers[code] = answer_out(answer)
    seconds = time.perf_counter() - begin
    Path(out).write_text(json.dumps({"answers": answers, "raised": raised, "skipped": skipped, "seconds": seconds}))


def timed(year, authority, names, previous):
    """Print the seconds that the peer's own session takes, from the files to its findings."""
    from lac_validator.lac_validator import LacValidator
    from lac_validator.rules.ruleset_utils import get_year_ruleset

    given = [
        {"name": name, "file_content": Path(name).read_bytes(), "description": what}
        for group, what in ((names, "This year"), (previous, "Prev year"))
        for name in group
    ]
    begin = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        LacValidator({"collectionYear": str(year), "localAuthority": authority}, given, get_year_ruleset(str(year)))
    print(json.dumps({"seconds": time.perf_counter() - begin}))


def postcodes(out, names):
    """Write the peer's own facts about the postcodes in the episodes, as our reference file has them."""
    from lac_validator.datastore import la_df, merge_postcodes
    from lac_validator.ingress import read_from_text

    given = [{"name": name, "file_content": Path(name).read_bytes(), "description": "This year"} for name in names]
    episodes = read_from_text(given)[0]["Episodes"]
    upper = dict(zip(la_df["LTLA21CD"], la_df["UTLA21CD"], strict=True))
    outside = {"S": "SCO", "N": "NIR", "W": "WAL"}
    found = {}
    for name in ("HOME_POST", "PL_POST"):
        details = merge_postcodes(episodes[[name]].copy(), name)
        for code, east, north, area in details[["pcd", "oseast1m", "osnrth1m", "laua"]].itertuples(index=False):
            if not pd.isna(code):
                found[code] = (outside.get(str(area)[:1].upper()) or upper.get(area), plain(east), plain(north))
    lines = ["postcode,la_code,easting,northing"]
    lines += [f"{code},{area or ''},{east or ''},{north or ''}" for code, (area, east, north) in found.items()]
    Path(out).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    word, *rest = sys.argv[1:]
    if word == "record":
        record(*rest)
    elif word == "judge":
        judge(*rest)
    elif word == "time":
        year, authority, *names = rest
        cut = names.index("--")
        timed(int(year), authority, names[:cut], names[cut + 1 :])
    elif word == "postcodes":
        postcodes(rest[0], rest[1:])
    elif word == "files":
        target, year, authority, *names = rest
        cut = names.index("--") if "--" in names else len(names)
        files(target, names[:cut], names[cut + 1 :], int(year), authority)
