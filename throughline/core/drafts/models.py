"""What someone is writing and has not sent. Not part of the record, and so without history."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Draft(models.Model):
    """The fields of one form as they were last typed, for the person who types alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    # Which form, of what: "entry:kind=call,pk=12".
    key = models.CharField(max_length=200)
    # What it is, without names: "A telephone call or message".
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=400)
    # A number, not a key: a draft never stands in the way of what happens to the record.
    person_id = models.BigIntegerField(null=True, blank=True)
    # Field name to the list of values typed, as the browser would send them.
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(db_default=Now())
    # The page that typed it. An autosave that arrives after its page was sent must not bring the draft back.
    page = models.CharField(max_length=40, blank=True)
    sent = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_of_a_form")]
        indexes = [models.Index(fields=["user", "-saved_at"], name="draft_by_user")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """A draft is its writer's alone, whoever else may see the child."""
        return rows.filter(user=user)
