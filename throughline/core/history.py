"""Row history by trigger, and any table as it was known on a day.

``@tracked`` on a model makes PostgreSQL write a full copy of each row at insert, update and delete
into an append-only table beside it, whoever writes and from wherever.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pghistory
from django.db.models import Model, OuterRef, QuerySet, Subquery

LONDON = ZoneInfo("Europe/London")


def tracked(model: type[Model]) -> type[Model]:
    """Class decorator: keep every version of every row of ``model``."""
    decorate = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
    )
    return cast(type[Model], decorate(model))


def end_of(day: date) -> datetime:
    """Return the first moment after ``day`` in England."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=LONDON)


def as_known(model: type[Model], day: date, **conditions: Any) -> QuerySet[Any]:
    """Return the rows of ``model`` as they stood at the end of ``day``, as instances of its history model.

    Each instance has the fields of ``model`` and ``pgh_obj_id``, the id of the row it tells of.
    ``conditions`` are applied to the version that was current then, not to earlier versions of it.
    """
    history = history_of(model)
    current = (
        history.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_created_at__lt=end_of(day))
        .order_by("-pgh_created_at", "-pgh_id")
        .values("pgh_id")[:1]
    )
    # First narrow to rows that ever met the conditions (indexed), then to those whose then-current version does.
    candidates = history.objects.filter(pgh_created_at__lt=end_of(day), **conditions)
    return cast(
        QuerySet[Any],
        candidates.filter(pgh_id=Subquery(current)).exclude(pgh_label="delete"),
    )


def history_of(model: type[Model]) -> Any:
    """Return the model that holds the history of ``model``; LookupError when it keeps none."""
    for related in model._meta.related_objects:
        candidate = related.related_model
        if getattr(candidate, "pgh_tracked_model", None) is model:
            return candidate
    raise LookupError(f"{model.__name__} has no history: decorate it with core.history.tracked")
