"""What the shell keeps."""

from django.db import models


class Cached(models.Model):
    """The table of Django's database cache, made by a migration: counts of wrong sign-ins, shared by all processes."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "web_cached"
