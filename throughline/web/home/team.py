"""A team as its manager sees it: what waits to be decided, who has whom, where work drifts, in words."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from throughline.core.access import reach
from throughline.core.access.models import Allocation, AllocationKind, BreakGlass, User
from throughline.core.access.roles import Action
from throughline.core.clocks.models import TimeFrame
from throughline.record.assessment.models import Assessment, Status
from throughline.record.journey.models import Entry, EntrySubject
from throughline.web.home.needs import Need

LONG = timedelta(days=42)
LATELY = timedelta(days=14)
MOST_WAITING, MOST_DECISIONS, MOST_NAMED = 25, 10, 5


@dataclass
class Drift:
    """Something worth talking about: what, and which children (the first few by name, and how many more)."""

    what: str
    children: list[tuple[int, str]] = field(default_factory=list)
    more: int = 0


@dataclass
class Worker:
    """One worker of the team: how many children, and what has drifted."""

    name: str
    children: int
    drift: list[Drift] = field(default_factory=list)

    def add(self, what: str, row: dict[str, Any]) -> None:
        """Name one more child of whom this is so."""
        drift = next((one for one in self.drift if one.what == what), None)
        if drift is None:
            drift = Drift(what)
            self.drift.append(drift)
        if len(drift.children) < MOST_NAMED:
            drift.children.append((row["person"], row["person__shown_name"]))
        else:
            drift.more += 1


@dataclass
class Team:
    """What a manager's home shows."""

    decisions: list[Need]
    workers: list[Worker]
    to_allocate: list[Allocation]
    more_to_allocate: int
    glass: list[BreakGlass]


def of(user: User, today: date) -> Team:
    """Return the children of the user's teams by worker; four queries, however many children."""
    unnamed = _leads(user, today).filter(worker__isnull=True).select_related("person", "team")
    waiting = list(unnamed.order_by("started_on")[: MOST_WAITING + 1])
    return Team(
        decisions=_decisions(user),
        workers=_workers(user, today),
        to_allocate=waiting[:MOST_WAITING],
        more_to_allocate=len(waiting) - MOST_WAITING if len(waiting) > MOST_WAITING else 0,
        glass=_glass(user, today),
    )


def _leads(user: User, today: date) -> Any:
    teams = [grant.team_id for grant in reach.grants(user) if grant.team_id]
    services = [grant.service_id for grant in reach.grants(user) if grant.role == "service_manager"]
    rows = Allocation.objects.filter(Q(team__in=teams) | Q(team__service__in=services))
    return rows.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=today),
        kind=AllocationKind.KEY_WORKER,
        started_on__lte=today,
        person__in=reach.people(user, Action.ALLOCATE),
    )


def _decisions(user: User) -> list[Need]:
    """Return the assessments that a worker has signed and that wait for the manager."""
    about = reach.visible(user, EntrySubject).filter(entry=OuterRef("pk")).order_by("person__date_of_birth")
    waiting = (
        reach.visible(user, Assessment, Action.DECIDE)
        .filter(status=Status.WITH_MANAGER)
        .annotate(children=ArraySubquery(about.values("person__shown_name")[:6]))
        .select_related("entry__author")
        .order_by("entry__happened_on")[:MOST_DECISIONS]
    )
    return [
        Need(
            (0, one.entry.happened_on),
            f"The assessment of {_and(one.children)} waits for your decision.",
            f"Begun on {one.entry.happened_on.day} {one.entry.happened_on:%B}, signed by {one.entry.author}.",
            "Read it",
            reverse("assessment:read", args=[one.pk]),
        )
        for one in waiting
    ]


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _workers(user: User, today: date) -> list[Worker]:
    # access: of people already reached (the allocation's own); dates only
    seen = EntrySubject._base_manager.filter(person=OuterRef("person"), seen=True).filter(
        Entry.readable_by(user, "entry__")
    )
    # access: as above
    passed = TimeFrame._base_manager.filter(
        person=OuterRef("person"), stopped_on__isnull=True, due_on__lt=today, explanation=""
    )
    rows = (
        _leads(user, today)
        .filter(worker__isnull=False)
        .annotate(
            last=Subquery(seen.order_by("-entry__happened_on").values("entry__happened_on")[:1]),
            passed=Exists(passed),
        )
        .values(
            "worker__username", "worker__first_name", "worker__last_name", "started_on", "last", "passed",
            "person", "person__shown_name", "person__date_of_birth",
        )
    )  # fmt: skip
    by_worker: dict[str, Worker] = {}
    for row in rows.order_by("person__shown_name"):
        username = row["worker__username"]
        name = f"{row['worker__first_name']} {row['worker__last_name']}".strip() or username
        worker = by_worker.setdefault(username, Worker(name, 0))
        worker.children += 1
        if row["passed"]:
            worker.add("A date passed and nobody has said why", row)
        # Nobody can visit a child who is not born yet.
        if row["person__date_of_birth"] and (row["last"] or row["started_on"]) < today - LONG:
            worker.add("No visit recorded for six weeks or more", row)
    return sorted(by_worker.values(), key=lambda one: one.name)


def _glass(user: User, today: date) -> list[BreakGlass]:
    return list(
        BreakGlass.objects.filter(opened_at__date__gte=today - LATELY, person__in=reach.people(user, Action.ALLOCATE))
        .select_related("user", "person")
        .order_by("-opened_at")[:10]
    )
