"""Where people live, and how they can be reached."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.record.people import addresses, checks, numbers
from throughline.record.people.models import (
    Address,
    ContactDetail,
    ContactKind,
    Person,
    Residence,
    ResidenceKind,
)


@transaction.atomic
def add_address(
    *,
    by: User,
    person: Person,
    lines: str,
    postcode: str = "",
    kind: str = ResidenceKind.HOME,
    started_on: date | None = None,
    ended_on: date | None = None,
    confidential: bool = False,
    uprn: str = "",
) -> Residence:
    """Record that a person lives (or lived) at an address. A new home ends the last one on the day of the move.

    ``confidential``: shown on the person's own page only, to those who may record about them.
    """
    door.require(by, Action.RECORD, person.pk)
    today = timezone.localdate()
    faults = checks.spell(started_on, ended_on, today)
    if not lines.strip():
        faults["lines"] = "Enter the address, or say where the person stays: no fixed address is an answer too."
    if len(lines) > 500:
        faults["lines"] = f"This is {len(lines)} characters long; an address has at most 500. Check what was pasted."
    if postcode.strip() and not addresses.is_postcode(postcode):
        faults["postcode"] = f"{postcode.strip()[:20]} is not a whole postcode. Leave it empty if it is not known."
    if kind not in ResidenceKind.values:
        faults["kind"] = "Choose what the address is to the person."
    if faults:
        raise Refused(faults)
    if kind == ResidenceKind.HOME and ended_on is None:
        _leave_last_home(person, started_on or today)
    address = _address(lines, postcode, uprn)
    made = Residence.objects.create(
        person=person,
        address=address,
        kind=kind,
        started_on=started_on,
        ended_on=ended_on,
        confidential=confidential,
    )
    account.record(
        "people.moved",
        by=by,
        person_id=person.pk,
        subject=made,
        kind=made.get_kind_display(),
        on=started_on.isoformat() if started_on else "a day not recorded",
    )
    return made


def _leave_last_home(person: Person, day: date) -> None:
    open_homes = Residence.objects.select_for_update().filter(
        person=person, kind=ResidenceKind.HOME, ended_on__isnull=True
    )
    for last in open_homes:
        if last.started_on and last.started_on > day:
            raise Refused(
                {
                    "started_on": f"The home recorded last began on {last.started_on:%-d %B %Y}. "
                    "Give this one the day on which it ended, or a later beginning."
                }
            )
        last.ended_on = day
        last.save(update_fields=["ended_on"])


def _address(lines: str, postcode: str, uprn: str) -> Address:
    """Return the address with these lines, one row for all who live there."""
    tidy = "\n".join(line.strip() for line in lines.strip().splitlines() if line.strip())
    wanted = addresses.keyed(Address(lines=tidy, postcode=postcode, uprn=uprn.strip()[:12]))
    known = Address.objects.filter(folded=wanted.folded, postcode=wanted.postcode, lines__iexact=tidy).first()
    if known is not None:
        return known
    wanted.save()
    return wanted


@transaction.atomic
def end_address(*, by: User, residence: Residence, on: date) -> None:
    """Record that a person left an address."""
    door.require(by, Action.RECORD, residence.person_id)
    if faults := checks.spell(residence.started_on, on, timezone.localdate(), "on"):
        raise Refused(faults)
    residence.ended_on = on
    residence.save(update_fields=["ended_on"])
    account.record(
        "people.address_ended",
        by=by,
        person_id=residence.person_id,
        subject=residence,
        kind=residence.get_kind_display(),
        on=on.isoformat(),
    )


@transaction.atomic
def add_contact(*, by: User, person: Person, kind: str, value: str, safe: bool = True, note: str = "") -> ContactDetail:
    """Add a way to reach a person, and whether it is safe to use: who else may answer or read it."""
    door.require(by, Action.RECORD, person.pk)
    value = value.strip()
    faults: dict[str, str] = {}
    digits = ""
    if kind not in ContactKind.values:
        faults["kind"] = "Choose how the person can be reached."
    elif kind == ContactKind.EMAIL:
        try:
            validate_email(value)
        except ValidationError:
            faults["value"] = "This is not an email address. It has the form name@example.org."
    else:
        digits = numbers.phone_digits(value)
        if not 6 <= len(digits) <= 15:
            faults["value"] = f"A telephone number has six to fifteen digits; this has {len(digits)}. Check it."
    if len(value) > 120:
        faults["value"] = "This is too long for a number or address. Put words about it in the note."
    if len(note) > 200:
        faults["note"] = f"The note is {len(note)} characters long; 200 are the most."
    if not faults and person.contact_details.filter(kind=kind, value=value, ended_on__isnull=True).exists():
        faults["value"] = "This is recorded already."
    if faults:
        raise Refused(faults)
    made = ContactDetail.objects.create(
        person=person, kind=kind, value=value, digits=digits, safe=safe, note=note.strip()
    )
    account.record("people.contact_added", by=by, person_id=person.pk, subject=made, kind=made.get_kind_display())
    return made


@transaction.atomic
def end_contact(*, by: User, contact: ContactDetail, on: date | None = None) -> None:
    """End a way to reach a person. The record keeps that it was used."""
    door.require(by, Action.RECORD, contact.person_id)
    contact.ended_on = on or timezone.localdate()
    contact.save(update_fields=["ended_on"])
    account.record(
        "people.contact_ended", by=by, person_id=contact.person_id, subject=contact, kind=contact.get_kind_display()
    )
