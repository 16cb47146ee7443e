"""Entries with each person's part, episodes and time frames."""

from datetime import date, datetime, timedelta

from throughline.core.clocks import rules
from throughline.core.clocks.models import Move, TimeFrame
from throughline.record.journey.models import Entry, EntrySubject, Episode
from throughline.synthetic.plan import AFrame, AnEvent
from throughline.synthetic.write.laying import Ids, Laid, lay, moment


def write(ids: Ids) -> None:
    """Write them in the order in which they were thought of: what follows comes after what it follows."""
    events = ids.authority.events
    # In generations, so that an entry is there before another names it.
    waiting = list(events)
    while waiting:
        ready = [one for one in waiting if one.follows is None or one.follows in ids.entries]
        saved = lay([Laid(_entry(ids, one), recorded(ids, one)) for one in ready])
        ids.entries |= {one.key: row for one, row in zip(ready, saved, strict=True)}
        done = {one.key for one in ready}
        waiting = [one for one in waiting if one.key not in done]
    lay([Laid(row, recorded(ids, one)) for one in events for row in _parts(ids, one)])
    _episodes(ids)
    _frames(ids)


def recorded(ids: Ids, one: AnEvent) -> datetime:
    """Return when the event was written down: that evening, or a day or three later, never after today."""
    late = (one.key * 7919) % 10
    day = one.on + timedelta(days={7: 1, 8: 2, 9: 3}.get(late, 0))
    return moment(min(day, ids.authority.as_of), 9 if day >= ids.authority.as_of else 18, one.key % 60)


def _entry(ids: Ids, one: AnEvent) -> Entry:
    author = ids.users[one.worker] if one.worker is not None else None
    return Entry(
        kind=one.kind,
        happened_on=one.on,
        happened_at=one.at,
        recorded_at=recorded(ids, one),
        author=author,
        author_name=one.by_name,
        recorder=author,
        family=ids.families[one.family],
        summary=one.summary,
        words=one.words,
        follows=ids.entries[one.follows] if one.follows is not None else None,
        decision=one.decision,
        reason=one.reason,
    )


def _parts(ids: Ids, one: AnEvent) -> list[EntrySubject]:
    return [
        EntrySubject(
            entry=ids.entries[one.key],
            person=ids.people[part.person],
            part=part.words,
            seen=part.seen,
            seen_alone=part.alone if part.seen else None,
            why_not_seen=part.why_not,
            said=part.said,
            said_how=part.how if part.said else "",
        )
        for part in one.parts
    ]


def _episodes(ids: Ids) -> None:
    rows = [
        Laid(
            Episode(
                person=ids.people[one.person],
                kind=one.kind,
                started_on=one.started,
                ended_on=one.ended,
                why_ended=one.why.split("|")[0] if one.ended else "",
                opened_by=ids.entries[one.opened_by] if one.opened_by is not None else None,
                closed_by=ids.entries[one.closed_by] if one.closed_by is not None else None,
            ),
            moment(one.started),
            before={"ended_on": None, "why_ended": "", "closed_by_id": None} if one.ended else {},
            changed_at=moment(one.ended) if one.ended else None,
        )
        for one in ids.authority.episodes
    ]
    ids.episodes = dict(enumerate(lay(rows)))


def _frames(ids: Ids) -> None:
    frames = ids.authority.frames
    rows = [_frame(ids, one) for one in frames]
    saved = lay(rows)
    lay(
        [
            Laid(
                Move(
                    frame=frame, due_before=one.due, due_after=_day(one.moved_to), reason=one.moved_why,
                    told=["the family"], moved_at=moment(_day(one.moved_on)),
                ),
                moment(_day(one.moved_on)),
            )
            for one, frame in zip(frames, saved, strict=True)
            if _was_moved(ids, one)
        ]
    )  # fmt: skip


def _was_moved(ids: Ids, one: AFrame) -> bool:
    return one.moved_on is not None and one.moved_on <= ids.authority.as_of


def _day(day: date | None) -> date:
    assert day is not None
    return day


def _frame(ids: Ids, one: AFrame) -> Laid:
    moved = _was_moved(ids, one)
    frame = TimeFrame(
        person=ids.people[one.person],
        entry=ids.entries[one.event] if one.event is not None else None,
        rule=one.rule,
        label=one.label,
        started_on=one.started,
        due_on=_day(one.moved_to) if moved else one.due,
        stopped_on=one.stopped,
    )
    if one.rule:
        rule = rules.rule(one.rule, one.started)
        frame.basis, frame.amount, frame.unit = "statutory", rule.amount, rule.unit
        frame.counted_from, frame.citation, frame.label = rule.starts, rule.citation, rule.label
    else:
        frame.basis, frame.agreed_with = "agreed", "the family"
        frame.reason = "Often enough to see whether the plan helps, and not so often that it becomes the work."
    return Laid(
        frame,
        moment(one.started),
        before={"stopped_on": None, "due_on": one.due} if one.stopped or moved else {},
        changed_at=moment(max(filter(None, [one.stopped, one.moved_on if moved else None])))
        if one.stopped or moved
        else None,
    )
