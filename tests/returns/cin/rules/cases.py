"""How a rule's tests are written: what a return holds, and which rows the rule names.

A case gives tables as rows of fields. Rows belong to child 1 and episode 1 unless they say ``child`` or
``episode``; ``plan`` and ``assessment`` say whose review or factor a row is. Every child has a row in
ChildIdentifiers even where the case gives none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from throughline.returns.cin import layout, registry
from throughline.returns.cin.checking import run_rule
from throughline.returns.cin.data import Data
from throughline.returns.cin.model import CinReturn, empty_tables, schema_of
from throughline.returns.findings import Finding

WHOLE = "the whole return"

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]

_KEYS = {"episode": "CINdetailsID", "plan": "CPPID", "assessment": "AssessmentID"}


@dataclass(frozen=True)
class Case:
    """``rows`` are the rows of the finding's table, in order; ``WHOLE`` is a finding without a row.

    ``year`` is the collection year: in 2026 the census is from 2025-04-01 to 2026-03-31.
    """

    rule: str
    says: str
    tables: Tables
    rows: tuple[int, ...] | str
    year: int = 2026

    @property
    def name(self) -> str:
        """What pytest shows."""
        return f"{self.rule} {self.says}"


def made(tables: Tables, year: int = 2026) -> CinReturn:
    """A return with these tables, and a header of the year unless the case gives one."""
    frames = empty_tables()
    header = {"Collection": "CIN", "Year": str(year), "ReferenceDate": f"{year}-03-31", "LEA": "201"}
    children = {1} | {_number(row.get("child", 1)) for rows in tables.values() for row in rows}
    for name, rows in tables.items():
        if name == "Header":
            header = {field: str(value) for row in rows for field, value in row.items()}
            continue
        frames[name] = _frame(name, rows)
    if "ChildIdentifiers" not in tables:
        frames["ChildIdentifiers"] = _frame("ChildIdentifiers", [{"child": child} for child in sorted(children)])
    return CinReturn(header, frames, max(children), year)


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def _frame(name: str, rows: Sequence[Row]) -> pl.DataFrame:
    table = layout.tables()[name]
    out: list[dict[str, object]] = []
    counts: dict[tuple[object, ...], int] = {}
    for row in rows:
        made_row: dict[str, object] = {"LAchildID": f"child{row.get('child', 1)}", "child_row": row.get("child", 1)}
        for short, key in _KEYS.items():
            if key in table.key_columns:
                made_row[key] = row.get(short, 1)
        if table.key and table.key not in [_KEYS[short] for short in _KEYS if short in row]:
            parent = (made_row["child_row"], made_row.get("CINdetailsID") if table.key != "CINdetailsID" else 0)
            counts[parent] = counts.get(parent, 0) + 1
            made_row[table.key] = counts[parent]
        if table.is_list:
            made_row["block"] = 1
        fields = {field: value for field, value in row.items() if field not in ("child", *_KEYS)}
        unknown = set(fields) - set(table.field_names)
        assert not unknown, f"{name} has no {unknown}"
        out.append({**made_row, **fields})
    return pl.DataFrame(out, schema=schema_of(table))


def findings(case: Case) -> list[Finding]:
    """What the rule of a case finds in it."""
    rule = registry.load_rules(case.year)[case.rule]
    return list(run_rule(rule, Data(made(case.tables, case.year), case.year)))


def holds(case: Case) -> None:
    """Assert that a case comes out as it says, and that what is said can be read."""
    found = findings(case)
    if case.rows == WHOLE:
        assert [one.row for one in found] == [None]
    else:
        assert [one.row for one in found] == list(case.rows)
    for one in found:
        assert one.message.endswith(".")
        assert "{" not in one.message
        assert "None" not in one.message


def child(**fields: object) -> Row:
    """A row of ChildIdentifiers."""
    return fields


def referral(**fields: object) -> Row:
    """An episode that led to action, referred on 1 June 2025."""
    return {"CINreferralDate": "2025-06-01", "ReferralNFA": "0", **fields}
