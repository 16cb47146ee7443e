"""The child's page as known on an earlier day: only what had been recorded by then, as it was worded then."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from throughline.core.access.models import Allocation, Team, User
from throughline.core.history import as_known
from throughline.record.journey.models import Entry, EntrySubject, Episode
from throughline.record.journey.queries import line
from throughline.record.journey.story import Band, Known, Line, Mark, Words, Worker, mark
from throughline.record.people.models import Name, Person, Warning


class NotKnownThen(LookupError):
    """The person was not on the record on that day."""


def child(user: User, person: Person, day: date) -> Any:
    """Return what was known of ``person`` at the end of ``day``, with the attributes that the page reads.

    ``person`` must come from this user's door; what they may see today bounds what they see of then.
    Raises NotKnownThen when nothing of the person had been recorded.
    """
    then = as_known(Person, day, pgh_obj_id=person.pk).first()
    if then is None:
        raise NotKnownThen
    names = list(as_known(Name, day, person_id=person.pk))
    shown = next((name for name in names if name.shown), names[0] if names else None)
    lines = _lines(user, person, day)
    known = Person(
        **{
            field.attname: getattr(then, field.attname)
            for field in Person._meta.concrete_fields
            if field.attname != "id"
        }
    )
    known.pk = person.pk
    known.shown_name = f"{shown.given} {shown.family}".strip() if shown else then.shown_name
    return _with(
        known,
        told_lines=lines,
        bands=_bands(person, day),
        marks=[_as_mark(one) for one in lines],
        latest_words=_latest_words(lines),
        last_seen_on=next((one.on for one in lines if one.seen), None),
        open_warnings=[
            Known(one.words, one.noted_on)
            for one in as_known(Warning, day, person_id=person.pk)
            if one.ended_on is None
        ],
        is_restricted=False,
        known_workers=_workers(person, day),
    )


def _with(known: Person, **more: Any) -> Any:
    for name, value in more.items():
        setattr(known, name, value)
    return known


def _lines(user: User, person: Person, day: date) -> list[Line]:
    parts = list(as_known(EntrySubject, day, person_id=person.pk))
    entries = {
        entry.pgh_obj_id: entry for entry in as_known(Entry, day, pgh_obj_id__in=[part.entry_id for part in parts])
    }
    # An entry restricted today is not opened by asking about yesterday.
    # access: narrows what the door already let through
    readable = set(
        Entry._base_manager.filter(pk__in=list(entries)).filter(Entry.readable_by(user)).values_list("pk", flat=True)
    )
    authors = _people_of(entries.values())
    told = [
        line(SimpleNamespace(**_row(part), entry=_as_entry(entries[part.entry_id], authors)))
        for part in parts
        if part.entry_id in entries and part.entry_id in readable
    ]
    return sorted(told, key=lambda one: (one.on, one.entry_id), reverse=True)


def _row(part: Any) -> dict[str, Any]:
    names = ("part", "seen", "seen_alone", "why_not_seen", "said", "said_how")
    return {name: getattr(part, name) for name in names}


def _as_entry(then: Any, people: dict[int, User]) -> SimpleNamespace:
    names = (
        "kind", "happened_on", "happened_at", "recorded_at", "author_name", "summary",
        "words", "decision", "reason", "sensitivity",
    )  # fmt: skip
    values = {name: getattr(then, name) for name in names}
    return SimpleNamespace(
        pk=then.pgh_obj_id, author=people.get(then.author_id), recorder=people.get(then.recorder_id), **values
    )


def _people_of(entries: Any) -> dict[int, User]:
    ids = {one for entry in entries for one in (entry.author_id, entry.recorder_id) if one}
    return User.objects.in_bulk(ids)


def _as_mark(one: Line) -> Mark:
    return mark(one.entry_id, one.kind.code, one.on, one.summary)


def _latest_words(lines: list[Line]) -> Words | None:
    return next((Words(one.said, one.said_how, one.on, one.entry_id) for one in lines if one.said), None)


def _bands(person: Person, day: date) -> list[Band]:
    rows = as_known(Episode, day, person_id=person.pk)
    bands = [
        Band(
            row.kind, str(Episode(kind=row.kind).get_kind_display()), row.started_on, row.ended_on,
            row.why_ended, row.disputed,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(bands, key=lambda band: band.started_on)


def _workers(person: Person, day: date) -> list[Worker]:
    rows = sorted(as_known(Allocation, day, person_id=person.pk), key=lambda row: row.started_on)
    users = User.objects.in_bulk({row.worker_id for row in rows if row.worker_id})
    teams = Team.objects.in_bulk({row.team_id for row in rows})
    return [
        Worker(
            str(users.get(row.worker_id, "not named yet")),
            teams[row.team_id].name,
            str(Allocation(kind=row.kind).get_kind_display()),
            row.started_on,
            row.ended_on,
        )
        for row in rows
    ]
