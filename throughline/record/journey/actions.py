"""Writing to the spine. Rooms call ``write_entry`` inside their own action's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.core.access import door
from throughline.core.access.models import User
from throughline.core.access.roles import Action
from throughline.core.audit import account
from throughline.core.errors import EditConflict, Refused
from throughline.record.families.models import Family
from throughline.record.journey import told  # noqa: F401  (registers audit sentences)
from throughline.record.journey.kinds import kind as known_kind
from throughline.record.journey.models import Entry, EntryReader, EntrySubject, Episode, Sensitivity
from throughline.record.people.models import Person

# A hundred thousand characters and then some: a long night's account, not a pasted archive.
LONGEST = 200_000


@dataclass(frozen=True)
class Part:
    """One person's own part of an entry; see EntrySubject for what each field means."""

    person: Person
    words: str = ""
    seen: bool | None = None
    seen_alone: bool | None = None
    why_not_seen: str = ""
    said: str = ""
    said_how: str = ""


# Part of the caller's act: a savepoint of its own would cost an import two questions for each of its entries.
@transaction.atomic(savepoint=False)
def write_entry(
    *,
    by: User | None,
    kind: str,
    happened_on: date,
    summary: str,
    parts: Sequence[Part],
    happened_at: time | None = None,
    words: str = "",
    family: Family | None = None,
    author: User | None = None,
    author_name: str = "",
    follows: Entry | None = None,
    decision: str = "",
    reason: str = "",
    readers: Sequence[User] = (),
    restricted: bool = False,
    action: Action = Action.RECORD,
    ahead: bool = False,
) -> Entry:
    """Write one entry with each person's part and return it.

    ``by`` typed it and must be allowed ``action`` for everyone it is about; None is the system (an import).
    ``author`` did it, and is ``by`` unless told. ``ahead`` allows a day in the future (a planned review).
    The caller adds its own audit event. Raises Refused with a sentence for each fault, NotFound, PermissionDenied.
    """
    known_kind(kind)
    if by is not None:
        door.require(by, action, *[part.person.pk for part in parts])
    _check(happened_on, words, parts, ahead=ahead)
    entry = Entry.objects.create(
        kind=kind,
        happened_on=happened_on,
        happened_at=happened_at,
        summary=summary[:300],
        words=words.strip(),
        family=family,
        author=author or (None if author_name else by),
        author_name=author_name,
        recorder=by,
        follows=follows,
        decision=decision[:300],
        reason=reason.strip(),
        sensitivity=Sensitivity.RESTRICTED if restricted else Sensitivity.ORDINARY,
    )
    EntrySubject.objects.bulk_create([_subject(entry, part) for part in parts])
    EntryReader.objects.bulk_create([EntryReader(entry=entry, user=user) for user in set(readers)])
    return entry


def _subject(entry: Entry, part: Part) -> EntrySubject:
    return EntrySubject(
        entry=entry,
        person=part.person,
        part=part.words.strip(),
        seen=part.seen,
        seen_alone=part.seen_alone,
        why_not_seen=part.why_not_seen[:300],
        said=part.said.strip(),
        said_how=part.said_how[:120],
    )


def _check(happened_on: date, words: str, parts: Sequence[Part], *, ahead: bool) -> None:
    faults: dict[str, str] = {}
    if not parts:
        faults["people"] = "Say who this is about: choose at least one person."
    if happened_on > timezone.localdate() and not ahead:
        faults["happened_on"] = "The date is in the future. Enter the day on which it happened."
    if happened_on.year < 1900:
        faults["happened_on"] = f"The year {happened_on.year} cannot be right. Enter the year in four figures."
    longest = max([len(words), *(len(part.words) for part in parts), *(len(part.said) for part in parts)], default=0)
    if longest > LONGEST:
        faults["words"] = (
            f"This is {longest:,} characters long; {LONGEST:,} is the most that one entry holds. "
            "Your words are kept in the draft: attach the longer text as a document."
        )
    for part in parts:
        if part.seen_alone and not part.seen:
            faults["seen"] = "Someone who was seen alone was seen: tick both, or neither."
    if faults:
        raise Refused(faults)


@transaction.atomic
def revise_entry(
    *, by: User, entry: Entry, version: int, changes: Mapping[str, Any], parts: Sequence[Part] | None = None
) -> Entry:
    """Change an entry that was read at ``version``. Every earlier wording stays in the history.

    Raises EditConflict, with what is saved now, when someone else changed it since.
    """
    door.one(by, Entry, entry.pk)
    current = Entry.objects.select_for_update().get(pk=entry.pk)
    people = list(current.subjects.values_list("person_id", flat=True))
    door.require(by, Action.RECORD, *people)
    if current.version != version:
        raise EditConflict({field: getattr(current, field) for field in changes})
    allowed = {"words", "summary", "happened_on", "happened_at", "decision", "reason"}
    for field, value in changes.items():
        if field not in allowed:
            raise ValueError(f"{field} is not a field of an entry that can be revised")
        setattr(current, field, value)
    _check(current.happened_on, current.words, parts or [Part(s.person) for s in current.subjects.all()], ahead=False)
    current.version += 1
    current.save()
    for part in parts or ():
        subject = _subject(current, part)
        EntrySubject.objects.filter(entry=current, person=part.person).update(
            **{
                name: getattr(subject, name)
                for name in ("part", "seen", "seen_alone", "why_not_seen", "said", "said_how")
            }
        )
    for person_id in people:
        account.record(
            "journey.revised", by=by, person_id=person_id, subject=current, kind=known_kind(entry.kind).label.lower()
        )
    return current


@transaction.atomic
def open_episode(
    *, person: Person, kind: str, started_on: date, by: User | None, entry: Entry | None = None
) -> Episode:
    """Open a status that lasts. Raises Refused when one of the kind is open or overlaps."""
    try:
        with transaction.atomic():
            made = Episode.objects.create(person=person, kind=kind, started_on=started_on, opened_by=entry)
    except IntegrityError as problem:
        if "episodes_of_a_kind_do_not_overlap" not in str(problem):
            raise
        raise Refused(
            "There is already an episode of this kind at that date. Close it first, or choose a later start."
        ) from problem
    account.record(
        "journey.episode_opened",
        by=by,
        person_id=person.pk,
        subject=made,
        kind=made.get_kind_display().lower(),
        on=started_on.isoformat(),
    )
    return made


@transaction.atomic
def close_episode(
    *, episode: Episode, ended_on: date, by: User | None, why: str, entry: Entry | None = None
) -> Episode:
    """Close a status, with why. Raises Refused when it would end before it started."""
    if ended_on < episode.started_on:
        raise Refused({"ended_on": f"It started on {episode.started_on:%-d %B %Y}: choose that day or later."})
    episode.ended_on, episode.why_ended, episode.closed_by = ended_on, why[:300], entry
    episode.save(update_fields=["ended_on", "why_ended", "closed_by"])
    account.record(
        "journey.episode_closed",
        by=by,
        person_id=episode.person_id,
        subject=episode,
        kind=episode.get_kind_display().lower(),
        on=ended_on.isoformat(),
    )
    return episode
