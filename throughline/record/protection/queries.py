"""Reading child protection plans, for this user."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.record.protection.models import Plan


def plans(user: User, person_ids: Collection[int]) -> QuerySet[Any]:
    """Return these children's protection plans that the user may see, oldest first, with what each row shows."""
    return (
        reach.visible(user, Plan)
        .filter(person__in=person_ids)
        .select_related("entry", "episode")
        .order_by("episode__started_on", "pk")
    )
