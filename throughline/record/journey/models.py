"""The spine: one row for each thing that happened or was recorded, and the statuses that last."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Cast, Now

from throughline.core.access.models import User
from throughline.core.history import tracked
from throughline.record.families.models import Family
from throughline.record.people.models import Person


class Sensitivity(models.TextChoices):
    """How restricted one entry is, beyond who may see the child."""

    ORDINARY = "ordinary", "anyone who may see the child"
    RESTRICTED = "restricted", "only those who are named"


@tracked
class Entry(models.Model):
    """One thing that happened or was recorded, whatever its kind (record.journey.kinds).

    A contact, a visit, an assessment is an Entry and a typed row of its room whose primary key is this one.
    """

    kind = models.CharField(max_length=40)
    # When it happened. The time of day is often not known, and then not made up.
    happened_on = models.DateField()
    happened_at = models.TimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    # Who did it: a worker, or someone by name and agency. Who typed it may be another (scenario S12).
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    author_name = models.CharField(max_length=200, blank=True)
    recorder = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    # One line that says what this is, made by the action: what a timeline shows without asking the room.
    summary = models.CharField(max_length=300)
    # The words that all its people share. Each person's own part is in EntrySubject.
    words = models.TextField(blank=True)
    sensitivity = models.CharField(max_length=12, choices=Sensitivity, default=Sensitivity.ORDINARY)
    # What the entry led to or came from: a referral from its contact, a review of its plan.
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    # The decision and its reason in a line each, where the entry is or holds one.
    decision = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "-happened_on"], name="entry_by_kind"),
            models.Index(fields=["author", "-happened_on"], name="entry_by_author"),
        ]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Entries about anyone whom the user may reach; restricted ones only for author, recorder and the named."""
        about = EntrySubject._base_manager.filter(entry=OuterRef("pk"), person__in=people)
        return rows.filter(Exists(about)).filter(cls.readable_by(user))

    @staticmethod
    def readable_by(user: Any, path: str = "") -> Any:
        """The part of ``within`` that is about the entry itself; ``path`` leads to it ("entry__")."""
        named = EntryReader._base_manager.filter(entry=OuterRef(f"{path}pk"), user=user)
        return (
            Q(**{f"{path}sensitivity": Sensitivity.ORDINARY})
            | Q(**{f"{path}author": user})
            | Q(**{f"{path}recorder": user})
            | Exists(named)
        )


@tracked
class EntrySubject(models.Model):
    """One person's own part of an entry: whether they were seen, what they said, what is theirs alone."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="subjects")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parts")
    # The account that is this person's alone.
    part = models.TextField(blank=True)
    # None: nobody was to be seen (a telephone call). False: was to be seen, and was not.
    seen = models.BooleanField(null=True, blank=True)
    seen_alone = models.BooleanField(null=True, blank=True)
    why_not_seen = models.CharField(max_length=300, blank=True)
    # Their own words, and how they gave them: talk, drawing, play, sign, an interpreter.
    said = models.TextField(blank=True)
    said_how = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], name="a_part_for_each_person"),
            models.CheckConstraint(condition=~Q(seen_alone=True) | Q(seen=True), name="seen_alone_is_seen"),
        ]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Parts of the people whom the user may reach, in entries that the user may see."""
        return rows.filter(person__in=people).filter(Entry.readable_by(user, "entry__"))


@tracked
class EntryReader(models.Model):
    """Someone named to read a restricted entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="readers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="a_reader_once")]


class EpisodeKind(models.TextChoices):
    """Statuses that last."""

    EARLY_HELP = "early_help", "Early help"
    IN_NEED = "in_need", "Child in need"
    PROTECTION = "protection", "Child protection plan"
    LOOKED_AFTER = "looked_after", "Looked after"
    CARE_LEAVER = "care_leaver", "Care leaver"


def _as_range(expression: Any) -> Func:
    # A range of one number can be compared by core PostgreSQL's gist; a bare number needs an extension.
    number = Cast(expression, models.BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range", output_field=BigIntegerRangeField())


@tracked
class Episode(models.Model):
    """A status that lasts, opened and closed by entries. The database refuses two of a kind at once."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="episodes")
    kind = models.CharField(max_length=20, choices=EpisodeKind)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    why_ended = models.CharField(max_length=300, blank=True)
    opened_by = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="opens")
    closed_by = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="closes")
    # An imported return may hold two that overlap: kept as they came, marked, never mended silently.
    disputed = models.BooleanField(default=False)

    access_path = "person"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")) | Q(disputed=True),
                name="episode_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="episodes_of_a_kind_do_not_overlap",
                expressions=[
                    (_as_range("person_id"), RangeOperators.OVERLAPS),
                    (_as_range(Func(F("kind"), function="hashtext")), RangeOperators.OVERLAPS),
                    (
                        # Ending and starting again on one day is a new episode, not an overlap.
                        Func(
                            F("started_on"),
                            F("ended_on"),
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(disputed=False),
            ),
        ]
        indexes = [models.Index(fields=["person", "kind", "-started_on"], name="episode_by_person")]


@tracked
class Chronology(models.Model):
    """A chronology made by a person for a purpose. Software lists; people choose and interpret (R11)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="chronologies")
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    access_path = "person"


@tracked
class ChronologyItem(models.Model):
    """One event that someone chose, or wrote from elsewhere, with why it matters in their own words."""

    chronology = models.ForeignKey(Chronology, on_delete=models.CASCADE, related_name="items")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="chronology_items")
    # For what no entry holds: a house move in 2014 that grandmother told of.
    happened_on = models.DateField()
    event = models.TextField()
    significance = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    access_path = "chronology__person"

    class Meta:
        ordering = ["position", "pk"]
