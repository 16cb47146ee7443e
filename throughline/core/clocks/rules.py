"""Which clock the law sets on a day, and what the authority changed, suspended or added.

The law is in ``law/*.toml`` beside this file; the authority's own choices are in ``clocks.toml`` of its folder.
A clock is governed by the day on which it starts: a change of the rules does not move a clock that runs.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.core.authority import ConfigurationError, read_toml
from throughline.core.clocks import units

LAW = Path(__file__).parent / "law"


@dataclass(frozen=True)
class Rule:
    """One clock as it stands on a day.

    ``starts`` and ``stops`` are codes of law/events.toml. ``suspended``: the authority does not run it that day,
    and ``citation`` then says by what.
    """

    code: str
    label: str
    amount: int
    unit: str
    starts: str
    stops: str
    citation: str
    suspended: bool = False

    def due(self, started_on: date) -> date:
        """Return the last day within the time that this rule allows from ``started_on``."""
        return units.due(started_on, self.amount, self.unit)

    @property
    def how_long(self) -> str:
        """The time it allows: "45 working days"."""
        return units.in_words(self.amount, self.unit)

    @property
    def from_when(self) -> str:
        """What it is counted from, in words."""
        return event_words(self.starts)


class NotInForce(LookupError):
    """No version of the rule is in force on that day."""


@dataclass(frozen=True)
class _Version:
    rule: Rule
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class _Override:
    """One paragraph of an authority's clocks.toml."""

    rules: tuple[str, ...]
    since: date
    until: date | None
    citation: str
    amount: int | None = None
    unit: str | None = None
    starts: str | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def apply(self, rule: Rule, *, suspend: bool) -> Rule:
        changed = replace(
            rule,
            amount=self.amount or rule.amount,
            unit=self.unit or rule.unit,
            starts=self.starts or rule.starts,
            citation=self.citation,
        )
        return replace(changed, suspended=True) if suspend else changed


@dataclass(frozen=True)
class _Choices:
    suspend: tuple[_Override, ...] = ()
    change: tuple[_Override, ...] = ()
    local: Mapping[str, tuple[_Version, ...]] | None = None


def rule(code: str, on: date) -> Rule:
    """Return the rule in force on a day for a clock that starts then, as this authority has it.

    Raises NotInForce when none was in force that day, and LookupError for a code that nobody wrote.
    """
    choices = _choices(Path(settings.AUTHORITY))
    versions = {**law(), **(choices.local or {})}.get(code)
    if versions is None:
        raise LookupError(f"{code!r} is not a clock: see throughline/core/clocks/law")
    found = next((one.rule for one in versions if one.holds_on(on)), None)
    if found is None:
        raise NotInForce(f"No rule for {code!r} was in force on {on.isoformat()}")
    for change in choices.change:
        if code in change.rules and change.holds_on(on):
            found = change.apply(found, suspend=False)
    for suspension in choices.suspend:
        if code in suspension.rules and suspension.holds_on(on):
            found = suspension.apply(found, suspend=True)
    return found


def codes() -> list[str]:
    """Return the code of each clock: the law's, then the authority's own."""
    return [*law(), *(_choices(Path(settings.AUTHORITY)).local or {})]


def in_force(on: date) -> list[Rule]:
    """Return each rule that has a version on that day, suspended ones among them and marked."""
    found = []
    for code in codes():
        try:
            found.append(rule(code, on))
        except NotInForce:
            continue
    return found


@cache
def law() -> Mapping[str, tuple[_Version, ...]]:
    """Return every version of each rule that the law sets, by code."""
    rules: dict[str, tuple[_Version, ...]] = {}
    for path in sorted(LAW.glob("*.toml")):
        if path.stem != "events":
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
            rules.update({code: _versions(code, one, path) for code, one in raw.items()})
    return rules


@cache
def events() -> Mapping[str, str]:
    """Return the words for each event that starts or stops a clock."""
    return tomllib.loads((LAW / "events.toml").read_text(encoding="utf-8"))


def event_words(code: str) -> str:
    """Return what an event is called; an authority's own event is its own words."""
    return events().get(code, code)


def _versions(code: str, raw: Mapping[str, Any], path: Path) -> tuple[_Version, ...]:
    versions = raw.get("versions", [])
    for key in ("label", "starts", "stops"):
        if not raw.get(key):
            raise ConfigurationError(f"{path}: the clock {code} has no {key}. Add one.")
    made = tuple(_version(code, raw, one, path) for one in versions)
    if not made:
        raise ConfigurationError(f"{path}: the clock {code} has no [[{code}.versions]]. Add one, with its citation.")
    for before, after in pairwise(made):
        if before.until is None or after.since <= before.until:
            raise ConfigurationError(
                f"{path}: two versions of the clock {code} hold on {after.since.isoformat()}. End the earlier."
            )
    return made


def _version(code: str, raw: Mapping[str, Any], one: Mapping[str, Any], path: Path) -> _Version:
    where = f"{path}: the clock {code}"
    amount, unit = _amount(one, where)
    if amount is None or unit is None:
        raise ConfigurationError(f"{where} must have an amount and a unit.")
    since, until, citation = _dates_and_citation(one, where)
    return _Version(Rule(code, raw["label"], amount, unit, raw["starts"], raw["stops"], citation), since, until)


@lru_cache(maxsize=16)
def _choices(folder: Path) -> _Choices:
    path = folder / "clocks.toml"
    if not path.exists():
        return _Choices()
    raw = read_toml(path)
    unknown = sorted(set(raw) - {"suspend", "change", "local"})
    if unknown:
        raise ConfigurationError(f"{path}: {', '.join(unknown)} is not known here. Use suspend, change or local.")
    local = {code: _versions(code, one, path) for code, one in raw.get("local", {}).items()}
    clash = sorted(set(local) & set(law()))
    if clash:
        raise ConfigurationError(f"{path}: {', '.join(clash)} is a clock of the law. Use [[change]] to change it.")
    known = {*law(), *local}
    return _Choices(
        suspend=tuple(_override(one, path, known, "suspend") for one in raw.get("suspend", [])),
        change=tuple(_override(one, path, known, "change") for one in raw.get("change", [])),
        local=local,
    )


def _override(one: Mapping[str, Any], path: Path, known: set[str], kind: str) -> _Override:
    names = tuple(one.get("rules", ()))
    where = f"{path}: [[{kind}]] of {', '.join(names) or 'nothing'}"
    if not names:
        raise ConfigurationError(f'{path}: a [[{kind}]] names no clock. Add rules = ["assessment"], for example.')
    unknown = sorted(set(names) - known)
    if unknown:
        raise ConfigurationError(f"{where}: {', '.join(unknown)} is not a clock. Known: {', '.join(sorted(known))}.")
    amount, unit = _amount(one, where)
    if kind == "suspend" and (amount or unit):
        raise ConfigurationError(f"{where} has an amount. A suspension has none: use [[change]] for another time.")
    since, until, citation = _dates_and_citation(one, where)
    return _Override(names, since, until, citation, amount, unit, one.get("starts"))


def _amount(one: Mapping[str, Any], where: str) -> tuple[int | None, str | None]:
    amount, unit = one.get("amount"), one.get("unit")
    if amount is not None and (not isinstance(amount, int) or amount < 1):
        raise ConfigurationError(f"{where} has the amount {amount}. Give a whole number of one or more.")
    if unit is not None and unit not in units.UNITS:
        raise ConfigurationError(f"{where} has the unit {unit}. Use one of {', '.join(sorted(units.UNITS))}.")
    return amount, unit


def _dates_and_citation(one: Mapping[str, Any], where: str) -> tuple[date, date | None, str]:
    since, until, citation = one.get("from"), one.get("until"), one.get("citation")
    # TOML's date, not its date-time and not text: type() because a datetime is a date to isinstance.
    if type(since) is not date or (until is not None and type(until) is not date):
        raise ConfigurationError(f"{where} must say from which day it holds: from = 2026-04-01, without quotes.")
    if until is not None and until < since:
        raise ConfigurationError(f"{where} ends on {until.isoformat()}, before it begins on {since.isoformat()}.")
    if not citation:
        raise ConfigurationError(f"{where} has no citation. Say which decision, guidance or law it rests on.")
    return since, until, citation
