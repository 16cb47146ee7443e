"""Telling whoever told us what came of it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.errors import Refused
from throughline.record.front_door import told  # noqa: F401  (registers audit sentences)
from throughline.record.front_door.models import Contact, Feedback, Method, Part


@transaction.atomic
def feed_back(
    *, by: User, contact: Contact, told_on: date, told_whom: str, method: str, words: str, answer: str = ""
) -> Feedback:
    """Record that whoever made a contact was told what came of it.

    Raises Refused with a sentence a field, and for someone who left no name; NotFound, PermissionDenied.
    """
    door.one(by, Contact, contact.pk)
    current = Contact.objects.select_related("entry").get(pk=contact.pk)
    people = list(current.concerned.exclude(part=Part.OTHER).values_list("person_id", flat=True))
    door.require(by, Action.RECORD, *people)
    faults: dict[str, str] = {}
    if current.anonymous:
        faults[""] = "They did not give their name, so there is nobody to tell."
    if not told_whom.strip():
        faults["told_whom"] = "Say who was told."
    if not words.strip():
        faults["words"] = "Write what they were told. It need not be all that was decided."
    if method not in Method.values:
        faults["method"] = "Say how they were told."
    if told_on > timezone.localdate():
        faults["told_on"] = "The date is in the future. Enter the day on which they were told."
    elif told_on < current.entry.happened_on:
        faults["told_on"] = f"We were told on {current.entry.happened_on:%-d %B %Y}: choose that day or later."
    if len(told_whom) > 200:
        faults["told_whom"] = f"This is {len(told_whom)} characters long; 200 are the most."
    if faults:
        raise Refused(faults)
    made = Feedback.objects.create(
        contact=current, told_on=told_on, told_whom=told_whom.strip(), method=method, words=words.strip(),
        answer=answer.strip(), by=by,
    )  # fmt: skip
    for person_id in people:
        account.record("front_door.fed_back", by=by, person_id=person_id, subject=made, on=told_on.isoformat())
    return made
