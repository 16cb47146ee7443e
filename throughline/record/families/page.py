"""A family as its page shows it, for a user."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.record.families.models import (
    Family,
    Household,
    HouseholdMember,
    Involvement,
    Membership,
    Professional,
    Relationship,
)
from throughline.record.families.queries import open_on, written
from throughline.record.families.relations import basis_words, relation, relations
from throughline.record.people.models import Person, Residence


@dataclass
class Belonging:
    """A member as the family page shows them: what they are to each of the others, in words."""

    membership: Membership
    person: Person
    ties: list["Tie"] = field(default_factory=list)


@dataclass
class Tie:
    """A relationship from one end: "mother of Ada and Ben", with what it holds."""

    words: str
    of: list[Person]
    rows: list[Relationship]

    @property
    def responsible(self) -> list[tuple[list[Person], str]]:
        """For whom parental responsibility is held, by the basis on which it is."""
        held: dict[str, list[Person]] = {}
        for row in self.rows:
            if row.parental_responsibility:
                held.setdefault(basis_words(row.responsibility_basis), []).append(row.other)
        return [(people, basis) for basis, people in held.items()]

    @property
    def cares_for(self) -> list[Person]:
        """Of whom they are a main carer."""
        return [row.other for row in self.rows if row.main_carer]


@dataclass
class Whole:
    """A family as its page shows it, as far as the user may know."""

    family: Family
    children: list[Belonging]
    others: list[Belonging]
    left: list[Membership]
    households: list["Living"]
    professionals: list[tuple[Professional, list[Involvement]]]
    may_record: bool

    @property
    def people(self) -> list[Person]:
        """Everyone who belongs today."""
        return [one.person for one in (*self.children, *self.others)]


@dataclass
class Living:
    """A household with the rows of those who live there; ``address`` is None where it is kept confidential."""

    household: Household
    address: str | None
    members: list[HouseholdMember]


def whole(user: User, pk: int, action: Action = Action.VIEW) -> Whole:
    """Return a family for this user; raises NotFound, or PermissionDenied where they may see it but not ``action``."""
    family = door.one(user, Family, pk)
    may_record = reach.visible(user, Family, Action.RECORD).filter(pk=pk).exists()
    if action is not Action.VIEW and not may_record:
        raise PermissionDenied("You may read about this family but not record. Ask the team that works with them.")
    today = timezone.localdate()
    rows = list(
        reach.visible(user, Membership)
        .filter(family=pk)
        .select_related("person")
        .order_by("-subject_child", "person__date_of_birth", "pk")
    )
    now = [row for row in rows if row.ended_on is None or row.ended_on > today]
    belongings = {row.person_id: Belonging(row, row.person) for row in now}
    _tie(user, belongings, today)
    people = list(belongings)
    involved = (
        reach.visible(user, Involvement)
        .filter(open_on(today), person__in=people)
        .select_related("professional", "person")
        .order_by("professional__role", "professional", "pk")
    )
    professionals: dict[Professional, list[Involvement]] = {}
    for one in involved:
        professionals.setdefault(one.professional, []).append(one)
    return Whole(
        family,
        [one for one in belongings.values() if one.membership.subject_child],
        [one for one in belongings.values() if not one.membership.subject_child],
        [row for row in rows if row not in now],
        _households(user, pk, today),
        list(professionals.items()),
        may_record,
    )


def _tie(user: User, belongings: dict[int, Belonging], today: date) -> None:
    """Give each member their relationships to the others, from their own end; alike ones in one line."""
    rows = reach.visible(user, Relationship).filter(
        open_on(today), person__in=list(belongings), other__in=list(belongings)
    )
    for row in rows.select_related("person", "other").order_by("other__date_of_birth", "pk"):
        kind = relations().get(row.type)
        there = kind.words(row.person.sex) if kind else row.type.replace("_", " ")
        back = relation(kind.inverse).words(row.other.sex) if kind else there
        _add(belongings[row.person_id], there, row.other, row)
        # What is held (parental responsibility, care) belongs to the end from which it was recorded.
        _add(belongings[row.other_id], back, row.person, None)


def _add(belonging: Belonging, words: str, of: Person, row: Relationship | None) -> None:
    tie = next((one for one in belonging.ties if one.words == words), None)
    if tie is None:
        tie = Tie(words, [], [])
        belonging.ties.append(tie)
    if of not in tie.of:
        tie.of.append(of)
    if row is not None:
        tie.rows.append(row)


def _households(user: User, family_id: int, today: date) -> list[Living]:
    # access: only asks whether the address is kept confidential
    kept = Residence._base_manager.filter(address=OuterRef("address"), confidential=True)
    rows = reach.visible(user, Household).filter(family=family_id).select_related("address").annotate(kept=Exists(kept))
    living = {
        row.pk: Living(row, None if row.kept else written({
            "kept": False,
            "lines": row.address.lines if row.address else "",
            "postcode": row.address.postcode if row.address else "",
        }), [])
        for row in rows.order_by("pk")
    }  # fmt: skip
    members = reach.visible(user, HouseholdMember).filter(open_on(today), household__in=list(living))
    for one in members.select_related("person").order_by("person__date_of_birth", "pk"):
        if one.ended_on is None or one.ended_on > today:
            living[one.household_id].members.append(one)
    return list(living.values())


def of_person(user: User, person_id: int) -> list[Family]:
    """Return the families that a person belongs to today and that the user may open."""
    # access: narrows families that reach.visible has let through
    theirs = Membership._base_manager.filter(open_on(timezone.localdate()), family=OuterRef("pk"), person=person_id)
    return list(
        reach.visible(user, Family)
        .filter(Exists(theirs), Exists(reach.people(user).filter(pk=person_id)))
        .order_by("pk")
    )


def to_place_in(user: User) -> QuerySet[Family]:
    """Return the families that the user may record about, for placing someone whom they have just created."""
    rows: QuerySet[Family] = reach.visible(user, Family, Action.RECORD).order_by("label", "pk")
    return rows
