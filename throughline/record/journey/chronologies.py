"""Chronologies: made by people, for a purpose. Software lists what there is and interprets nothing (R11)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from throughline.core.access import door, reach
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.errors import EditConflict, Refused
from throughline.record.journey.models import Chronology, ChronologyItem, Entry
from throughline.record.people.models import Person


@transaction.atomic
def make(*, by: User, person: Person, title: str, purpose: str = "") -> Chronology:
    """Begin a chronology of one child."""
    door.require(by, Action.RECORD, person.pk)
    if not title.strip():
        raise Refused({"title": "Give the chronology a title, such as what it is for."})
    made = Chronology.objects.create(person=person, title=title.strip()[:200], purpose=purpose.strip(), made_by=by)
    account.record("journey.chronology_made", by=by, person_id=person.pk, subject=made)
    return made


@transaction.atomic
def choose(*, by: User, chronology: Chronology, entry_ids: Sequence[int]) -> int:
    """Add entries of the child's story, oldest first, each once; return how many were added."""
    held = _held(by, chronology)
    known = set(held.items.values_list("entry_id", flat=True))
    entries = reach.visible(by, Entry).filter(pk__in=entry_ids, subjects__person=held.person_id).exclude(pk__in=known)
    position = _last(held)
    added = 0
    for added, entry in enumerate(entries.order_by("happened_on", "pk"), start=1):
        ChronologyItem.objects.create(
            chronology=held,
            entry=entry,
            happened_on=entry.happened_on,
            event=entry.summary,
            position=position + added,
        )
    _changed(by, held)
    return added


@transaction.atomic
def add_own(
    *, by: User, chronology: Chronology, happened_on: date, event: str, significance: str = ""
) -> ChronologyItem:
    """Add an event that no entry holds."""
    held = _held(by, chronology)
    if not event.strip():
        raise Refused({"event": "Write what happened."})
    made = ChronologyItem.objects.create(
        chronology=held,
        happened_on=happened_on,
        event=event.strip(),
        significance=significance.strip(),
        position=_last(held) + 1,
    )
    _changed(by, held)
    return made


@transaction.atomic
def write(
    *, by: User, item: ChronologyItem, version: int, event: str, significance: str, analysis: str
) -> ChronologyItem:
    """Say what happened, why it matters and what one makes of it, in one's own words.

    Raises EditConflict when the chronology was changed since ``version``.
    """
    held = _held(by, item.chronology)
    current = ChronologyItem.objects.get(pk=item.pk)
    if held.version != version:
        raise EditConflict({"event": current.event, "significance": current.significance, "analysis": current.analysis})
    if not event.strip():
        raise Refused({"event": "Write what happened, or take the event out of the chronology."})
    current.event, current.significance, current.analysis = event.strip(), significance.strip(), analysis.strip()
    current.save()
    _changed(by, held)
    return current


@transaction.atomic
def move(*, by: User, item: ChronologyItem, up: bool) -> None:
    """Change places with the neighbour above or below; at the end nothing happens."""
    held = _held(by, item.chronology)
    items = list(held.items.order_by("position", "pk"))
    at = next(index for index, one in enumerate(items) if one.pk == item.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(items):
        return
    items[at], items[to] = items[to], items[at]
    _number(items)
    _changed(by, held)


@transaction.atomic
def order_by_date(*, by: User, chronology: Chronology) -> None:
    """Put the events in order of when they happened."""
    held = _held(by, chronology)
    _number(sorted(held.items.all(), key=lambda one: (one.happened_on, one.position)))
    _changed(by, held)


@transaction.atomic
def take_out(*, by: User, item: ChronologyItem) -> None:
    """Take an event out. The entry stays in the record, and the history keeps what was written about it."""
    held = _held(by, item.chronology)
    ChronologyItem.objects.filter(pk=item.pk).delete()
    _changed(by, held)


def _held(by: User, chronology: Chronology) -> Chronology:
    door.require(by, Action.RECORD, chronology.person_id)
    return Chronology.objects.select_for_update().get(pk=chronology.pk)


def _last(chronology: Chronology) -> int:
    return chronology.items.aggregate(last=Max("position"))["last"] or 0


def _number(items: Sequence[ChronologyItem]) -> None:
    for position, one in enumerate(items, start=1):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])


def _changed(by: User, chronology: Chronology) -> None:
    chronology.version += 1
    chronology.save(update_fields=["version"])
    account.record("journey.chronology_changed", by=by, person_id=chronology.person_id, subject=chronology)
