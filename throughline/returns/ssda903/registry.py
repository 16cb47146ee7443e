"""What a rule is, and which rules a collection year has."""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from throughline.returns.findings import RuleInfo, Severity
from throughline.returns.ssda903 import layout

if TYPE_CHECKING:
    import polars as pl

    from throughline.returns.ssda903.care import Care

    Rows = dict[str, pl.Series]
    """Table to the rows of it that a rule finds fault with, 1-based."""

SOURCE = (
    "Department for Education, Children looked after by local authorities in England (SSDA903): "
    "validation rules, rule {code}"
)


@dataclass(frozen=True, kw_only=True)
class Rule(RuleInfo):
    """A rule and its function.

    ``uses`` are tables that must be in the return beside those of ``fields``; a name that ends in
    ``_last`` is of the previous year. ``needs`` names parts of the reference: postcodes,
    providers, authority. ``form`` is the only form the rule is for, or None.
    """

    check: "Callable[[Care], Rows]"
    uses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    form: str | None = None

    @property
    def wants(self) -> tuple[str, ...]:
        """Every table that must be there for the rule to be run."""
        return self.uses if self.uses else self.tables


_RULES: list[Rule] = []


def rule(
    code: str,
    fields: Mapping[str, tuple[str, ...]],
    message: str,
    action: str,
    *,
    uses: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    since: int = 2023,
    until: int | None = None,
    query: bool = False,
    form: str | None = None,
    cite: str | None = None,
    ours: bool = False,
) -> "Callable[[Callable[[Care], Rows]], Callable[[Care], Rows]]":
    """Register the function below as a rule.

    ``fields`` maps each table in which the rule places findings to the fields it is about. ``uses``,
    where given, is every table that must be there (else those of ``fields``). ``cite`` is a
    source beyond the department's list of rules.
    """

    def register(check: "Callable[[Care], Rows]") -> "Callable[[Care], Rows]":
        source = "Throughline" if ours else SOURCE.format(code=code)
        _RULES.append(
            Rule(
                code=code,
                severity=Severity.QUERY if query else Severity.ERROR,
                fields=fields,
                citation=f"{source}; {cite}" if cite else source,
                message=message,
                action=action,
                since=since,
                until=until,
                ours=ours,
                check=check,
                uses=uses,
                needs=needs,
                form=form,
            )
        )
        return check

    return register


@cache
def every_rule() -> tuple[Rule, ...]:
    """Every rule of every year, in the order of the files."""
    from throughline.returns.ssda903 import rules

    for module in sorted(pkgutil.iter_modules(rules.__path__), key=lambda one: one.name):
        import_module(f"{rules.__name__}.{module.name}")
    return tuple(_RULES)


def load_rules(ruleset: str | int | None = None) -> dict[str, Rule]:
    """The rules of a collection year by code: those of the year before with what changed.

    Raises ``ValueError`` with a sentence for a ruleset that there is not.
    """
    year = layout.ruleset_year(ruleset)
    chosen: dict[str, Rule] = {}
    for one in every_rule():
        if one.in_year(year):
            assert one.code not in chosen, f"two rules {one.code} in {year}"
            chosen[one.code] = one
    return dict(sorted(chosen.items(), key=lambda item: _order(item[0])))


@dataclass(frozen=True)
class Changes:
    """What a ruleset changed against the year before it, as codes."""

    added: tuple[str, ...]
    amended: tuple[str, ...]
    withdrawn: tuple[str, ...]


def changes(ruleset: str | int) -> Changes:
    """How the rules of a year differ from those it inherits. The first year adds all of them."""
    year = layout.ruleset_year(ruleset)
    now = load_rules(year)
    if year == layout.first_year():
        return Changes(tuple(now), (), ())
    before = load_rules(year - 1)
    return Changes(
        tuple(code for code in now if code not in before),
        tuple(code for code, one in now.items() if code in before and one is not before[code]),
        tuple(code for code in before if code not in now),
    )


def _order(code: str) -> tuple[int, str]:
    figures = "".join(mark for mark in code if mark.isdigit())
    return (int(figures), code) if code[0].isdigit() else (10**6, code)
