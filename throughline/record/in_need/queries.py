"""Reading children's cases, for this user."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.record.in_need.models import Case


def cases(user: User, person_ids: Collection[int]) -> QuerySet[Any]:
    """Return these children's cases that the user may see, oldest referral first, with what each row shows."""
    return (
        reach.visible(user, Case)
        .filter(person__in=person_ids)
        .select_related("entry", "episode", "closed_by")
        .order_by("entry__happened_on", "pk")
    )
