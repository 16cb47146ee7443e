"""Plans: one for each child, with the eight things that a plan must say (002, section 4.2)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from throughline.core.access.models import User
from throughline.core.history import tracked
from throughline.record.journey.models import Entry
from throughline.record.people.models import Person


class Kind(models.TextChoices):
    """Which help the plan is part of. The child's plan stays one plan as the help around it changes."""

    EARLY_HELP = "early_help", "Early help plan"
    IN_NEED = "in_need", "Child in need plan"
    PROTECTION = "protection", "Child protection plan"
    CARE = "care", "Care plan"
    PATHWAY = "pathway", "Pathway plan"


def _in_readable_entries(rows: Any, people: Any, user: Any, plan: str = "", entry: str = "entry__") -> Any:
    return rows.filter(**{f"{plan}person__in": people}).filter(Entry.readable_by(user, entry))


@tracked
class Plan(models.Model):
    """A child's plan, as it reads now. Each earlier wording is in the history and can be read (queries.versions)."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="plan")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=12, choices=Kind)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    # What it must say; record.plans.content gives each its question and where it comes from.
    needs_to_change = models.TextField(blank=True)
    safe_enough = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    family_does = models.TextField(blank=True)
    family_ideas = models.TextField(blank=True)
    goals = models.TextField(blank=True)
    # Parts that were copied from a brother's or sister's plan by the worker's choice, until they are made this
    # child's own: {"strengths": "2026-03-03"}.
    copied = models.JSONField(default=dict, blank=True)
    # The answer given when it was closed.
    how_safe = models.TextField(blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), name="one_open_plan_for_each_child"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="plan_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(how_safe=""), name="a_closed_plan_says_how_safe"
            ),
        ]
        indexes = [models.Index(fields=["person", "-started_on"], name="plan_by_person")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Plans of people whom the user may reach."""
        return _in_readable_entries(rows, people, user)


@tracked
class PlanAction(models.Model):
    """Who will do what by when."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    # As people are called in the family: "Nan", "Ruth Bell", "school".
    who = models.CharField(max_length=200)
    by_when = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    how_it_went = models.TextField(blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The version of the plan that held when this was last written: so an earlier version shows its own actions.
    at_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [F("done_on").asc(nulls_first=True), F("by_when").asc(nulls_last=True), "pk"]
        constraints = [models.CheckConstraint(condition=~Q(what="") & ~Q(who=""), name="an_action_has_what_and_who")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Actions of the plans that the user may see."""
        return _in_readable_entries(rows, people, user, "plan__", "plan__entry__")


@tracked
class Progress(models.Model):
    """A note of how the plan goes; its words are the entry's."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="progress")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="progress")

    class Meta:
        ordering = ["-entry__happened_on", "-pk"]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Notes of the plans that the user may see."""
        return _in_readable_entries(rows, people, user, "plan__")


class Outcome(models.TextChoices):
    """What a review decided."""

    CONTINUES = "continues", "The plan goes on as it is"
    CHANGES = "changes", "The plan goes on, and changes"
    READY = "ready", "The plan is ready to be closed"
    MORE = "more", "More help, or protection, is needed"


@tracked
class PlanReview(models.Model):
    """The plan looked at again, with the family."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="plan_review")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    outcome = models.CharField(max_length=12, choices=Outcome)
    who_took_part = models.TextField(blank=True)
    # What the child and the family say of it. What each child said is also in the entry's part.
    family_view = models.TextField(blank=True)

    class Meta:
        ordering = ["-entry__happened_on", "-pk"]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Reviews of the plans that the user may see."""
        return _in_readable_entries(rows, people, user, "plan__")


@tracked
class PlanDiscussed(models.Model):
    """That the plan was engaged with in supervision, and when: the eighth rule. Its words stay in supervision."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="discussions")
    discussed_on = models.DateField()
    with_whom = models.CharField(max_length=200)
    # What changes in the plan because of it; the discussion itself is not the child's record.
    follows = models.TextField(blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-discussed_on", "-pk"]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Discussions of the plans that the user may see."""
        return _in_readable_entries(rows, people, user, "plan__", "plan__entry__")
