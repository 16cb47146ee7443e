"""Making families and adding to them, without anyone ever gaining sight by it.

Whoever works with a child of a family sees all its members (families.queries.seen_because_of). So to add someone to
a family is to show them to its workers, and the family to theirs: allowed only to a user who may already record about
every one of these people, or who has just created the one they add.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.models import Allocation, User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.record.families import told  # noqa: F401  (registers audit sentences)
from throughline.record.families.models import Family, Membership
from throughline.record.people import checks
from throughline.record.people.models import Name, Person

# Time to finish the form on which a person was created; afterwards they are reached as anyone else is.
JUST = timedelta(hours=1)


def require_joinable(by: User, *people: Person) -> None:
    """Raise NotFound or PermissionDenied unless each may be recorded about by ``by``, or was just created by them.

    A record opened with a reason is for reading: it does not let anyone be added.
    """
    door.require_somewhere(by, Action.RECORD)
    others = [one.pk for one in people if not just_created(by, one)]
    if others:
        door.require(by, Action.RECORD, *others)


def require_family(by: User, family_id: int) -> None:
    """Raise NotFound unless ``by`` may see the family, PermissionDenied unless they may record about a child of it."""
    door.one(by, Family, family_id)
    if not reach.visible(by, Family, Action.RECORD).filter(pk=family_id).exists():
        raise PermissionDenied("You may read about this family but not record. Ask the team that works with them.")


def just_created(by: User, person: Person) -> bool:
    """Return whether ``by`` created this person within the hour, and nobody works with them or has placed them."""
    stored = reach.unrestricted(by).filter(pk=person.pk, recorded_by=by, recorded_at__gt=timezone.now() - JUST)
    return (
        stored.exists()
        and not Membership.objects.filter(person=person).exists()
        and not Allocation.objects.filter(person=person).exists()
    )


def newcomer(by: User, pk: int) -> Person:
    """Return someone whom ``by`` has just created, or may record about; raises NotFound."""
    found: Person | None = reach.unrestricted(by).filter(pk=pk).first()
    if found is None:
        raise door.NotFound
    require_joinable(by, found)
    return found


@transaction.atomic
def make_family(
    *,
    by: User,
    people: Sequence[Person],
    subject_children: Sequence[Person] = (),
    label: str = "",
    started_on: date | None = None,
) -> Family:
    """Make a family of these people; ``subject_children`` are those of them whom the record is about.

    Raises Refused for nobody, or when ``by`` could not see what they have made; NotFound, PermissionDenied.
    """
    members = list({one.pk: one for one in [*people, *subject_children]}.values())
    if not members:
        raise Refused({"people": "A family is made of people: choose at least one."})
    require_joinable(by, *members)
    children = {one.pk for one in subject_children}
    made = Family.objects.create(
        label=(" ".join(label.split()) or _called(subject_children or members))[:200], made_on=timezone.localdate()
    )
    Membership.objects.bulk_create(
        [
            Membership(family=made, person=one, subject_child=one.pk in children, started_on=started_on)
            for one in members
        ]
    )
    lost = reach.people(by, Action.RECORD).filter(pk__in=[one.pk for one in members]).count() < len(members)
    if lost:
        raise Refused(
            {"people": "Include a child with whom you work, or ask the front door to make this family: as it is, "
             "you could not open it again."}
        )  # fmt: skip
    for one in members:
        account.record("families.made", by=by, person_id=one.pk, subject=made, people=len(members))
    return made


def _called(people: Sequence[Person]) -> str:
    """Return what a family is called by the family names of its children: "Okafor and Bell family"."""
    shown = Name.objects.filter(person__in=people, shown=True).exclude(family="")
    by_person = dict(shown.values_list("person", "family"))
    surnames = list(dict.fromkeys(by_person[one.pk] for one in people if one.pk in by_person))[:3]
    return f"{' and '.join(surnames)} family" if surnames else "Family"


@transaction.atomic
def add_member(
    *,
    by: User,
    family: Family,
    person: Person,
    subject_child: bool = False,
    started_on: date | None = None,
) -> Membership:
    """Add someone to a family.

    ``by`` must be able to record about the person (or have just created them) and about everyone of the family whom
    they may know of; so that nobody is seen through this who was not seen before. Raises Refused when the person
    belongs already or the date cannot be right; NotFound, PermissionDenied.
    """
    require_family(by, family.pk)
    require_joinable(by, person)
    _require_all_of(by, family)
    if faults := checks.spell(started_on, None, timezone.localdate()):
        raise Refused(faults)
    try:
        with transaction.atomic():
            made = Membership.objects.create(
                family=family, person=person, subject_child=subject_child, started_on=started_on
            )
    except IntegrityError as problem:
        if "a_member_once_at_a_time" not in str(problem):
            raise
        raise Refused({"person": "This person belongs to the family already."}) from problem
    part = "a child whom the record is about" if subject_child else "someone who matters to its children"
    account.record("families.member_added", by=by, person_id=person.pk, subject=made, part=part)
    return made


def _require_all_of(by: User, family: Family) -> None:
    """Refuse unless everyone of the family whom ``by`` may know of is someone they may record about.

    Members whose record is closed to them are left out of the question: they stay unseen after it, and a refusal
    would hint at them.
    """
    # One who left today is still seen today: see families.queries.open_on.
    members = Membership.objects.filter(family=family).exclude(ended_on__lt=timezone.localdate()).values("person")
    known = reach.unrestricted(by).filter(pk__in=members)
    if known.exclude(pk__in=reach.people(by, Action.RECORD).filter(pk__in=members).values("pk")).exists():
        raise Refused("Another team works with part of this family. Ask them, or the front door, to add the person.")


@transaction.atomic
def end_membership(*, by: User, membership: Membership, on: date, why: str) -> Membership:
    """End someone's place in a family, with the reason. What was recorded stays."""
    require_family(by, membership.family_id)
    door.require(by, Action.RECORD, membership.person_id)
    faults = checks.spell(membership.started_on, on, timezone.localdate(), "on")
    if on > timezone.localdate():
        faults["on"] = "The date is in the future. Enter it when it has happened."
    if not why.strip():
        faults["why"] = "Say why the person no longer belongs to this family: the children may ask one day."
    if len(why) > 200:
        faults["why"] = f"This is {len(why)} characters long; 200 are the most."
    if faults:
        raise Refused(faults)
    membership.ended_on, membership.why_ended = on, why.strip()
    membership.save(update_fields=["ended_on", "why_ended"])
    account.record(
        "families.member_ended",
        by=by,
        person_id=membership.person_id,
        subject=membership,
        on=on.isoformat(),
        why=why.strip(),
    )
    return membership
