"""A child in need: the case from a referral to its closure, and what the law asks to be known of it.

An entry is recorded for a family once; each child's own part of it that a return asks for is a row here, so that a
sister's case may close while her brother's goes on. What came of a referral ``follows`` its entry.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from throughline.core.history import tracked
from throughline.record.journey.models import Entry, Episode
from throughline.record.people.models import Person


class ChildsPart(models.Model):
    """One child's own part of an entry, for what an account in words cannot hold: dates, codes, numbers."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="%(app_label)s_%(class)ss")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(app_label)s_%(class)ss")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], name="%(app_label)s_%(class)s_of_one_child"),
        ]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Rows about people whom the user may reach, in entries that the user may see."""
        return rows.filter(person__in=people, entry__in=Entry.within(Entry._base_manager.all(), people, user))


@tracked
class Case(ChildsPart):
    """One child's case: what the census calls the child in need details. ``entry`` is the referral.

    The day of the referral is the entry's; the day of the closure is that of ``closed_by``. ``episode`` is the time
    during which the child was in need; a referral that led to nothing has none.
    """

    # Codes of core.codes: referral_source, primary_need, closure_reason. Checked where they are written.
    source = models.CharField(max_length=3, blank=True)
    primary_need = models.CharField(max_length=3, blank=True)
    no_further_action = models.BooleanField(null=True, blank=True)
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="case")
    closed_by = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closure_reason = models.CharField(max_length=4, blank=True)


@tracked
class AssessmentOutline(ChildsPart):
    """What the census asks of an assessment under section 17: its dates and the factors found for this child.

    The entry's day is the day on which it began. ``factors`` is None where none were asked for, and empty where
    somebody looked and found none.
    """

    reviewed_on = models.DateField(null=True, blank=True)
    authorised_on = models.DateField(null=True, blank=True)
    factors = ArrayField(models.CharField(max_length=4), null=True, blank=True)


@tracked
class PlanPeriod(ChildsPart):
    """The time for which a child in need plan held for this child. It starts on the entry's day."""

    ended_on = models.DateField(null=True, blank=True)
