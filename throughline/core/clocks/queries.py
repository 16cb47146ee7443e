"""Reading time frames, and saying in words what they mean."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.core.clocks import units, working_days
from throughline.core.clocks.models import Basis, Move, Review, TimeFrame


def running(user: User, person_ids: Iterable[int] | QuerySet[Any]) -> QuerySet[TimeFrame]:
    """Return the frames that have not ended, of these people, soonest first; moves and reviews come with them."""
    return _of(user, person_ids).filter(stopped_on__isnull=True)


def in_short(
    user: User, person_ids: Iterable[int], *, by: date | None = None, most: int | None = None
) -> list[TimeFrame]:
    """Return the running frames, soonest first, with what one line of each needs: not who moved or reviewed it.

    ``by`` keeps those due by a day, ``most`` so many of them.

    One query; one more where any was moved, and one more where any was reviewed.
    """
    moved = Move._base_manager.filter(frame=OuterRef("pk"))
    reviewed = Review._base_manager.filter(frame=OuterRef("pk"))
    rows = reach.visible(user, TimeFrame).filter(person__in=list(person_ids), stopped_on__isnull=True)
    rows = rows if by is None else rows.filter(due_on__lte=by)
    told: Any = rows.order_by("due_on", "pk").annotate(was_moved=Exists(moved), was_reviewed=Exists(reviewed))
    frames: list[TimeFrame] = list(told[:most])
    for related, flag in (("moves", "was_moved"), ("reviews", "was_reviewed")):
        some = [frame for frame in frames if getattr(frame, flag)]
        if some:
            prefetch_related_objects(some, related)
        for frame in frames:
            if not getattr(frame, flag):
                frame.__dict__.setdefault("_prefetched_objects_cache", {})[related] = getattr(frame, related).none()
    return frames


def every(user: User, person_id: int) -> QuerySet[TimeFrame]:
    """Return every frame of one person, ended ones too, the latest first."""
    return _of(user, [person_id]).order_by("-started_on", "-pk")


def of_entry(user: User, entry_id: int) -> QuerySet[TimeFrame]:
    """Return the frames that belong to one entry: an assessment's own, a plan's."""
    return _with_story(reach.visible(user, TimeFrame)).filter(entry=entry_id)


def _of(user: User, person_ids: Iterable[int] | QuerySet[Any]) -> QuerySet[TimeFrame]:
    return _with_story(reach.visible(user, TimeFrame)).filter(person__in=person_ids)


def _with_story(frames: QuerySet[TimeFrame]) -> QuerySet[TimeFrame]:
    return frames.prefetch_related("moves__moved_by", "reviews__reviewed_by")


def words(frame: TimeFrame, today: date) -> str:
    """Return where the frame stands: "due in 3 working days", "date passed 2 days ago, no explanation recorded"."""
    if frame.stopped_on is not None:
        return _how_it_ended(frame, frame.stopped_on)
    if frame.due_on < today:
        gone = units.in_words((today - frame.due_on).days, "days")
        return f"date passed {gone} ago, {_explained(frame)}"
    if frame.due_on == today:
        return f"due today at {frame.due_at:%H:%M}" if frame.due_at else "due today"
    if (frame.due_on - today).days == 1:
        return "due tomorrow"
    if frame.unit == "working_days":
        left = working_days.between(today, frame.due_on)
        if left:
            return f"due in {units.in_words(left, 'working_days')}"
    return f"due in {units.in_words((frame.due_on - today).days, 'days')}"


def is_past(frame: TimeFrame, today: date) -> bool:
    """Return whether the day has gone by while the work goes on. It says nothing of how good the work is."""
    return frame.stopped_on is None and frame.due_on < today


def _how_it_ended(frame: TimeFrame, on: date) -> str:
    if on <= frame.due_on:
        return f"done on {_day(on)}, by its date"
    late = units.in_words((on - frame.due_on).days, "days")
    return f"done on {_day(on)}, {late} after its date, {_explained(frame)}"


def _explained(frame: TimeFrame) -> str:
    return "with an explanation" if frame.explanation else "no explanation recorded"


def explain(frame: TimeFrame) -> str:
    """Return in one sentence why it is due then, with what that rests on."""
    first = _first_due(frame)
    if frame.basis == Basis.STATUTORY:
        assert frame.amount is not None
        said = (
            f"Due within {units.in_words(frame.amount, frame.unit)} of {frame.counted_from} "
            f"({_day(frame.started_on)}): {frame.citation}"
        )
    else:
        at = f" at {frame.due_at:%H:%M}" if frame.due_at else ""
        said = (
            f"Agreed on {_day(frame.started_on)} with {frame.agreed_with}, for {_day(first)}{at}: "
            f"{frame.reason.rstrip('. ')}"
        )
    moves = list(frame.moves.all())
    if moves:
        times = {1: "once", 2: "twice"}.get(len(moves), f"{len(moves)} times")
        said += f"; first due {_day(first)}, moved {times} since, last to {_day(frame.due_on)}"
    return f"{said}."


def _first_due(frame: TimeFrame) -> date:
    moves = list(frame.moves.all())
    return moves[0].due_before if moves else frame.due_on


def quality(frame: TimeFrame) -> str:
    """Return what was last written about how good the work is, with its day; timeliness never stands alone."""
    written = [one for one in frame.reviews.all() if one.quality]
    if not written:
        return ""
    return f"{written[-1].quality} ({_day(written[-1].held_on)})"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
