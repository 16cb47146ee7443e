"""Households over time, and the professionals around a child."""

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
from throughline.record.families import told  # noqa: F401  (registers audit sentences)
from throughline.record.families.actions.joining import require_family
from throughline.record.families.models import Family, Household, HouseholdMember, Involvement, Professional
from throughline.record.people import checks
from throughline.record.people.models import Address, Person


@transaction.atomic
def make_household(*, by: User, family: Family, label: str, address: Address | None = None) -> Household:
    """Make a household of the family: a home that some of them share."""
    require_family(by, family.pk)
    tidy = " ".join(label.split())
    if not tidy:
        raise Refused({"label": "Say whose home it is, such as: Grace's home."})
    if len(tidy) > 120:
        raise Refused({"label": f"This is {len(tidy)} characters long; 120 are the most."})
    return Household.objects.create(family=family, label=tidy, address=address)


@transaction.atomic
def move_in(
    *,
    by: User,
    household: Household,
    person: Person,
    started_on: date | None = None,
    part_time: bool = False,
) -> HouseholdMember:
    """Record that a member of the family lives in a household. Living there wholly ends living wholly elsewhere."""
    require_family(by, household.family_id)
    door.require(by, Action.RECORD, person.pk)
    today = timezone.localdate()
    faults = checks.spell(started_on, None, today)
    if not household.family.memberships.filter(person=person, ended_on__isnull=True).exists():
        faults["person"] = "Add the person to the family first."
    if household.members.filter(person=person, ended_on__isnull=True).exists():
        faults["person"] = "This person lives there already."
    if faults:
        raise Refused(faults)
    if not part_time:
        _leave_others(household, person, started_on or today)
    made = HouseholdMember.objects.create(
        household=household, person=person, started_on=started_on, part_time=part_time
    )
    account.record(
        "families.moved_in",
        by=by,
        person_id=person.pk,
        subject=made,
        on=started_on.isoformat() if started_on else "a day not recorded",
    )
    return made


def _leave_others(household: Household, person: Person, day: date) -> None:
    elsewhere = HouseholdMember.objects.select_for_update().filter(
        person=person, household__family=household.family_id, ended_on__isnull=True, part_time=False
    )
    for last in elsewhere.exclude(household=household):
        if last.started_on and last.started_on > day:
            raise Refused(
                {"started_on": f"They moved to the last household on {last.started_on:%-d %B %Y}: choose a later day."}
            )
        last.ended_on = day
        last.save(update_fields=["ended_on"])


@transaction.atomic
def move_out(*, by: User, membership: HouseholdMember, on: date) -> HouseholdMember:
    """Record that someone left a household."""
    door.require(by, Action.RECORD, membership.person_id)
    faults = checks.spell(membership.started_on, on, timezone.localdate(), "on")
    if on > timezone.localdate():
        faults["on"] = "The date is in the future. Enter it when it has happened."
    if faults:
        raise Refused(faults)
    membership.ended_on = on
    membership.save(update_fields=["ended_on"])
    account.record("families.moved_out", by=by, person_id=membership.person_id, subject=membership, on=on.isoformat())
    return membership


@transaction.atomic
def add_professional(
    *,
    by: User,
    person: Person,
    name: str,
    role: str = "",
    agency: str = "",
    telephone: str = "",
    email: str = "",
    started_on: date | None = None,
    note: str = "",
) -> Involvement:
    """Add a professional around a child: teacher, nurse, officer. One known by name, role and agency is reused."""
    door.require(by, Action.RECORD, person.pk)
    said = {"name": name, "role": role, "agency": agency, "telephone": telephone, "email": email, "note": note}
    said = {field: " ".join(value.split()) for field, value in said.items()}
    faults = checks.spell(started_on, None, timezone.localdate())
    longest = {"name": 200, "role": 120, "agency": 200, "telephone": 40, "email": 254, "note": 300}
    for field, most in longest.items():
        if len(said[field]) > most:
            faults[field] = f"This is {len(said[field])} characters long; {most} are the most."
    if not said["name"]:
        faults["name"] = "Enter a name, or what they are called: the duty health visitor."
    if said["email"]:
        try:
            validate_email(said["email"])
        except ValidationError:
            faults["email"] = "This is not an email address. It has the form name@example.org."
    if faults:
        raise Refused(faults)
    professional = _professional(said)
    if Involvement.objects.filter(person=person, professional=professional, ended_on__isnull=True).exists():
        raise Refused({"name": "They are recorded around this child already."})
    made = Involvement.objects.create(
        person=person, professional=professional, started_on=started_on, note=said["note"]
    )
    account.record(
        "families.professional_added",
        by=by,
        person_id=person.pk,
        subject=made,
        role=professional.role or "no role given",
    )
    return made


def _professional(said: dict[str, str]) -> Professional:
    known = Professional.objects.filter(
        name__iexact=said["name"], role__iexact=said["role"], agency__iexact=said["agency"]
    ).first()
    if known is None:
        fields = ("name", "role", "agency", "telephone", "email")
        return Professional.objects.create(**{field: said[field] for field in fields})
    changed = [field for field in ("telephone", "email") if said[field] and getattr(known, field) != said[field]]
    for field in changed:
        setattr(known, field, said[field])
    if changed:
        known.save(update_fields=changed)
    return known


@transaction.atomic
def end_involvement(*, by: User, involvement: Involvement, on: date) -> Involvement:
    """Record that a professional no longer works with a child."""
    door.require(by, Action.RECORD, involvement.person_id)
    if faults := checks.spell(involvement.started_on, on, timezone.localdate(), "on"):
        raise Refused(faults)
    involvement.ended_on = on
    involvement.save(update_fields=["ended_on"])
    account.record(
        "families.professional_ended",
        by=by,
        person_id=involvement.person_id,
        subject=involvement,
        role=involvement.professional.role or "no role given",
        on=on.isoformat(),
    )
    return involvement
