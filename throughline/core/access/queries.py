"""Reads about who sees what, each for a user."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from throughline.core.access import reach
from throughline.core.access.models import (
    Allocation,
    AllocationKind,
    BreakGlass,
    Grant,
    Permit,
    Restriction,
    Team,
    User,
)
from throughline.core.access.roles import ROLES, Action
from throughline.core.audit import sentences
from throughline.core.audit.models import Event

# What the log of a record shows: who opened it, and every change of who may.
OPENED = ("access.viewed", "access.broke_glass", "access.log_read")
LOGGED = (
    *OPENED, "access.allocated", "access.allocation_ended", "access.restricted", "access.restriction_lifted",
    "access.permitted", "access.permit_withdrawn",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One event of the account as people read it."""

    at: datetime
    sentence: str
    verb: str
    person_id: int | None


def told(events: Iterable[Event]) -> list[Told]:
    """Return events as sentences."""
    return [Told(event.at, sentences.tell(event), event.verb, event.person_id) for event in events]


def log_of(user: User, person_id: int) -> QuerySet[Event] | None:
    """Return who opened the record and who may, newest first; None for someone who may not read that."""
    if not reach.people_whose_log_is_read_by(user).filter(pk=person_id).exists():
        return None
    return Event.objects.filter(person_id=person_id, verb__in=LOGGED).order_by("-at", "-pk")


def may_read_account(user: User) -> bool:
    """Return whether the user reads the whole account: an auditor, or the director who answers for it."""
    return bool(getattr(user, "is_active", False)) and reach.holds(user, "auditor", "director")


def account(user: User) -> QuerySet[Event]:
    """Return the account but for records that are closed to this user, newest first; nothing for who may not."""
    if not may_read_account(user):
        return Event.objects.none()
    closed = Restriction.objects.filter(person=OuterRef("person_id"), ended_at__isnull=True).exclude(
        permits__in=user.permits.filter(ended_at__isnull=True)
    )
    return Event.objects.filter(Q(person_id__isnull=True) | ~Exists(closed)).order_by("-at", "-pk")


def between(events: QuerySet[Event], first: date | None, last: date | None) -> QuerySet[Event]:
    """Return the events from ``first`` to ``last``, both days within."""
    if first:
        events = events.filter(at__gte=_midnight(first))
    if last:
        events = events.filter(at__lt=_midnight(last + timedelta(days=1)))
    return events


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def to_allocate(user: User) -> QuerySet[Allocation]:
    """Return the children who wait for a worker to be named, among those whom the user may allocate; oldest first."""
    return (
        Allocation.objects.filter(
            person__in=reach.people(user, Action.ALLOCATE),
            worker__isnull=True,
            ended_on__isnull=True,
            kind=AllocationKind.KEY_WORKER,
        )
        .select_related("person", "team")
        .order_by("started_on", "pk")
    )


def works_with(user: User, person_id: int) -> QuerySet[Allocation]:
    """Return who works with the person now, lead first, for someone who may see the person."""
    return (
        Allocation.objects.filter(person__in=reach.people(user).filter(pk=person_id), ended_on__isnull=True)
        .select_related("worker", "team", "person")
        .order_by("-kind", "started_on")
    )


def allocation(user: User, pk: int) -> Allocation | None:
    """Return one allocation of a child whom the user may see, or None."""
    mine = Allocation.objects.filter(pk=pk, person__in=reach.people(user))
    return mine.select_related("person", "worker", "team").first()


def may_be_allocated(on: date) -> list[tuple[Team, list[User]]]:
    """Return each team with those of it who may work with children: whose role views and records."""
    roles = [code for code, role in ROLES.items() if Action.RECORD in role.may]
    rows = (
        Grant.objects.filter(role__in=roles, user__is_active=True, team__isnull=False, started_on__lte=on)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))
        .select_related("user", "team")
        .order_by("user__last_name", "user__first_name")
    )
    teams: dict[Team, dict[int, User]] = {team: {} for team in Team.objects.order_by("name")}
    for row in rows:
        if row.team is not None:
            teams[row.team][row.user_id] = row.user
    return [(team, list(users.values())) for team, users in teams.items()]


def restriction(user: User, person_id: int) -> Restriction | None:
    """Return the open restriction of a record that the user may decide about, or None."""
    return (
        Restriction.objects.filter(person__in=reach.people(user, Action.DECIDE).filter(pk=person_id))
        .filter(ended_at__isnull=True)
        .select_related("made_by")
        .first()
    )


def permits(of: Restriction) -> QuerySet[Permit]:
    """Return who may see a restricted record now. The restriction must come from ``restriction``."""
    return of.permits.filter(ended_at__isnull=True).select_related("user").order_by("user__last_name", "pk")


def permissible() -> QuerySet[User]:
    """Return the active accounts whose role today opens records at all, for choosing whom to permit."""
    today = timezone.localdate()
    roles = [code for code, role in ROLES.items() if Action.VIEW in role.may]
    holding = Grant.objects.filter(user=OuterRef("pk"), role__in=roles, started_on__lte=today).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    )
    return User.objects.filter(Exists(holding), is_active=True).order_by("last_name", "first_name")


def glass_broken(user: User) -> QuerySet[BreakGlass]:
    """Return what was opened with a reason among the children whose log the user reads, newest first."""
    return (
        BreakGlass.objects.filter(person__in=reach.people_whose_log_is_read_by(user))
        .select_related("user", "person")
        .order_by("-opened_at")
    )


def shown_names(user: User, person_ids: Iterable[int]) -> dict[int, str]:
    """Return what people are called, of those whom the user may see."""
    return dict(reach.people(user).filter(pk__in=list(person_ids)).values_list("pk", "shown_name"))
