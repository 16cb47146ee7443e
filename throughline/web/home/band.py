"""The thin picture of a child's last twelve months: times of help as bars, days on which they were seen as marks."""

from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT, DAYS = 160, 20, 365


@dataclass(frozen=True)
class Stretch:
    """A time of help."""

    kind: str
    label: str
    started_on: date
    ended_on: date | None

    def holds_on(self, day: date) -> bool:
        """Return whether it was going on."""
        return self.started_on <= day and (self.ended_on is None or self.ended_on > day)


@dataclass(frozen=True)
class Bar:
    """A time of help as drawn."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Band:
    """The picture and the same in words."""

    bars: list[Bar]
    marks: list[float]
    words: str
    width: int = WIDTH
    height: int = HEIGHT


def draw(stretches: list[Stretch], seen: list[date], today: date) -> Band:
    """Return the band of the twelve months to ``today``."""
    first = today - timedelta(days=DAYS)

    def x(day: date) -> float:
        share = (min(max(day, first), today) - first).days / DAYS
        return round(share * WIDTH, 1)

    bars = []
    for one in stretches:
        left, right = x(one.started_on), x(one.ended_on or today)
        bars.append(Bar(one.kind, left, round(max(right - left, 1.5), 1)))
    marks = sorted(x(day) for day in set(seen) if first <= day <= today)
    return Band(bars, marks, _words(stretches, sorted(set(seen)), first))


def _words(stretches: list[Stretch], seen: list[date], first: date) -> str:
    parts = []
    for one in stretches:
        begin = f"from {_day(one.started_on)}" if one.started_on > first else "from before"
        end = f" to {_day(one.ended_on)}" if one.ended_on else ""
        parts.append(f"{one.label.lower()} {begin}{end}")
    times = {0: "not recorded as seen", 1: f"seen once, {_day(seen[-1])}" if seen else ""}.get(
        len(seen), f"seen {len(seen)} times, last {_day(seen[-1])}" if seen else ""
    )
    return f"Last twelve months: {'; '.join([*parts, times])}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
