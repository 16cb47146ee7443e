"""Reading plans: the one that holds, its versions, what is still to be done and to be written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.record.plans import content
from throughline.record.plans.models import Plan, PlanAction


@dataclass(frozen=True)
class Written:
    """One part of a plan as it reads: heading, words, and the day on which it was copied from a sibling's."""

    part: content.Part
    words: str
    copied_on: date | None


@dataclass(frozen=True)
class Version:
    """The plan as it read at one version: its parts and actions, who made it and when."""

    number: int
    made_by: str
    made_at: datetime
    parts: list[Written]
    actions: list[Any]


def current(user: User, person_id: int) -> Plan | None:
    """Return the child's open plan with its actions, or None."""
    return _whole(reach.visible(user, Plan)).filter(person=person_id, ended_on__isnull=True).first()


def in_short(user: User, person_id: int) -> Plan | None:
    """Return the child's open plan with its actions only, or None; two queries."""
    plans = reach.visible(user, Plan).filter(person=person_id, ended_on__isnull=True)
    return plans.prefetch_related("actions").first()


def of_person(user: User, person_id: int) -> QuerySet[Plan]:
    """Return every plan of a child, the latest first."""
    return _whole(reach.visible(user, Plan)).filter(person=person_id).order_by("-started_on", "-pk")


def without_plan(user: User, person_ids: Iterable[int]) -> set[int]:
    """Return which of these people have no open plan that the user may see."""
    ids = set(person_ids)
    having = reach.visible(user, Plan).filter(person__in=ids, ended_on__isnull=True)
    return ids - set(having.values_list("person", flat=True))


def due_actions(user: User, person_ids: Iterable[int], by: date) -> QuerySet[PlanAction]:
    """Return actions of open plans that are to be done by a day and are not, soonest first."""
    return (
        reach.visible(user, PlanAction)
        .filter(plan__person__in=list(person_ids), plan__ended_on__isnull=True, done_on__isnull=True, by_when__lte=by)
        .select_related("plan__person")
        .order_by("by_when", "pk")
    )


def written(plan: Any) -> list[Written]:
    """Return every part of a plan, empty ones too, as it reads."""
    return [
        Written(part, getattr(plan, part.name), date.fromisoformat(on) if (on := plan.copied.get(part.name)) else None)
        for part in content.parts()
    ]


def to_be_written(plan: Plan) -> list[str]:
    """Return in words what the plan does not say yet. A reminder: it stops nobody."""
    missing = [part.heading for part in content.parts() if not getattr(plan, part.name).strip()]
    if not plan.actions.all():
        missing.append("Who will do what by when")
    return missing


def versions(user: User, plan: Plan) -> list[Version]:
    """Return every version of the plan, the latest first, with the actions as they stood at its end."""
    if not reach.visible(user, Plan).filter(pk=plan.pk).exists():
        return []
    rows: dict[int, Any] = {}
    for row in (
        apps.get_model("plans", "PlanEvent")
        .objects.filter(pgh_obj_id=plan.pk)
        .select_related("changed_by")
        .order_by("pgh_id")
    ):
        rows[row.version] = row
    of_actions = list(apps.get_model("plans", "PlanActionEvent").objects.filter(plan=plan.pk).order_by("pgh_id"))
    found = []
    for number, row in sorted(rows.items(), reverse=True):
        found.append(
            Version(
                number=number,
                made_by=str(row.changed_by) if row.changed_by else "Throughline",
                made_at=row.changed_at,
                parts=written(row),
                actions=_actions_at(of_actions, number),
            )
        )
    return found


def _actions_at(events: list[Any], number: int) -> list[Any]:
    latest = {one.pgh_obj_id: one for one in events if one.at_version <= number}
    return sorted(latest.values(), key=lambda one: one.pgh_obj_id)


def _whole(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    return plans.select_related("entry", "person", "changed_by").prefetch_related(
        "actions", "discussions", "reviews__entry", "progress__entry__author", "progress__entry__subjects"
    )
