"""Families as families are: who belongs, who lives where, who is whose, who is around them."""

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from throughline.core.history import tracked
from throughline.record.people.models import Address, Person


@tracked
class Family(models.Model):
    """The unit in which things are recorded together once. It may span several households."""

    # What workers call it among themselves ("Okafor and Bell family"); made from names unless they choose.
    label = models.CharField(max_length=200, blank=True)
    made_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Families with a child whom the user may reach; or, of adults only, with anyone whom they may reach.

        A mother reached through her daughter's family does not open the family of her other children.
        """
        open_members = Membership._base_manager.filter(family=OuterRef("pk"), ended_on__isnull=True)
        children = open_members.filter(subject_child=True)
        reached = open_members.filter(person__in=people)
        return rows.filter(Exists(reached.filter(subject_child=True)) | (~Exists(children) & Exists(reached)))


@tracked
class Membership(models.Model):
    """A person belongs to a family for a time."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    # A child of the family whom the record is about, or someone who matters to them.
    subject_child = models.BooleanField(default=False)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    why_ended = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "person"], condition=Q(ended_on__isnull=True), name="a_member_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="membership_ends_after_it_starts",
            ),
        ]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Memberships of people whom the user may reach, in families that the user may reach."""
        return rows.filter(person__in=people, family__in=Family.within(Family._base_manager.all(), people, user))


@tracked
class Household(models.Model):
    """People who share a home for a time."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="households")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, null=True, blank=True, related_name="households")
    label = models.CharField(max_length=120, blank=True)

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Households of the families that the user may reach."""
        return rows.filter(family__in=Family.within(Family._base_manager.all(), people, user))


@tracked
class HouseholdMember(models.Model):
    """A person lives in a household for a time, wholly or partly."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="household_memberships")
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    part_time = models.BooleanField(default=False)

    access_path = "person"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(ended_on__isnull=True), name="in_a_household_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="household_is_left_after_it_is_joined",
            ),
        ]


@tracked
class Relationship(models.Model):
    """``person`` is the ``type`` of ``other``: one row, read from both ends by the inverse in relationships.toml."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_of_others")
    type = models.CharField(max_length=40)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    parental_responsibility = models.BooleanField(default=False)
    # How it is held: birth mother, married father, order, agreement (Children Act 1989, sections 2 to 4A).
    responsibility_basis = models.CharField(max_length=120, blank=True)
    main_carer = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="nobody_is_their_own_relative"),
            models.UniqueConstraint(
                fields=["person", "other", "type"],
                condition=Q(ended_on__isnull=True),
                name="a_relationship_once_at_a_time",
            ),
        ]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Relationships of which the user may reach both ends: one end alone would tell that the other exists."""
        return rows.filter(person__in=people, other__in=people)


@tracked
class Professional(models.Model):
    """Someone of another agency, or of this one, who works with children: teacher, nurse, officer."""

    name = models.CharField(max_length=200)
    role = models.CharField(max_length=120, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    access_path = "involvements__person"


@tracked
class Involvement(models.Model):
    """A professional is around a child for a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="involvements")
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    access_path = "person"
