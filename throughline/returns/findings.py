"""What a check of a return finds, in the shape common to every collection.

The JSON form is a contract with other programs; ``Report.to_dict`` is its only author.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """An error must be mended before the return is accepted; a query must be mended or explained."""

    ERROR = "error"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Place:
    """One row of one table and the fields of it that matter. ``row`` is 1-based; None is the table as a whole."""

    table: str
    row: int | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: which rule, where, what is wrong and what to do.

    ``row`` is 1-based in ``table``; ``child`` and ``row`` are None for a fault of the return as a
    whole. ``related`` are further places that the fault is about, in other rows or tables; the JSON
    form does not carry them.
    """

    rule: str
    severity: Severity
    table: str
    child: str | None
    row: int | None
    fields: tuple[str, ...]
    message: str
    action: str
    related: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place, the finding's own first."""
        return (Place(self.table, self.row, self.fields), *self.related)

    def to_dict(self) -> dict[str, Any]:
        """The finding as the JSON form has it."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "table": self.table,
            "child": self.child,
            "row": self.row,
            "fields": list(self.fields),
            "message": self.message,
            "action": self.action,
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that was not run, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RuleInfo:
    """What a person may know of a rule. Each collection's rules are these, with a function.

    ``fields`` maps each table that the rule looks at to the fields it is about; the first table is
    the one that findings are placed in. ``since`` and ``until`` are inclusive collection years (2026
    is 2025/26). ``citation`` names the published source. ``message`` says what is wrong and
    ``action`` what to do, both in our own words; ``message`` may hold {Field} to be filled for each
    finding. ``ours`` marks a check that the department does not publish.
    """

    code: str
    severity: Severity
    fields: Mapping[str, tuple[str, ...]]
    citation: str
    message: str
    action: str
    since: int = 2023
    until: int | None = None
    ours: bool = False

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables that the rule is about, the one that findings are placed in first."""
        return tuple(self.fields)

    def in_year(self, year: int) -> bool:
        """Whether the rule is in the ruleset of the collection ``year``."""
        return self.since <= year and (self.until is None or year <= self.until)


@dataclass(kw_only=True)
class Report:
    """Everything that one check of one return found.

    ``ruleset`` is written "2025-26". ``children`` counts the children in the return. ``run`` counts
    rules that were run. ``notes`` are sentences about the files that are no finding of any row.
    """

    collection: str
    ruleset: str
    children: int
    run: int
    findings: Sequence[Finding]
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The report as the JSON form has it."""
        return {
            "collection": self.collection,
            "ruleset": self.ruleset,
            "children": self.children,
            "rules": {
                "run": self.run,
                "skipped": [{"rule": one.rule, "reason": one.reason} for one in self.skipped],
            },
            "findings": [one.to_dict() for one in self.findings],
        }

    def by_rule(self) -> dict[str, list[Finding]]:
        """Findings of each rule, the rule with the most first."""
        return _grouped(self.findings, lambda one: one.rule)

    def by_child(self) -> dict[str | None, list[Finding]]:
        """Findings of each child, the child with the most first; None holds those of no child."""
        return _grouped(self.findings, lambda one: one.child)


def _grouped(findings: Iterable[Finding], key: Any) -> dict[Any, list[Finding]]:
    groups: dict[Any, list[Finding]] = {}
    for one in findings:
        groups.setdefault(key(one), []).append(one)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), str(group[0]))))


def ruleset_name(year: int) -> str:
    """2026 is written "2025-26"."""
    return f"{year - 1}-{year % 100:02d}"


def ruleset_year(name: str) -> int:
    """The collection year of "2025-26", "2025/26", "2025-2026" or "2026". Raises ``ValueError`` with a sentence."""
    text = name.strip().replace("/", "-")
    first, _, last = text.partition("-")
    if first.isascii() and first.isdigit() and len(first) == 4:
        year = int(first)
        if not last:
            return year
        if last in (f"{(year + 1) % 100:02d}", str(year + 1)):
            return year + 1
    raise ValueError(f"“{name}” is not a ruleset. Write it as 2025-26.")
