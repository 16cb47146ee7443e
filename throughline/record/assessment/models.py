"""The assessment: one document for a family, each child's part in it their own."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from throughline.core.access.models import User
from throughline.core.history import tracked
from throughline.core.practice.models import KeptModel
from throughline.record.families.models import Family
from throughline.record.journey.models import Entry
from throughline.record.people.models import Person


class Stage(models.TextChoices):
    """Whether the family agreed to this help, or the law requires it. A record may be the one first, then the other."""

    EARLY_HELP = "early_help", "early help, agreed with the family"
    STATUTORY = "statutory", "assessment under the Children Act 1989"


class Status(models.TextChoices):
    """How far the document is."""

    WRITING = "writing", "being written"
    WITH_MANAGER = "with_manager", "with the manager"
    SIGNED_OFF = "signed_off", "signed off"


@tracked
class Assessment(models.Model):
    """One record for understanding a family. Its entry says when it began and which children it is about."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="assessment")
    # The wording it was begun with, or was moved to: it stays readable when the template changes.
    practice = models.ForeignKey(KeptModel, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage)
    status = models.CharField(max_length=12, choices=Status, default=Status.WRITING)
    # Who of the family agreed to it, where it is help that they chose.
    agreed_by = models.CharField(max_length=200, blank=True)
    # When a referral turned it into a statutory assessment, where it began in early help; and which referral.
    became_statutory_on = models.DateField(null=True, blank=True)
    referral = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_off_on = models.DateField(null=True, blank=True)
    # What was read from elsewhere in the record, as it stood on the day of signing.
    readings = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="signed_off", signed_off_on__isnull=False)
                | (~Q(status="signed_off") & Q(signed_off_on__isnull=True)),
                name="signed_off_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(became_statutory_on__isnull=True) | Q(stage="statutory"),
                name="became_statutory_is_statutory",
            ),
            # Early help rests on agreement and on nothing else.
            models.CheckConstraint(condition=~Q(stage="early_help") | ~Q(agreed_by=""), name="early_help_is_agreed_to"),
        ]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Assessments whose entry the user may see."""
        return rows.filter(entry__in=Entry.within(Entry._base_manager.all(), people, user))

    @property
    def family(self) -> Family | None:
        """The family that it is about."""
        return self.entry.family

    @property
    def open(self) -> bool:
        """Whether its text can still be written."""
        return self.status == Status.WRITING


class OfAssessment(models.Model):
    """Something of an assessment; where it has a person, it is that person's alone."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Rows of assessments that the user may see, without those of a person whom they may not."""
        seen = rows.filter(assessment__in=Assessment.within(Assessment._base_manager.all(), people, user))
        if any(field.name == "person" for field in cls._meta.get_fields()):
            return seen.filter(Q(person__isnull=True) | Q(person__in=people))
        return seen


@tracked
class Answer(OfAssessment):
    """What is written under one heading, for the family or for one person. Each has its own version."""

    section = models.CharField(max_length=80)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Words; or the chosen code of a choice, a date as ISO text.
    words = models.TextField(blank=True)
    # Rows of a table (column code to text), or chosen codes as [{"code": …}].
    rows = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "section", "person"], nulls_distinct=False, name="one_answer_in_a_place"
            )
        ]


@tracked
class Quotation(OfAssessment):
    """Earlier words, set down as a quotation with where they come from. Never part of anyone's own text."""

    section = models.CharField(max_length=80)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField()
    # A child's own words, or a worker's account.
    said = models.BooleanField(default=False)
    how = models.CharField(max_length=120, blank=True)
    # Where they come from: the entry, and its line as it read when it was quoted ("Visit, 3 March 2026, Ruth Bell").
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=300)
    on = models.DateField()
    quoted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    quoted_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_quotation_quotes")]


class Session(models.TextChoices):
    """In what kind of conversation a view was questioned (002, R19: supervision is of two kinds)."""

    PROFESSIONAL = "professional", "professional supervision"
    MANAGEMENT = "management", "management oversight"
    PEERS = "peers", "colleagues or another agency"
    FAMILY = "family", "the family"


@tracked
class Challenge(OfAssessment):
    """A view, the question that was put to it, and the view after it (scenario S14)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hypothesis = models.TextField()
    held_by = models.CharField(max_length=200)
    challenge = models.TextField()
    challenged_by = models.CharField(max_length=200)
    session = models.CharField(max_length=12, choices=Session)
    happened_on = models.DateField()
    # Empty until the view was thought through again. "It stands" is an answer too.
    revised = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)
    revised_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revised="", revised_on__isnull=True) | (~Q(revised="") & Q(revised_on__isnull=False)),
                name="a_revised_view_has_its_day",
            )
        ]


@tracked
class Consent(OfAssessment):
    """With whom the family agreed that this record is shared, and with whom not (scenario S4)."""

    agency = models.CharField(max_length=120)
    permitted = models.BooleanField()
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()
    words = models.TextField(blank=True)
    # Withdrawn, or replaced by a later answer.
    ended_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agency", "-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "agency"], condition=Q(ended_on__isnull=True), name="one_consent_stands"
            )
        ]


class Signing(models.TextChoices):
    """What someone did about signing."""

    WORKER = "worker", "worker"
    MANAGER = "manager", "manager"
    RETURNED = "returned", "returned by the manager"


@tracked
class SignOff(OfAssessment):
    """A signature, or a manager's return of the document, with comments."""

    role = models.CharField(max_length=10, choices=Signing)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(db_default=Now())
    signed_on = models.DateField()
    comments = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]


@tracked
class Discussion(OfAssessment):
    """Whether the record was talked through with a child, or with the parents (no person); if not yet, when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    discussed = models.BooleanField()
    # The day on which it was, or on which it will be.
    on = models.DateField()
    comments = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]


class Copy(models.TextChoices):
    """Which copy was given."""

    FAMILY = "family", "the family's copy"
    CHILD = "child", "a child's own copy"
    WHOLE = "whole", "the whole record"


@tracked
class Distribution(OfAssessment):
    """A copy given to someone: to whom, which, when; and on what ground where the family had not agreed."""

    to = models.CharField(max_length=200)
    # Whose copy, where it is a child's own.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    copy = models.CharField(max_length=10, choices=Copy)
    # The agency where it went outside the family: what consent is asked by.
    agency = models.CharField(max_length=120, blank=True)
    given_on = models.DateField()
    without_consent_because = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(copy="child", person__isnull=False) | ~Q(copy="child"), name="a_childs_copy_is_someones"
            )
        ]


@tracked
class Addendum(OfAssessment):
    """A correction or an addition after sign-off. What was signed stays as it was."""

    section = models.CharField(max_length=80)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField()
    # Whose correction it is: the worker's, or a family member's who says that it is wrong.
    asked_by = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]


@tracked
class Shared(OfAssessment):
    """Someone read words that the family shares and found them fit for one child's own copy, as they then were."""

    section = models.CharField(max_length=80)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # The version that was read: when the words change, they are out of the child's copy until read again.
    answer_version = models.PositiveIntegerField()
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "section", "person"], name="shared_with_a_child_once")
        ]
