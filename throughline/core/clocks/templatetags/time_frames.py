"""Time frames in templates. ``{% include "clocks/frame.html" with frame=frame %}`` is all that a room needs."""

from django import template
from django.utils import timezone

from throughline.core.clocks import queries
from throughline.core.clocks.models import TimeFrame

register = template.Library()


@register.filter
def frame_words(frame: TimeFrame) -> str:
    """Return where the frame stands today: "due in 3 working days"."""
    return queries.words(frame, timezone.localdate())


@register.filter
def frame_explained(frame: TimeFrame) -> str:
    """Return in one sentence why it is due then, with its citation."""
    return queries.explain(frame)


@register.filter
def frame_quality(frame: TimeFrame) -> str:
    """Return what was last written about how good the work is."""
    return queries.quality(frame)


@register.filter
def frame_past(frame: TimeFrame) -> bool:
    """Return whether its day went by while the work goes on."""
    return queries.is_past(frame, timezone.localdate())
