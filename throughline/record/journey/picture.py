"""The journey as a picture: where each band, mark and worker stands between two days.

Pure arithmetic: days in, positions out. The template draws; the table beside it says the same in words.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from throughline.record.journey.story import Band, Mark, Worker

WIDTH = 960
LEFT = 150
ROW = 26
# Marks nearer to one another than this are drawn as one, with their number.
APART = 11

BANDS = ("early_help", "in_need", "protection", "looked_after", "care_leaver")
LANES = ("front door", "understanding", "plan", "seen", "contact", "decisions", "protection")


@dataclass(frozen=True)
class Bar:
    """A band or a worker's time, drawn."""

    x: float
    width: float
    y: float
    label: str
    words: str
    kind: str
    open: bool

    @property
    def roomy(self) -> bool:
        """Whether the label fits inside."""
        return self.width > len(self.label) * 7.2

    @property
    def label_x(self) -> float:
        """Where the label starts."""
        return round(self.x + 6, 1)

    @property
    def label_y(self) -> float:
        """The line on which the label stands."""
        return self.y + 13


@dataclass(frozen=True)
class Spot:
    """One mark, or several that stand too close to draw apart."""

    x: float
    y: float
    shape: str
    count: int
    words: str
    entry_id: int | None
    since: date
    until: date

    @property
    def d(self) -> str:
        """The outline of the mark's shape, as an SVG path."""
        return _SHAPES[self.shape](self.x, self.y)

    @property
    def count_y(self) -> float:
        """The line on which the number stands."""
        return self.y + 4

    @property
    def after(self) -> date:
        """The day after the last of them, to look closer."""
        return self.until + timedelta(days=1)


def _circle(x: float, y: float, r: float) -> str:
    return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"


_SHAPES: dict[str, Callable[[float, float], str]] = {
    "circle": lambda x, y: _circle(x, y, 6),
    "ring": lambda x, y: _circle(x, y, 6) + _circle(x, y, 3.5),
    "dot": lambda x, y: _circle(x, y, 4),
    "many": lambda x, y: _circle(x, y, 9),
    "diamond": lambda x, y: f"M{x:.1f} {y - 7:.1f}l7 7-7 7-7-7z",
    "square": lambda x, y: f"M{x - 6:.1f} {y - 6:.1f}h12v12h-12z",
    "flag": lambda x, y: f"M{x - 4:.1f} {y + 8:.1f}v-16l11 5-9 5v6z",
    "sheet": lambda x, y: f"M{x - 5:.1f} {y - 7:.1f}h7l4 4v10h-11z",
    "speech": lambda x, y: f"M{x - 7:.1f} {y - 6:.1f}h14v9h-7l-4 4v-4h-3z",
}


@dataclass(frozen=True)
class Tick:
    """A line of the time axis."""

    x: float
    label: str
    strong: bool


@dataclass
class Picture:
    """Everything that the template draws."""

    start: date
    end: date
    today_x: float | None
    height: int
    bars: list[Bar] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    rows: list[tuple[float, str]] = field(default_factory=list)
    workers: list[Bar] = field(default_factory=list)
    width: int = WIDTH
    left: int = LEFT

    @property
    def empty(self) -> bool:
        """Whether nothing happened between the two days."""
        return not (self.bars or self.spots or self.workers)


def span(born: date | None, bands: Sequence[Band], marks: Sequence[Mark], today: date) -> tuple[date, date]:
    """Return the days that hold the whole journey: from the first thing known to a little after today."""
    firsts = [band.started_on for band in bands] + [mark.on for mark in marks]
    first = min(firsts, default=born or today - timedelta(days=365))
    margin = max((today - first).days // 50, 7)
    return min(first, today) - timedelta(days=margin), today + timedelta(days=margin)


def draw(
    *, bands: Sequence[Band], marks: Sequence[Mark], workers: Sequence[Worker], start: date, end: date, today: date
) -> Picture:
    """Place everything between ``start`` and ``end`` (which may not be before it)."""
    scale = _Scale(start, max(end, start + timedelta(days=1)))
    y = 34.0
    rows: list[tuple[float, str]] = []
    bars: list[Bar] = []
    for code in BANDS:
        shown = [band for band in bands if band.kind == code and _touches(band.started_on, band.ended_on, scale)]
        if shown:
            rows.append((y + 17, shown[0].label))
            bars += [_bar(scale, one.started_on, one.ended_on, y + 4, one.label, one.kind, today) for one in shown]
            y += ROW
    spots: list[Spot] = []
    for lane in LANES:
        here = [mark for mark in marks if mark.kind.lane == lane and scale.start <= mark.on <= scale.end]
        if here:
            rows.append((y + 17, lane.capitalize()))
            spots += _spots(scale, here, y + ROW / 2)
            y += ROW
    came = [one for one in workers if _touches(one.started_on, one.ended_on, scale)]
    people: list[Bar] = []
    if came:
        rows.append((y + 17, "Who worked with them"))
        people = [_bar(scale, one.started_on, one.ended_on, y + 9, one.name, "worker", today) for one in came]
        y += ROW
    return Picture(
        start=scale.start,
        end=scale.end,
        today_x=scale.x(today) if scale.start <= today <= scale.end else None,
        height=round(y + 10),
        bars=bars,
        spots=spots,
        ticks=list(_ticks(scale)),
        rows=rows,
        workers=people,
    )


class _Scale:
    def __init__(self, start: date, end: date) -> None:
        self.start, self.end = start, end
        self.days = (end - start).days

    def x(self, day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - 10) * (day - self.start).days / self.days, 1)


def _touches(started: date, ended: date | None, scale: _Scale) -> bool:
    return started <= scale.end and (ended is None or ended >= scale.start)


def _bar(scale: _Scale, started: date, ended: date | None, y: float, label: str, kind: str, today: date) -> Bar:
    last = min(ended or max(today, started), scale.end)
    x = scale.x(max(started, scale.start))
    width = max(scale.x(max(last, scale.start)) - x, 3.0)
    until = f"to {_words(ended)}" if ended else "and continuing"
    return Bar(x, round(width, 1), y, label, f"{label}: {_words(started)} {until}", kind, ended is None)


def _spots(scale: _Scale, marks: Sequence[Mark], y: float) -> Iterator[Spot]:
    near: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        near[int(scale.x(mark.on) // APART)].append(mark)
    for group in near.values():
        group.sort(key=lambda mark: (mark.on, mark.entry_id))
        first, last = group[0], group[-1]
        middle = (scale.x(first.on) + scale.x(last.on)) / 2
        if len(group) == 1:
            yield Spot(
                round(middle, 1),
                y,
                first.kind.mark,
                1,
                f"{first.kind.label}, {_words(first.on)}: {first.summary}",
                first.entry_id,
                first.on,
                first.on,
            )
        else:
            yield Spot(
                round(middle, 1),
                y,
                "many",
                len(group),
                f"{len(group)} entries, {_words(first.on)} to {_words(last.on)}",
                None,
                first.on,
                last.on,
            )


def _ticks(scale: _Scale) -> Iterator[Tick]:
    if scale.days > 365 * 3:
        step = max(1, scale.days // 365 // 14)
        for year in range(scale.start.year + 1, scale.end.year + 1, step):
            yield Tick(scale.x(date(year, 1, 1)), str(year), True)
    elif scale.days > 75:
        months = max(1, scale.days // 30 // 13)
        year, month = scale.start.year, scale.start.month
        while True:
            month += 1
            if month > 12:
                year, month = year + 1, 1
            day = date(year, month, 1)
            if day > scale.end:
                return
            if (month - 1) % months == 0:
                yield Tick(scale.x(day), f"{day:%b} {year}" if month == 1 or months > 2 else f"{day:%b}", month == 1)
    else:
        day = scale.start + timedelta(days=(7 - scale.start.weekday()) % 7)
        while day <= scale.end:
            yield Tick(scale.x(day), f"{day.day} {day:%b}", day.day <= 7)
            day += timedelta(days=7)


def _words(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
