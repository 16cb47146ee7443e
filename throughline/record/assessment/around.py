"""Who is in the record beside the children: read from families, for whoever asks."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from throughline.record.families.models import Membership, Relationship
from throughline.record.families.queries import open_on
from throughline.record.people.models import Person

# Whose own story is asked: those who are parents or carers of a child, whatever word the family uses.
PARENTS = ("mother", "father", "parent", "step_parent", "adoptive_parent", "foster_carer", "carer", "special_guardian")
GROWN = 16


def parents_of(
    children: list[int], memberships: QuerySet[Membership], relationships: QuerySet[Relationship]
) -> list[Person]:
    """Return the parents and carers of the children who are of the same family, eldest first.

    ``memberships`` (of the family, with people) and ``relationships`` are what the reader may see.
    """
    today = timezone.localdate()
    caring = {
        row.person_id
        for row in relationships
        if row.other_id in children and (row.type in PARENTS or row.main_carer or row.parental_responsibility)
    }
    found = {
        row.person_id: row.person
        for row in memberships
        if row.person_id in caring and row.person_id not in children and _grown(row.person, today)
    }
    return sorted(found.values(), key=lambda one: (one.date_of_birth or today, one.pk))


def _grown(person: Person, today: Any) -> bool:
    age = person.age_on(today)
    return age is None or age >= GROWN


def open_now() -> Any:
    """Return the condition that a dated row holds today."""
    return open_on(timezone.localdate())
