"""What stands beside the story. Rooms above the journey offer their panel here; the journey imports none of them.

A room registers in its AppConfig.ready::

    panels.offer("plan", order=20, template="plans/panel.html", read=read)

``read(user, person)`` returns the panel's context, or None for no panel; keep it to two queries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from throughline.core.access.models import User

Read = Callable[[User, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """One panel: its place, its template and how its context is read."""

    code: str
    order: int
    template: str
    read: Read


_PANELS: dict[str, Panel] = {}


def offer(code: str, *, order: int, template: str, read: Read) -> None:
    """Add a panel to the child's page."""
    _PANELS[code] = Panel(code, order, template, read)


def beside(user: User, person: Any) -> dict[str, Any]:
    """Return ``panels``: each panel's template and context, in order."""
    shown = []
    for panel in sorted(_PANELS.values(), key=lambda one: one.order):
        context = panel.read(user, person)
        if context is not None:
            shown.append({"code": panel.code, "template": panel.template, "it": context})
    return {"panels": shown}
