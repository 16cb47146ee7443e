"""The front door: who told us what, what they asked, what was decided, and who was told of it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from throughline.core.access import reach
from throughline.core.access.models import Team, User
from throughline.core.codes import code_set
from throughline.core.history import tracked
from throughline.record.journey.models import Entry
from throughline.record.people.models import Person

# Whoever works at the front door, or answers for it, sees what was asked without naming a child.
FRONT_DOOR_ROLES = ("front_door_worker", "front_door_manager", "director", "auditor")


class OfEntry(models.Model):
    """What belongs to an entry is seen by those who may see the entry."""

    entry_path = "entry"

    class Meta:
        abstract = True

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Rows of entries that the user may see."""
        return rows.filter(**{f"{cls.entry_path}__in": Entry.within(Entry._base_manager.all(), people, user)})


class Method(models.TextChoices):
    """How they reached us."""

    TELEPHONE = "telephone", "Telephone"
    FORM = "form", "Online form"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    PERSON = "person", "In person"
    NOTICE = "notice", "Notification from another system, for example the police"


class Nature(models.TextChoices):
    """What it is about, as whoever takes the contact hears it. It chooses where the contact starts, nothing else."""

    HARM = "harm", "A child may have been harmed, or may come to harm"
    NEED = "need", "A child or family needs help, and nobody is worried about harm"
    DISABLED = "disabled", "A disabled child needs support, and nobody is worried about harm"
    UNCLEAR = "unclear", "Not clear yet"


class Consent(models.TextChoices):
    """Whether the family was asked before we were told."""

    GIVEN = "given", "Asked, and agreed"
    REFUSED = "refused", "Asked, and refused: shared all the same"
    NOT_SOUGHT = "not_sought", "Not asked"


class Safe(models.TextChoices):
    """Whether a child is safe while this is read."""

    YES = "yes", "Safe now"
    NO = "no", "Not safe now"
    UNKNOWN = "unknown", "Not known"


@tracked
class Contact(OfEntry):
    """Someone told us that they are worried about a child. Their words are the entry's."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="contact")
    source = models.CharField(max_length=3, choices=code_set("referral_source").choices())
    source_name = models.CharField(max_length=200, blank=True)
    source_role = models.CharField(max_length=120, blank=True)
    source_agency = models.CharField(max_length=200, blank=True)
    source_contact = models.CharField(max_length=200, blank=True)
    anonymous = models.BooleanField(default=False)
    # They gave their name to us, and asked that the family not be told it.
    keep_from_family = models.BooleanField(default=False)
    method = models.CharField(max_length=12, choices=Method)
    nature = models.CharField(max_length=12, choices=Nature)
    # What the worker made of what is known already; the entries that they chose are ``recalled``.
    known = models.TextField(blank=True)
    # Empty only where it was urgent: help comes before paper.
    consent = models.CharField(max_length=12, choices=Consent, blank=True)
    consent_why = models.TextField(blank=True)
    # Codes of lawful_bases.toml.
    lawful_basis = models.CharField(max_length=20, blank=True)
    parents_told = models.BooleanField(null=True, blank=True)
    # Who was told, or why nobody was.
    told_words = models.TextField(blank=True)
    urgent = models.BooleanField(default=False)
    # What was done at once: who was called, when.
    done_now = models.TextField(blank=True)
    # Where it stands: a step of the authority's front door (pathway.py).
    step = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(urgent=True) | (~Q(consent="") & ~Q(lawful_basis="")),
                name="sharing_has_its_basis",
            ),
            models.CheckConstraint(
                condition=Q(anonymous=False) | Q(source_name="", source_contact=""), name="anonymous_has_no_name"
            ),
        ]

    @property
    def teller(self) -> str:
        """Who told us, as people would say it: "Mr Ali, form tutor, Hill School"."""
        if self.anonymous:
            return "Someone who did not give their name"
        parts = [self.source_name, self.source_role, self.source_agency]
        return ", ".join(part for part in parts if part) or str(code_set("referral_source").label(self.source))


class Part(models.TextChoices):
    """What someone is in a contact."""

    CHILD = "child", "A child we are told of"
    FAMILY = "family", "Family or household"
    # Named here, and nothing is written in their own record: whoever works with them does not read this.
    OTHER = "other", "Someone else"


@tracked
class Concerned(models.Model):
    """Someone named in a contact: what they are in it, and whether they are safe now."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="concerned")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="concerned_in")
    part = models.CharField(max_length=8, choices=Part)
    safe = models.CharField(max_length=8, choices=Safe, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "person"], name="concerned_once")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Of the contacts that the user may see, the people whom they may reach."""
        entries = Entry.within(Entry._base_manager.all(), people, user)
        return rows.filter(person__in=people, contact__entry__in=entries)


@tracked
class Recalled(models.Model):
    """Something known already that the worker chose to point to. The words stay where they are (002, section 8)."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="recalled")
    recalled = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "recalled"], name="recalled_once")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Rows of which the user may see both the contact and what it points to."""
        entries = Entry.within(Entry._base_manager.all(), people, user)
        return rows.filter(contact__entry__in=entries, recalled__in=entries)


@tracked
class Passage(OfEntry):
    """A contact went from one step of the front door to another. Families feel each of these (003, R1)."""

    entry_path = "contact__entry"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="passages")
    came_from = models.CharField(max_length=40)
    went_to = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())


@tracked
class Consultation(models.Model):
    """Someone asked for advice before deciding what to do. It is not a referral (002, scenario S5).

    With a child named it has an entry in that child's record; without, it stands alone.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="consultation")
    asked_on = models.DateField()
    source = models.CharField(max_length=3, choices=code_set("referral_source").choices())
    source_name = models.CharField(max_length=200, blank=True)
    source_role = models.CharField(max_length=120, blank=True)
    source_agency = models.CharField(max_length=200, blank=True)
    source_contact = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=12, choices=Method)
    question = models.TextField()
    # What was looked up and what it showed, or why nothing was looked up.
    checked = models.TextField()
    advice = models.TextField()
    next_step = models.TextField()
    # Who does it.
    next_by = models.CharField(max_length=200)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Those about a child whom the user may reach; about none, their own or, at the front door, all."""
        entries = Entry.within(Entry._base_manager.all(), people, user)
        unnamed = Q(entry__isnull=True)
        if not reach.holds(user, *FRONT_DOOR_ROLES):
            unnamed &= Q(taken_by=user)
        return rows.filter(Q(entry__in=entries) | unnamed)


@tracked
class Referral(OfEntry):
    """A contact that was accepted as a request for a service. Its entry ``follows`` the contact's."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="referral")
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="referral")


@tracked
class Decision(OfEntry):
    """What was decided about a contact. The reasons are the entry's; so is whoever decided."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="front_door_decision")
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="decision")
    decided_at = models.DateTimeField()
    # What else might have been done, with its benefit and harm.
    options = models.TextField(blank=True)
    # Who saw it differently, and how.
    disagreed = models.TextField(blank=True)


@tracked
class Outcome(models.Model):
    """What was decided for one child."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="outcomes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="front_door_outcomes")
    # A code of the authority's front door, and what it means everywhere (pathway.MEANINGS).
    outcome = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    means = models.CharField(max_length=24)
    destination = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "person"], name="an_outcome_for_each_child")]

    @classmethod
    def within(cls, rows: Any, people: Any, user: Any) -> Any:
        """Outcomes of people whom the user may reach, of entries that the user may see."""
        entries = Entry.within(Entry._base_manager.all(), people, user)
        return rows.filter(person__in=people, decision__entry__in=entries)


@tracked
class Feedback(OfEntry):
    """Whoever told us was told what came of it."""

    entry_path = "contact__entry"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="feedback")
    told_on = models.DateField()
    told_whom = models.CharField(max_length=200)
    method = models.CharField(max_length=12, choices=Method)
    words = models.TextField()
    # What they made of it, where they said.
    answer = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
