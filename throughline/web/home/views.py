"""The home page: what this person comes for, by what they are."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from throughline.core import drafts
from throughline.core.access import reach
from throughline.core.access.roles import ROLES, Action, Scope
from throughline.core.requests import SignedInRequest
from throughline.web.home import caseload, needs, team


def home(request: SignedInRequest) -> HttpResponse:
    """Show what needs this person, their children, and what they have begun. At most ten queries."""
    user, today = request.user, timezone.localdate()
    may = [ROLES[grant.role].may for grant in reach.grants(user)]
    mine = list(drafts.mine(user)[:20])
    context: dict[str, Any] = {"today": today, "drafts": mine, "nothing_here": True}
    if any(one.get(Action.RECORD) is Scope.OWN for one in may):
        context |= _own(request, mine, today)
    if any(Action.ALLOCATE in one for one in may):
        context |= {"team": team.of(user, today), "nothing_here": False}
    context["doors"] = _doors(user)
    return render(request, "web/home/home.html", context)


def _own(request: SignedInRequest, mine: list[Any], today: Any) -> dict[str, Any]:
    rows = caseload.worked_with(request.user, today)
    wanted = needs.today_of(request.user, rows, mine, today)
    page = _page(request, len(rows))
    start = (page - 1) * caseload.PAGE
    return {
        "nothing_here": False,
        "needs": wanted[: needs.MOST],
        "needs_more": max(len(wanted) - needs.MOST, 0),
        "rows": rows[start : start + caseload.PAGE],
        "many": len(rows),
        "page_number": page,
        "earlier": page - 1 if page > 1 else None,
        "later": page + 1 if start + caseload.PAGE < len(rows) else None,
    }


def _page(request: SignedInRequest, many: int) -> int:
    asked = request.GET.get("page", "")
    last = max(1, -(-many // caseload.PAGE))
    return min(max(int(asked), 1), last) if asked.isdigit() and len(asked) < 4 else 1


def _doors(user: Any) -> list[dict[str, str]]:
    """Return where else this person's work is: the front door, the returns."""
    offered = []
    if reach.holds(user, "front_door_worker", "front_door_manager"):
        what = "What has come in, what waits for a decision, who has not heard back."
        offered.append(("front_door:list", "The front door", what))
    if reach.holds(user, "analyst"):
        offered.append(("readings:imports", "Imports", "Returns that were brought in, and what could not be placed."))
        what = "What the children in need census would hold today, and what it lacks."
        offered.append(("readings:export", "Return readiness", what))
    return [{"url": url, "title": title, "what": what} for name, title, what in offered if (url := _address(name))]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
