"""Practice models as they were used: what a record was begun with stays readable when the file changes."""

from django.db import models
from django.db.models.functions import Now

from throughline.core.audit.protect import append_only


class KeptModel(models.Model):
    """One wording of a practice model that some record uses. Never changed: a new wording is a new row."""

    code = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    # SHA-256 of the content, so that a file edited without a new version number is still kept apart.
    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    kept_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["code", "-kept_at"], name="kept_model_by_code")]
        triggers = append_only()
