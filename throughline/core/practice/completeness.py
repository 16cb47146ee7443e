"""What is still thin: a list of reminders. It never blocks, except the essentials of sign-off."""

from collections.abc import Mapping
from dataclasses import dataclass

from throughline.core.practice.model import PracticeModel, Section
from throughline.core.practice.relevance import Facts, relevant

# A section of one person, or of the family (None).
Place = tuple[str, int | None]


@dataclass(frozen=True)
class Written:
    """How much stands in one place: words counted, rows of a table, quotations."""

    words: int = 0
    rows: int = 0
    quotations: int = 0
    answered: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.words or self.rows or self.quotations or self.answered)


@dataclass(frozen=True)
class Thin:
    """One reminder. ``missing`` is nothing at all; otherwise there is something, but little."""

    section: Section
    person_id: int | None
    missing: bool

    @property
    def blocks(self) -> bool:
        """Whether the record cannot be signed off so."""
        return self.missing and self.section.essential


def places(
    model: PracticeModel, children: tuple[int, ...], adults: tuple[int, ...]
) -> list[tuple[Section, int | None]]:
    """Return every place of the document in order: each section for the family, or for each child or adult."""
    found: list[tuple[Section, int | None]] = []
    for section in model.sections:
        whose: tuple[int | None, ...] = (None,)
        if section.per == "child":
            whose = children
        elif section.per == "adult":
            whose = adults
        found += [(section, one) for one in whose]
    return found


def thin(
    model: PracticeModel,
    facts: Facts,
    written: Mapping[Place, Written],
    children: tuple[int, ...],
    adults: tuple[int, ...] = (),
) -> list[Thin]:
    """Return what is missing or thin, in the order of the document."""
    found = []
    for section, person_id in places(model, children, adults):
        if section.kind == "reading" or not relevant(section, facts, person_id):
            continue
        there = written.get((section.code, person_id), Written())
        if not there.anything:
            if section.essential or section.thin_below:
                found.append(Thin(section, person_id, missing=True))
        elif section.kind == "words" and there.words < section.thin_below and not there.quotations:
            found.append(Thin(section, person_id, missing=False))
    return found
