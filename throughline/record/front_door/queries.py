"""Reads of the front door, each for a user."""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When

from throughline.core.access import door, reach
from throughline.core.access.models import User
from throughline.core.clocks import queries as clocks
from throughline.core.clocks import units
from throughline.core.clocks.models import TimeFrame
from throughline.record.front_door import pathway
from throughline.record.front_door.models import (
    Concerned,
    Consultation,
    Contact,
    Decision,
    Feedback,
    Outcome,
    Passage,
    Recalled,
    Referral,
)
from throughline.record.journey.models import Entry, EntrySubject

PAGE = 25
SHOWN = 60


def contacts(user: User) -> QuerySet[Contact]:
    """Return the contacts that the user may see, with what a row of the list shows in a fixed number of queries."""
    return (
        reach.visible(user, Contact)
        .select_related("entry__author", "decision__entry__author", "referral")
        .prefetch_related(
            Prefetch(
                "concerned",
                queryset=reach.visible(user, Concerned).select_related("person").order_by("part", "pk"),
                to_attr="shown",
            ),
            Prefetch(
                "decision__outcomes",
                queryset=reach.visible(user, Outcome).select_related("team"),
                to_attr="shown",
            ),
            Prefetch("feedback", queryset=reach.visible(user, Feedback).order_by("told_on", "pk"), to_attr="told"),
            Prefetch(
                "referral__entry__time_frames",
                queryset=reach.visible(user, TimeFrame).filter(rule="referral_decision"),
                to_attr="frames",
            ),
        )
    )


def listed(user: User, show: str = "") -> QuerySet[Contact]:
    """Return the front door's list: ``waiting`` for a decision, ``untold`` (nobody told who told us), or everything.

    What waits comes first, urgent before the rest, longest waiting first; then what was decided, newest first.
    """
    rows = contacts(user)
    if show == "waiting":
        rows = rows.filter(decision__isnull=True)
    elif show == "untold":
        rows = rows.filter(_untold())
    return rows.annotate(is_decided=Exists(Decision.objects.filter(contact=OuterRef("pk")))).order_by(
        "is_decided", _urgent_first(), _oldest_waiting(), "-entry__happened_on", "-pk"
    )


def _urgent_first() -> Any:
    return Case(When(urgent=True, is_decided=False, then=Value(0)), default=Value(1), output_field=IntegerField())


def _oldest_waiting() -> Any:
    return Case(When(is_decided=False, then=F("entry__recorded_at")), default=None).asc(nulls_last=True)


def _untold() -> Q:
    told = Exists(Feedback.objects.filter(contact=OuterRef("pk")))
    return Q(decision__isnull=False, anonymous=False) & Q(~told)


def contact(user: User, pk: int) -> Any:
    """Return one Contact for this user, with what ``contacts`` adds to it (shown, told), or raise NotFound."""
    found = contacts(user).filter(pk=pk).first()
    if found is None:
        raise door.NotFound
    return found


def waiting(user: User) -> int:
    """Return how many contacts that the user may see wait for a decision."""
    return reach.visible(user, Contact).filter(decision__isnull=True).count()


def untold(user: User, limit: int = 5) -> list[Contact]:
    """Return decided contacts whose teller nobody has told, longest waiting first: for home ("nobody has told ...")."""
    return list(contacts(user).filter(_untold()).order_by("decision__decided_at")[:limit])


def where_it_stands(contact: Contact, today: date) -> str:
    """Return in words how a contact's decision stands against the time that is looked for."""
    frames = getattr(getattr(getattr(contact, "referral", None), "entry", None), "frames", [])
    running = [frame for frame in frames if frame.stopped_on is None]
    if running:
        return f"Referral decision {clocks.words(running[0], today)}"
    due = pathway.current().decide_by(contact.entry.happened_on)
    if due < today:
        return f"Decision was looked for {units.in_words((today - due).days, 'days')} ago"
    return "Decision looked for today" if due == today else f"Decision looked for by {due.day} {due:%B}"


def consultations(user: User) -> QuerySet[Consultation]:
    """Return the consultations that the user may see, newest first."""
    return reach.visible(user, Consultation).select_related("taken_by", "entry").order_by("-asked_on", "-pk")


def latest_referral(user: User, person_id: int) -> Entry | None:
    """Return the child's latest referral that the user may see. It ``follows`` its contact where it had one."""
    return referrals(user, person_id).first()


def referrals(user: User, person_id: int) -> QuerySet[Entry]:
    """Return the child's referrals, newest first; those that came with an import too."""
    return (
        reach.visible(user, Entry).filter(kind="referral", subjects__person=person_id).order_by("-happened_on", "-pk")
    )


def earlier_referrals(
    user: User, person_ids: Collection[int], on: date, but: Entry | None = None
) -> dict[int, list[Entry]]:
    """Return each child's referrals in the months before ``on`` in which another counts as a re-referral."""
    since = months_before(on, pathway.current().rereferral_months)
    rows = (
        reach.visible(user, Entry)
        .filter(kind="referral", happened_on__gte=since, happened_on__lte=on)
        .filter(subjects__person__in=person_ids)
        .exclude(pk=but.pk if but else None)
        .annotate(child=F("subjects__person"))
        .order_by("-happened_on", "-pk")
    )
    found: dict[int, list[Entry]] = {}
    for row in rows:
        found.setdefault(row.child, []).append(row)
    return found


def months_before(day: date, months: int) -> date:
    """Return the day ``months`` before ``day``; the last of the month where there is no such day."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def known_already(user: User, person_ids: Collection[int], limit: int = SHOWN) -> list[Entry]:
    """Return what the record holds of these people, newest first, for a worker to choose from. Nothing is copied."""
    ids = reach.visible(user, Entry).filter(subjects__person__in=person_ids).order_by().values("pk").distinct()
    return list(
        reach.visible(user, Entry).filter(pk__in=ids).select_related("author").order_by("-happened_on", "-pk")[:limit]
    )


@dataclass(frozen=True)
class Funnel:
    """What came to the front door in a period, and what came of it. Each rate is a numerator over a denominator.

    ``consultations`` are counted apart: they are no contacts (S5). ``outcomes`` counts children, by label.
    """

    start: date
    end: date
    contacts: int
    consultations: int
    referrals: int
    undecided: int
    outcomes: dict[str, int]
    by_source: dict[str, tuple[int, int]]

    @property
    def conversion(self) -> float | None:
        """Referrals over contacts, as a share of one; None without contacts."""
        return self.referrals / self.contacts if self.contacts else None

    @property
    def sentence(self) -> str:
        """The rate with what it is made of: "36 of 100 contacts became referrals (36.0%)"."""
        if self.conversion is None:
            return "No contacts in this period."
        return f"{self.referrals:,} of {self.contacts:,} contacts became referrals ({self.conversion:.1%})."


def funnel(user: User, start: date, end: date) -> Funnel:
    """Count what came from ``start`` to ``end``, both days within, among what the user may see.

    A contact counts on the day we were told, whenever it was decided. ``by_source``: code to (contacts, referrals).
    """
    rows = reach.visible(user, Contact).filter(entry__happened_on__range=(start, end))
    referred = Exists(Referral.objects.filter(contact=OuterRef("pk")))
    by_source: dict[str, tuple[int, int]] = {}
    for row in rows.annotate(referred=referred).values("source", "referred").annotate(count=Count("pk")):
        all_, made = by_source.get(row["source"], (0, 0))
        by_source[row["source"]] = (all_ + row["count"], made + (row["count"] if row["referred"] else 0))
    outcomes = (
        reach.visible(user, Outcome)
        .filter(decision__contact__entry__happened_on__range=(start, end))
        .values_list("label")
        .annotate(count=Count("pk"))
        .order_by("-count")
    )
    return Funnel(
        start=start,
        end=end,
        contacts=sum(all_ for all_, _ in by_source.values()),
        consultations=reach.visible(user, Consultation).filter(asked_on__range=(start, end)).count(),
        referrals=sum(made for _, made in by_source.values()),
        undecided=rows.filter(decision__isnull=True).count(),
        outcomes=dict(outcomes),
        by_source=by_source,
    )


def signposted(user: User, start: date, end: date) -> list[Outcome]:
    """Return the outcomes of a period that sent someone elsewhere, with where to (S6)."""
    return list(
        reach.visible(user, Outcome)
        .filter(decision__contact__entry__happened_on__range=(start, end))
        .exclude(destination="")
        .select_related("decision__contact__entry", "person")
        .order_by("-decision__decided_at")
    )


def parts_in(user: User, one: Contact) -> list[dict[str, Any]]:
    """Return who is named in a contact as far as the user may know, each with their own part of it."""
    parts = {row.person_id: row for row in reach.visible(user, EntrySubject).filter(entry=one.entry_id)}
    return [
        {"person": row.person, "row": row, "own": parts.get(row.person_id)}
        for row in reach.visible(user, Concerned).filter(contact=one).select_related("person").order_by("part", "pk")
    ]


def recalled(user: User, one: Contact) -> list[Entry]:
    """Return what was known already and bears on the contact, as far as the user may see it."""
    rows = reach.visible(user, Recalled).filter(contact=one).select_related("recalled__author")
    return [row.recalled for row in rows.order_by("-recalled__happened_on", "-pk")]


def passages(user: User, one: Contact) -> list[Passage]:
    """Return how a contact went from step to step, first to last."""
    return list(reach.visible(user, Passage).filter(contact=one).select_related("by").order_by("at", "pk"))
