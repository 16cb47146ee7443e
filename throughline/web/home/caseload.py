"""The children with whom someone works, each with what a row of the home page tells: one query, however many."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from throughline.core.access import reach
from throughline.core.access.models import Allocation, AllocationKind, User
from throughline.core.clocks.models import TimeFrame
from throughline.record.families.models import Relationship
from throughline.record.families.queries import open_on
from throughline.record.families.relations import relations
from throughline.record.journey.models import Entry, EntrySubject, Episode, EpisodeKind
from throughline.record.plans.models import PlanAction
from throughline.web.home.band import Band, Stretch, draw

# A caseload is some twenty; nobody has two hundred, and the page must not wait for whoever does.
MOST = 200
PAGE = 25
YEAR = timedelta(days=365)


@dataclass
class Row:
    """One child of the list."""

    person: Any
    kind: str
    since: date
    around: list[str]
    now: list[str]
    last_seen: date | None
    step: str
    step_on: date | None
    band: Band
    # Of the plan: the first thing still to be done, with its day.
    action: dict[str, Any] | None = field(default=None)


def worked_with(user: User, today: date) -> list[Row]:
    """Return the children allocated to the user, by name."""
    mine = _open(today).filter(worker=user)
    people = reach.people(user).filter(pk__in=mine.values("person")).annotate(**_told(user, today))
    kinds = mine.filter(person=OuterRef("pk")).order_by("started_on")
    people = people.annotate(work=Subquery(kinds.values(it=JSONObject(kind="kind", since="started_on"))[:1]))
    return [_row(person, today) for person in people.order_by("shown_name", "pk")[:MOST]]


def _open(today: date) -> QuerySet[Allocation]:
    return Allocation.objects.filter(started_on__lte=today).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today))


def _told(user: User, today: date) -> dict[str, Any]:
    """Each starts from a person already reached (OuterRef), and keeps closed entries apart."""
    since = today - YEAR
    # access: of the one person already reached; entries closed to the user are kept apart
    seen = EntrySubject._base_manager.filter(person=OuterRef("pk"), seen=True).filter(
        Entry.readable_by(user, "entry__"), entry__happened_on__lte=today
    )
    # access: of the one person already reached
    episodes = Episode._base_manager.filter(person=OuterRef("pk")).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=since)
    )
    ties = reach.visible(user, Relationship).filter(open_on(today), other=OuterRef("pk"))
    # access: of the one person already reached; frames of entries closed to the user are kept apart
    frames = TimeFrame._base_manager.filter(person=OuterRef("pk"), stopped_on__isnull=True).filter(
        Q(entry__isnull=True) | Entry.readable_by(user, "entry__")
    )
    # access: as above
    actions = PlanAction._base_manager.filter(
        plan__person=OuterRef("pk"), plan__ended_on__isnull=True, done_on__isnull=True, by_when__isnull=False
    ).filter(Entry.readable_by(user, "plan__entry__"))
    return {
        "told_seen": ArraySubquery(
            seen.filter(entry__happened_on__gte=since).order_by("-entry__happened_on").values("entry__happened_on")[:60]
        ),
        "told_last_seen": Subquery(seen.order_by("-entry__happened_on").values("entry__happened_on")[:1]),
        "told_episodes": ArraySubquery(
            episodes.order_by("started_on").values(
                it=JSONObject(kind="kind", started_on="started_on", ended_on="ended_on")
            )[:12]
        ),
        "told_around": ArraySubquery(
            ties.order_by("-main_carer", "-parental_responsibility", "pk").values(
                it=JSONObject(
                    name="person__shown_name", sex="person__sex", type="type", carer="main_carer",
                    holds="parental_responsibility",
                )
            )[:6]
        ),
        "told_frame": Subquery(
            frames.filter(due_on__gte=today).order_by("due_on").values(it=JSONObject(label="label", on="due_on"))[:1]
        ),
        "told_action": Subquery(
            actions.order_by("by_when").values(
                it=JSONObject(id="pk", plan="plan_id", what="what", who="who", on="by_when")
            )[:1]
        ),
    }  # fmt: skip


def _row(person: Any, today: date) -> Row:
    stretches = [
        Stretch(
            one["kind"],
            EpisodeKind(one["kind"]).label,
            date.fromisoformat(one["started_on"]),
            date.fromisoformat(one["ended_on"]) if one["ended_on"] else None,
        )
        for one in person.told_episodes
    ]
    step, step_on = _next(person.told_frame, person.told_action, today)
    return Row(
        person=person,
        kind=AllocationKind(person.work["kind"]).label,
        since=date.fromisoformat(person.work["since"]),
        around=_around(person.told_around),
        now=[
            f"{one.label} since {one.started_on.day} {one.started_on:%B %Y}" for one in stretches if one.holds_on(today)
        ],
        last_seen=person.told_last_seen,
        step=step,
        step_on=step_on,
        band=draw(stretches, person.told_seen, today),
        action=person.told_action,
    )


def _around(ties: list[dict[str, Any]]) -> list[str]:
    """Return "Grace Okafor (mother)": who cares for the child first, at most three."""
    told: dict[str, str] = {}
    for tie in ties:
        if not (tie["carer"] or tie["holds"]):
            continue
        kind = relations().get(tie["type"])
        words = kind.words(tie["sex"]) if kind else tie["type"].replace("_", " ")
        told.setdefault(tie["name"], words)
    return [f"{name} ({words})" for name, words in list(told.items())[:3]]


def _next(frame: dict[str, Any] | None, action: dict[str, Any] | None, today: date) -> tuple[str, date | None]:
    """Return the next thing that was agreed, from today on: a time frame or an action of the plan."""
    steps = [(date.fromisoformat(frame["on"]), frame["label"])] if frame else []
    if action and (day := date.fromisoformat(action["on"])) >= today:
        steps.append((day, f"{action['what']} ({action['who']})"))
    if not steps:
        return "", None
    day, words = min(steps)
    return words, day
