"""Visits: an entry for what was done, each child's part of it, and what a visit alone has."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from throughline.core.history import tracked
from throughline.record.journey.models import Entry, EntrySubject


def _of_visible_entries(rows: Any, people: Any, user: Any) -> Any:
    # As Entry.within, but asked row by row: who opens one visit is not to wait for all that they may see.
    about = EntrySubject._base_manager.filter(entry=OuterRef("pk"), person__in=people)
    return rows.filter(Exists(about)).filter(Entry.readable_by(user, "entry__"))


class Where(models.TextChoices):
    """Where a child was visited."""

    HOME = "home", "At home"
    SCHOOL = "school", "At school or nursery"
    RELATIVE = "relative", "At a relative's or friend's"
    PLACEMENT = "placement", "In placement"
    OUT = "out", "Out: a walk, a park, a café"
    OFFICE = "office", "At our office"
    ELSEWHERE = "elsewhere", "Somewhere else"


@tracked
class Visit(models.Model):
    """What a visit has beside its entry. Who was seen, and what each said, is in the entry's parts."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="visit")
    where = models.CharField(max_length=12, choices=Where)
    where_words = models.CharField(max_length=200, blank=True)
    purpose = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Visits whose entry the user may see."""
        return _of_visible_entries(rows, people, user)


@tracked
class Reasoning(models.Model):
    """A worker's answer to the question why a child has not been seen, and what follows (scenario S1)."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="unseen_reasoning")
    # The latest visit without the child when the answer was written: one after it asks again.
    about = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Answers whose entry the user may see."""
        return _of_visible_entries(rows, people, user)
