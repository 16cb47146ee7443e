"""What the page shell needs on every page."""

from functools import cache
from importlib.metadata import version
from typing import Any

from django.http import HttpRequest

from throughline.core import authority
from throughline.core.access import reach
from throughline.core.access.roles import ROLES, Action


@cache
def installed() -> str:
    """Return Throughline's version."""
    return version("throughline")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return ``shell``: the authority, the version, and what this user may do at all."""
    ours = authority.current()
    about: dict[str, Any] = {"authority": ours.name, "out_of_hours": ours.out_of_hours, "version": installed()}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        about |= {
            "may_view": reach.may_somewhere(user, Action.VIEW),
            "may_record": reach.may_somewhere(user, Action.RECORD),
            "roles": ", ".join(dict.fromkeys(ROLES[grant.role].name for grant in reach.grants(user))),
        }
    return {"shell": about}
