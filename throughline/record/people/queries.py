"""Reads of a person's own details, each for a user."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.models import Restriction, User
from throughline.core.access.roles import Action
from throughline.record.people.models import (
    ContactDetail,
    Disability,
    Identifier,
    Name,
    Person,
    Residence,
    Warning,
)


@dataclass(frozen=True)
class Known:
    """A warning as the identity bar shows it: its words, and since when it is known."""

    words: str
    on: date


@dataclass
class Details:
    """Everything recorded about who a person is. ``may_record``: the user may change it."""

    person: Person
    names: list[Name] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    residences: list[Residence] = field(default_factory=list)
    contact_details: list[ContactDetail] = field(default_factory=list)
    disabilities: list[Disability] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)
    may_record: bool = False


def framed(user: User, pk: int, page: str, action: Action = Action.VIEW) -> Any:
    """Return the person for this user with what the identity bar needs, the look logged as ``page``; or NotFound.

    A user who may view but not do ``action`` gets PermissionDenied, in words.
    """
    found = door.person(user, pk)
    if action is not Action.VIEW:
        door.require(user, action, pk)
    door.looked(user, pk, page)
    warnings = reach.visible(user, Warning).filter(person=pk, ended_on__isnull=True).order_by("-noted_on")
    found.open_warnings = [Known(one.words, one.noted_on) for one in warnings]
    found.is_restricted = Restriction.objects.filter(person=pk, ended_at__isnull=True).exists()
    return found


def details(user: User, pk: int) -> Details:
    """Return all details of a person for this user, the look logged. A fixed number of queries."""
    person = framed(user, pk, "the details page")
    rows = (
        reach.people(user)
        .prefetch_related(
            Prefetch("names", reach.visible(user, Name).order_by("-shown", "ended_on", "pk")),
            Prefetch("identifiers", reach.visible(user, Identifier).order_by("ended_on", "type", "pk")),
            Prefetch("residences", reach.visible(user, Residence).select_related("address").order_by("-pk")),
            Prefetch("contact_details", reach.visible(user, ContactDetail).order_by("ended_on", "pk")),
            Prefetch("disabilities", reach.visible(user, Disability)),
            Prefetch("warnings", reach.visible(user, Warning).order_by("-noted_on", "-pk")),
        )
        .get(pk=pk)
    )
    today = timezone.localdate()
    return Details(
        person,
        list(rows.names.all()),
        list(rows.identifiers.all()),
        sorted(rows.residences.all(), key=lambda one: _newest(one, today)),
        list(rows.contact_details.all()),
        list(rows.disabilities.all()),
        list(rows.warnings.all()),
        may_record=reach.people(user, Action.RECORD).filter(pk=pk).exists(),
    )


def _newest(row: Residence, today: date) -> tuple[bool, int]:
    ended = row.ended_on is not None and row.ended_on <= today
    return ended, -(row.started_on or date.min).toordinal()
