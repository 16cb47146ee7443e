"""What the page shell needs on every page."""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from throughline.core import authority
from throughline.core.access import reach
from throughline.core.access.roles import ROLES, Action


@cache
def installed() -> str:
    """Return Throughline's version."""
    return version("throughline")


@dataclass(frozen=True)
class Way:
    """A page that some roles come for beside home; ``first`` puts it in the bar and not only in the menu."""

    label: str
    url: str
    first: bool = False


def _ways(user: Any) -> list[Way]:
    """Return where this user may go beside home. Costs no query."""
    roles = [ROLES[grant.role] for grant in reach.grants(user)]
    codes = {role.code for role in roles}
    ways = []
    if codes & {"front_door_worker", "front_door_manager"}:
        ways.append(Way("Front door", reverse("front_door:list"), first=True))
    elif codes & {"director", "auditor"}:
        ways.append(Way("Front door", reverse("front_door:list")))
    if any(Action.ALLOCATE in role.may for role in roles):
        ways.append(Way("Waiting for a worker", reverse("access:to_allocate")))
    if any(role.reads_view_log for role in roles):
        ways.append(Way("Opened with a reason", reverse("access:glass")))
    if codes & {"auditor", "director"}:
        ways.append(Way("The account of acts", reverse("audit:account")))
    if "analyst" in codes:
        ways.append(Way("Returns", reverse("readings:imports"), first=True))
    return ways


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return ``shell``: the authority, the version, and what this user may do at all."""
    ours = authority.current()
    about: dict[str, Any] = {"authority": ours.name, "out_of_hours": ours.out_of_hours, "version": installed()}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        about |= {
            "may_view": reach.may_somewhere(user, Action.VIEW),
            "ways": _ways(user),
            "may_record": reach.may_somewhere(user, Action.RECORD),
            "roles": ", ".join(dict.fromkeys(ROLES[grant.role].name for grant in reach.grants(user))),
        }
    return {"shell": about}
