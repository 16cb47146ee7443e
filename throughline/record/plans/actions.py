"""Beginning, changing, reviewing and closing a child's plan."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

import throughline.record.plans.told  # noqa: F401  (registers audit sentences)
from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.clocks import actions as clocks
from throughline.core.clocks.models import TimeFrame
from throughline.core.errors import EditConflict, Refused
from throughline.record.families.models import Family
from throughline.record.journey.actions import LONGEST, Part, write_entry
from throughline.record.journey.models import Entry
from throughline.record.people.models import Person
from throughline.record.plans import content
from throughline.record.plans.models import Kind, Outcome, Plan, PlanAction, PlanDiscussed, PlanReview, Progress

REVIEW = "Review of the plan"


@transaction.atomic
def begin(
    *,
    by: User,
    person: Person,
    kind: str,
    started_on: date,
    words: Mapping[str, str],
    family: Family | None = None,
    review_on: date | None = None,
    agreed_with: str = "",
    review_reason: str = "",
    copied: Collection[str] = (),
) -> Plan:
    """Begin the child's plan with ``words`` by part (content.parts), and agree when it is reviewed.

    ``copied`` names the parts that came from a sibling's plan. Raises Refused when the child has an open plan,
    when it does not say what needs to change, or with a review without those who agreed to it.
    """
    _check(kind, started_on, words, review_on, agreed_with)
    entry = write_entry(
        by=by,
        kind="plan",
        happened_on=started_on,
        summary=f"{Kind(kind).label} begun",
        parts=[Part(person)],
        family=family,
    )
    open_plan = Plan.objects.filter(person=person, ended_on__isnull=True).first()
    if open_plan is not None:
        raise Refused(_has_one(open_plan.started_on))
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                entry=entry,
                person=person,
                kind=kind,
                started_on=started_on,
                changed_by=by,
                copied={name: started_on.isoformat() for name in copied},
                **{name: words.get(name, "").strip() for name in content.names()},
            )
    except IntegrityError as problem:
        # Two people at once: the other's was first.
        raise Refused(_has_one(timezone.localdate())) from problem
    account.record(
        "plans.begun",
        by=by,
        person_id=person.pk,
        subject=plan,
        kind=plan.get_kind_display().lower(),
        on=started_on.isoformat(),
    )
    if review_on is not None:
        _agree_review(by, plan, started_on, review_on, agreed_with, review_reason)
    return plan


@transaction.atomic
def begin_together(
    *,
    by: User,
    person: Person,
    siblings: Sequence[Person],
    shared: Collection[str],
    kind: str,
    started_on: date,
    words: Mapping[str, str],
    family: Family | None = None,
    review_on: date | None = None,
    agreed_with: str = "",
    review_reason: str = "",
) -> list[Plan]:
    """Begin the plans of several children of a family, a plan each; the first is that of ``person``.

    A sibling's plan begins with the parts named in ``shared`` only, marked as copied until they are made that
    child's own. What needs to change must be among them, or nothing would be in it.
    """
    unknown = set(shared) - content.names()
    if unknown:
        raise Refused({"shared": "Choose from the parts that are shown."})
    if siblings and "needs_to_change" not in shared:
        raise Refused({"shared": "Copy at least what needs to change, or begin the other children's plans one by one."})
    how = {
        "kind": kind,
        "started_on": started_on,
        "family": family,
        "review_on": review_on,
        "agreed_with": agreed_with,
        "review_reason": review_reason,
    }
    common = {name: words.get(name, "") for name in shared}
    said = [name for name, text in common.items() if text.strip()]
    return [
        begin(by=by, person=person, words=words, **how),  # type: ignore[arg-type]
        *(begin(by=by, person=child, words=common, copied=said, **how) for child in siblings),  # type: ignore[arg-type]
    ]


@transaction.atomic
def revise(*, by: User, plan: Plan, version: int, words: Mapping[str, str], why: str = "", kind: str = "") -> Plan:
    """Change the plan that was read at ``version``; every earlier version can still be read.

    With ``why`` the change is told in the child's story; without, it is a small correction. A part that is
    rewritten is the child's own from then on. Raises EditConflict with what is saved now, and Refused for a
    closed plan or for one that would no longer say what needs to change.
    """
    current = _locked(by, plan)
    _refuse_closed(current)
    if current.version != version:
        # Only what differs: the rest would hide it.
        theirs = {name: now for name, text in words.items() if (now := getattr(current, name)) != text.strip()}
        raise EditConflict({**theirs, "version": current.version})
    faults = _too_long(words)
    if not words.get("needs_to_change", current.needs_to_change).strip():
        faults["needs_to_change"] = "Say what needs to change: without it there is no plan."
    if kind and kind not in Kind.values:
        faults["kind"] = "Choose what kind of plan it is."
    if faults:
        raise Refused(faults)
    for name in content.names() & set(words):
        new = words[name].strip()
        if new != getattr(current, name):
            current.copied.pop(name, None)
        setattr(current, name, new)
    current.kind = kind or current.kind
    current.version += 1
    current.changed_by, current.changed_at = by, timezone.now()
    current.save()
    account.record("plans.revised", by=by, person_id=current.person_id, subject=current, number=current.version)
    if why.strip():
        _entry(by, current, "plan", timezone.localdate(), "Plan revised", why)
    return current


@transaction.atomic
def add_action(*, by: User, plan: Plan, what: str, who: str, by_when: date | None = None) -> PlanAction:
    """Add who will do what by when. The day may be unknown; who may not."""
    current = _locked(by, plan)
    _refuse_closed(current)
    faults = _too_long({"what": what})
    if not what.strip():
        faults["what"] = "Say what will be done."
    if not who.strip():
        faults["who"] = "Say who will do it: someone by name, in the family or beside it."
    if by_when is not None and by_when < current.started_on:
        faults["by_when"] = f"The plan began on {_day(current.started_on)}: choose that day or later."
    if faults:
        raise Refused(faults)
    made = PlanAction.objects.create(
        plan=current, what=what.strip(), who=who.strip()[:200], by_when=by_when, added_by=by, at_version=current.version
    )
    account.record("plans.action_added", by=by, person_id=current.person_id, subject=made)
    return made


@transaction.atomic
def complete_action(*, by: User, action: PlanAction, done_on: date, how_it_went: str = "") -> PlanAction:
    """Note an action as done, and how it went."""
    plan = _locked(by, action.plan)
    if done_on > timezone.localdate():
        raise Refused({"done_on": "The date is in the future. Note it once it is done."})
    if done_on < plan.started_on:
        raise Refused({"done_on": f"The plan began on {_day(plan.started_on)}: choose that day or later."})
    current = PlanAction.objects.select_for_update().get(pk=action.pk)
    current.done_on, current.how_it_went = done_on, how_it_went.strip()
    current.at_version = plan.version
    current.save(update_fields=["done_on", "how_it_went", "at_version"])
    account.record("plans.action_completed", by=by, person_id=plan.person_id, subject=current, on=done_on.isoformat())
    return current


@transaction.atomic
def note_progress(*, by: User, plan: Plan, happened_on: date, words: str, said: str = "") -> Progress:
    """Note how the plan goes, and what the child says of it."""
    current = _locked(by, plan)
    _refuse_closed(current)
    if not words.strip() and not said.strip():
        raise Refused({"words": "Write what has changed, or what the child says."})
    entry = _entry(by, current, "progress", happened_on, "Progress with the plan", words, said)
    made = Progress.objects.create(entry=entry, plan=current)
    account.record("plans.progress_noted", by=by, person_id=current.person_id, subject=made)
    return made


@transaction.atomic
def review(
    *,
    by: User,
    plan: Plan,
    held_on: date,
    outcome: str,
    words: str,
    who_took_part: str = "",
    family_view: str = "",
    said: str = "",
    next_on: date | None = None,
    agreed_with: str = "",
    review_reason: str = "",
) -> PlanReview:
    """Record a review of the plan. It ends the time frame of the review that was due, and agrees the next."""
    current = _locked(by, plan)
    _refuse_closed(current)
    faults = {}
    if outcome not in Outcome.values:
        faults["outcome"] = "Say what the review decided."
    if not words.strip():
        faults["words"] = "Write what was said, and why it was decided so."
    if held_on < current.started_on:
        faults["held_on"] = f"The plan began on {_day(current.started_on)}: choose that day or later."
    faults |= _review_faults(held_on, next_on, agreed_with, "next_on")
    if faults:
        raise Refused(faults)
    entry = _entry(by, current, "plan_review", held_on, f"Review: {Outcome(outcome).label.lower()}", words, said)
    made = PlanReview.objects.create(
        entry=entry,
        plan=current,
        outcome=outcome,
        who_took_part=who_took_part.strip(),
        family_view=family_view.strip(),
    )
    _stop_frames(by, current, held_on)
    if next_on is not None:
        _agree_review(by, current, held_on, next_on, agreed_with, review_reason)
    account.record("plans.reviewed", by=by, person_id=current.person_id, subject=made, on=held_on.isoformat())
    return made


@transaction.atomic
def discuss(*, by: User, plan: Plan, discussed_on: date, with_whom: str, follows: str = "") -> PlanDiscussed:
    """Note that the plan was engaged with in supervision, on which day and with whom."""
    current = _locked(by, plan)
    faults = {}
    if discussed_on > timezone.localdate():
        faults["discussed_on"] = "The date is in the future. Note it once you have talked."
    if not with_whom.strip():
        faults["with_whom"] = "Say with whom it was discussed."
    if faults:
        raise Refused(faults)
    made = PlanDiscussed.objects.create(
        plan=current,
        discussed_on=discussed_on,
        with_whom=with_whom.strip()[:200],
        follows=follows.strip(),
        noted_by=by,
    )
    account.record("plans.discussed", by=by, person_id=current.person_id, subject=made, on=discussed_on.isoformat())
    return made


@transaction.atomic
def close(*, by: User, plan: Plan, on: date, how_safe: str, words: str = "", said: str = "") -> Plan:
    """Close the plan with the answer to its own question: what is safe enough now?"""
    current = _locked(by, plan)
    _refuse_closed(current)
    faults = {}
    if not how_safe.strip():
        faults["how_safe"] = "Say what is safe enough now for the plan to end, and how you know."
    if on < current.started_on:
        faults["on"] = f"The plan began on {_day(current.started_on)}: choose that day or later."
    if on > timezone.localdate():
        faults["on"] = "The date is in the future. Close the plan on the day itself."
    if faults:
        raise Refused(faults)
    entry = _entry(by, current, "closure", on, f"{current.get_kind_display()} closed", words, said, reason=how_safe)
    current.ended_on, current.how_safe = on, how_safe.strip()
    current.version += 1
    current.changed_by, current.changed_at = by, timezone.now()
    current.save()
    _stop_frames(by, current, on)
    account.record("plans.closed", by=by, person_id=current.person_id, subject=entry, on=on.isoformat())
    return current


def _locked(by: User, plan: Plan) -> Plan:
    door.one(by, Plan, plan.pk)
    current = Plan.objects.select_for_update(of=("self",)).select_related("entry", "person").get(pk=plan.pk)
    door.require(by, Action.RECORD, current.person_id)
    return current


def _entry(
    by: User, plan: Plan, kind: str, on: date, summary: str, words: str, said: str = "", *, reason: str = ""
) -> Entry:
    return write_entry(
        by=by,
        kind=kind,
        happened_on=on,
        summary=summary,
        words=words,
        parts=[Part(plan.person, said=said)],
        family=plan.entry.family,
        follows=plan.entry,
        reason=reason,
    )


def _agree_review(by: User, plan: Plan, start: date, due: date, agreed_with: str, reason: str) -> None:
    clocks.start_agreed(
        by=by,
        person=plan.person,
        label=REVIEW,
        started_on=start,
        due_on=due,
        reason=reason or "to see together whether the plan helps",
        agreed_with=agreed_with,
        entry=plan.entry,
    )


def _stop_frames(by: User, plan: Plan, on: date) -> None:
    for frame in TimeFrame.objects.filter(entry=plan.entry, stopped_on__isnull=True):
        clocks.stop(by=by, frame=frame, on=max(on, frame.started_on))


def _check(kind: str, started_on: date, words: Mapping[str, str], review_on: date | None, agreed_with: str) -> None:
    faults = _too_long(words)
    if kind not in Kind.values:
        faults["kind"] = "Choose what kind of plan it is."
    if started_on > timezone.localdate():
        faults["started_on"] = "The date is in the future. Begin the plan on the day itself."
    if not words.get("needs_to_change", "").strip():
        faults["needs_to_change"] = "Say what needs to change: without it there is no plan."
    faults |= _review_faults(started_on, review_on, agreed_with, "review_on")
    if faults:
        raise Refused(faults)


def _review_faults(start: date, due: date | None, agreed_with: str, field: str) -> dict[str, str]:
    if due is None:
        return {}
    faults = {}
    if due < start:
        faults[field] = f"The review cannot be before {_day(start)}: choose a later day."
    if not agreed_with.strip():
        faults["agreed_with"] = "Say with whom the day of the review was agreed."
    return faults


def _too_long(words: Mapping[str, str]) -> dict[str, str]:
    return {
        name: f"This is {len(text):,} characters long; {LONGEST:,} is the most. Attach the longer text as a document."
        for name, text in words.items()
        if len(text) > LONGEST
    }


def _refuse_closed(plan: Plan) -> None:
    if plan.ended_on is not None:
        raise Refused(f"This plan was closed on {_day(plan.ended_on)}. Begin another if the child needs one.")


def _has_one(since: date) -> str:
    return f"There is an open plan already, begun on {_day(since)}. Change that one, or close it first."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
