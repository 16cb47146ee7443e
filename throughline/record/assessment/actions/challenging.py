"""Views that were questioned, by whom, and what changed (scenario S14)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from throughline.core.access.models import User
from throughline.core.errors import EditConflict
from throughline.record.assessment.actions.held import hold, may_write, needed, refuse, require_open, said, tell, tidy
from throughline.record.assessment.models import Assessment, Challenge, Session
from throughline.record.people.models import Person


@transaction.atomic
def challenge(
    *,
    by: User,
    assessment: Assessment,
    hypothesis: str,
    held_by: str,
    question: str,
    challenged_by: str,
    session: str,
    happened_on: date,
    person: Person | None = None,
) -> Challenge:
    """Write down a view, whose it was, the question that was put to it, by whom, and in what kind of session."""
    held = hold(by, assessment)
    children = may_write(by, held, person)
    require_open(held)
    faults = needed(
        hypothesis=(hypothesis, "Write the view as it was held, before it was questioned."),
        held_by=(held_by, "Say whose view it was."),
        challenge=(question, "Write the question or the doubt that was put to it."),
        challenged_by=(challenged_by, "Say who questioned it."),
    )
    if session not in Session.values:
        faults["session"] = "Say in what kind of conversation it was questioned."
    if happened_on > timezone.localdate():
        faults["happened_on"] = "The date is in the future. Enter the day on which it was questioned."
    refuse(faults)
    made = Challenge.objects.create(
        assessment=held,
        person=person,
        hypothesis=tidy(hypothesis),
        held_by=held_by.strip()[:200],
        challenge=tidy(question),
        challenged_by=challenged_by.strip()[:200],
        session=session,
        happened_on=happened_on,
        recorded_by=by,
    )
    tell("assessment.challenged", by, held, children, session=made.get_session_display())
    return made


@transaction.atomic
def revise_view(
    *, by: User, questioned: Challenge, version: int, revised: str, what_changed: str, revised_on: date | None = None
) -> Challenge:
    """Write down the view after it was questioned, and what changed. That it stands, and why, is an answer too."""
    held = hold(by, questioned.assessment)
    children = may_write(by, held, questioned.person)
    require_open(held)
    current = Challenge.objects.select_for_update(of=("self",)).get(pk=questioned.pk)
    if current.version != version:
        raise EditConflict({"revised": current.revised, "what_changed": current.what_changed})
    day = revised_on or timezone.localdate()
    faults = needed(
        revised=(revised, "Write the view as it is now. It may be the same: then say what it stands on."),
        what_changed=(what_changed, "Say what changed, or why nothing did."),
    )
    if day < current.happened_on:
        faults["revised_on"] = f"It was questioned on {said(current.happened_on)}: choose that day or later."
    refuse(faults)
    current.revised, current.what_changed, current.revised_on = tidy(revised), tidy(what_changed), day
    current.version += 1
    current.save()
    tell("assessment.revised_view", by, held, children)
    return current
