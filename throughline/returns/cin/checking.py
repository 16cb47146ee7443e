"""Checking a Children in Need return."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from throughline.returns.cin import registry
from throughline.returns.cin.data import OTHER, Data
from throughline.returns.cin.model import CinReturn
from throughline.returns.cin.read_any import read_any
from throughline.returns.cin.rule import Rule
from throughline.returns.cin.structure import structure
from throughline.returns.findings import Finding, Place, Report, ruleset_name

if TYPE_CHECKING:
    import polars as pl

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done and how much there is (0: not known)."""


def validate(
    paths: Path | str | Sequence[Path | str],
    previous: object = None,
    ruleset: str | int | None = None,
    reference: object = None,
    progress: Progress | None = None,
) -> Report:
    """Read a return and check it.

    ``paths`` is one XML file, one workbook, or the CSV files of the tables (or a zip or folder of
    them). ``ruleset`` is a collection year such as "2025-26"; by default the year that the header
    states. No rule of this collection needs ``previous`` or ``reference``; they are taken so that both
    collections are called alike. Raises ``UnreadableReturn`` for files that are no return and
    ``ValueError`` for a ruleset that there is not.
    """
    del previous, reference
    year = None if ruleset is None else registry.chosen_year(ruleset)
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    found = read_any([Path(one) for one in given], progress)
    return check(found, year, progress)


def check(cin_return: CinReturn, year: int | None = None, progress: Progress | None = None) -> Report:
    """Run one year's rules over a return.

    Without ``year`` the year that the header states is used, or the nearest that has a ruleset.
    """
    chosen = nearest_year(cin_return) if year is None else year
    rules = registry.load_rules(chosen)
    data = Data(cin_return, chosen)
    findings: list[Finding] = list(structure(data))
    for done, one in enumerate(rules.values(), 1):
        findings.extend(run_rule(one, data))
        if progress is not None:
            progress("Checking", done, len(rules))
    return Report(
        collection="cin",
        ruleset=ruleset_name(chosen),
        children=cin_return.children,
        run=len(rules),
        findings=findings,
        notes=list(cin_return.notes),
    )


def nearest_year(cin_return: CinReturn) -> int:
    """The year whose rules suit a return best: the one it states, or the nearest that has rules."""
    stated = cin_return.stated_year
    return min(max(stated if stated is not None else cin_return.layout_year, registry.FIRST_YEAR), registry.LAST_YEAR)


def run_rule(rule: Rule, data: Data) -> Iterator[Finding]:
    """The findings of one rule: one for each row of its table that is at fault, in row order."""
    found = rule.check(data)
    for frame in found if isinstance(found, list) else [found]:
        if not frame.is_empty():
            yield from _findings(rule, data, frame)


def _findings(rule: Rule, data: Data, frame: "pl.DataFrame") -> Iterator[Finding]:
    import polars as pl

    home = next((table for table in rule.tables if table in frame.columns), None)
    said = _message(rule.message)
    if home is None:
        table = rule.tables[0]
        for message in frame.select(said).to_series():
            yield Finding(rule.code, rule.severity, table, None, None, rule.fields[table], message, rule.action)
        return
    fields = rule.fields[home]
    places = [
        (column, table)
        for table in rule.tables
        for column in (table, table + OTHER)
        if column in frame.columns and column != home
    ]
    rows = (
        frame.filter(pl.col(home).is_not_null())
        .sort(home, maintain_order=True)
        .select(pl.col(home).alias("row"), said, *(pl.col(column) for column, _ in places))
    )
    first = rows.select("row", "message").unique("row", keep="first", maintain_order=True)
    children = data[home]["LAchildID"].gather(first["row"] - 1)
    related = _related(rule, rows, places) if places else {}
    for row, message, child in zip(first["row"], first["message"], children, strict=True):
        where = related.get(row, ())
        yield Finding(rule.code, rule.severity, home, child, row, fields, message, rule.action, where)


def _related(rule: Rule, rows: "pl.DataFrame", places: list[tuple[str, str]]) -> dict[int, tuple[Place, ...]]:
    """Further places of each finding, each once, in the order they were found."""
    found: dict[int, dict[Place, None]] = {}
    for column, table in places:
        fields = rule.fields[table]
        pairs = rows.select("row", column).drop_nulls().unique(maintain_order=True)
        for row, other in pairs.iter_rows():
            found.setdefault(row, {})[Place(table, other, fields)] = None
    return {row: tuple(other) for row, other in found.items()}


def _message(message: str) -> "pl.Expr":
    """A message with the values of each row in the places marked {Field}; a blank one reads "blank"."""
    import polars as pl

    parts: list[pl.Expr] = []
    for text, name, _, _ in Formatter().parse(message):
        if text:
            parts.append(pl.lit(text))
        if name:
            parts.append(pl.col(name).cast(pl.String).fill_null("blank"))
    return pl.concat_str(parts).alias("message")
