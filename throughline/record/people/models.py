"""Everyone is a person: children, parents, neighbours. One row for each, with their names and dates."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Now

from throughline.core.history import tracked


def keys_vector(path: str = "keys") -> Func:
    """Return the search keys of a name as a text search vector: what the index "name_by_key" is made of.

    The words go in as they are; PostgreSQL's own parser would cut names of some scripts to pieces.
    """
    words = Func(F(path), Value(" "), function="string_to_array")
    return Func(words, function="array_to_tsvector", output_field=SearchVectorField())


@tracked
class Person(models.Model):
    """A person of any age, or a child not yet born."""

    date_of_birth = models.DateField(null=True, blank=True)
    # Known to the day, or worked out from an age that someone gave.
    date_of_birth_estimated = models.BooleanField(default=False)
    # For a child not yet born. Kept after the birth: it was known, and then it was over.
    expected_date = models.DateField(null=True, blank=True)
    date_of_death = models.DateField(null=True, blank=True)
    # Statutory codes: core.codes "sex" and "ethnicity".
    sex = models.CharField(max_length=1, blank=True)
    gender_identity = models.CharField(max_length=80, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    religion = models.CharField(max_length=80, blank=True)
    # ISO 639 names as people say them; the first language first.
    languages = models.JSONField(default=list, blank=True)
    interpreter_needed = models.BooleanField(default=False)
    communication_needs = models.TextField(blank=True)
    # The preferred name, kept here by record.people.names so that a list of people is one query.
    shown_name = models.CharField(max_length=401, blank=True)
    # Why there is no unique pupil number: children in need census N00135, codes UN1 to UN10.
    upn_unknown = models.CharField(max_length=4, blank=True)
    # Who first recorded them, and when: what lets a worker add a person whom they have just created to a family.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(date_of_death__isnull=True)
                | Q(date_of_birth__isnull=True)
                | Q(date_of_death__gte=F("date_of_birth")),
                name="death_follows_birth",
            ),
        ]
        indexes = [
            models.Index(fields=["date_of_birth"], name="person_by_birth"),
            models.Index(fields=["expected_date"], name="person_by_expected", condition=Q(expected_date__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """The people whom the user may reach: see core.access.reach."""
        return people

    @property
    def unborn(self) -> bool:
        """Whether the child is not born yet, as far as is recorded."""
        return self.date_of_birth is None and self.expected_date is not None

    def age_on(self, day: date) -> int | None:
        """Return the age in whole years on ``day``; None when the date of birth is not known or later."""
        born = self.date_of_birth
        if born is None or day < born:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class NameType(models.TextChoices):
    """What a name is to the person."""

    LEGAL = "legal", "legal name"
    KNOWN_AS = "known_as", "known as"
    BIRTH = "birth", "name at birth"
    PREVIOUS = "previous", "previous name"
    ALIAS = "alias", "also used"


@tracked
class Name(models.Model):
    """One of a person's names, for a time. ``shown`` is what they are called on screen."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    type = models.CharField(max_length=12, choices=NameType, default=NameType.LEGAL)
    given = models.CharField(max_length=200, blank=True)
    family = models.CharField(max_length=200, blank=True)
    shown = models.BooleanField(default=False)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    # Words as folded, and how each sounds (in capitals), with single spaces: made by record.people.names.
    keys = models.TextField(editable=False, blank=True)

    access_path = "person"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(given="", family=""), name="a_name_says_something"),
            models.UniqueConstraint(fields=["person"], condition=Q(shown=True), name="one_shown_name"),
        ]
        # Without its list of changes still to be merged: a search must not wait for the writes of others.
        indexes = [GinIndex(keys_vector(), name="name_by_key", fastupdate=False)]


class IdentifierType(models.TextChoices):
    """Numbers by which a person is known."""

    NHS = "nhs", "NHS number"
    UPN = "upn", "unique pupil number"
    FORMER_UPN = "former_upn", "former unique pupil number"
    LOCAL = "local", "local number"
    ULN = "uln", "unique learner number"
    HOME_OFFICE = "home_office", "Home Office number"


@tracked
class Identifier(models.Model):
    """A number by which the person is known somewhere."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    type = models.CharField(max_length=12, choices=IdentifierType)
    value = models.CharField(max_length=60)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    # A record that whoever wrote this may not know of holds the same number: see record.people.numbers_held.
    disputed = models.BooleanField(default=False)

    access_path = "person"

    class Meta:
        constraints = [
            # A former number may have been given to two by mistake; a current one may not.
            models.UniqueConstraint(
                fields=["type", "value"],
                condition=Q(type__in=["nhs", "upn", "local", "uln"], disputed=False),
                name="an_identifier_is_one_persons",
            )
        ]
        indexes = [models.Index(fields=["value"], name="identifier_by_value")]


@tracked
class Address(models.Model):
    """A place where people live or can be written to."""

    lines = models.TextField()
    postcode = models.CharField(max_length=10, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    # Postcode and the first line, folded, for finding: made by record.people.addresses.
    folded = models.CharField(max_length=300, editable=False, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["postcode"], name="address_by_postcode"),
            models.Index(fields=["folded"], name="address_by_prefix", opclasses=["varchar_pattern_ops"]),
        ]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Addresses where someone lives or lived whom the user may reach, and that nobody has to keep confidential."""
        residences = Residence._base_manager.filter(address=OuterRef("pk"))
        return rows.filter(Exists(residences.filter(person__in=people)), ~Exists(residences.filter(confidential=True)))


class ResidenceKind(models.TextChoices):
    """What an address is to a person."""

    HOME = "home", "home"
    PLACEMENT = "placement", "placement"
    TEMPORARY = "temporary", "temporary"
    POST = "post", "for letters"


@tracked
class Residence(models.Model):
    """A person at an address for a time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="residences")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="residences")
    kind = models.CharField(max_length=12, choices=ResidenceKind, default=ResidenceKind.HOME)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    # A refuge, a placement that is kept from someone: shown on the person's own page only, to those who may record
    # about them, and each look is logged (docs/explanation/finding-people.md).
    confidential = models.BooleanField(default=False)

    access_path = "person"


class ContactKind(models.TextChoices):
    """Ways to reach someone."""

    MOBILE = "mobile", "mobile"
    PHONE = "phone", "telephone"
    EMAIL = "email", "email"


@tracked
class ContactDetail(models.Model):
    """A way to reach a person, and whether it is safe to use."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_details")
    kind = models.CharField(max_length=10, choices=ContactKind)
    value = models.CharField(max_length=120)
    # Digits only, for finding by telephone.
    digits = models.CharField(max_length=30, editable=False, blank=True)
    safe = models.BooleanField(default=True)
    note = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    access_path = "person"

    class Meta:
        indexes = [models.Index(fields=["digits"], name="contact_by_digits")]


@tracked
class Disability(models.Model):
    """A disability by its statutory code (core.codes "disability"), and in words."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="disabilities")
    code = models.CharField(max_length=4)
    words = models.CharField(max_length=300, blank=True)
    # The order in which the record gave them, kept for returns.
    position = models.PositiveSmallIntegerField(default=0)

    access_path = "person"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "code"], name="a_disability_once")]
        ordering = ["position", "pk"]


@tracked
class Warning(models.Model):
    """Something that anyone who opens the record must know first, in words, with its date and end."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="warnings")
    words = models.CharField(max_length=300)
    noted_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    access_path = "person"
