"""The edge of court: pre-proceedings and family group decision-making."""

from django.db import models

from throughline.core.history import tracked
from throughline.record.in_need.models import ChildsPart


@tracked
class PreProceedings(ChildsPart):
    """Pre-proceedings about this child (Public Law Outline). They start on the entry's day.

    What the census asks from 2026 to 2027 on, item by item.
    """

    letter_sent_on = models.DateField(null=True, blank=True)
    family_meeting_offered = models.BooleanField(null=True, blank=True)
    family_meeting_held = models.BooleanField(null=True, blank=True)
    first_meeting_on = models.DateField(null=True, blank=True)
    review_meetings = models.PositiveIntegerField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=8, blank=True)
    applied_to_court_on = models.DateField(null=True, blank=True)
    letter_of_issue_on = models.DateField(null=True, blank=True)
