"""The authority's front door as data: its steps, where a contact starts, what may be decided at each.

The four doors of the Local deep dives (2022) are files in ``doors``; ``front_door.toml`` of the authority's folder
chooses one and may change any part of it. What an outcome *means* is the same everywhere; what it is called is not.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.core.authority import ConfigurationError, read_toml
from throughline.core.clocks import working_days

DOORS = Path(__file__).parent / "doors"
# What an outcome may mean. The last two make the contact a referral and open the time in need.
MEANINGS = ("advice", "signpost", "early_help", "no_further_action", "assessment", "strategy_discussion")
OPENS_IN_NEED = ("assessment", "strategy_discussion")
NATURES = ("harm", "need", "disabled", "unclear", "urgent")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Outcome:
    """What may be decided. ``destination``: say where to; ``team``: a team is chosen."""

    code: str
    label: str
    means: str
    destination: bool = False
    team: bool = False
    urgent: bool = False
    hint: str = ""

    @property
    def opens_in_need(self) -> bool:
        """Whether it makes the contact a referral and the child a child in need."""
        return self.means in OPENS_IN_NEED


@dataclass(frozen=True)
class Step:
    """A place at the front door where people decide, or pass a contact on. ``sits``: only on these days."""

    code: str
    label: str
    outcomes: tuple[str, ...]
    passes_to: tuple[str, ...] = ()
    sits: tuple[str, ...] = ()

    def next_sitting(self, on: date) -> date | None:
        """Return the next day, from ``on``, on which it sits; None where it sits every day."""
        if not self.sits:
            return None
        return next(
            day for day in (on + timedelta(days=ahead) for ahead in range(7)) if DAYS[day.weekday()] in self.sits
        )


@dataclass(frozen=True)
class Pathway:
    """A whole front door."""

    code: str
    label: str
    citation: str
    start: Mapping[str, str]
    steps: Mapping[str, Step]
    outcomes: Mapping[str, Outcome]
    decide_within: int = 1
    decide_citation: str = ""
    rereferral_months: int = 12
    unknown_step: Step = field(default=Step("", "A step that is no longer in use", ()), repr=False)

    def first_step(self, nature: str, *, urgent: bool) -> str:
        """Return where a contact starts. One that is urgent passes every earlier step by (002, scenario S2)."""
        return self.start["urgent" if urgent else nature]

    def step(self, code: str) -> Step:
        """Return a step; one that the authority has since given up may still be decided at, with every outcome."""
        found = self.steps.get(code)
        return found or Step(code, self.unknown_step.label, tuple(self.outcomes), tuple(self.steps))

    def may_be_decided(self, step: str, *, urgent: bool) -> list[Outcome]:
        """Return what may be decided at a step, what is urgent first where a child is not safe."""
        codes = self.step(step).outcomes
        found = [self.outcomes[code] for code in codes]
        return sorted(found, key=lambda one: not one.urgent) if urgent else found

    def decide_by(self, received_on: date) -> date:
        """Return the day by which this authority looks for a decision about a contact."""
        return working_days.add(received_on, self.decide_within)


def current() -> Pathway:
    """Return this authority's front door; raises ConfigurationError that names the file and the fault."""
    return load(Path(settings.AUTHORITY) / "front_door.toml")


@lru_cache(maxsize=16)
def load(path: Path) -> Pathway:
    """Return the front door that a ``front_door.toml`` describes."""
    raw = read_toml(path)
    code = raw.get("door", "")
    if code not in known():
        raise ConfigurationError(f'{path}: door = "{code}" is not a front door. Choose from {", ".join(known())}.')
    unknown = sorted(
        set(raw)
        - {"door", "start", "steps", "outcomes", "decide_within_working_days", "decide_citation", "rereferral_months"}
    )
    if unknown:
        raise ConfigurationError(f"{path}: {', '.join(unknown)} is not a setting of the front door.")
    base = tomllib.loads((DOORS / f"{code}.toml").read_text(encoding="utf-8"))
    outcomes = _over(tomllib.loads((DOORS / "outcomes.toml").read_text(encoding="utf-8")), raw.get("outcomes", {}))
    steps = _over(base["steps"], raw.get("steps", {}))
    made = Pathway(
        code=code,
        label=base["label"],
        citation=base["citation"],
        start={**base["start"], **raw.get("start", {})},
        steps={name: _step(name, one, path) for name, one in steps.items()},
        outcomes={name: _outcome(name, one, path) for name, one in outcomes.items()},
        decide_within=int(raw.get("decide_within_working_days", 1)),
        decide_citation=raw.get("decide_citation", ""),
        rereferral_months=int(raw.get("rereferral_months", 12)),
    )
    _check(made, path)
    return made


def known() -> list[str]:
    """Return the codes of the doors that come with Throughline."""
    return sorted(path.stem for path in DOORS.glob("*.toml") if path.stem != "outcomes")


def _over(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: {**base.get(name, {}), **changes.get(name, {})} for name in {**base, **changes}}


def _step(code: str, raw: Mapping[str, Any], path: Path) -> Step:
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    try:
        return Step(code, **given)
    except TypeError as problem:
        raise ConfigurationError(
            f"{path}: the step {code} is incomplete or has an unknown setting: {problem}."
        ) from problem


def _outcome(code: str, raw: Mapping[str, Any], path: Path) -> Outcome:
    try:
        return Outcome(code, **raw)
    except TypeError as problem:
        raise ConfigurationError(
            f"{path}: the outcome {code} is incomplete or has an unknown setting: {problem}."
        ) from problem


def _check(made: Pathway, path: Path) -> None:
    faults = [
        f"the start for {nature} must name a step" for nature in NATURES if made.start.get(nature) not in made.steps
    ]
    for step in made.steps.values():
        faults += [
            f"the step {step.code} has the outcome {one}, which is not one"
            for one in step.outcomes
            if one not in made.outcomes
        ]
        faults += [
            f"the step {step.code} passes to {one}, which is not a step"
            for one in step.passes_to
            if one not in made.steps
        ]
        faults += [f"the step {step.code} sits on {one}, which is not a day" for one in step.sits if one not in DAYS]
    faults += [
        f"the outcome {one.code} means {one.means}: use one of {', '.join(MEANINGS)}"
        for one in made.outcomes.values()
        if one.means not in MEANINGS
    ]
    urgent = made.steps.get(made.start.get("urgent", ""))
    if urgent is not None and not any(
        made.outcomes[one].opens_in_need for one in urgent.outcomes if one in made.outcomes
    ):
        faults.append(
            f"the step {urgent.code} takes what is urgent, and can decide neither assessment nor strategy discussion"
        )
    if faults:
        raise ConfigurationError(f"{path}: {'; '.join(faults)}.")
