"""The child's page."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughline.core.access import door
from throughline.core.requests import SignedInRequest
from throughline.record.journey import beside, known, panels, picture, queries
from throughline.record.journey.forms import FilterForm, day_of
from throughline.record.journey.kinds import all_kinds
from throughline.record.journey.story import Filters, Told

WINDOWS = {
    "whole": ("The whole journey", None),
    "3y": ("3 years", 1096),
    "1y": ("12 months", 366),
    "3m": ("3 months", 92),
    "4w": ("4 weeks", 28),
}
# Rows of the table that says what the picture shows: the rest is a shorter time away, or in the story.
IN_TABLE = 60
# Kept between pages in the session: the reader set them, and only the reader changes them.
_KEPT = "story_filters"


def child(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who this is, the journey as a picture, what is due and why, and the story, newest first.

    ``known_on=2026-03-01`` shows what had been recorded by the end of that day. ``window`` or ``from`` and ``to``
    zoom the picture; htmx asks for the picture or for earlier lines alone.
    """
    person = queries.child(request.user, pk)
    day = _known_on(request)
    page = f"the child's page as known on {day}" if day else "the child's page"
    door.looked(request.user, person.pk, page, why=queries.why(request.user, person))
    if day:
        return _as_known(request, person, day)
    filters = _filters(request)
    told = queries.story(request.user, person, filters, _before(request))
    context: dict[str, Any] = {
        "person": person,
        "told": told,
        "filters": filters,
        "kinds": all_kinds().values(),
        "today": timezone.localdate(),
    }
    if request.headers.get("HX-Target") == "story":
        return render(request, "journey/story.html", context)
    context["workers"] = person.workers
    context |= _drawn(request, person, context["workers"], timezone.localdate())
    if request.headers.get("HX-Target") == "picture":
        return render(request, "journey/picture.html", context)
    context |= panels.beside(request.user, person)
    context["more_links"] = beside.more(request.user, person)
    return render(request, "journey/child.html", context)


def _as_known(request: SignedInRequest, person: Any, day: date) -> HttpResponse:
    try:
        then = known.child(request.user, person, day)
    except known.NotKnownThen:
        return render(request, "journey/not_known_then.html", {"person": person, "day": day})
    context = {
        "person": then,
        "told": Told(then.told_lines, known_on=day),
        "filters": Filters(),
        "known_on": day,
        "today": day,
        "workers": then.known_workers,
    }
    context |= _drawn(request, then, then.known_workers, day)
    return render(request, "journey/child.html", context)


def _drawn(request: SignedInRequest, person: Any, workers: list[Any], today: date) -> dict[str, Any]:
    first, last = picture.span(person.date_of_birth, person.bands, person.marks, today)
    window = request.GET.get("window", "")
    start, end = day_of(request.GET.get("from")), day_of(request.GET.get("to"))
    if start and end and start < end:
        window = ""
    else:
        window = window if window in WINDOWS else "whole"
        days = WINDOWS[window][1]
        start, end = (today - timedelta(days=days), today + timedelta(days=2)) if days else (first, last)
    drawn = picture.draw(bands=person.bands, marks=person.marks, workers=workers, start=start, end=end, today=today)
    in_table = [mark for mark in person.marks if start <= mark.on <= end]
    return {
        "drawn": drawn,
        "window": window,
        "windows": [(code, label) for code, (label, _days) in WINDOWS.items()],
        "marks_shown": in_table[:IN_TABLE],
        "marks_more": max(len(in_table) - IN_TABLE, 0),
    }


def _known_on(request: SignedInRequest) -> date | None:
    day = day_of(request.GET.get("known_on"))
    return day if day and day <= timezone.localdate() else None


def _filters(request: SignedInRequest) -> Filters:
    if "clear" in request.GET:
        request.session.pop(_KEPT, None)
        return Filters()
    if "filter" in request.GET:
        form = FilterForm(request.GET)
        form.fields["kind"].choices = [(code, one.label) for code, one in all_kinds().items()]  # type: ignore[attr-defined]
        form.is_valid()
        chosen = {
            "kinds": form.cleaned_data.get("kind") or [],
            "text": form.cleaned_data.get("text") or "",
            "only": form.cleaned_data.get("only") or "",
            "since": _iso(day_of(form.cleaned_data.get("since"))),
            "until": _iso(day_of(form.cleaned_data.get("until"))),
        }
        if request.session.get(_KEPT) != chosen:
            request.session[_KEPT] = chosen
    kept: dict[str, Any] | None = request.session.get(_KEPT)
    if not kept:
        return Filters()
    return Filters(tuple(kept["kinds"]), kept["text"], kept["only"], day_of(kept["since"]), day_of(kept["until"]))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _before(request: SignedInRequest) -> tuple[date, int] | None:
    on, _, entry_id = request.GET.get("before", "").partition(".")
    day = day_of(on)
    return (day, int(entry_id)) if day and entry_id.isdigit() else None
