"""The front door's list, one contact, its numbers."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.roles import Action
from throughline.core.codes import code_set
from throughline.core.dates import Unreadable, read_date
from throughline.core.requests import SignedInRequest
from throughline.record.front_door import lawful, pathway, queries
from throughline.record.front_door.models import Part

SHOWS = {"": "Everything", "waiting": "Waiting", "untold": "To be told", "consultations": "Consultations"}


def front_door(request: SignedInRequest) -> HttpResponse:
    """List contacts, those that wait for a decision first; or consultations."""
    door.require_somewhere(request.user, Action.VIEW)
    show = request.GET.get("show", "")
    show = show if show in SHOWS else ""
    rows = queries.consultations(request.user) if show == "consultations" else queries.listed(request.user, show)
    page = Paginator(rows, queries.PAGE).get_page(request.GET.get("page"))
    today, ours = timezone.localdate(), pathway.current()
    shown = list(page.object_list)
    if show != "consultations":
        for row in shown:
            row.stands = queries.where_it_stands(row, today)
            row.step_label = ours.step(row.step).label
            row.sitting = ours.step(row.step).next_sitting(today)
    return render(
        request,
        "front_door/list.html",
        {
            "page": page,
            "rows": shown,
            "show": show,
            "shows": SHOWS.items(),
            "door": ours,
            "may_record": reach.may_somewhere(request.user, Action.RECORD),
        },
    )


def contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one contact: who told us, what of, what is known, what was decided, who was told."""
    one = queries.contact(request.user, pk)
    for row in one.shown:
        if row.part != Part.OTHER:
            door.looked(request.user, row.person_id, "a contact")
    ids = [row.person_id for row in one.shown if row.part == Part.CHILD]
    every = one.concerned.filter(part=Part.CHILD).count() == len(ids)
    able = {
        action: every and reach.people(request.user, action).filter(pk__in=ids).count() == len(ids)
        for action in (Action.RECORD, Action.DECIDE)
    }
    ours, today = pathway.current(), timezone.localdate()
    decided = getattr(one, "decision", None)
    referral = getattr(one, "referral", None)
    earlier = queries.earlier_referrals(
        request.user, ids, one.entry.happened_on, but=referral.entry if referral else None
    )
    return render(
        request,
        "front_door/contact.html",
        {
            "contact": one,
            "person": next((row.person for row in one.shown if row.part == Part.CHILD), None),
            "people": queries.parts_in(request.user, one),
            "recalled": queries.recalled(request.user, one),
            "passages": [
                (row, ours.step(row.came_from).label, ours.step(row.went_to).label)
                for row in queries.passages(request.user, one)
            ],
            "basis": lawful.bases().get(one.lawful_basis),
            "step": ours.step(one.step),
            "sitting": ours.step(one.step).next_sitting(today),
            "stands": queries.where_it_stands(one, today),
            "decision": decided,
            "referral": referral,
            "earlier": [(row.person, earlier[row.person_id]) for row in one.shown if row.person_id in earlier],
            "months": ours.rereferral_months,
            "may_record": able[Action.RECORD],
            "may_decide": able[Action.DECIDE],
        },
    )


def numbers(request: SignedInRequest) -> HttpResponse:
    """Count a period's contacts and what came of them, beside the period before."""
    door.require_somewhere(request.user, Action.VIEW)
    today = timezone.localdate()
    end = _day(request.GET.get("to")) or today
    start = _day(request.GET.get("from")) or end - timedelta(days=364)
    if start > end:
        start, end = end, start
    length = end - start
    now = queries.funnel(request.user, start, end)
    before = queries.funnel(request.user, start - length - timedelta(days=1), start - timedelta(days=1))
    labels = code_set("referral_source")
    return render(
        request,
        "front_door/numbers.html",
        {
            "now": now,
            "before": before,
            "by_source": [(labels.label(code), *counts) for code, counts in sorted(now.by_source.items())],
            "signposted": queries.signposted(request.user, start, end)[:50],
        },
    )


def _day(text: str | None) -> date | None:
    try:
        return read_date(text) if text else None
    except Unreadable:
        return None
