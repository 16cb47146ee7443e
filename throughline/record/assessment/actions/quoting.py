"""Setting earlier words down as quotations, and a child's own words in their record."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from throughline.core.access import door, reach
from throughline.core.access.models import User
from throughline.core.errors import Refused
from throughline.record.assessment.actions.held import (
    hold,
    may_write,
    model_of,
    needed,
    refuse,
    require_open,
    said,
    tell,
    tidy,
)
from throughline.record.assessment.models import Assessment, Quotation
from throughline.record.journey import recording
from throughline.record.journey.actions import Part
from throughline.record.journey.kinds import kind as known_kind
from throughline.record.journey.models import Entry, EntrySubject, Sensitivity
from throughline.record.people.models import Person

# Which words of an entry: those that all its people share, or one person's own account, or what they said.
OWN, SAID, SHARED = "part", "said", "words"


@transaction.atomic
def quote(
    *,
    by: User,
    assessment: Assessment,
    section: str,
    entry: Entry,
    which: str,
    words: str,
    person: Person | None = None,
    whose: Person | None = None,
) -> Quotation:
    """Quote words of an entry under a heading, with their source. They stay that entry's words.

    ``which`` is "words" (what the entry's people share), "part" or "said" (of ``whose``). ``words`` must stand there:
    a quotation is exact, though it may be a piece. A child's section takes no words that are another child's alone.
    Raises Refused, NotFound.
    """
    held = hold(by, assessment)
    children = may_write(by, held, person)
    require_open(held)
    if not model_of(held).has(section):
        raise Refused("This heading is not in the record any more.")
    found: Entry = door.one(by, Entry, entry.pk)
    if found.sensitivity != Sensitivity.ORDINARY:
        raise Refused("That entry is open to named people only. Quoted here, everyone who reads this would read it.")
    source, how = _source(by, found, which, whose)
    if person is not None and whose is not None and whose.pk != person.pk and whose.pk in _all_children(held):
        raise Refused("Those words are another child's alone. Quote them in that child's own part.")
    exact = tidy(words)
    refuse(needed(words=(exact, "Choose the words to quote.")))
    if exact not in tidy(source):
        raise Refused({"words": "These words do not stand there. Quote exactly, or write it in your own words."})
    made = Quotation.objects.create(
        assessment=held,
        section=section,
        person=person,
        words=exact,
        said=which == SAID,
        how=how,
        entry=found,
        source=_label(found),
        on=found.happened_on,
        quoted_by=by,
    )
    tell("assessment.quoted", by, held, children, section=section)
    return made


def _all_children(assessment: Assessment) -> set[int]:
    return set(assessment.entry.subjects.values_list("person_id", flat=True))


def _source(by: User, entry: Entry, which: str, whose: Person | None) -> tuple[str, str]:
    if which == SHARED:
        return entry.words, ""
    if which not in (OWN, SAID) or whose is None:
        raise ValueError(f"{which!r} of {whose!r} cannot be quoted")
    part: EntrySubject | None = reach.visible(by, EntrySubject).filter(entry=entry, person=whose).first()
    if part is None:
        raise door.NotFound
    return (part.part, "") if which == OWN else (part.said, part.said_how)


def _label(entry: Entry) -> str:
    who = entry.author_name or (str(entry.author) if entry.author else "")
    line = f"{known_kind(entry.kind).label}, {said(entry.happened_on)}"
    return f"{line}, {who}"[:300] if who else line


@transaction.atomic
def unquote(*, by: User, quotation: Quotation) -> None:
    """Take a quotation out. What it quoted stays where it was said; the history keeps that it stood here."""
    held = hold(by, quotation.assessment)
    children = may_write(by, held, quotation.person)
    require_open(held)
    Quotation.objects.filter(pk=quotation.pk, assessment=held, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    tell("assessment.unquoted", by, held, children, section=quotation.section)


@transaction.atomic
def record_voice(
    *,
    by: User,
    assessment: Assessment,
    child: Person,
    said: str,
    how: str = "",
    on: date | None = None,
    words: str = "",
) -> Quotation:
    """Record what a child said, once: in the child's own record, and quoted here under their voice.

    ``how`` is the way in which they told it; ``words`` what was happening at the time.
    """
    held = hold(by, assessment)
    require_open(held)
    section = model_of(held).meaning("child_views")
    if section is None or child.pk not in _all_children(held):
        raise Refused("This record has no place for that child's words.")
    entry = recording.record(
        by=by,
        kind="child_said",
        happened_on=on or timezone.localdate(),
        parts=[Part(child, said=said, said_how=how)],
        words=words,
        family=held.family,
        follows=held.entry,
    )
    made = quote(
        by=by, assessment=held, section=section.code, entry=entry, which=SAID, words=said, person=child, whose=child
    )
    tell("assessment.voice", by, held, [child.pk])
    return made
