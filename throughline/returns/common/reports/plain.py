"""The report for a terminal: a line a rule, with what is wrong, what to do and where to look first."""

import shutil
import textwrap
from typing import TextIO

from throughline.returns.common.reports import TITLES
from throughline.returns.common.reports.groups import RuleGroup, by_rule
from throughline.returns.findings import Report

FIRST = 6
"""How many places are named for each rule; the other forms have all."""


def write(report: Report, out: TextIO) -> None:
    """Write the report, as wide as the terminal."""
    width = min(max(shutil.get_terminal_size((100, 24)).columns, 60), 140)
    groups = by_rule(report)
    out.write(f"{summary(report, groups)}\n")
    for note in report.notes:
        out.write(_folded(f"Note: {note}", "", width))
    for group in groups:
        out.write(f"\n{group.code}  {group.severity}  {count(group.count, 'finding')}  in {group.table}\n")
        out.write(_folded(group.said, "    ", width))
        out.write(_folded(f"To do: {group.action}", "    ", width))
        if group.first:
            places = ", ".join(_place(child, row) for child, row in group.first[:FIRST])
            more = f", and {group.count - FIRST:,} more" if group.count > FIRST else ""
            out.write(_folded(f"Where: {places}{more}", "    ", width))
    if report.skipped:
        out.write(f"\n{count(len(report.skipped), 'rule')} not run:\n")
        reasons: dict[str, list[str]] = {}
        for one in report.skipped:
            reasons.setdefault(one.reason, []).append(one.rule)
        for reason, codes in reasons.items():
            out.write(_folded(f"{', '.join(codes)}: {reason}", "    ", width))


def summary(report: Report, groups: list[RuleGroup]) -> str:
    """One sentence: what was checked, by which rules, and how much was found."""
    return f"{TITLES[report.collection]}, rules of {report.ruleset}: {in_short(report, groups)}"


def in_short(report: Report, groups: list[RuleGroup]) -> str:
    """How many children, rules and findings."""
    errors = sum(group.count for group in groups if group.severity == "error")
    queries = sum(group.count for group in groups if group.severity == "query")
    found = f"{count(errors, 'error')} and {count(queries, 'query', 'queries')}" if groups else "no findings"
    return f"{count(report.children, 'child', 'children')}, {count(report.run, 'rule')} run, {found}."


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 child", "332 children"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _place(child: str | None, row: int | None) -> str:
    if child is None:
        return "the whole return" if row is None else f"row {row}"
    return child if row is None else f"{child} (row {row})"


def _folded(text: str, margin: str, width: int) -> str:
    return textwrap.fill(text, width, initial_indent=margin, subsequent_indent=margin) + "\n"
