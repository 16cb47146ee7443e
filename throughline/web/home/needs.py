"""What needs someone today: sentences, each with its why and its one action. The nearest day comes first.

Nothing is scored. Only what people wrote down or agreed is here: a visit at which a child was missed, a date that
was agreed, a thing that someone said they would do, words begun and not saved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from throughline.core.access.models import User
from throughline.core.clocks import queries as clocks
from throughline.record.visits import queries as visits
from throughline.web.home.caseload import Row

MOST = 7
AHEAD = timedelta(days=5)


@dataclass(frozen=True)
class Need:
    """One sentence, why it is here, and what can be done about it."""

    order: tuple[int, date]
    sentence: str
    why: str
    do: str
    url: str


def today_of(user: User, rows: Sequence[Row], drafts: Iterable[Any], today: date) -> list[Need]:
    """Return everything that needs the user, what is nearest to harm or overdue first."""
    names = {row.person.pk: row.person.shown_name for row in rows}
    agreed = [*_frames(user, names, today), *_actions(rows, today)]
    needs = [*_unseen(user, names, today), *agreed, *_drafts(drafts, today)]
    return sorted(needs, key=lambda one: one.order)


def _unseen(user: User, names: dict[int, str], today: date) -> Iterable[Need]:
    for person_id, one in visits.unseen(user, names, today).items():
        if one.open:
            yield Need(
                (0, one.missed[0].happened_on),
                one.sentence,
                one.answered or "Nobody has written down what they make of it.",
                "Write what you make of it",
                reverse("visits:answer", args=[person_id]),
            )


def _frames(user: User, names: dict[int, str], today: date) -> Iterable[Need]:
    for frame in clocks.in_short(user, names, by=today + AHEAD, most=2 * MOST):
        past = frame.due_on < today
        if past and frame.explanation:
            continue
        yield Need(
            (1 if past else 2, frame.due_on),
            f"{names[frame.person_id]}: {frame.label[:1].lower()}{frame.label[1:]}, {clocks.words(frame, today)}.",
            clocks.explain(frame),
            "Say why, or agree another day" if past else "Open",
            reverse("clocks:frame", args=[frame.pk]),
        )


def _actions(rows: Sequence[Row], today: date) -> Iterable[Need]:
    for row in rows:
        if row.action is None or (on := date.fromisoformat(row.action["on"])) > today:
            continue
        when = "today" if on == today else f"by {on.day} {on:%B}"
        yield Need(
            (1, on),
            f"{row.person.shown_name}: “{row.action['what']}” was for {row.action['who']} to do {when}.",
            "It is in the plan and not marked as done.",
            "Open the plan",
            reverse("plans:plan", args=[row.action["plan"]]),
        )


def _drafts(drafts: Iterable[Any], today: date) -> Iterable[Need]:
    for draft in drafts:
        on = timezone.localdate(draft.saved_at)
        if on < today:
            yield Need(
                (3, on),
                f"You began “{draft.title}” on {on.day} {on:%B} and have not saved it.",
                "Nobody else sees a draft, so it is not in the record.",
                "Carry on",
                draft.url,
            )
