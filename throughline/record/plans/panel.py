"""Beside the child's story: what is due and why, and the plan in a few lines."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from throughline.core.access.models import User
from throughline.core.clocks import queries as clocks
from throughline.record.journey import panels
from throughline.record.plans import queries


def offer() -> None:
    """Offer both panels to the child's page."""
    panels.offer("due", order=15, template="clocks/panel.html", read=due)
    panels.offer("plan", order=20, template="plans/panel.html", read=plan)


def due(user: User, person: Any) -> dict[str, Any]:
    """Return the time frames that run; three queries with their moves and reviews, one when there are none."""
    try:
        agree = reverse("clocks:agree", args=[person.pk])
    except NoReverseMatch:
        agree = ""
    return {"frames": list(clocks.in_short(user, [person.pk])), "agree": agree}


def plan(user: User, person: Any) -> dict[str, Any]:
    """Return the open plan and what is still to be done in it; two queries."""
    found = queries.in_short(user, person.pk)
    todo = [one for one in found.actions.all() if one.done_on is None] if found else []
    return {"person": person, "plan": found, "todo": todo[:3], "more": max(len(todo) - 3, 0)}
