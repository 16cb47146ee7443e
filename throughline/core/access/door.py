"""The door to a child's record: fetch for this user, refuse alike, write down who looked."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account

M = TypeVar("M", bound=Model)


class NotFound(Http404):
    """There is no such record for this user: missing, restricted and another team's look alike."""

    def __init__(self) -> None:
        super().__init__("There is no such record, or it is not yours to see.")


def person(user: User, pk: int, action: Action = Action.VIEW, *, page: str | None = None) -> Any:
    """Return the person for this user, or raise NotFound.

    With ``page`` (what was opened, in words: "the child's page") the look is written to the account with why
    it was allowed. Every view of a child names its page.
    """
    found = reach.people(user, action).filter(pk=pk).first()
    if found is None:
        raise NotFound
    if page is not None:
        looked(user, found.pk, page)
    return found


def looked(user: User, person_id: int, page: str, *, why: str = "") -> None:
    """Write down that the user opened something of this person's, and why they were allowed to.

    ``why`` saves a question where the caller knows it already.
    """
    account.record(
        "access.viewed", by=user, person_id=person_id, page=page, why=why or reach.why(user, person_id) or "not known"
    )


def one(user: User, model: type[M], pk: int, action: Action = Action.VIEW) -> M:
    """Return the row of ``model`` for this user, or raise NotFound."""
    found: M | None = reach.visible(user, model, action).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def require(user: User, action: Action, *person_ids: int) -> None:
    """Raise NotFound unless the user may do ``action`` for every one of these people.

    Someone who may see a person but not do this gets PermissionDenied with words, since the page already told
    them that the record exists.
    """
    wanted = set(person_ids)
    if not wanted:
        raise NotFound
    if reach.people(user, action).filter(pk__in=wanted).count() == len(wanted):
        return
    if reach.people(user).filter(pk__in=wanted).count() == len(wanted):
        raise PermissionDenied(f"Your role does not let you {action} here. Ask the team's manager.")
    raise NotFound


def require_somewhere(user: User, action: Action) -> None:
    """Raise PermissionDenied unless some role of the user allows the action at all."""
    if not reach.may_somewhere(user, action):
        raise PermissionDenied(f"Your role does not let you {action}. Ask an administrator.")
