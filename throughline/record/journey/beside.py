"""What the journey itself puts beside the story: who is around the child, and the ways on."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from throughline.core.access import reach
from throughline.core.access.models import User
from throughline.core.access.roles import ROLES, Action
from throughline.record.families import queries as families


def around(user: User, person: Any) -> dict[str, Any]:
    """Return the family and the professionals around a child."""
    return {"around": families.around(user, person.pk, people_only=True), "person": person}


# What else there is of a child's record: where, what it is called, and who is shown the way.
_MORE = [
    ("people:details", "Names, numbers, addresses", None),
    ("documents:all", "Documents, drawings and photographs", None),
    ("journey:chronologies", "Chronologies", None),
    ("assessment:story", "The story, for the child to keep", None),
    ("families:of", "The family", None),
    ("access:allocate", "Who works with the child", Action.ALLOCATE),
    ("access:restrict", "Restrict this record", Action.DECIDE),
]


def more(user: User, person: Any) -> list[dict[str, str]]:
    """Return the ways on from a child's page that this user may take. Costs no query."""
    ways = [(name, label) for name, label, action in _MORE if action is None or reach.may_somewhere(user, action)]
    if any(ROLES[grant.role].reads_view_log for grant in reach.grants(user)):
        ways.append(("access:log", "Who has opened this record"))
    found = []
    for name, label in ways:
        try:
            found.append({"url": reverse(name, args=[person.pk]), "label": label})
        except NoReverseMatch:
            continue
    return found
