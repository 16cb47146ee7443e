"""Starting, moving, reviewing and ending time frames.

None of these ever refuses because a date has passed: dates ask for words, they lock nothing.
"""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils import timezone

import throughline.core.clocks.told  # noqa: F401  (registers audit sentences)
from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.clocks import rules
from throughline.core.clocks.models import Basis, Move, Review, TimeFrame
from throughline.core.errors import EditConflict, Refused

LONGEST = 20_000


@transaction.atomic
def start_statutory(
    *, by: User | None, person: Any, rule: str, started_on: date, entry: Any | None = None
) -> TimeFrame | None:
    """Start the clock that the law sets on ``started_on``, and return it.

    Returns None where the authority has it suspended that day, or no version was in force: then a time frame
    can be agreed instead. ``by`` is None for the system. Raises LookupError for a code that nobody wrote.
    """
    _may(by, person.pk)
    try:
        found = rules.rule(rule, started_on)
    except rules.NotInForce:
        return None
    if found.suspended:
        return None
    frame = TimeFrame.objects.create(
        person=person,
        entry=entry,
        rule=found.code,
        label=found.label,
        basis=Basis.STATUTORY,
        amount=found.amount,
        unit=found.unit,
        counted_from=found.from_when,
        citation=found.citation,
        started_on=started_on,
        due_on=found.due(started_on),
        set_by=by,
    )
    account.record(
        "clocks.started",
        by=by,
        person_id=person.pk,
        subject=frame,
        label=found.label.lower(),
        due=frame.due_on.isoformat(),
    )
    return frame


@transaction.atomic
def start_agreed(
    *,
    by: User | None,
    person: Any,
    label: str,
    started_on: date,
    due_on: date,
    reason: str,
    agreed_with: str,
    entry: Any | None = None,
    due_at: time | None = None,
) -> TimeFrame:
    """Start a time frame that was agreed: with whom, and why by then. Raises Refused with a sentence a field."""
    _may(by, person.pk)
    faults = _needed(
        label=(label, "Say what is to be done by then."),
        reason=(reason, "Say why this time is right for this child."),
        agreed_with=(agreed_with, "Say with whom it was agreed: the family, and the manager."),
    )
    if due_on < started_on:
        faults["due_on"] = f"It starts on {_day(started_on)}: choose that day or later."
    _refuse(faults)
    frame = TimeFrame.objects.create(
        person=person,
        entry=entry,
        label=label.strip()[:200],
        basis=Basis.AGREED,
        started_on=started_on,
        due_on=due_on,
        due_at=due_at,
        reason=reason.strip(),
        agreed_with=agreed_with.strip()[:300],
        set_by=by,
    )
    account.record("clocks.agreed", by=by, person_id=person.pk, subject=frame, due=due_on.isoformat())
    return frame


@transaction.atomic
def move(
    *, by: User, frame: TimeFrame, due_on: date, reason: str, told: Sequence[str] = (), version: int | None = None
) -> Move:
    """Move a time frame to another day, with why and who was told. The day before the move is kept.

    Raises Refused without a reason or for a day before it started, EditConflict when it was moved since ``version``.
    """
    current = _locked(by, frame, version)
    faults = _needed(reason=(reason, "Say why the date moves. Whoever reads this later will want to know."))
    if due_on < current.started_on:
        faults["due_on"] = f"It started on {_day(current.started_on)}: choose that day or later."
    elif due_on == current.due_on:
        faults["due_on"] = f"It is due on {_day(due_on)} already. Choose another day, or explain the delay instead."
    if current.stopped_on:
        faults[""] = f"This ended on {_day(current.stopped_on)}: there is no date to move."
    _refuse(faults)
    moved = Move.objects.create(
        frame=current,
        due_before=current.due_on,
        due_after=due_on,
        reason=reason.strip(),
        told=_names(told),
        moved_by=by,
    )
    # An hour was agreed for one day, not for another.
    current.due_on, current.due_at = due_on, None
    _save(current, "due_on", "due_at")
    account.record(
        "clocks.moved",
        by=by,
        person_id=_person(current),
        subject=current,
        before=moved.due_before.isoformat(),
        after=due_on.isoformat(),
    )
    return moved


@transaction.atomic
def tell(*, by: User, move: Move, told: Sequence[str]) -> Move:
    """Add people who were told of a move after it was made."""
    frame = _locked(by, move.frame, None)
    names = _names(told)
    if not names:
        raise Refused({"told": "Say who was told."})
    kept = Move.objects.select_for_update().get(pk=move.pk)
    kept.told = [*kept.told, *(name for name in names if name not in kept.told)]
    kept.save(update_fields=["told"])
    account.record("clocks.told", by=by, person_id=_person(frame), subject=frame)
    return kept


@transaction.atomic
def review(
    *, by: User, frame: TimeFrame, held_on: date, outcome: str, quality: str = "", entry: Any | None = None
) -> Review:
    """Record that a time frame was looked at again: what came of it, and how good the work is so far."""
    current = _locked(by, frame, None)
    faults = _needed(outcome=(outcome, "Say what came of the review: the date stands, or it moves and why."))
    if held_on > timezone.localdate():
        faults["held_on"] = "The date is in the future. Record the review once it has been held."
    elif held_on < current.started_on:
        faults["held_on"] = f"It started on {_day(current.started_on)}: choose that day or later."
    if len(quality) > LONGEST:
        faults["quality"] = _too_long(quality)
    _refuse(faults)
    made = Review.objects.create(
        frame=current, held_on=held_on, outcome=outcome.strip(), quality=quality.strip(), entry=entry, reviewed_by=by
    )
    account.record("clocks.reviewed", by=by, person_id=_person(current), subject=current, on=held_on.isoformat())
    return made


@transaction.atomic
def explain_delay(*, by: User, frame: TimeFrame, explanation: str) -> TimeFrame:
    """Write down why a date was passed, where no new one is agreed or the work is already done."""
    current = _locked(by, frame, None)
    _refuse(_needed(explanation=(explanation, "Say why it took longer.")))
    current.explanation = explanation.strip()
    _save(current, "explanation")
    account.record("clocks.explained", by=by, person_id=_person(current), subject=current)
    return current


@transaction.atomic
def stop(*, by: User | None, frame: TimeFrame, on: date, entry: Any | None = None) -> TimeFrame:
    """End a time frame on the day on which what it asked for was done. Stopping twice changes nothing."""
    current = _locked(by, frame, None)
    if current.stopped_on is not None:
        return current
    if on < current.started_on:
        raise Refused({"on": f"It started on {_day(current.started_on)}: choose that day or later."})
    current.stopped_on = on
    if entry is not None and current.entry_id is None:
        current.entry = entry
    _save(current, "stopped_on", "entry")
    account.record("clocks.stopped", by=by, person_id=_person(current), subject=current, on=on.isoformat())
    return current


def _may(by: User | None, person_id: int) -> None:
    if by is not None:
        door.require(by, Action.RECORD, person_id)


def _locked(by: User | None, frame: TimeFrame, version: int | None) -> TimeFrame:
    if by is not None:
        door.one(by, TimeFrame, frame.pk)
        door.require(by, Action.RECORD, _person(frame))
    current = TimeFrame.objects.select_for_update().get(pk=frame.pk)
    if version is not None and version != current.version:
        raise EditConflict({"due_on": current.due_on})
    return current


def _person(frame: TimeFrame) -> int:
    return frame.person_id


def _save(frame: TimeFrame, *fields: str) -> None:
    frame.version += 1
    frame.save(update_fields=[*fields, "version"])


def _needed(**fields: tuple[str, str]) -> dict[str, str]:
    faults = {}
    for name, (text, sentence) in fields.items():
        if not text.strip():
            faults[name] = sentence
        elif len(text) > LONGEST:
            faults[name] = _too_long(text)
    return faults


def _too_long(text: str) -> str:
    return f"This is {len(text):,} characters long; {LONGEST:,} is the most. Attach the longer text as a document."


def _refuse(faults: dict[str, str]) -> None:
    if faults:
        raise Refused(faults)


def _names(told: Sequence[str]) -> list[str]:
    return [name.strip()[:200] for name in told if name.strip()]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
