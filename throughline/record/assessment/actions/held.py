"""Holding an assessment while something is written to it, and who may write what."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from throughline.core.access import door, reach
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.core.practice import keeping
from throughline.core.practice.model import PracticeModel
from throughline.record.assessment.models import Assessment
from throughline.record.people.models import Person

# As much as an entry holds: a long night's account, not a pasted archive.
LONGEST = 200_000


def hold(by: User, assessment: Assessment) -> Assessment:
    """Return the assessment for this user, locked until the transaction ends; NotFound otherwise.

    Writers of different sections wait for one another for the milliseconds of a save, and never collide.
    """
    door.one(by, Assessment, assessment.pk)
    return Assessment.objects.select_for_update(of=("self",), no_key=True).select_related("entry").get(pk=assessment.pk)


def model_of(assessment: Assessment) -> PracticeModel:
    """Return the practice model as this record uses it."""
    return keeping.read(assessment.practice)


def child_ids(assessment: Assessment) -> list[int]:
    """Return the ids of the children whom the record is about, in the order of their part."""
    return list(assessment.entry.subjects.order_by("pk").values_list("person_id", flat=True))


def may_write(by: User, assessment: Assessment, person: Person | None) -> list[int]:
    """Check that the user may write for this person (or the family); return the children whom it concerns.

    A child's own part: that child. The family's part, or an adult's: at least one of the children.
    """
    children = child_ids(assessment)
    if person is not None and person.pk in children:
        door.require(by, Action.RECORD, person.pk)
        return [person.pk]
    if person is not None:
        door.person(by, person.pk)
    allowed = set(reach.people(by, Action.RECORD).filter(pk__in=children).values_list("pk", flat=True))
    if not allowed:
        raise PermissionDenied("Your role does not let you record here. Ask the team's manager.")
    return [one for one in children if one in allowed]


def require_open(assessment: Assessment) -> None:
    """Raise Refused unless the text can be written."""
    if assessment.open:
        return
    if assessment.signed_off_on:
        raise Refused(
            f"This was signed off on {said(assessment.signed_off_on)}, so its text is closed. "
            "Add a correction or an addition instead: it is shown beside what was signed."
        )
    raise Refused("This is with the manager, who reads what you signed. Ask for it back to go on writing.")


def tell(verb: str, by: User, assessment: Assessment, children: list[int], **data: Any) -> None:
    """Add one event to the account for each child whom an act concerns."""
    for child in children:
        account.record(verb, by=by, person_id=child, subject=assessment, **data)


def needed(**fields: tuple[str, str]) -> dict[str, str]:
    """Return a sentence for each field whose text is empty or too long, given as field=(text, sentence)."""
    faults = {}
    for name, (text, sentence) in fields.items():
        if not text.strip():
            faults[name] = sentence
        elif len(text) > LONGEST:
            faults[name] = too_long(text)
    return faults


def too_long(text: str) -> str:
    """Return the sentence for words that are more than a section holds."""
    return (
        f"This is {len(text):,} characters long; {LONGEST:,} is the most that one section holds. "
        "Your words are still on the page: attach the longer text as a document."
    )


def refuse(faults: dict[str, str]) -> None:
    """Raise Refused when there are faults."""
    if faults:
        raise Refused(faults)


def said(day: date) -> str:
    """Return a day as people say it."""
    return f"{day.day} {day:%B %Y}"


def tidy(text: str) -> str:
    """Return text as it can be kept: PostgreSQL has no room for NUL, which pasted text may hold."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()
