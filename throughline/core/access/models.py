"""People who sign in, the teams they work in, and what ties them to a child's record."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject, Now
from django.utils import timezone

from throughline.core.access.roles import CHOICES
from throughline.core.history import tracked

PERSON = "people.Person"


class Users(UserManager["User"]):
    """Users; one fetched alone, as at each request, brings the roles that hold today in the same question."""

    use_in_migrations = False

    def get(self, *args: Any, **kwargs: Any) -> "User":
        """Return one user with ``_grants_today`` filled, which core.access.reach asks first."""
        today = timezone.localdate()
        held = Grant.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=today), user=OuterRef("pk"), started_on__lte=today
        )
        fields = {name: name for name in ("id", "role", "team_id", "service_id")}
        row = JSONObject(**fields, team="team__name", team_service="team__service_id", service="service__name")
        user: User = self.annotate(held=ArraySubquery(held.order_by("pk").values(it=row))).get(*args, **kwargs)
        user._grants_today = [_grant(user, one) for one in user.held]  # type: ignore[attr-defined]
        return user


def _grant(user: "User", raw: dict[str, Any]) -> "Grant":
    grant = Grant(pk=raw["id"], user=user, role=raw["role"])
    if raw["team_id"]:
        grant.team = Team(pk=raw["team_id"], name=raw["team"], service_id=raw["team_service"])
    if raw["service_id"]:
        grant.service = Service(pk=raw["service_id"], name=raw["service"])
    return grant


class User(AbstractUser):
    """Someone who signs in."""

    objects: ClassVar[Users] = Users()

    job_title = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.get_full_name() or self.username


@tracked
class Service(models.Model):
    """Several teams under one manager: the front door, help and protection, children in care."""

    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


@tracked
class Team(models.Model):
    """The workers who share a manager."""

    name = models.CharField(max_length=120, unique=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="teams")

    def __str__(self) -> str:
        return self.name


@tracked
class Grant(models.Model):
    """A role held by a user, in a team or service where the role's scope needs one, for a time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40, choices=CHOICES)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="grant_ends_after_it_starts",
            ),
        ]


class AllocationKind(models.TextChoices):
    """What a worker is to the child."""

    KEY_WORKER = "key_worker", "lead worker"
    CO_WORKER = "co_worker", "co-worker"
    CHAIR = "chair", "conference chair or reviewing officer"
    SUPERVISOR = "supervisor", "supervisor"


@tracked
class Allocation(models.Model):
    """A worker, or a team waiting to name one, works with this child for a time."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="allocations")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="allocations")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="allocations")
    kind = models.CharField(max_length=20, choices=AllocationKind, default=AllocationKind.KEY_WORKER)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    reason_ended = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="allocation_ends_after_it_starts",
            ),
            # A child has one lead at a time: a hand-over ends one and starts the other.
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on__isnull=True, kind="key_worker"),
                name="one_lead_worker_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["worker"], condition=Q(ended_on__isnull=True), name="allocation_open_by_worker"),
            models.Index(fields=["team"], condition=Q(ended_on__isnull=True), name="allocation_open_by_team"),
        ]


@tracked
class Restriction(models.Model):
    """The record of this person can be seen by those who are named, and by no one else."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="restrictions")
    reason = models.TextField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="one_restriction_at_a_time"
            )
        ]


@tracked
class Permit(models.Model):
    """One of the people who may see a restricted record."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="permits")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="permits")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["restriction", "user"], condition=Q(ended_at__isnull=True), name="one_permit_for_each_user"
            )
        ]


@tracked
class BreakGlass(models.Model):
    """A record opened outside one's own work: with a reason, for hours, where the managers see it."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="glass_broken")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="glass_broken")
    reason = models.TextField()
    opened_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "expires_at"], name="glass_by_user")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="glass_is_broken_for_a_reason"),
        ]
