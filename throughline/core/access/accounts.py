"""Accounts and roles: who can sign in, and as what."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from throughline.core.access.models import Grant, Service, Team, User
from throughline.core.access.roles import ROLES, Scope
from throughline.core.audit import account
from throughline.core.errors import Refused


@transaction.atomic
def add_user(
    *,
    username: str,
    role: str,
    first: str,
    last: str,
    password: str,
    email: str = "",
    team: str = "",
    service: str = "Children's social care",
    by: User | None = None,
) -> User:
    """Make an account with one role from today. Raises Refused for what cannot be used."""
    if User.objects.filter(username=username).exists():
        raise Refused({"username": f"There is already an account called {username}. Choose another name."})
    made = User(username=username, first_name=first, last_name=last, email=email)
    try:
        validate_password(password, made)
    except ValidationError as problem:
        raise Refused({"password": " ".join(problem.messages)}) from problem
    made.set_password(password)
    made.save()
    placed = team_called(team, service) if team else None
    grant(by=by, user=made, role=role, team=placed)
    return made


def team_called(name: str, service: str) -> Team:
    """Return the team with this name, made under the service if it is new."""
    known = Team.objects.filter(name=name).first()
    return known or Team.objects.create(name=name, service=Service.objects.get_or_create(name=service)[0])


@transaction.atomic
def grant(*, by: User | None, user: User, role: str, team: Team | None = None, on: date | None = None) -> Grant:
    """Give a user a role. Raises Refused for an unknown role, or one that needs a team and has none."""
    if role not in ROLES:
        raise Refused({"role": f"There is no role called {role}. Choose from: {', '.join(sorted(ROLES))}."})
    needs_team = any(scope in (Scope.TEAM, Scope.SERVICE) for scope in ROLES[role].may.values())
    if needs_team and team is None:
        raise Refused({"team": f"A {ROLES[role].name.lower()} works in a team: name it."})
    made = Grant.objects.create(
        user=user, role=role, team=team, service=team.service if team else None, started_on=on or timezone.localdate()
    )
    account.record("access.granted", by=by, subject=made, worker=str(user), role=ROLES[role].name.lower())
    return made


def named(username: str) -> User:
    """Return the account with this name; raises Refused when there is none."""
    found = User.objects.filter(username=username).first()
    if found is None:
        raise Refused({"username": f"There is no account called {username}."})
    return found


@transaction.atomic
def set_password(*, by: User | None, user: User, password: str) -> None:
    """Give an account a new password. Every session of it ends with the old one. Raises Refused for a weak one."""
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise Refused({"password": " ".join(problem.messages)}) from problem
    user.set_password(password)
    user.save(update_fields=["password"])
    account.record("access.password_set", by=by, subject=user, worker=str(user))


@transaction.atomic
def remove_second_factor(*, by: User | None, user: User) -> int:
    """Remove the second factors of someone who lost theirs; return how many there were."""
    from allauth.mfa.models import Authenticator

    removed: int = Authenticator.objects.filter(user=user).delete()[0]
    account.record("access.second_factor_removed", by=by, subject=user, worker=str(user))
    return removed
