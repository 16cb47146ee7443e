"""Disabilities, and warnings that whoever opens the record must read first."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.codes import code_set
from throughline.core.errors import EditConflict, Refused
from throughline.record.people.models import Disability, Person, Warning

NONE = "NONE"


@transaction.atomic
def set_disabilities(
    *, by: User, person: Person, codes: Sequence[str], words: str = "", version: int | None = None
) -> None:
    """Record which disabilities a person has, by statutory code; ``words`` say more. NONE stands alone.

    Those already recorded keep their history; those left out are removed. ``version`` is that of the person as read:
    raises EditConflict when someone else changed them since, Refused for faults.
    """
    door.require(by, Action.RECORD, person.pk)
    current = Person.objects.select_for_update().get(pk=person.pk)
    if version is not None and current.version != version:
        saved = list(Disability.objects.filter(person=person))
        raise EditConflict(
            {"disabilities": [one.code for one in saved], "disability_words": next((o.words for o in saved), "")}
        )
    known = code_set("disability").codes
    wanted = list(dict.fromkeys(codes))
    if unknown := [code for code in wanted if code not in known]:
        raise Refused({"disabilities": f"{', '.join(unknown)} is not a code for disability. Choose from the list."})
    if NONE in wanted and len(wanted) > 1:
        raise Refused({"disabilities": "No disability stands alone: untick it, or untick the others."})
    if len(words) > 300:
        raise Refused({"disability_words": f"This is {len(words)} characters long; 300 are the most."})
    held = {one.code: one for one in Disability.objects.select_for_update().filter(person=person)}
    for code in set(held) - set(wanted):
        held[code].delete()
        account.record("people.disability_removed", by=by, person_id=person.pk, code=known[code])
    for position, code in enumerate(wanted):
        about = words.strip() if code != NONE else ""
        if code in held:
            row = held[code]
            if (row.words, row.position) != (about, position):
                row.words, row.position = about, position
                row.save(update_fields=["words", "position"])
        else:
            made = Disability.objects.create(person=person, code=code, words=about, position=position)
            account.record("people.disability_added", by=by, person_id=person.pk, subject=made, code=known[code])
    current.version += 1
    current.save(update_fields=["version"])


@transaction.atomic
def add_warning(
    *, by: User, person: Person, words: str, noted_on: date | None = None, review_on: date | None = None
) -> Warning:
    """Add something that anyone who opens the record must know first. It is reviewed, and it ends."""
    door.require(by, Action.RECORD, person.pk)
    today = timezone.localdate()
    day = noted_on or today
    faults: dict[str, str] = {}
    if not words.strip():
        faults["words"] = "Say in a line what people must know, such as: large dog, ring before you visit."
    if len(words) > 300:
        faults["words"] = f"This is {len(words)} characters long; a warning is read at a glance and has at most 300."
    if day > today:
        faults["noted_on"] = "The date is in the future. Enter the day on which this became known."
    if review_on and review_on < day:
        faults["review_on"] = "The review comes after the day on which this was noted."
    if faults:
        raise Refused(faults)
    made = Warning.objects.create(person=person, words=words.strip(), noted_on=day, review_on=review_on)
    account.record("people.warned", by=by, person_id=person.pk, subject=made)
    return made


@transaction.atomic
def end_warning(*, by: User, warning: Warning, on: date | None = None) -> None:
    """End a warning that is no longer true. It stays in the history."""
    door.require(by, Action.RECORD, warning.person_id)
    warning.ended_on = on or timezone.localdate()
    warning.save(update_fields=["ended_on"])
    account.record("people.warning_ended", by=by, person_id=warning.person_id, subject=warning)
