"""Who was seen, who was not, and since when. Nothing here infers anything: it counts visits and quotes words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Max, QuerySet

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.record.journey.models import EntrySubject
from throughline.record.visits.models import Reasoning, Visit


@dataclass(frozen=True)
class Missed:
    """A visit at which the child was to be seen and was not, and what was said of why."""

    entry_id: int
    happened_on: date
    why: str


@dataclass(frozen=True)
class Answer:
    """What the worker made of it: the entry that holds it, when, by whom, and the words."""

    entry_id: int
    on: date
    by: str
    words: str
    # Whether the child was missed again since.
    overtaken: bool


@dataclass(frozen=True)
class Attention:
    """A child who was not seen when they were to be: since when, at which visits, and what was answered."""

    person_id: int
    name: str
    last_seen: date | None
    missed: list[Missed] = field(default_factory=list)
    answer: Answer | None = None

    @property
    def sentence(self) -> str:
        """The question in words: what is known, and no more."""
        times = {1: "at the last visit", 2: "at the last two visits"}.get(
            len(self.missed), f"at the last {len(self.missed)} visits"
        )
        since = (
            f"last seen on {_day(self.last_seen)}" if self.last_seen else "no visit at which they were seen is recorded"
        )
        return f"{self.name} was not seen {times} ({_days([one.happened_on for one in self.missed])}); {since}."

    @property
    def answered(self) -> str:
        """What has been answered, in words; "" when nothing has been."""
        if self.answer is None:
            return ""
        said = f"Answered on {_day(self.answer.on)} by {self.answer.by}"
        return f"{said}, before the latest visit." if self.answer.overtaken else f"{said}."

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answer is None or self.answer.overtaken


def last_seen(user: User, person_ids: Iterable[int]) -> dict[int, date]:
    """Return the day on which each of these people was last seen, of those who ever were. One query."""
    rows = (
        reach.visible(user, EntrySubject)
        .filter(person__in=list(person_ids), seen=True)
        .values("person")
        .annotate(last=Max("entry__happened_on"))
    )
    return {row["person"]: row["last"] for row in rows}


def unseen(user: User, person_ids: Iterable[int], today: date) -> dict[int, Attention]:
    """Return, for each of these people who was missed since they were last seen, what is known of it (S1).

    Each child stands alone: that brothers and sisters were seen changes nothing. Three queries at most.
    """
    return seen_and_unseen(user, person_ids, today)[1]


def seen_and_unseen(
    user: User, person_ids: Iterable[int], today: date, *, known: dict[int, date] | None = None
) -> tuple[dict[int, date], dict[int, Attention]]:
    """Return ``last_seen`` and ``unseen`` together: two queries, and a third when there is anything to answer.

    ``known``: when each was last seen, where the caller has read it already; it saves the first query.
    """
    ids = list(person_ids)
    seen = last_seen(user, ids) if known is None else known
    missed: dict[int, list[Any]] = {}
    for row in _missed(user, ids, today):
        last = seen.get(row.person_id)
        # Seen on the same day is seen.
        if last is None or row.entry.happened_on > last:
            missed.setdefault(row.person_id, []).append(row)
    answers = _answers(user, missed) if missed else {}
    return seen, {
        person_id: Attention(
            person_id=person_id,
            name=rows[0].person.shown_name,
            last_seen=seen.get(person_id),
            missed=[Missed(row.entry_id, row.entry.happened_on, row.why_not_seen) for row in rows],
            answer=_answer(answers.get(person_id), rows[-1].entry_id),
        )
        for person_id, rows in missed.items()
    }


def _missed(user: User, ids: list[int], today: date) -> QuerySet[EntrySubject]:
    return (
        reach.visible(user, EntrySubject)
        .filter(person__in=ids, seen=False, entry__happened_on__lte=today)
        .select_related("entry", "person")
        .order_by("entry__happened_on", "entry__happened_at", "entry")
    )


def _answers(user: User, person_ids: Iterable[int]) -> dict[int, Reasoning]:
    rows = (
        reach.visible(user, Reasoning)
        .filter(entry__subjects__person__in=list(person_ids))
        .annotate(person=F("entry__subjects__person"), words=F("entry__subjects__part"))
        .select_related("entry__author")
        .order_by("entry")
    )
    return {row.person: row for row in rows}


def _answer(found: Any, latest_missed: int) -> Answer | None:
    if found is None:
        return None
    return Answer(
        entry_id=found.entry_id,
        on=found.entry.happened_on,
        by=str(found.entry.author or found.entry.author_name),
        words=found.words,
        overtaken=found.about_id != latest_missed,
    )


def of_entry(user: User, entry_id: int) -> Visit | None:
    """Return the visit that an entry is, for this user, or None."""
    return reach.visible(user, Visit).filter(entry=entry_id).select_related("entry").first()


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _days(days: list[date]) -> str:
    """Return "3, 10 and 17 March 2026"-like words; the year with each, since they may lie far apart."""
    if len(days) > 4:
        return f"between {_day(days[0])} and {_day(days[-1])}"
    said = [_day(day) for day in days]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
