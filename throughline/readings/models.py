"""Returns that were brought into the record: each run, what each row came from, and what could not be placed."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.core.history import tracked
from throughline.record.people.models import Person


class State(models.TextChoices):
    """How far an import is."""

    WAITING = "waiting", "waiting to start"
    RUNNING = "running", "under way"
    FINISHED = "finished", "finished"
    UNREADABLE = "unreadable", "could not be read"
    STOPPED = "stopped", "stopped before it was finished"


@tracked
class ImportRun(models.Model):
    """One time that a return was brought into the record."""

    collection = models.CharField(max_length=10, default="cin")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    header = models.JSONField(default=dict)
    # The collection year that the header states, and the years for which what it brought is to be returned: more
    # than one where the header contradicts itself or the elements in use.
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    years = ArrayField(models.PositiveSmallIntegerField(), default=list)
    layout_year = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    problem = models.TextField(blank=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)
    children = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    aside = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-started_at"], name="import_by_time")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Runs tell of no child: they are for those who see the whole authority's returns."""
        return rows if reach.holds(user, *READERS) else rows.none()


# Who works with returns. Others have no page here at all.
READERS = ("analyst",)


@tracked
class ImportedChild(models.Model):
    """What the return of a year last said of a child, by its digest: the same again changes nothing."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="imported")
    collection = models.CharField(max_length=10, default="cin")
    year = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="imported")

    access_path = "person"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "collection", "year"], name="imported_once_for_each_year"),
        ]


@tracked
class Source(models.Model):
    """What a row of the record came from: a module of a return, with every value as it came.

    ``values`` maps element names to text; a list is pairs of wrapping element (1-based, null without) and text.
    ``stood`` maps the elements whose value the record could not hold to what it holds instead, as text: while that
    still stands, the value goes out as it came; once somebody has put it right, theirs goes.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sources")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="sources")
    table = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="holds")
    values = models.JSONField(default=dict)
    stood = models.JSONField(default=dict)

    access_path = "person"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "row_id"], name="a_source_for_each_row")]
        indexes = [models.Index(fields=["person", "table"], name="source_by_person")]


class RemarkKind(models.TextChoices):
    """What kind of thing there is to say about a place in a return."""

    ASIDE = "aside", "child set aside"
    UNPLACED = "unplaced", "no place in the record"
    UNREADABLE = "unreadable", "value that cannot be read"
    DATE = "date", "date that cannot be right"
    OVERLAP = "overlap", "overlaps another"
    CONFLICT = "conflict", "differs from what a worker recorded"
    MATCH = "match", "matched or put together"
    FILE = "file", "the file as a whole"


@tracked
class Remark(models.Model):
    """One thing in a return that was not simply placed: where, what, why, and what to do. Keeps what came."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=10, choices=RemarkKind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The child's local number as the file has it, and their place in the file.
    child = models.TextField(blank=True)
    child_number = models.PositiveIntegerField(null=True, blank=True)
    line = models.PositiveIntegerField(null=True, blank=True)
    table = models.CharField(max_length=40, blank=True)
    element = models.TextField(blank=True)
    value = models.TextField(blank=True)
    why = models.TextField()
    action = models.TextField()
    # A child or a row that was set aside, in full.
    kept = models.JSONField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["run", "kind"], name="remark_by_run")]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="a_remark_says_why")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Remarks about children whom the user may reach; those about no child of the record for analysts only."""
        if not reach.holds(user, *READERS):
            return rows.none()
        return rows.filter(Q(person__in=people) | Q(person__isnull=True))
