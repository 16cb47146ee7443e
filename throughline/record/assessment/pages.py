"""The document as the writing and reading pages show it: parts, and under each the places in order."""

from dataclasses import dataclass, field
from typing import Any

from throughline.core.codes import code_set
from throughline.core.practice.model import Part, Section
from throughline.record.assessment.contents import titled
from throughline.record.assessment.copies import said_as_words, shown
from throughline.record.assessment.models import Addendum, Answer, Quotation
from throughline.record.assessment.queries import Whole
from throughline.record.people.models import Person

# A row to write in, beyond those that are filled.
_SPARE = 1


@dataclass
class Cell:
    """One cell of a table that can be written in."""

    name: str
    title: str
    kind: str
    choices: tuple[str, ...]
    text: str
    shown: str


@dataclass
class Place:
    """One heading with what stands under it, for the family or for one person."""

    section: Section
    person: Person | None
    title: str
    answer: Answer | None
    quotations: list[Quotation] = field(default_factory=list)
    addenda: list[Addendum] = field(default_factory=list)
    thin: str = ""

    @property
    def anchor(self) -> str:
        """The id by which the page leads here: "story-12"."""
        return f"{self.section.code}-{self.person.pk}" if self.person else self.section.code

    @property
    def person_id(self) -> int:
        """The person's id, 0 for the family: as addresses have it."""
        return self.person.pk if self.person else 0

    @property
    def version(self) -> int:
        """The version that was read; 0 where nothing was written."""
        return self.answer.version if self.answer else 0

    @property
    def words(self) -> str:
        """The words, or the code or day that was chosen."""
        return self.answer.words if self.answer else ""

    @property
    def read_words(self) -> str:
        """The answer as people read it."""
        return said_as_words(self.section, self.words)

    @property
    def writable(self) -> bool:
        """Whether there is a box to write in here."""
        return self.section.kind in ("words", "table", "choice", "yes_no", "date", "codes")

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read."""
        rows = self.answer.rows if self.answer else []
        return not (self.words or rows or self.quotations or self.addenda)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The answers that are offered, code and words."""
        if self.section.kind == "yes_no":
            return [("yes", "Yes"), ("no", "No")]
        if self.section.kind == "codes":
            return code_set(self.section.code_set).choices()
        return list(self.section.choices)

    @property
    def chosen(self) -> set[str]:
        """The codes that were chosen."""
        return {row["code"] for row in self.answer.rows} if self.answer and self.section.kind == "codes" else set()

    @property
    def chosen_words(self) -> list[str]:
        """What was chosen, in words."""
        return [words for code, words in self.choices if code in self.chosen]

    @property
    def table(self) -> list[list[Cell]]:
        """The rows as they stand."""
        rows: list[dict[str, Any]] = self.answer.rows if self.answer else []
        return [self._row(number, row) for number, row in enumerate(rows)]

    @property
    def table_to_write(self) -> list[list[Cell]]:
        """The rows as they stand, and an empty one."""
        rows = self.table
        return [*rows, *(self._row(len(rows) + number, {}) for number in range(_SPARE))]

    def _row(self, number: int, row: dict[str, Any]) -> list[Cell]:
        return [
            Cell(
                f"cell-{number}-{one.code}",
                one.title,
                one.kind,
                one.choices,
                row.get(one.code, ""),
                shown(row.get(one.code, "")),
            )
            for one in self.section.columns
        ]


@dataclass
class Chapter:
    """A part of the document with its places."""

    part: Part
    places: list[Place]

    @property
    def readable(self) -> bool:
        """Whether there is anything to read in it."""
        return any(one.section.kind in ("reading", "challenge") or not one.empty for one in self.places)

    @property
    def thin(self) -> list[Place]:
        """Those in which something is missing or thin."""
        return [one for one in self.places if one.thin]


def chapters(whole: Whole) -> list[Chapter]:
    """Return the document part by part. What is not relevant and holds nothing is left out."""
    contents = whole.contents
    thin = {
        (one.section.code, one.person_id): ("essential" if one.blocks else "missing" if one.missing else "thin")
        for one in contents.thin()
    }
    return [
        Chapter(
            part,
            [
                _place(whole, section, person, thin.get((section.code, person.pk if person else None), ""))
                for section in whole.model.of_part(part.code)
                for person in _people(whole, section)
                if contents.asked(section, person.pk if person else None)
            ],
        )
        for part in whole.model.parts
    ]


def _people(whole: Whole, section: Section) -> list[Person | None]:
    if section.per == "child":
        return list(whole.children)
    return list(whole.contents.adults) if section.per == "adult" else [None]


def place(whole: Whole, section: Section, person: Person | None) -> Place:
    """Return one place of the document."""
    return _place(whole, section, person, "")


def _place(whole: Whole, section: Section, person: Person | None, thin: str) -> Place:
    key = (section.code, person.pk if person else None)
    return Place(
        section,
        person,
        titled(section.title, person),
        whole.contents.answers.get(key),
        whole.contents.quotations.get(key, []),
        whole.addenda.get(key, []),
        thin,
    )


@dataclass(frozen=True)
class Earlier:
    """Words from an earlier wording of the template that has no heading for them now."""

    title: str
    words: str
    rows: list[str]
    quotations: list[Quotation]


def earlier(whole: Whole) -> list[Earlier]:
    """Return what is left over from an earlier wording, so that it is read and not lost."""
    found = []
    for code, person_id in whole.contents.left_over():
        answer = whole.contents.answers.get((code, person_id))
        person = whole.contents.person(person_id)
        title = code.replace("_", " ").capitalize()
        found.append(
            Earlier(
                f"{title}: {person.shown_name}" if person else title,
                answer.words if answer else "",
                [". ".join(str(cell) for cell in row.values() if cell) for row in answer.rows] if answer else [],
                whole.contents.quotations.get((code, person_id), []),
            )
        )
    return found
