"""The queryset that nothing goes around: which people a user may reach, for which action, and why.

``record`` tells this module, once, how to get from a child who is worked with to the people seen
because of them (their family): see ``widen``. So core needs to know no room.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from throughline.core.access.models import Allocation, BreakGlass, Grant, Restriction, User
from throughline.core.access.roles import ROLES, Action, Scope

Widening = Callable[[QuerySet[Any]], QuerySet[Any]]
_widenings: list[Widening] = []


def widen(rule: Widening) -> None:
    """Add a rule: given a queryset of ids of children worked with, return ids of people seen because of them."""
    if rule not in _widenings:
        _widenings.append(rule)


def grants(user: User) -> list[Grant]:
    """Return the grants that hold today; read once for each request."""
    known: list[Grant] | None = getattr(user, "_grants_today", None)
    if known is None:
        today = timezone.localdate()
        known = list(
            user.grants.filter(started_on__lte=today)
            .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today))
            .select_related("team", "service")
        )
        user._grants_today = known  # type: ignore[attr-defined]
    return known


def holds(user: User, *roles: str) -> bool:
    """Return whether the user holds any of the named roles today."""
    return any(grant.role in roles for grant in grants(user))


def may_somewhere(user: User, action: Action) -> bool:
    """Return whether any role of the user allows the action at all, for whomever."""
    return any(action in ROLES[grant.role].may for grant in grants(user))


def people(user: User, action: Action = Action.VIEW) -> QuerySet[Any]:
    """Return the people whom the user may ``view`` (or record about, decide about, ...).

    An unknown, signed-out or inactive user reaches nobody. Restricted records are reached by those with
    a permit only, and by them only within what their roles allow.
    """
    everyone = _everyone()
    if not getattr(user, "is_active", False) or not user.pk:
        return everyone.none()
    memo: dict[Action, list[int] | None] | None = getattr(user, "_reach_memo", None)
    if memo is not None:
        return _remembered(user, action, memo, everyone)
    return _within_reach(user, action, everyone)


def remember(user: User) -> None:
    """Let whom the user reaches be asked once, for as long as this object lives: while one page is read.

    Only for requests that change nothing: what is reached must never be remembered beyond a change of it.
    """
    user._reach_memo = {}  # type: ignore[attr-defined]


def _within_reach(user: User, action: Action, everyone: QuerySet[Any]) -> QuerySet[Any]:
    reached = _reached(user, action)
    if reached is None:
        return everyone.filter(_unrestricted_for(user))
    return everyone.filter(pk__in=reached).filter(_unrestricted_for(user))


def _remembered(
    user: User, action: Action, memo: dict[Action, list[int] | None], everyone: QuerySet[Any]
) -> QuerySet[Any]:
    if action not in memo:
        whole = _reached(user, action) is None
        ids = [] if whole else list(_within_reach(user, action, everyone).values_list("pk", flat=True)[: _FEW + 1])
        # A team is a few hundred people; a whole authority stays a question for the database.
        memo[action] = None if whole or len(ids) > _FEW else ids
    ids_ = memo[action]
    return _within_reach(user, action, everyone) if ids_ is None else everyone.filter(pk__in=ids_)


# Above this, a list of numbers in each question costs more than it saves.
_FEW = 1_000


def _everyone() -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model("people", "Person")._base_manager.all()
    return rows


def _reached(user: User, action: Action) -> QuerySet[Any] | None:
    """Return the ids of those reached, or None for everyone.

    One union, not a chain of ORs: PostgreSQL then walks from the few to the person table by its index.
    """
    ways: list[QuerySet[Any]] = []
    for grant in grants(user):
        scope = ROLES[grant.role].may.get(action)
        if scope is None:
            continue
        if scope is Scope.AUTHORITY:
            return None
        ids = _worked_with(user, grant, scope).values("person")
        ways += [ids, *(rule(ids) for rule in _widenings)]
    # Glass that someone broke closes with their last role, hours or not.
    if action is Action.VIEW and may_somewhere(user, action):
        ways.append(_glass(user).values("person"))
    if not ways:
        return Allocation.objects.none().values("person")
    return ways[0].union(*ways[1:]) if len(ways) > 1 else ways[0]


def _worked_with(user: User, grant: Grant, scope: Scope) -> QuerySet[Allocation]:
    now = Allocation.objects.filter(_open_on(timezone.localdate()))
    if scope is Scope.OWN:
        return now.filter(worker=user)
    if scope is Scope.TEAM:
        return now.filter(Q(team=grant.team_id) | Q(worker=user))
    service = grant.service_id or (grant.team.service_id if grant.team else None)
    return now.filter(Q(team__service=service) | Q(worker=user))


def _open_on(day: date) -> Q:
    # Started tomorrow is not yet theirs; ended today still is, so that the last note can be written.
    return Q(started_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gte=day))


def _glass(user: User) -> QuerySet[BreakGlass]:
    return BreakGlass.objects.filter(user=user, expires_at__gt=timezone.now())


def _unrestricted_for(user: User) -> Q:
    barred = Restriction.objects.filter(person=OuterRef("pk"), ended_at__isnull=True).exclude(
        permits__in=user.permits.filter(ended_at__isnull=True)
    )
    return ~Q(Exists(barred))


def unrestricted(user: User) -> QuerySet[Any]:
    """Return everyone but those whose record is closed to this user: for finding, never for reading.

    Search-before-create must find a child of another team, or the child would be recorded twice; what it shows
    of them is decided in record.people.search.
    """
    everyone = _everyone()
    if not getattr(user, "is_active", False) or not may_somewhere(user, Action.VIEW):
        return everyone.none()
    return everyone.filter(_unrestricted_for(user))


def why(user: User, person_id: int, action: Action = Action.VIEW) -> str:
    """Return, in words for the log, why the user may reach this person ("" when they may not)."""
    today = timezone.localdate()
    for grant in sorted(grants(user), key=lambda one: ROLES[one.role].may.get(action, Scope.OWN)):
        role = ROLES[grant.role]
        scope = role.may.get(action)
        if scope is None:
            continue
        if scope is Scope.AUTHORITY:
            return f"{role.name.lower()} sees the whole authority"
        worked = _worked_with(user, grant, scope).filter(_open_on(today))
        if worked.filter(person=person_id).exists():
            return _why_worked(role.name, scope, grant)
        if any(rule(worked.values("person")).filter(person=person_id).exists() for rule in _widenings):
            return f"{_why_worked(role.name, scope, grant)} (family)"
    glass = _glass(user).filter(person=person_id).order_by("-opened_at").first()
    return f"opened with a reason: {glass.reason}" if glass else ""


def _why_worked(role: str, scope: Scope, grant: Grant) -> str:
    if scope is Scope.OWN:
        return "works with the child"
    if scope is Scope.TEAM:
        return f"{role.lower()} of {grant.team}"
    return f"{role.lower()} of the service"


def people_whose_log_is_read_by(user: User) -> QuerySet[Any]:
    """Return the people for whom the user may read who opened their record.

    Only through roles that read it, as far as those may view: not through another role of the same user, and not
    through glass that they broke.
    """
    everyone = _everyone()
    readers = [grant for grant in grants(user) if ROLES[grant.role].reads_view_log]
    if not getattr(user, "is_active", False) or not readers:
        return everyone.none()
    ways: list[QuerySet[Any]] = []
    for grant in readers:
        scope = ROLES[grant.role].may[Action.VIEW]
        if scope is Scope.AUTHORITY:
            return everyone.filter(_unrestricted_for(user))
        ids = _worked_with(user, grant, scope).values("person")
        ways += [ids, *(rule(ids) for rule in _widenings)]
    return everyone.filter(pk__in=ways[0].union(*ways[1:])).filter(_unrestricted_for(user))


def visible(user: User, model: type[Model], action: Action = Action.VIEW) -> QuerySet[Any]:
    """Return the rows of ``model`` that the user may reach.

    ``model`` says how its rows belong to people: ``access_path``, the lookup that leads to a person
    ("person", "entry__subjects__person"), or a classmethod ``within(rows, people, user)`` for more than that.
    """
    within = getattr(model, "within", None)
    rows = model._base_manager.all()
    if within is not None:
        return within(rows, people(user, action), user)  # type: ignore[no-any-return]
    path: str = model.access_path  # type: ignore[attr-defined]
    return rows.filter(**{f"{path}__in": people(user, action)})
