"""Writes about who sees what: allocation, restriction, breaking the glass."""

from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from throughline.core import authority
from throughline.core.access import door, reach
from throughline.core.access.models import Allocation, AllocationKind, BreakGlass, Permit, Restriction, Team, User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.errors import Refused


@transaction.atomic
def allocate(
    *,
    by: User,
    person: Any,
    team: Team,
    worker: User | None = None,
    kind: str = AllocationKind.KEY_WORKER,
    on: date | None = None,
) -> Allocation:
    """Give a child to a worker (or to a team that will name one). A new lead worker ends the last one's work.

    Raises Refused when the day is before the last hand-over, or the worker's account is closed, or they have this
    part already; NotFound or PermissionDenied when ``by`` may not allocate this child.
    """
    door.require(by, Action.ALLOCATE, person.pk)
    _locked(person.pk)
    day = on or timezone.localdate()
    if worker is not None:
        _may_be_given(worker, person, kind)
    if kind == AllocationKind.KEY_WORKER:
        for last in Allocation.objects.select_for_update().filter(person=person, kind=kind, ended_on__isnull=True):
            if last.started_on > day:
                raise Refused(
                    {"on": f"The last hand-over was on {last.started_on:%-d %B %Y}: choose that day or later."}
                )
            _end(last, day, "handed over", by)
    made = Allocation.objects.create(person=person, worker=worker, team=team, kind=kind, started_on=day)
    account.record(
        "access.allocated",
        by=by,
        person_id=person.pk,
        subject=made,
        worker=str(worker or team),
        kind=made.get_kind_display(),
        on=day.isoformat(),
    )
    return made


def _may_be_given(worker: User, person: Any, kind: str) -> None:
    if not worker.is_active:
        raise Refused({"worker": f"The account of {worker} is closed. Choose someone else."})
    if Allocation.objects.filter(person=person, worker=worker, kind=kind, ended_on__isnull=True).exists():
        raise Refused({"worker": f"{worker} is the child's {AllocationKind(kind).label} already."})


def _locked(person_id: int) -> None:
    """Hold the person's row until the end of the act: two managers at once follow one another, and both are told."""
    people = apps.get_model("people", "Person")
    people._base_manager.select_for_update().filter(pk=person_id).values_list("pk").first()


@transaction.atomic
def end_allocation(*, by: User, allocation: Allocation, on: date | None = None, reason: str) -> None:
    """End a worker's work with a child, with the reason."""
    door.require(by, Action.ALLOCATE, allocation.person_id)
    if not reason.strip():
        raise Refused({"reason": "Say why the work ends: the child may ask one day."})
    current = Allocation.objects.select_for_update().get(pk=allocation.pk)
    day = on or timezone.localdate()
    if current.ended_on is not None:
        raise Refused(f"This work ended already, on {current.ended_on:%-d %B %Y}.")
    if day < current.started_on:
        raise Refused({"on": f"The work began on {current.started_on:%-d %B %Y}: choose that day or later."})
    _end(current, day, reason.strip()[:300], by)


def _end(allocation: Allocation, day: date, reason: str, by: User) -> None:
    allocation.ended_on, allocation.reason_ended = day, reason
    allocation.save(update_fields=["ended_on", "reason_ended"])
    account.record(
        "access.allocation_ended",
        by=by,
        person_id=allocation.person_id,
        subject=allocation,
        worker=str(allocation.worker or allocation.team),
        kind=allocation.get_kind_display(),
        on=day.isoformat(),
    )


@transaction.atomic
def restrict(*, by: User, person: Any, reason: str, permitted: list[User]) -> Restriction:
    """Close a record to all but the named people and whoever restricts it."""
    door.require(by, Action.DECIDE, person.pk)
    if not reason.strip():
        raise Refused({"reason": "Say why the record is restricted."})
    _locked(person.pk)
    if Restriction.objects.filter(person=person, ended_at__isnull=True).exists():
        raise Refused("The record is restricted already. Add people to the restriction that is there.")
    made = Restriction.objects.create(person=person, reason=reason, made_by=by)
    account.record("access.restricted", by=by, person_id=person.pk, subject=made, reason=reason)
    for user in {by, *permitted}:
        _permit(made, user, by)
    return made


@transaction.atomic
def permit(*, by: User, restriction: Restriction, user: User) -> Permit:
    """Let one more person see a restricted record."""
    door.require(by, Action.DECIDE, restriction.person_id)
    _still_open(restriction)
    known = restriction.permits.filter(user=user, ended_at__isnull=True).first()
    return known or _permit(restriction, user, by)


def _permit(restriction: Restriction, user: User, by: User) -> Permit:
    made = Permit.objects.create(restriction=restriction, user=user)
    account.record("access.permitted", by=by, person_id=restriction.person_id, subject=made, worker=str(user))
    return made


@transaction.atomic
def withdraw(*, by: User, permit: Permit) -> None:
    """Take back someone's permit to a restricted record; never the last of those who may lift the restriction."""
    restriction = permit.restriction
    door.require(by, Action.DECIDE, restriction.person_id)
    _still_open(restriction)
    if permit.ended_at is not None:
        return
    others = restriction.permits.filter(ended_at__isnull=True).exclude(pk=permit.pk).select_related("user")
    if not any(reach.people(one.user, Action.DECIDE).filter(pk=restriction.person_id).exists() for one in others):
        raise Refused("That would leave nobody who may lift the restriction. Permit another manager first, or lift it.")
    permit.ended_at = timezone.now()
    permit.save(update_fields=["ended_at"])
    account.record(
        "access.permit_withdrawn", by=by, person_id=restriction.person_id, subject=permit, worker=str(permit.user)
    )


def _still_open(restriction: Restriction) -> None:
    """Hold the restriction's row; raise Refused when it has been lifted."""
    if Restriction.objects.select_for_update().filter(pk=restriction.pk, ended_at__isnull=True).first() is None:
        raise Refused("The restriction was lifted already: the record is open to those who work with the child.")


@transaction.atomic
def lift(*, by: User, restriction: Restriction, reason: str) -> None:
    """End a restriction, with the reason."""
    door.require(by, Action.DECIDE, restriction.person_id)
    if not reason.strip():
        raise Refused({"reason": "Say why the restriction is lifted."})
    _still_open(restriction)
    restriction.ended_at = timezone.now()
    restriction.save(update_fields=["ended_at"])
    account.record(
        "access.restriction_lifted", by=by, person_id=restriction.person_id, subject=restriction, reason=reason
    )


@transaction.atomic
def break_glass(*, by: User, person_id: int, reason: str, now: datetime | None = None) -> BreakGlass:
    """Open a record outside one's own work, for a reason, for the authority's number of hours.

    Only for those who work with children somewhere; never through a restriction, which answers as if
    the record did not exist. Raises NotFound, PermissionDenied, Refused.
    """
    if not reach.may_somewhere(by, Action.VIEW):
        raise PermissionDenied("Your role does not open children's records.")
    found = reach.unrestricted(by).filter(pk=person_id).first()
    if found is None:
        raise door.NotFound
    if len(reason.strip()) < 10:
        raise Refused({"reason": "Say in a sentence why you need this record now. The child's managers will read it."})
    opened = now or timezone.now()
    made = BreakGlass.objects.create(
        person=found,
        user=by,
        reason=reason.strip(),
        expires_at=opened + timedelta(hours=authority.current().access.break_glass_hours),
    )
    account.record(
        "access.broke_glass",
        by=by,
        person_id=found.pk,
        subject=made,
        reason=made.reason,
        until=timezone.localtime(made.expires_at).strftime("%H:%M on %-d %B %Y"),
    )
    return made
