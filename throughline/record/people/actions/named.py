"""Names and numbers, each for a time."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.record.people import checks, names
from throughline.record.people.models import Identifier, IdentifierType, Name, NameType, Person
from throughline.record.people.numbers_held import give_number, number_faults


@transaction.atomic
def add_name(
    *,
    by: User,
    person: Person,
    given: str,
    family: str,
    type: str,
    started_on: date | None = None,
    ended_on: date | None = None,
    shown: bool = False,
) -> Name:
    """Add one of a person's names, for a time; ``shown`` makes it what they are called on screen."""
    door.require(by, Action.RECORD, person.pk)
    given, family = " ".join(given.split()), " ".join(family.split())
    faults = checks.names(given, family) | checks.spell(started_on, ended_on, timezone.localdate())
    if type not in NameType.values:
        faults["type"] = "Choose what the name is to the person."
    if shown and ended_on:
        faults["shown"] = "A name that has ended is not what the person is called now."
    if not faults and person.names.filter(given=given, family=family, type=type, ended_on=ended_on).exists():
        faults["given"] = "This name is recorded already, as the same type."
    if faults:
        raise Refused(faults)
    made = Name(person=person, given=given, family=family, type=type, started_on=started_on, ended_on=ended_on)
    if shown:
        names.show(Person.objects.select_for_update().get(pk=person.pk), made)
    else:
        names.keyed(made).save()
    account.record(
        "people.name_added", by=by, person_id=person.pk, subject=made, type=made.get_type_display(), shown=shown
    )
    return made


@transaction.atomic
def show_name(*, by: User, name: Name) -> None:
    """Make a name the one that the person is called by on screen."""
    door.require(by, Action.RECORD, name.person_id)
    if name.ended_on and name.ended_on <= timezone.localdate():
        raise Refused("This name has ended. Add it again as the name now used.")
    names.show(Person.objects.select_for_update().get(pk=name.person_id), name)
    account.record("people.name_shown", by=by, person_id=name.person_id, subject=name)


@transaction.atomic
def end_name(*, by: User, name: Name, on: date) -> None:
    """End the use of a name. It is still found by it."""
    door.require(by, Action.RECORD, name.person_id)
    faults = checks.spell(name.started_on, on, timezone.localdate(), "on")
    if name.shown:
        faults["on"] = "This is the name shown on screen. Choose another to show first."
    if faults:
        raise Refused(faults)
    name.ended_on = on
    name.save(update_fields=["ended_on"])
    account.record("people.name_ended", by=by, person_id=name.person_id, subject=name, type=name.get_type_display())


@transaction.atomic
def add_identifier(*, by: User, person: Person, type: str, value: str) -> None:
    """Add a number by which the person is known.

    Raises Refused when it fails its check, or when another record that the user may know of holds it.
    """
    door.require(by, Action.RECORD, person.pk)
    faults = number_faults([(type, value)])
    if faults:
        raise Refused({"value": next(iter(faults.values()))})
    made = give_number(by=by, person=person, type_=type, value=value)
    if made is not None:
        account.record(
            "people.number_added",
            by=by,
            person_id=person.pk,
            subject=made,
            type=IdentifierType(type).label,
        )


@transaction.atomic
def end_identifier(*, by: User, identifier: Identifier, on: date | None = None) -> None:
    """End a number: it was given by mistake, or another has taken its place. It is still found by it."""
    door.require(by, Action.RECORD, identifier.person_id)
    day = on or timezone.localdate()
    if faults := checks.spell(identifier.started_on, day, timezone.localdate(), "on"):
        raise Refused(faults)
    identifier.ended_on = day
    identifier.save(update_fields=["ended_on"])
    account.record(
        "people.number_ended",
        by=by,
        person_id=identifier.person_id,
        subject=identifier,
        type=IdentifierType(identifier.type).label,
    )
