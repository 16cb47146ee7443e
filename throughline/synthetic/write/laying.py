"""Laying down rows with the history that they would have, had they been recorded on their day.

The triggers that keep history would date everything today. They are told to look away for these rows, and the same
versions are written here with their own days. The account of acts is left alone: nobody did these things.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import pgtrigger
from django.db.models import Model

from throughline.core.history import LONDON, history_of
from throughline.synthetic.plan import AnAuthority

BATCH = 2_000


@dataclass
class Laid:
    """A row, when it was first recorded, and how it read before it was changed."""

    row: Model
    at: datetime
    before: dict[str, Any] = field(default_factory=dict)
    changed_at: datetime | None = None


class Ids:
    """The authority, and what its keys became in the database."""

    def __init__(self, authority: AnAuthority) -> None:
        self.authority = authority
        self.teams: dict[int, Any] = {}
        self.users: dict[int, Any] = {}
        self.people: dict[int, Any] = {}
        self.families: dict[int, Any] = {}
        self.entries: dict[int, Any] = {}
        self.episodes: dict[int, Any] = {}


def moment(day: date, hour: int = 17, minute: int = 0) -> datetime:
    """Return a moment of a day in England."""
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON)


def lay(rows: Sequence[Laid]) -> list[Any]:
    """Write the rows and their history; return the saved rows, in order."""
    if not rows:
        return []
    model = type(rows[0].row)
    history = history_of(model)
    with pgtrigger.ignore(*_trackers(model)):
        saved = model._base_manager.bulk_create([one.row for one in rows], batch_size=BATCH)
    names = [one.attname for one in model._meta.concrete_fields]
    versions = []
    for one, row in zip(rows, saved, strict=True):
        now = {name: getattr(row, name) for name in names}
        versions.append(_version(history, row, {**now, **one.before}, "insert", one.at))
        if one.changed_at is not None:
            versions.append(_version(history, row, now, "update", one.changed_at))
    with _own_days(history):
        history.objects.bulk_create(versions, batch_size=BATCH)
    return saved


@contextmanager
def _own_days(history: Any) -> Iterator[None]:
    """Let versions keep the day that they are given: the field would otherwise date each of them now."""
    field = history._meta.get_field("pgh_created_at")
    field.auto_now_add = False
    try:
        yield
    finally:
        field.auto_now_add = True


def _version(history: Any, row: Model, values: dict[str, Any], label: str, at: datetime) -> Any:
    # Values that the database itself fills in are read from nowhere: they are the moment of recording.
    plain = {name: (at if hasattr(value, "resolve_expression") else value) for name, value in values.items()}
    return history(pgh_obj_id=row.pk, pgh_label=label, pgh_created_at=at, **plain)


def _trackers(model: type[Model]) -> list[str]:
    label = model._meta.label
    return [
        f"{label}:{trigger.name}"
        for trigger in model._meta.triggers  # type: ignore[attr-defined]
        if trigger.name in ("insert_insert", "update_update", "delete_delete")
    ]
