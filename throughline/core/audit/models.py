"""The account of every act and every view. Rows are added, never changed and never removed."""

from django.db import models
from django.db.models.functions import Now

from throughline.core.audit.protect import append_only


class Event(models.Model):
    """One act or view. Carries ids and labels, not foreign keys, so that it outlives what it tells of."""

    at = models.DateTimeField(db_default=Now())
    verb = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    # The person whose record it concerns, where it concerns one: what a view log is read by.
    person_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=120, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-at"], name="audit_by_person"),
            models.Index(fields=["actor_id", "-at"], name="audit_by_actor"),
            models.Index(fields=["verb", "-at"], name="audit_by_verb"),
        ]
        triggers = append_only()


class Seal(models.Model):
    """A batch of events bound to the batch before it by a hash; see core.audit.sealing."""

    at = models.DateTimeField(db_default=Now())
    events = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            # A chain, not a tree: no two seals follow the same one.
            models.UniqueConstraint(fields=["previous"], name="one_seal_follows_another"),
        ]
        triggers = append_only()


class Sealed(models.Model):
    """Which seal holds which event. The event is named by number, so that its loss is noticed."""

    event_id = models.BigIntegerField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="members")

    class Meta:
        triggers = append_only()
