"""Giving a person a number that may already be another's, without telling of records that the user may not know."""

from collections.abc import Sequence

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.record.people import numbers
from throughline.record.people.models import Identifier, IdentifierType, Person
from throughline.record.people.whom_to_ask import whom_to_ask

# Numbers that one person only may hold. Those kept as history may have been given to two by mistake.
ONE_PERSONS = (IdentifierType.NHS, IdentifierType.UPN, IdentifierType.LOCAL, IdentifierType.ULN)


def number_faults(identifiers: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return what is wrong with each number, by its type."""
    faults: dict[str, str] = {}
    for type_, value in identifiers:
        if type_ not in IdentifierType.values:
            faults["type"] = "Choose what kind of number this is."
        elif fault := numbers.fault(type_, numbers.tidy(value)):
            faults[type_] = fault
    return faults


def give_number(*, by: User, person: Person, type_: str, value: str) -> Identifier | None:
    """Write the number and return it; None where the person has it already. Raises Refused when another's.

    A record that is closed to the user is not told of: the number is kept, marked disputed, and the account of the
    closed record says so to those who may read it.
    """
    tidied = numbers.tidy(value)
    theirs = person.identifiers.filter(type=type_, value=tidied).first()
    if theirs is not None:
        if theirs.ended_on is None:
            return None
        theirs.ended_on = None
        theirs.save(update_fields=["ended_on"])
        return theirs
    holder = _holder(person, type_, tidied)
    if holder is None:
        return Identifier.objects.create(person=person, type=type_, value=tidied)
    if reach.unrestricted(by).filter(pk=holder.person_id).exists():
        raise Refused({"value": _held(by, holder), type_: _held(by, holder)})
    account.record(
        "people.number_elsewhere",
        by=by,
        person_id=holder.person_id,
        subject=holder,
        type=IdentifierType(type_).label,
        other=person.pk,
    )
    return Identifier.objects.create(person=person, type=type_, value=tidied, disputed=True)


def _holder(person: Person, type_: str, value: str) -> Identifier | None:
    if type_ not in ONE_PERSONS:
        return None
    held = Identifier.objects.filter(type=type_, value=value, disputed=False).exclude(person=person)
    return held.select_for_update().first()


def _held(by: User, holder: Identifier) -> str:
    label = IdentifierType(holder.type).label
    known = reach.people(by).filter(pk=holder.person_id).first()
    if known is not None:
        return f"{known.shown_name} has this {label} already. If they are the same person, use that record."
    return f"Another record holds this {label} already. {whom_to_ask()}"
