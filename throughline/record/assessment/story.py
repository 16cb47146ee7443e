"""The story for an adult who was the child, or a young person: one coherent account, in their perspective (S18).

What is theirs alone, what they said, what was decided and why, in order, by the age they were. Words that an entry's
people share are theirs too; where such words name someone else of the family they are left out until whoever
prepares it has read them and puts them in. Nothing of another person's own part is ever read here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from throughline.core import authority
from throughline.core.access import reach
from throughline.core.access.models import Allocation, User
from throughline.core.printing import Block, Document, Facts, Heading, Quote, Words
from throughline.record.assessment.contents import called
from throughline.record.families.models import Membership
from throughline.record.journey.kinds import kind
from throughline.record.journey.models import Entry, EntrySubject, Episode
from throughline.record.people.models import Person


@dataclass
class Chapter:
    """One entry of the story: what is theirs in it, and the shared words with whether they are put in."""

    entry: Entry
    part: EntrySubject
    shared_with: int
    # Given names of others of the family that stand in the shared words: what someone has to read first.
    names: list[str]
    included: bool

    @property
    def choosable(self) -> bool:
        """Whether someone decides about the shared words: others are in the entry, and there are words."""
        return bool(self.shared_with and _shared(self.entry).strip())

    @property
    def shared_words(self) -> str:
        """The words that all the entry's people share, with the decision and its reason."""
        return _shared(self.entry).strip()


def chapters(user: User, person: Person, chosen: set[int] | None = None) -> list[Chapter]:
    """Return the story's entries, oldest first, as far as this user may read them; four queries.

    ``chosen`` are the ids of the entries whose shared words someone has put in; None before anyone has chosen.
    """
    rows = list(
        reach.visible(user, EntrySubject)
        .filter(person=person)
        .select_related("entry__author")
        .order_by("entry__happened_on", "entry_id")
    )
    counts: dict[int, int] = {}
    # access: counts the others of entries that reach.visible let through; shows none of them
    others = EntrySubject._base_manager.filter(entry__in=[row.entry_id for row in rows]).exclude(person=person)
    for entry_id in others.values_list("entry_id", flat=True):
        counts[entry_id] = counts.get(entry_id, 0) + 1
    names = _names_of_others(user, person)
    found = []
    for row in rows:
        shared_with = counts.get(row.entry_id, 0)
        named = [name for name in names if shared_with and _stands_in(name, _shared(row.entry))]
        included = not shared_with or (row.entry_id in chosen if chosen is not None else not named)
        found.append(Chapter(row.entry, row, shared_with, named, included))
    return found


def _shared(entry: Entry) -> str:
    return "\n".join((entry.words, entry.decision, entry.reason))


def _names_of_others(user: User, person: Person) -> list[str]:
    families = reach.visible(user, Membership).filter(person=person).values("family")
    # access: names only, to know which shared words someone has to read before they are given away
    rows = Membership._base_manager.filter(family__in=families).exclude(person=person).select_related("person")
    return sorted({called(row.person) for row in rows if row.person.shown_name})


def _stands_in(name: str, text: str) -> bool:
    folded = f" {''.join(letter if letter.isalnum() else ' ' for letter in text.casefold())} "
    return f" {name.casefold()} " in folded


def document(user: User, person: Person, told: list[Chapter]) -> Document:
    """Return the story as a document for the person whose it is."""
    made = Document(
        f"The story of {person.shown_name or 'a child'}",
        about=(
            "What was recorded while people worked with you and your family, in the order in which it happened: "
            "what you said, what others saw, what was decided and why."
        ),
        made_by=authority.current().name,
        made_on=timezone.localdate(),
        large=True,
    )
    made.add(*_beginning(user, person))
    age: int | None = -1
    for chapter in told:
        then = _age_on(person, chapter.entry.happened_on)
        if then != age or len(made.blocks) == 0:
            made.add(Heading(_when(person, chapter.entry.happened_on, then)))
            age = then
        made.add(*_chapter(chapter))
    if not told:
        made.add(Words("Nothing that can be given out is recorded."))
    return made


def _beginning(user: User, person: Person) -> list[Block]:
    workers = Allocation.objects.filter(person=person, worker__isnull=False).select_related("worker")
    episodes = reach.visible(user, Episode).filter(person=person).order_by("started_on")
    blocks: list[Block] = []
    helped = [(str(one.get_kind_display()), _from_to(one.started_on, one.ended_on)) for one in episodes]
    if helped:
        blocks += [Heading("When you had help, in short"), Facts(helped)]
    met = [(str(one.worker), _from_to(one.started_on, one.ended_on)) for one in workers.order_by("started_on", "pk")]
    if met:
        blocks += [Heading("Who worked with you"), Facts(met)]
    return blocks


def _from_to(first: date, last: date | None) -> str:
    return f"from {_day(first)} to {_day(last)}" if last else f"since {_day(first)}"


def _age_on(person: Person, day: date) -> int | None:
    return person.age_on(day)


def _when(person: Person, day: date, age: int | None) -> str:
    if person.date_of_birth and day < person.date_of_birth:
        return "Before you were born"
    if age is None:
        return str(day.year)
    return "Before your first birthday" if age == 0 else f"When you were {age}"


def _chapter(chapter: Chapter) -> list[Block]:
    entry, part = chapter.entry, chapter.part
    who = entry.author_name or (str(entry.author) if entry.author else "")
    what = "something you said" if entry.kind == "child_said" else kind(entry.kind).label.lower()
    title = f"{_day(entry.happened_on)}: {what}" + (f", {who}" if who else "")
    blocks: list[Block] = [Heading(title, 3)]
    if seen := _seen(part):
        blocks.append(Words(seen))
    if part.said:
        blocks.append(Quote(part.said, f"What you said{f', {part.said_how}' if part.said_how else ''}", said=True))
    if part.part:
        blocks.append(Words(part.part))
    if chapter.included:
        blocks += _shared_blocks(entry)
    return blocks


def _shared_blocks(entry: Entry) -> list[Block]:
    blocks: list[Block] = [Words(entry.words)] if entry.words else []
    facts = [(what, words) for what, words in (("What was decided", entry.decision), ("Why", entry.reason)) if words]
    return [*blocks, Facts(facts)] if facts else blocks


def _seen(part: Any) -> str:
    if part.seen_alone:
        return "You were seen on your own."
    if part.seen:
        return "You were seen."
    if part.seen is False:
        return "You were to be seen, and were not" + (f": {part.why_not_seen}." if part.why_not_seen else ".")
    return ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
