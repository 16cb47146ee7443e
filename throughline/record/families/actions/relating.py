"""Who is whose: relationships, parental responsibility, main carers. Sense is asked after, not enforced."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.record.families import told  # noqa: F401  (registers audit sentences)
from throughline.record.families.actions.joining import require_joinable
from throughline.record.families.models import Relationship
from throughline.record.families.relations import bases, relation, relations
from throughline.record.people import checks
from throughline.record.people.likeness import said
from throughline.record.people.models import Person

# Younger parents exist; whoever records one is asked once whether both dates are right.
YOUNGEST_PARENT = 12
_GENERATIONS = 12


@transaction.atomic
def relate(
    *,
    by: User,
    person: Person,
    other: Person,
    type: str,
    started_on: date | None = None,
    ended_on: date | None = None,
    parental_responsibility: bool = False,
    responsibility_basis: str = "",
    main_carer: bool = False,
    note: str = "",
    confirmed: bool = False,
) -> Relationship:
    """Record that ``person`` is the ``type`` of ``other`` (relationships.toml). The inverse is read, not written.

    Refused when impossible: oneself, a parent who is a descendant, recorded already. Asked once, under "confirm", when
    unlikely (a parent younger than the child, a second birth mother, a date outside a life): ``confirmed`` says that it
    is so. Raises Refused, NotFound, PermissionDenied.
    """
    faults = checks.spell(started_on, ended_on, timezone.localdate())
    if type not in relations():
        raise Refused({"type": "Choose what the one is to the other."})
    if person.pk == other.pk:
        raise Refused({"other": "Nobody is their own relative. Choose two people."})
    require_joinable(by, person, other)
    faults |= _responsibility_faults(parental_responsibility, responsibility_basis, note)
    if _recorded(person, other, type):
        faults["type"] = "This is recorded already."
    elif relation(type).kind == "parent" and _descends(by, person, other):
        faults["type"] = _circle(person, other)
    elif relation(type).kind == "child" and _descends(by, other, person):
        faults["type"] = _circle(other, person)
    if faults:
        raise Refused(faults)
    asked = questions(by, person, other, type, started_on)
    if asked and not confirmed:
        raise Refused({"confirm": " ".join(asked) + " Tick to say that it is right, or mend it."})
    made = _write(
        Relationship(
            person=person,
            other=other,
            type=type,
            started_on=started_on,
            ended_on=ended_on,
            parental_responsibility=parental_responsibility,
            responsibility_basis=responsibility_basis if parental_responsibility else "",
            main_carer=main_carer,
            note=note.strip(),
        )
    )
    for one in (person, other):
        if asked:
            account.record(
                "families.related_despite",
                by=by,
                person_id=one.pk,
                subject=made,
                type=relation(type).label,
                asked="the dates or a second birth mother",
            )
        else:
            account.record("families.related", by=by, person_id=one.pk, subject=made, type=relation(type).label)
    return made


def _write(row: Relationship) -> Relationship:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as problem:
        if "a_relationship_once_at_a_time" not in str(problem):
            raise
        raise Refused({"type": "This is recorded already."}) from problem
    return row


def _circle(descendant: Person, ancestor: Person) -> str:
    return f"{descendant.shown_name} is recorded as a descendant of {ancestor.shown_name}: one of the two is wrong."


def _recorded(person: Person, other: Person, type_: str) -> bool:
    """Return whether it is recorded from either end: a mother and her child are one fact."""
    return (
        Relationship.objects.filter(person=person, other=other, type=type_, ended_on__isnull=True).exists()
        or Relationship.objects.filter(
            person=other, other=person, type=relation(type_).inverse, ended_on__isnull=True
        ).exists()
    )


def _responsibility_faults(held: bool, basis: str, note: str) -> dict[str, str]:
    if not held:
        return {}
    if basis not in bases():
        return {"responsibility_basis": "Choose how parental responsibility is held: the law depends on it."}
    if basis == "other" and not note.strip():
        return {"note": "Say on what basis parental responsibility is held."}
    return {}


def questions(by: User, person: Person, other: Person, type_: str, started_on: date | None = None) -> list[str]:
    """Return, as sentences, what is unlikely about a relationship, though life may allow it.

    People whose record is closed to ``by`` are left out of the question: it would hint at them.
    """
    found = relation(type_)
    asked: list[str] = []
    older, younger = (person, other) if found.older else (other, person)
    if (found.older or relation(found.inverse).older) and older.date_of_birth:
        asked += _ages(older, younger, is_parent="parent" in (found.kind, relation(found.inverse).kind))
    child = other if type_ == "mother" else None
    if child is not None:
        mothers = Relationship.objects.filter(other=child, type="mother", ended_on__isnull=True)
        if reach.unrestricted(by).exclude(pk=person.pk).filter(pk__in=mothers.values("person")).exists():
            asked.append(
                f"{child.shown_name} has a birth mother recorded already. A second mother may be a parent, an adoptive "
                "parent or a step-parent."
            )
    for one in (person, other):
        if started_on and one.date_of_birth and started_on < one.date_of_birth:
            asked.append(f"It would begin before {one.shown_name} was born ({said(one.date_of_birth)}).")
        if started_on and one.date_of_death and started_on > one.date_of_death:
            asked.append(f"It would begin after {one.shown_name} died ({said(one.date_of_death)}).")
    return asked


def _ages(older: Person, younger: Person, *, is_parent: bool) -> list[str]:
    born = younger.date_of_birth or younger.expected_date
    if older.date_of_birth is None or born is None:
        return []
    if older.date_of_birth >= born:
        return [f"{older.shown_name} was born on {said(older.date_of_birth)}, after {younger.shown_name}."]
    age = older.age_on(born)
    if is_parent and age is not None and age < YOUNGEST_PARENT:
        return [f"{older.shown_name} was {age} when {younger.shown_name} was born."]
    return []


def _descends(by: User, person: Person, ancestor: Person) -> bool:
    """Return whether ``person`` descends from ``ancestor`` by what is recorded, as far as twelve generations."""
    parents = [code for code, one in relations().items() if one.kind == "parent"]
    children = [code for code, one in relations().items() if one.kind == "child"]
    generation, seen = {person.pk}, {person.pk}
    for _ in range(_GENERATIONS):
        above = set(
            Relationship.objects.filter(other__in=generation, type__in=parents).values_list("person", flat=True)
        ) | set(Relationship.objects.filter(person__in=generation, type__in=children).values_list("other", flat=True))
        if ancestor.pk in above:
            return True
        generation = set(reach.unrestricted(by).filter(pk__in=above - seen).values_list("pk", flat=True))
        seen |= generation
        if not generation:
            return False
    return False


@transaction.atomic
def end_relationship(*, by: User, relationship: Relationship, on: date) -> Relationship:
    """End a relationship: partners part, a fostering ends. Parents stay parents, and are mended, not ended."""
    door.require(by, Action.RECORD, relationship.person_id, relationship.other_id)
    faults = checks.spell(relationship.started_on, on, timezone.localdate(), "on")
    if on > timezone.localdate():
        faults["on"] = "The date is in the future. Enter it when it has happened."
    if faults:
        raise Refused(faults)
    relationship.ended_on = on
    relationship.save(update_fields=["ended_on"])
    for person_id in (relationship.person_id, relationship.other_id):
        account.record(
            "families.relationship_ended",
            by=by,
            person_id=person_id,
            subject=relationship,
            type=relation(relationship.type).label,
            on=on.isoformat(),
        )
    return relationship


@transaction.atomic
def set_responsibility(
    *, by: User, relationship: Relationship, held: bool, basis: str = "", main_carer: bool | None = None, note: str = ""
) -> Relationship:
    """Record whether parental responsibility is held and on what basis, and whether they are a main carer."""
    door.require(by, Action.RECORD, relationship.person_id, relationship.other_id)
    if faults := _responsibility_faults(held, basis, note or relationship.note):
        raise Refused(faults)
    relationship.parental_responsibility = held
    relationship.responsibility_basis = basis if held else ""
    if main_carer is not None:
        relationship.main_carer = main_carer
    if note.strip():
        relationship.note = note.strip()
    relationship.save()
    words = f"held ({bases()[basis].label})" if held else "not held"
    for person_id in (relationship.person_id, relationship.other_id):
        account.record("families.responsibility", by=by, person_id=person_id, subject=relationship, held=words)
    return relationship
