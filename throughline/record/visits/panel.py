"""Beside the child's story: when they were last seen, and the question when they were not."""

from typing import Any

from django.utils import timezone

from throughline.core.access.models import User
from throughline.record.journey import panels
from throughline.record.visits import queries


def offer() -> None:
    """Offer the panel to the child's page."""
    panels.offer("seen", order=10, template="visits/panel.html", read=read)


def read(user: User, person: Any) -> dict[str, Any] | None:
    """Return when the child was last seen and what is asked; two queries at most. None for adults."""
    today = timezone.localdate()
    age = person.age_on(today)
    if person.unborn or (age is not None and age >= 18):
        return None
    # The child's page has read it with the child; None is an answer too: never.
    known = {person.pk: person.last_seen_on} if person.last_seen_on else {}
    seen, attention = queries.seen_and_unseen(user, [person.pk], today, known=known)
    return {"person": person, "attention": attention.get(person.pk), "last_seen": seen.get(person.pk)}
