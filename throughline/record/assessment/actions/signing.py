"""Signing: the worker, then the manager. After that the text is closed, and what is added is an addendum."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.clocks import actions as clocks
from throughline.core.clocks.models import TimeFrame
from throughline.core.errors import Refused
from throughline.record.assessment import snapshot
from throughline.record.assessment.actions.held import (
    child_ids,
    hold,
    may_write,
    model_of,
    needed,
    refuse,
    require_open,
    tell,
    tidy,
)
from throughline.record.assessment.contents import Contents, called, titled
from throughline.record.assessment.models import Addendum, Assessment, Discussion, Signing, SignOff, Status
from throughline.record.assessment.whole import whole
from throughline.record.journey.actions import Part, write_entry
from throughline.record.people.models import Person


@transaction.atomic
def sign_worker(*, by: User, assessment: Assessment, comments: str = "") -> SignOff:
    """Sign as the worker and hand to the manager. Refused only where an essential section has nothing in it."""
    held = hold(by, assessment)
    children = child_ids(held)
    door.require(by, Action.RECORD, *children)
    require_open(held)
    contents = whole(held)
    if "essential_sections" in contents.model.sign_off:
        _require_essentials(contents)
    signed = SignOff.objects.create(
        assessment=held, role=Signing.WORKER, signed_by=by, signed_on=timezone.localdate(), comments=tidy(comments)
    )
    _set(held, Status.WITH_MANAGER)
    tell("assessment.signed", by, held, children, role="worker")
    return signed


def _require_essentials(contents: Contents) -> None:
    missing = [
        f"“{titled(one.section.title, contents.person(one.person_id))}”" for one in contents.thin() if one.blocks
    ]
    if missing:
        raise Refused(f"Before it is signed, something must stand under {_and(missing)}. A sentence is enough.")


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@transaction.atomic
def return_to_writer(*, by: User, assessment: Assessment, comments: str) -> SignOff:
    """Give the document back to be written further: the manager with what to think about, or its writer."""
    held = hold(by, assessment)
    children = child_ids(held)
    if held.status != Status.WITH_MANAGER:
        raise Refused("This is not with the manager, so there is nothing to give back.")
    signed = held.signoffs.filter(role=Signing.WORKER).last()
    if signed is None or signed.signed_by_id != by.pk:
        door.require(by, Action.DECIDE, *children)
    else:
        door.require(by, Action.RECORD, *children)
    refuse(needed(comments=(comments, "Say what is to be thought about or changed.")))
    made = SignOff.objects.create(
        assessment=held, role=Signing.RETURNED, signed_by=by, signed_on=timezone.localdate(), comments=tidy(comments)
    )
    _set(held, Status.WRITING)
    tell("assessment.returned", by, held, children)
    return made


@transaction.atomic
def sign_manager(*, by: User, assessment: Assessment, comments: str = "") -> SignOff:
    """Sign as the manager: the text is closed, the time frames end, and the decision goes into each child's story.

    Raises Refused where what the template asks of sign-off is not there (who signed, with whom it was discussed),
    or where the same person signed as the worker; PermissionDenied for someone who does not decide here.
    """
    held = hold(by, assessment)
    children = child_ids(held)
    door.require(by, Action.DECIDE, *children)
    if held.status == Status.SIGNED_OFF:
        raise Refused("This is signed off already. Corrections are added beside it.")
    if held.status != Status.WITH_MANAGER:
        raise Refused("The worker has not signed yet. Ask them to sign, or return to it when they have.")
    signed = held.signoffs.filter(role=Signing.WORKER).last()
    assert signed is not None
    if signed.signed_by_id == by.pk:
        raise Refused("You signed this as the worker. Someone else signs as the manager: a second pair of eyes.")
    contents = whole(held)
    _require_discussed(held, contents)
    today = timezone.localdate()
    made = SignOff.objects.create(
        assessment=held, role=Signing.MANAGER, signed_by=by, signed_on=today, comments=tidy(comments)
    )
    held.readings = snapshot.take(held)
    held.signed_off_on = today
    _set(held, Status.SIGNED_OFF, "signed_off_on", "readings")
    for frame in TimeFrame.objects.filter(entry=held.entry, stopped_on__isnull=True):
        # The system does it: whoever signs has decided, and need not be one who records.
        clocks.stop(by=None, frame=frame, on=today, entry=held.entry)
    _into_the_story(by, held, contents, made, signed.signed_by)
    tell("assessment.signed", by, held, children, role="manager")
    return made


def _require_discussed(assessment: Assessment, contents: Contents) -> None:
    needs = contents.model.sign_off
    latest: dict[int | None, Discussion] = {one.person_id: one for one in assessment.discussions.all()}
    missing = []
    if "discussed_with_each_child" in needs:
        missing = [called(child) for child in contents.children if asked_of(contents, child) and child.pk not in latest]
    if "discussed_with_parents" in needs and None not in latest:
        missing.append("the parents or carers")
    if missing:
        raise Refused(
            f"Say first whether it was talked through with {_and(missing)}. If it was not yet, say when it will be."
        )


def asked_of(contents: Contents, child: Person) -> bool:
    """Return whether this child is expected to have had the record talked through with them."""
    about = contents.facts.people[child.pk]
    if about.unborn:
        return False
    return about.age is None or about.age >= contents.model.discussed_from_age


def _into_the_story(by: User, held: Assessment, contents: Contents, signed: SignOff, worker: User) -> None:
    outcome = contents.model.meaning("child_outcome")
    write_entry(
        by=by,
        kind="decision",
        happened_on=signed.signed_on,
        summary=f"{contents.model.title}: signed off",
        # Each child's part says what it means for them, and is theirs alone. What the family shares, and the
        # manager's comments, may speak of any of them: they stay in the document.
        parts=[
            Part(child, words=contents.words(outcome.code, child.pk) if outcome else "") for child in contents.children
        ],
        family=held.family,
        author=worker,
        follows=held.entry,
        decision=f"{contents.model.title} signed off by {worker} and {signed.signed_by}",
        action=Action.DECIDE,
    )


def _set(assessment: Assessment, status: str, *more: str) -> None:
    assessment.status = status
    assessment.version += 1
    assessment.save(update_fields=["status", "version", *more])


@transaction.atomic
def add_addendum(
    *, by: User, assessment: Assessment, section: str, words: str, person: Person | None = None, asked_by: str = ""
) -> Addendum:
    """Add a correction or an addition beside what was signed; ``asked_by`` where a family member asked for it."""
    held = hold(by, assessment)
    children = may_write(by, held, person)
    if held.status != Status.SIGNED_OFF:
        raise Refused("This is not signed off, so there is nothing to correct beside it: change the text itself.")
    if not model_of(held).has(section):
        raise Refused({"section": "Choose the heading that it belongs to."})
    refuse(needed(words=(words, "Write the correction or the addition.")))
    made = Addendum.objects.create(
        assessment=held,
        section=section,
        person=person,
        words=tidy(words),
        asked_by=asked_by.strip()[:200],
        written_by=by,
    )
    tell("assessment.addendum", by, held, children, section=section)
    return made
