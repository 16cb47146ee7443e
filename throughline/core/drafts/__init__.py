"""Drafts, kept on the server as one types: a closed browser, a flat battery or an expired sign-in loses nothing.

``load``, ``save``, ``discard`` and ``mine``; each is for one user, who alone reads what they wrote.
"""

from typing import TYPE_CHECKING

from django.apps import apps as registry
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from throughline.core.errors import Refused

if TYPE_CHECKING:
    from throughline.core.access.models import User
    from throughline.core.drafts.models import Draft

Data = dict[str, list[str]]
# Beyond this it is not typing but a pasted archive; it would slow every keystroke's saving.
LONGEST = 2_000_000


def _of(user: "User") -> "QuerySet[Draft]":
    # Through the registry, because this package is imported before its models may be.
    model = registry.get_model("drafts", "Draft")
    return model.objects.filter(user=user)  # type: ignore[no-any-return]


def load(user: "User", key: str) -> "Draft | None":
    """Return the user's draft with this key, if they have one."""
    return _of(user).filter(key=key, sent=False).first()


@transaction.atomic
def save(
    user: "User", key: str, title: str, url: str, person_id: int | None, data: Data, page: str = ""
) -> "Draft | None":
    """Keep what was typed; return the draft, or None when its ``page`` was sent meanwhile.

    Raises Refused when there is more than could have been typed.
    """
    if sum(len(value) for values in data.values() for value in values) > LONGEST:
        raise Refused("This is too long to keep as a draft. Save it in parts, or attach it as a document.")
    last = _of(user).select_for_update().filter(key=key).first()
    if last is not None and last.sent and page and last.page == page:
        return None
    # PostgreSQL's JSON holds no NUL.
    clean = {name: [value.replace("\x00", "") for value in values] for name, values in data.items()}
    made, _new = _of(user).update_or_create(
        user=user,
        key=key,
        defaults={
            "title": title,
            "url": url,
            "person_id": person_id,
            "data": clean,
            "saved_at": timezone.now(),
            "page": page,
            "sent": False,
        },
    )
    return made


def discard(user: "User", key: str, page: str = "") -> None:
    """Forget the draft; what it held is gone."""
    if page:
        # Empty, and kept so that a late autosave of the same page is known for what it is.
        model = registry.get_model("drafts", "Draft")
        empty = {"data": {}, "page": page, "sent": True, "saved_at": timezone.now()}
        model.objects.update_or_create(user=user, key=key, defaults=empty)
        return
    _of(user).filter(key=key).delete()


def mine(user: "User") -> "QuerySet[Draft]":
    """Return the user's drafts, newest first, without what they hold."""
    return _of(user).filter(sent=False).defer("data").order_by("-saved_at")
