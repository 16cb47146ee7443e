"""Protection from harm: section 47 enquiries, conferences, and child protection plans, child by child."""

from django.db import models

from throughline.core.history import tracked
from throughline.record.in_need.models import ChildsPart
from throughline.record.journey.models import Episode


class Category(models.TextChoices):
    """The category of a child protection plan (Working Together; children in need census N00113)."""

    NEGLECT = "NEG", "neglect"
    PHYSICAL = "PHY", "physical abuse"
    SEXUAL = "SAB", "sexual abuse"
    EMOTIONAL = "EMO", "emotional abuse"
    # Not used for new plans since 2010, and still in the returns.
    MULTIPLE = "MUL", "more than one category"


@tracked
class Enquiry(ChildsPart):
    """An enquiry under section 47 of the Children Act 1989 about this child. It starts on the entry's day."""

    # 15 working days from the strategy discussion, or as agreed.
    conference_due_on = models.DateField(null=True, blank=True)
    conference_not_required = models.BooleanField(null=True, blank=True)


class Stage(models.TextChoices):
    """Which conference it is."""

    INITIAL = "initial", "initial child protection conference"
    REVIEW = "review", "review conference"


@tracked
class Plan(ChildsPart):
    """A child protection plan. How long it lasted is its episode's to say."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="protection_plan")
    initial_category = models.CharField(max_length=3, choices=Category, blank=True)
    latest_category = models.CharField(max_length=3, choices=Category, blank=True)
    # How many plans there were before this one, wherever they were, as far as is known.
    previous_plans = models.PositiveIntegerField(null=True, blank=True)


@tracked
class Conference(ChildsPart):
    """A conference held about this child on the entry's day, after an enquiry or to review a plan."""

    stage = models.CharField(max_length=8, choices=Stage)
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="conference")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews")
