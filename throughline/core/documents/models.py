"""Files of a child's record, with every version of each."""

import uuid
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from throughline.core.access.models import User
from throughline.core.documents import filetypes
from throughline.core.history import tracked

PERSON = "people.Person"
ENTRY = "journey.Entry"


class House(models.TextChoices):
    """The Three Houses in which a child draws (002, section 5.1): good things, worries, wishes."""

    GOOD_THINGS = "good_things", "House of good things"
    WORRIES = "worries", "House of worries"
    WISHES = "wishes", "House of wishes"


def _place(version: "Version", name: str) -> str:
    """Return where a file is stored: nothing of its name, which may be a child's."""
    return f"{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}"


@tracked
class Document(models.Model):
    """One document, drawing, photograph or recording about one person."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="documents")
    entry = models.ForeignKey(ENTRY, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    title = models.CharField(max_length=200)
    # What a picture shows, for those who cannot see it.
    description = models.TextField(blank=True)
    house = models.CharField(max_length=12, choices=House, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "-id"], name="document_by_person")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Documents of people whom the user may reach, but those of an entry that is closed to them."""
        return _readable(rows, people, user)

    @property
    def latest(self) -> "Version":
        """The version that is shown: the last one. Uses what was prefetched."""
        return max(self.versions.all(), key=lambda one: one.number)


@tracked
class Version(models.Model):
    """One version of a document: the file as it came, never changed."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(upload_to=_place, max_length=120)
    # The name it came with; shown, never part of an address or a path.
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="a_version_number_once")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Versions of the documents that the user may see."""
        return _readable(rows, people, user, "document__")

    @property
    def type(self) -> filetypes.FileType:
        """Its type, as core.documents.filetypes knows it."""
        return filetypes.known()[self.media_type]


def _readable(rows: Any, people: Any, user: Any, path: str = "") -> Any:
    entry = apps.get_model(ENTRY)
    return rows.filter(**{f"{path}person__in": people}).filter(
        Q(**{f"{path}entry__isnull": True}) | entry.readable_by(user, f"{path}entry__")
    )
