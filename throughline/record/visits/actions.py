"""Recording visits, and answering for a child who was not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

import throughline.record.visits.told  # noqa: F401  (registers audit sentences)
from throughline.core.access.models import User
from throughline.core.audit import account
from throughline.core.documents import actions as documents
from throughline.core.documents import filetypes
from throughline.core.errors import Refused
from throughline.record.families.models import Family
from throughline.record.journey.actions import Part, write_entry
from throughline.record.people.models import Person
from throughline.record.visits import queries
from throughline.record.visits.models import Reasoning, Visit, Where


@dataclass(frozen=True)
class Upload:
    """A drawing or photograph that came from a visit: whose it is, and what it shows."""

    person: Person
    file: "File[Any]"
    title: str = ""
    description: str = ""
    house: str = ""


@transaction.atomic
def record_visit(
    *,
    by: User,
    family: Family | None,
    parts: Sequence[Part],
    happened_on: date,
    where: str,
    happened_at: time | None = None,
    where_words: str = "",
    purpose: str = "",
    words: str = "",
    what_changed: str = "",
    author: User | None = None,
    uploads: Sequence[Upload] = (),
) -> Visit:
    """Record a visit that was made: who was seen, alone or not, what each said, what changed.

    Raises Refused with a sentence a field: a visit that has not been made yet, a child who was not born then, a
    file that cannot be kept. Nothing is written then.
    """
    faults = _when(happened_on, happened_at) | _who(parts, happened_on)
    if where not in Where.values:
        faults["where"] = "Say where the visit was."
    if not parts:
        faults["people"] = "Say who was to be seen: choose at least one person."
    for upload in uploads:
        fault = filetypes.check(upload.file).fault
        if fault:
            faults["uploads"] = fault
    if faults:
        raise Refused(faults)
    entry = write_entry(
        by=by,
        kind="visit",
        happened_on=happened_on,
        happened_at=happened_at,
        summary=summary(parts, where),
        words=words,
        parts=parts,
        family=family,
        author=author,
    )
    visit = Visit.objects.create(
        entry=entry,
        where=where,
        where_words=where_words.strip()[:200],
        purpose=purpose.strip(),
        what_changed=what_changed.strip(),
    )
    for part in parts:
        account.record(
            "visits.recorded",
            by=by,
            person_id=part.person.pk,
            subject=visit,
            on=happened_on.isoformat(),
            seen=_seen(part),
        )
    for upload in uploads:
        documents.keep(
            by=by,
            person=upload.person,
            title=upload.title,
            upload=upload.file,
            entry=entry,
            house=upload.house,
            description=upload.description,
        )
    return visit


@transaction.atomic
def answer_unseen(*, by: User, person: Person, words: str) -> Reasoning:
    """Write down what the worker makes of a child not having been seen, and what they will do, as an entry.

    The question is not taken away: it then says that it was answered, when and by whom. Raises Refused without
    words, or when there is nothing to answer.
    """
    if not words.strip():
        raise Refused({"words": "Write what you make of it, and what you will do."})
    today = timezone.localdate()
    attention = queries.unseen(by, [person.pk], today).get(person.pk)
    if attention is None:
        raise Refused("There is nothing to answer any more: the child has been seen since.")
    latest = attention.missed[-1]
    entry = write_entry(
        by=by,
        kind="note",
        happened_on=today,
        summary="Why the child has not been seen, and what follows",
        parts=[Part(person, words=words)],
    )
    answer = Reasoning.objects.create(entry=entry, about_id=latest.entry_id)
    account.record("visits.unseen_answered", by=by, person_id=person.pk, subject=answer)
    return answer


def summary(parts: Sequence[Part], where: str) -> str:
    """Return the visit in a line: "At home. 2 children seen, 1 alone; 1 not seen". Without names: each child's
    record may be handed over alone."""
    seen = sum(part.seen is True for part in parts)
    alone = sum(part.seen_alone is True for part in parts)
    missed = sum(part.seen is False for part in parts)
    said = []
    if seen:
        said.append(f"{seen} seen" + (f", {alone} alone" if alone else ""))
    if missed:
        said.append(f"{missed} not seen")
    return f"{Where(where).label}. {'; '.join(said) or 'Nobody was to be seen'}"


def _seen(part: Part) -> str:
    if part.seen:
        return "seen alone" if part.seen_alone else "seen"
    return "not seen" if part.seen is False else "spoken of"


def _when(day: date, at: time | None) -> dict[str, str]:
    now = timezone.localtime()
    if day > now.date():
        return {
            "happened_on": f"{day.day} {day:%B %Y} has not come yet. Record the visit once you have made it; "
            "what you have written is kept as a draft until then."
        }
    if at is not None and datetime.combine(day, at) > now.replace(tzinfo=None):
        return {"happened_at": f"{at:%H:%M} has not come yet. Record the visit once you have made it."}
    return {}


def _who(parts: Sequence[Part], day: date) -> dict[str, str]:
    faults: dict[str, str] = {}
    for part in parts:
        born = part.person.date_of_birth
        if part.seen and part.person.unborn:
            faults[f"seen-{part.person.pk}"] = "This child is not born yet. Choose “not born yet”."
        elif part.seen and born is not None and day < born:
            faults[f"seen-{part.person.pk}"] = (
                f"This child was born on {born.day} {born:%B %Y}, after the visit. Mend the date, or choose “not seen”."
            )
    return faults
