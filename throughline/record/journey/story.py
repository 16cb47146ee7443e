"""What a child's page tells, as plain values: the same whether read now or as known on an earlier day."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from throughline.record.journey.kinds import Kind, kind


@dataclass(frozen=True)
class Line:
    """One entry as this child's story tells it: the shared words, and the child's own part."""

    entry_id: int
    kind: Kind
    on: date
    at: time | None
    recorded_at: datetime
    author: str
    recorder: str
    summary: str
    words: str
    decision: str
    reason: str
    restricted: bool
    part: str = ""
    seen: bool | None = None
    seen_alone: bool | None = None
    why_not_seen: str = ""
    said: str = ""
    said_how: str = ""
    also_about: int = 0

    @property
    def recorded_for_another(self) -> bool:
        """Whether someone else typed it than did it."""
        return bool(self.recorder and self.recorder != self.author)

    @property
    def recorded_later(self) -> int:
        """How many days after it happened it was recorded."""
        return max((self.recorded_at.date() - self.on).days, 0)


@dataclass(frozen=True)
class Band:
    """A status that lasts, or lasted."""

    kind: str
    label: str
    started_on: date
    ended_on: date | None
    why_ended: str = ""
    disputed: bool = False


@dataclass(frozen=True)
class Mark:
    """An entry as the picture shows it."""

    entry_id: int
    kind: Kind
    on: date
    summary: str


@dataclass(frozen=True)
class Worker:
    """Someone who worked with the child, for a time."""

    name: str
    team: str
    what: str
    started_on: date
    ended_on: date | None
    user_id: int | None = None

    def holds_on(self, day: date) -> bool:
        """Whether they work with the child on that day."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True)
class Words:
    """The latest words of a child, with when and how they gave them."""

    said: str
    how: str
    on: date
    entry_id: int


@dataclass(frozen=True)
class Known:
    """Something that must be known first, and since when."""

    words: str
    on: date


@dataclass(frozen=True)
class Filters:
    """What the reader asked the story to show. They stay until changed."""

    kinds: tuple[str, ...] = ()
    text: str = ""
    only: str = ""  # "said", "seen", "decisions"
    since: date | None = None
    until: date | None = None

    @property
    def active(self) -> bool:
        """Whether anything is left out."""
        return bool(self.kinds or self.text or self.only or self.since or self.until)


@dataclass
class Told:
    """The story of one child, or a page of it."""

    lines: list[Line]
    earlier: str = ""
    filters: Filters = field(default_factory=Filters)
    known_on: date | None = None


def mark(entry_id: int, code: str, on: date, summary: str) -> Mark:
    """Return a mark; raises LookupError for a kind that is not known."""
    return Mark(entry_id, kind(code), on, summary)
