"""Changing who a person is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.codes import code_set
from throughline.core.errors import EditConflict, Refused
from throughline.record.people import checks
from throughline.record.people.models import Person

# What a person's own page changes in one form; names, numbers and addresses have acts of their own.
CHANGEABLE = (
    "date_of_birth", "date_of_birth_estimated", "expected_date", "date_of_death", "sex", "gender_identity", "pronouns",
    "ethnicity", "religion", "languages", "interpreter_needed", "communication_needs", "upn_unknown",
)  # fmt: skip


@transaction.atomic
def change_details(*, by: User, person: Person, version: int, changes: Mapping[str, Any]) -> Person:
    """Change who a person is, as read at ``version``; every earlier value stays in the history.

    Raises EditConflict with what is saved now when someone else changed it since, Refused for faults, LookupError
    for a field that is not one of CHANGEABLE.
    """
    door.require(by, Action.RECORD, person.pk)
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise LookupError(f"{', '.join(sorted(unknown))} cannot be changed here")
    current = Person.objects.select_for_update().get(pk=person.pk)
    if current.version != version:
        raise EditConflict({field: getattr(current, field) for field in changes})
    earlier_expected = current.expected_date
    changed = [field for field, value in changes.items() if getattr(current, field) != value]
    for field in changed:
        setattr(current, field, changes[field])
    faults = faults_of(current, earlier_expected=earlier_expected)
    if faults:
        raise Refused(faults)
    if changed:
        current.version += 1
        current.save()
        account.record(
            "people.changed",
            by=by,
            person_id=current.pk,
            subject=current,
            fields=[field.replace("_", " ") for field in changed],
        )
    return current


def faults_of(person: Person, *, earlier_expected: date | None = None) -> dict[str, str]:
    """Return what cannot be right about a person's own details, by field."""
    faults = checks.dates(
        today=timezone.localdate(),
        date_of_birth=person.date_of_birth,
        expected_date=person.expected_date,
        date_of_death=person.date_of_death,
        earlier_expected=earlier_expected,
    )
    for field, known, label in (("sex", "sex", "sex"), ("ethnicity", "ethnicity", "ethnicity")):
        value = getattr(person, field)
        if value and value not in code_set(known).codes:
            faults[field] = f"{value} is not a code for {label}. Choose one from the list."
    for field, longest in (("religion", 80), ("pronouns", 40), ("gender_identity", 80)):
        if len(getattr(person, field)) > longest:
            faults[field] = f"This is too long: {longest} characters are the most. Say more under communication needs."
    if not isinstance(person.languages, list) or len(person.languages) > 20:
        faults["languages"] = "Enter up to twenty languages, the first language first."
    return faults
