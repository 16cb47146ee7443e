"""Which draft a form's page may write: signed when the page is made, after its view asked who may see it."""

import secrets
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.http import QueryDict

if TYPE_CHECKING:
    from throughline.core.access.models import User

FIELD = "_draft"
_SALT = "throughline.drafts"
# What a form sends that nobody typed.
_NOT_TYPED = {FIELD, "csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Place:
    """A form's page: the key, title and address of its draft, and whose record it concerns."""

    key: str
    title: str
    url: str
    person_id: int | None
    page: str = field(default_factory=lambda: secrets.token_urlsafe(12))


def make(user: "User", place: Place) -> str:
    """Return the token of a page for one user."""
    return signing.dumps({**asdict(place), "user": user.pk}, salt=_SALT)


def read(user: "User | Any", token: str) -> Place:
    """Return the place that a token names; raises BadSignature for another's, or a changed one."""
    raw: dict[str, Any] = signing.loads(token, salt=_SALT)
    if raw.pop("user", None) != user.pk:
        raise signing.BadSignature("another user's page")
    return Place(**raw)


def typed(posted: QueryDict) -> dict[str, list[str]]:
    """Return what was typed: field name to values, without tokens."""
    return {name: [str(one) for one in values] for name, values in posted.lists() if name not in _NOT_TYPED}
