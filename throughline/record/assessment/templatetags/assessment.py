"""Small words of this room's templates."""

from typing import Any

from django import template
from django.utils import timezone

from throughline.core.clocks import queries as clocks
from throughline.record.assessment.copies import shown

register = template.Library()


@register.filter
def iso(text: str) -> str:
    """Return a day that was kept as ISO text in words."""
    return shown(text)


@register.simple_tag
def frame_words(frame: Any) -> str:
    """Return where a time frame stands."""
    return clocks.words(frame, timezone.localdate())


@register.simple_tag
def frame_why(frame: Any) -> str:
    """Return why it is due then, in one sentence."""
    return clocks.explain(frame)


@register.simple_tag
def person_name(whole: Any, person_id: int) -> str:
    """Return the name of a child of the record whom the reader may see."""
    person = whole.contents.person(person_id)
    return person.shown_name if person else "another child"
