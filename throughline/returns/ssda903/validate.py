"""Check a return against the rules of a collection year."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring
from pathlib import Path
from typing import cast, overload

import polars as pl

from throughline.returns import findings
from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.findings import Finding, Report, Severity, Skipped
from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.care import Care, Rows
from throughline.returns.ssda903.model import Note, Ssda903
from throughline.returns.ssda903.read import read
from throughline.returns.ssda903.reference import Reference, read_reference
from throughline.returns.ssda903.registry import Rule, load_rules
from throughline.returns.ssda903.whole import notes_on

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done and how much there is."""

Paths = Path | str | Sequence[Path | str]

_NEEDS = {
    "postcodes": "needs postcodes.csv in the reference folder",
    "providers": "needs providers.csv in the reference folder",
    "authority": "needs authority.json in the reference folder",
}


def validate(
    paths: Paths,
    previous: Paths | None = None,
    ruleset: str | int | None = None,
    reference: Path | str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read a return and check it.

    ``previous`` is last year's return, without which year-on-year rules are skipped. ``ruleset``
    is a collection year such as ``"2026-27"``, by default the latest. ``reference`` is a folder
    (see ``read_reference``). Raises ``UnreadableReturn`` for files that are no return and
    ``ValueError`` for a ruleset that there is not.
    """
    year = layout.ruleset_year(ruleset)
    facts = read_reference(reference)
    this = read(paths, progress=progress)
    before = None
    if previous is not None:
        try:
            before = read(previous, progress=progress)
        except UnreadableReturn as problem:
            raise UnreadableReturn(f"Of the previous year: {problem.message}", line=problem.line) from problem
    return check(this, before, year=year, reference=facts, progress=progress)


def check(
    this: Ssda903,
    previous: Ssda903 | None = None,
    *,
    year: int,
    reference: Reference | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check tables against the rules of ``year`` (the year in which the collection ends)."""
    care = Care(this, previous, year=year, reference=reference)
    rules = load_rules(year)
    skipped: list[Skipped] = []
    hits: list[tuple[Rule, Rows]] = []
    for done, rule in enumerate(rules.values()):
        if progress and done % 20 == 0:
            progress("Checking", done, len(rules))
        reason = why_not(rule, care)
        if reason is None:
            hits.append((rule, rule.check(care)))
        elif not rule.ours:
            skipped.append(Skipped(rule.code, reason))
    if progress:
        progress("Checking", len(rules), len(rules))
    found = Findings(hits, this, previous)
    notes = [*this.notes, *notes_on(this, care)]
    found.extend_with(note for note in notes if note.table is not None)
    return Report(
        collection="903",
        ruleset=findings.ruleset_name(year),
        children=this.children,
        run=sum(not rule.ours for rule, _rows in hits),
        findings=cast(list[Finding], found),
        skipped=skipped,
        notes=[note.message for note in notes if note.table is None],
    )


def why_not(rule: Rule, care: Care) -> str | None:
    """Why a rule cannot be run on this return; None where it can."""
    if rule.form is not None and rule.form != care.form:
        return f"is only for the {rule.form.upper()} form of the return"
    for part in rule.needs:
        if not care.knows(part):
            return _NEEDS[part]
    absent = [table for table in rule.wants if not care.has(table)]
    if not absent:
        return None
    now = [table for table in absent if not table.endswith("_last")]
    if "asylum" in now:
        return "needs the table UASC, which was not given"
    if now:
        return f"needs the table {' and '.join(now)}, which was not given"
    names = " and ".join(table.removesuffix("_last") for table in absent)
    return f"needs {names} of the previous year, which was not given"


class Findings(Sequence[Finding]):
    """Findings, made one by one when they are asked for; a large return has millions.

    ``frame`` has ``rule`` (place in ``rules``), ``table`` and ``row``, in the order of the rules.
    """

    def __init__(self, hits: Sequence[tuple[Rule, Rows]], this: Ssda903, previous: Ssda903 | None = None) -> None:
        """``hits`` are the rows that each rule found, by table."""
        self.rules: list[Rule] = [rule for rule, _rows in hits]
        self.tables = [name + last for last in ("", "_last") for name in layout.tables()]
        self._texts = {name: frame.get_column("CHILD") for name, frame in this.tables.items()}
        if previous is not None:
            self._texts |= {f"{name}_last": frame.get_column("CHILD") for name, frame in previous.tables.items()}
        self._more: list[Finding] = []
        parts = [
            (place, self.tables.index(name), rows)
            for place, (_rule, by_table) in enumerate(hits)
            for name, rows in by_table.items()
            if len(rows)
        ]
        # One frame for all of them: three hundred small ones take longer than the rules.
        columns = {
            "rule": pl.Series([place for place, _table, _rows in parts], dtype=pl.UInt16),
            "table": pl.Series([table for _place, table, _rows in parts], dtype=pl.UInt8),
            "row": pl.Series([rows for _place, _table, rows in parts], dtype=pl.List(pl.UInt32)),
        }
        self.frame = pl.DataFrame(columns).explode("row").drop_nulls().unique().sort("rule", "table", "row")

    def extend_with(self, notes: Iterable[Note]) -> None:
        """Add what was noticed on reading, which belongs to a table."""
        for note in notes:
            message, _, action = note.message.rpartition(". ")
            self._more.append(
                Finding(
                    rule=note.rule,
                    severity=Severity.ERROR,
                    table=note.table or "",
                    child=note.child,
                    row=note.row,
                    fields=note.fields,
                    message=f"{message}." if message else note.message,
                    action=action or note.message,
                )
            )

    def __len__(self) -> int:
        """How many findings there are."""
        return self.frame.height + len(self._more)

    @overload
    def __getitem__(self, place: int) -> Finding: ...
    @overload
    def __getitem__(self, place: slice) -> list[Finding]: ...
    def __getitem__(self, place: int | slice) -> Finding | list[Finding]:
        """The finding at a place, or those of a slice."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        if not 0 <= place < len(self):
            raise IndexError(place)
        if place >= self.frame.height:
            return self._more[place - self.frame.height]
        return next(self._made(self.frame[place]))

    def __iter__(self) -> Iterator[Finding]:
        """Every finding in order."""
        yield from self._made(self.frame)
        yield from self._more

    def counts(self) -> Mapping[str, int]:
        """How many findings each rule has, for those that have any."""
        rules = self.frame.group_by("rule", maintain_order=True).len()
        return {self.rules[place].code: count for place, count in rules.iter_rows()}

    def rows(self, code: str) -> dict[str, list[int]]:
        """Rows that a rule found, by table."""
        place = next(one for one, rule in enumerate(self.rules) if rule.code == code)
        mine = self.frame.filter(pl.col("rule") == place)
        return {
            self.tables[table]: sorted(part.get_column("row").to_list())
            for (table,), part in mine.partition_by("table", as_dict=True).items()
        }

    def json_texts(self) -> Iterator[str]:
        """Each finding as the JSON of ``Finding.to_dict``, many times faster than one by one."""
        for rule, name, children, rows in self._groups(self.frame):
            sample = self._finding(rule, name, None, None).to_dict()
            before, after = json.dumps(sample, ensure_ascii=False).split('"child": null, "row": null', 1)
            now = not name.endswith("_last")
            for child, row in zip(children, rows, strict=True):
                who = "null" if child is None else encode_basestring(child)
                yield f'{before}"child": {who}, "row": {row if now else "null"}{after}'
        for one in self._more:
            yield json.dumps(one.to_dict(), ensure_ascii=False)

    def _made(self, frame: pl.DataFrame) -> Iterator[Finding]:
        for rule, name, children, rows in self._groups(frame):
            for child, row in zip(children, rows, strict=True):
                yield self._finding(rule, name, child, row)

    def _groups(self, frame: pl.DataFrame) -> Iterator[tuple[Rule, str, list[str | None], list[int]]]:
        """Rule, table, children and rows, for rows that are together."""
        parts = frame.partition_by("rule", "table", as_dict=True, maintain_order=True)
        for (place, table), part in parts.items():
            name = self.tables[cast(int, table)]
            rows = part.get_column("row")
            yield self.rules[cast(int, place)], name, self._texts[name].gather(rows - 1).to_list(), rows.to_list()

    def _finding(self, rule: Rule, name: str, child: str | None, row: int | None) -> Finding:
        now = name.removesuffix("_last")
        return Finding(
            rule=rule.code,
            severity=rule.severity,
            table=now,
            child=child,
            row=row if now == name else None,  # a row of last year's table is not in this return
            fields=rule.fields.get(now, ()),
            message=rule.message,
            action=rule.action,
        )
