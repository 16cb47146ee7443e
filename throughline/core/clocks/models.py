"""Time frames and every move of them. Nothing here locks anything: a date that passes asks for words, no more."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from throughline.core.access.models import User
from throughline.core.history import tracked

PERSON = "people.Person"
ENTRY = "journey.Entry"


def _of_readable_entries(rows: Any, people: Any, user: Any, path: str = "") -> Any:
    """Rows about people whom the user may reach; not those of an entry that is closed to them."""
    entry = apps.get_model(ENTRY)
    return rows.filter(**{f"{path}person__in": people}).filter(
        Q(**{f"{path}entry__isnull": True}) | entry.readable_by(user, f"{path}entry__")
    )


class Basis(models.TextChoices):
    """Where a time frame comes from."""

    STATUTORY = "statutory", "set by law or guidance"
    AGREED = "agreed", "agreed with the family"


@tracked
class TimeFrame(models.Model):
    """Something that is to be done by a day, for one person: why by then, and how it went.

    The rule's amount, unit and citation are copied when it starts, so that later law does not rewrite what was
    asked of people then.
    """

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="time_frames")
    # What it belongs to: the referral whose decision is due, the assessment that is being written.
    entry = models.ForeignKey(ENTRY, on_delete=models.PROTECT, null=True, blank=True, related_name="time_frames")
    rule = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=200)
    basis = models.CharField(max_length=10, choices=Basis)
    amount = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=12, blank=True)
    # What it is counted from, in words: "the referral being received".
    counted_from = models.CharField(max_length=200, blank=True)
    citation = models.CharField(max_length=300, blank=True)
    started_on = models.DateField()
    due_on = models.DateField()
    # For what cannot wait until the end of the day: an assessment within the hour (scenario S3).
    due_at = models.TimeField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    agreed_with = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    # Why it took longer, where it did and no new date was agreed.
    explanation = models.TextField(blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(basis="statutory") & ~Q(rule="") & ~Q(citation="")
                | Q(basis="agreed") & ~Q(reason="") & ~Q(agreed_with=""),
                name="time_frame_says_why",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("started_on")), name="time_frame_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True) | Q(stopped_on__gte=F("started_on")),
                name="time_frame_stops_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "due_on"], condition=Q(stopped_on__isnull=True), name="frame_running"),
            models.Index(fields=["person", "-started_on"], name="frame_by_person"),
        ]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Time frames of people whom the user may reach, but those of an entry that is closed to them."""
        return _of_readable_entries(rows, people, user)


@tracked
class Move(models.Model):
    """One move of a time frame: both dates, why, and who was told. Earlier dates are never written over."""

    frame = models.ForeignKey(TimeFrame, on_delete=models.CASCADE, related_name="moves")
    due_before = models.DateField()
    due_after = models.DateField()
    reason = models.TextField()
    # Who was told of the new date, as people are called: ["Grace, his mother", "school"].
    told = models.JSONField(default=list, blank=True)
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    moved_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_move_has_a_reason")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Moves of the time frames that the user may see."""
        return _of_readable_entries(rows, people, user, "frame__")


@tracked
class Review(models.Model):
    """A time frame looked at again: where the work is, and how good it is, beside the date."""

    frame = models.ForeignKey(TimeFrame, on_delete=models.CASCADE, related_name="reviews")
    held_on = models.DateField()
    outcome = models.TextField()
    # Timeliness never stands alone (002, R15): what is good in the work so far, and what is still thin.
    quality = models.TextField(blank=True)
    entry = models.ForeignKey(ENTRY, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(outcome=""), name="a_review_has_an_outcome")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Reviews of the time frames that the user may see."""
        return _of_readable_entries(rows, people, user, "frame__")
