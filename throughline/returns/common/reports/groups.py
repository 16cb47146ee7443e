"""Findings gathered by rule, by child and by what there is to do, in one pass over them."""

from dataclasses import dataclass, field

from throughline.returns.findings import Finding, Report

KEPT = 1000
"""How many places each group keeps; it counts them all."""


@dataclass
class RuleGroup:
    """The findings of one rule. ``message`` is that of the first; ``first`` are child and row of the first places."""

    code: str
    severity: str
    table: str
    message: str
    action: str
    count: int = 0
    first: list[tuple[str | None, int | None]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    children: dict[str, int] = field(default_factory=dict)
    varied: bool = False

    @property
    def said(self) -> str:
        """What is wrong: the message, or the first as an example where each finding has its own values."""
        return f"For example: {self.message}" if self.varied else self.message


def by_rule(report: Report) -> list[RuleGroup]:
    """A group a rule: errors first, then by how many there are."""
    groups: dict[str, RuleGroup] = {}
    for one in report.findings:
        group = groups.get(one.rule)
        if group is None:
            group = groups[one.rule] = RuleGroup(one.rule, one.severity.value, one.table, one.message, one.action)
        group.count += 1
        group.varied = group.varied or one.message != group.message
        if group.count <= KEPT:
            group.first.append((one.child, one.row))
            group.findings.append(one)
        if one.child is not None:
            group.children[one.child] = group.children.get(one.child, 0) + 1
    return sorted(groups.values(), key=lambda group: (group.severity != "error", -group.count, group.code))


def by_child(report: Report) -> dict[str, dict[str, int]]:
    """How many findings of each rule a child has; the child with the most first."""
    children: dict[str, dict[str, int]] = {}
    for one in report.findings:
        if one.child is not None:
            rules = children.setdefault(one.child, {})
            rules[one.rule] = rules.get(one.rule, 0) + 1
    return dict(sorted(children.items(), key=lambda child: (-sum(child[1].values()), child[0])))


@dataclass(frozen=True)
class Spot:
    """A field of a table and how many errors and queries are about it."""

    table: str
    field: str
    errors: int
    queries: int

    @property
    def total(self) -> int:
        """Errors and queries together."""
        return self.errors + self.queries


def spots(report: Report) -> list[Spot]:
    """Where findings gather: one spot a table and field, the fullest first."""
    counts: dict[tuple[str, str], list[int]] = {}
    for one in report.findings:
        for name in one.fields or ("",):
            both = counts.setdefault((one.table, name), [0, 0])
            both[0 if one.severity == "error" else 1] += 1
    found = [Spot(table, name, errors, queries) for (table, name), (errors, queries) in counts.items()]
    return sorted(found, key=lambda spot: (-spot.total, spot.table, spot.field))
