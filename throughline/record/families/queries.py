"""Reads about families, each for a user."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.record.families.models import (
    Family,
    HouseholdMember,
    Involvement,
    Membership,
    Professional,
    Relationship,
)
from throughline.record.families.relations import basis_words, relation, relations
from throughline.record.people.models import Person, Residence


def open_on(day: date) -> Q:
    """Return the condition that a dated row holds on ``day``; a missing date is open on that side."""
    return (Q(started_on__isnull=True) | Q(started_on__lte=day)) & (Q(ended_on__isnull=True) | Q(ended_on__gte=day))


def seen_because_of(child_ids: QuerySet[Any]) -> QuerySet[Any]:
    """Return ids of the people seen because they are in a family with a child who is worked with."""
    today = open_on(timezone.localdate())
    # access: this is the rule that reach itself asks
    families = Membership.objects.filter(today, person__in=child_ids).values("family")
    # access: as above
    return Membership.objects.filter(today, family__in=families).values("person")


@dataclass
class Member:
    """Someone around a person: what they are to them in words ("mother"), and what they hold.

    ``kind`` is that of relationships.toml ("" when no relationship is recorded).
    """

    person: Person
    words: str = ""
    kind: str = ""
    subject_child: bool = False
    in_family: bool = False
    parental_responsibility: bool = False
    responsibility_basis: str = ""
    main_carer: bool = False
    note: str = ""


@dataclass
class Home:
    """A household: what it is called, where, and who lives there. ``address`` is None where it is kept confidential."""

    household_id: int
    label: str
    address: str | None = ""
    members: list[tuple[Person, bool]] = field(default_factory=list)

    @property
    def confidential(self) -> bool:
        """Whether someone has to keep the address from others."""
        return self.address is None


@dataclass
class Helper:
    """A professional around the child, since when."""

    professional: Professional
    started_on: date | None
    note: str
    involvement_id: int


@dataclass
class Around:
    """Who is around a person on a day, as far as the user may know."""

    family: Family | None = None
    families: list[Family] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    professionals: list[Helper] = field(default_factory=list)
    households: list[Home] = field(default_factory=list)

    @property
    def parental_responsibility(self) -> list[Member]:
        """Those who hold parental responsibility for the person."""
        return [one for one in self.members if one.parental_responsibility]

    @property
    def main_carers(self) -> list[Member]:
        """Those who mainly care for the person."""
        return [one for one in self.members if one.main_carer]

    @property
    def siblings(self) -> list[Member]:
        """Brothers and sisters of every kind, and other children of the family whose relationship is not recorded."""
        return [one for one in self.members if one.kind == "sibling" or (one.subject_child and not one.kind)]


def around(user: User, person_id: int, today: date | None = None, *, people_only: bool = False) -> Around:
    """Return who is around a person on ``today``: family, relationships, professionals, households; three queries.

    ``people_only`` leaves out professionals and households, and takes two. Only people whom the user may reach are in
    it, and nobody at all when they may not reach the person.
    """
    day = today or timezone.localdate()
    found = Around()
    members: dict[int, Member] = {}
    homes: dict[int, Home] = {}
    belonging = _memberships(user, person_id, day)
    for row in belonging if people_only else belonging.annotate(homes=_homes(day)):
        if row.family_id not in {one.pk for one in found.families}:
            found.families.append(row.family)
        if not people_only:
            _place(homes, row)
        if row.person_id != person_id and row.person_id not in members:
            members[row.person_id] = Member(row.person, subject_child=row.subject_child, in_family=True)
    for tie in _ties(user, person_id, day):
        _relate(members, tie, person_id)
    if not people_only:
        found.professionals = [
            Helper(one.professional, one.started_on, one.note, one.pk) for one in _involvements(user, person_id, day)
        ]
    found.family = found.families[0] if found.families else None
    found.members = sorted(members.values(), key=_order)
    found.households = list(homes.values())
    return found


def _memberships(user: User, person_id: int, day: date) -> QuerySet[Membership]:
    """Return everyone of the person's families whom the user may reach."""
    # access: inside families that reach.visible has let through, only to say which they are
    theirs = Membership._base_manager.filter(open_on(day), person=person_id).values("family")
    rows: QuerySet[Membership] = reach.visible(user, Membership).filter(
        open_on(day), Exists(reach.people(user).filter(pk=person_id)), family__in=theirs
    )
    return rows.select_related("family", "person").order_by("family_id", "pk")


def _homes(day: date) -> ArraySubquery:
    # access: the household of a member whom reach.visible has let through
    lives = HouseholdMember._base_manager.filter(
        open_on(day), person=OuterRef("person"), household__family=OuterRef("family")
    )
    # access: only asks whether the address is kept confidential
    kept = Residence._base_manager.filter(address=OuterRef("household__address"), confidential=True)
    return ArraySubquery(
        lives.annotate(kept=Exists(kept)).order_by("pk").values(
            it=JSONObject(
                id="household_id",
                label="household__label",
                lines="household__address__lines",
                postcode="household__address__postcode",
                part_time="part_time",
                kept="kept",
            )
        )
    )  # fmt: skip


def _place(homes: dict[int, Home], row: Any) -> None:
    for one in row.homes:
        home = homes.setdefault(one["id"], Home(one["id"], one["label"], written(one)))
        if row.person_id not in {person.pk for person, _ in home.members}:
            home.members.append((row.person, one["part_time"]))


def written(one: dict[str, Any]) -> str | None:
    if one["kept"]:
        return None
    return ", ".join(part for part in [*(one["lines"] or "").splitlines(), one["postcode"] or ""] if part)


def _ties(user: User, person_id: int, day: date) -> QuerySet[Relationship]:
    rows: QuerySet[Relationship] = reach.visible(user, Relationship).filter(
        Q(person=person_id) | Q(other=person_id), open_on(day)
    )
    return rows.select_related("person", "other").order_by("pk")


def _relate(members: dict[int, Member], tie: Relationship, person_id: int) -> None:
    """Add to a member what they are to the person, from whichever end it was recorded."""
    from_them = tie.other_id == person_id
    them = tie.person if from_them else tie.other
    member = members.setdefault(them.pk, Member(them))
    kind = relations().get(tie.type)
    if kind is None:
        words, group = tie.type.replace("_", " "), "other"
    else:
        seen = kind if from_them else relation(kind.inverse)
        words, group = seen.words(them.sex), seen.kind
    if words not in member.words.split(" and "):
        member.words = f"{member.words} and {words}" if member.words else words
    member.kind = member.kind or group
    member.note = member.note or tie.note
    if from_them:
        member.parental_responsibility |= tie.parental_responsibility
        member.responsibility_basis = member.responsibility_basis or basis_words(tie.responsibility_basis)
        member.main_carer |= tie.main_carer


def _involvements(user: User, person_id: int, day: date) -> QuerySet[Involvement]:
    rows: QuerySet[Involvement] = reach.visible(user, Involvement).filter(open_on(day), person=person_id)
    return rows.select_related("professional").order_by("professional__role", "pk")


_KINDS = ["parent", "carer", "partner", "child", "cared_for", "sibling", "wider", "other", ""]


def _order(member: Member) -> tuple[Any, ...]:
    born = member.person.date_of_birth or member.person.expected_date or date.max
    return (not member.main_carer, _KINDS.index(member.kind), born, member.person.pk)
