"""What stands in an assessment, gathered from rows: the same for a page, a print and the check before sign-off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from throughline.core.practice.completeness import Place, Thin, Written, thin
from throughline.core.practice.model import PracticeModel, Section
from throughline.core.practice.relevance import About, Facts, relevant
from throughline.record.assessment.models import Answer, Challenge, Quotation
from throughline.record.people.models import Person


@dataclass
class Contents:
    """The words of one assessment by place, and whom it is about."""

    model: PracticeModel
    children: list[Person]
    adults: list[Person]
    answers: dict[Place, Answer] = field(default_factory=dict)
    quotations: dict[Place, list[Quotation]] = field(default_factory=dict)
    challenges: list[Challenge] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)

    def person(self, person_id: int | None) -> Person | None:
        """Return the child or adult with this id, if they are in the record."""
        return next((one for one in (*self.children, *self.adults) if one.pk == person_id), None)

    def answered(self, means: str) -> str:
        """Return the family's answer to the section with this meaning; "" where there is none."""
        section = self.model.meaning(means)
        found = self.answers.get((section.code, None)) if section else None
        return found.words if found else ""

    def words(self, section: str, person_id: int | None = None) -> str:
        """Return the words in one place; "" for none."""
        found = self.answers.get((section, person_id))
        return found.words if found else ""

    def asked(self, section: Section, person_id: int | None) -> bool:
        """Return whether the section is shown: it is relevant, or there is something in it."""
        place = (section.code, person_id)
        return relevant(section, self.facts, person_id) or place in self.answers or place in self.quotations

    def left_over(self) -> list[Place]:
        """Return the places that hold words and have no heading in this wording of the template."""
        held = {*self.answers, *self.quotations}
        known = {section.code: section for section in self.model.sections}
        return sorted(
            (
                place
                for place in held
                if place[0] not in known or (known[place[0]].per == "family") != (place[1] is None)
            ),
            key=lambda place: (place[0], place[1] or 0),
        )

    def thin(self) -> list[Thin]:
        """Return what is missing or thin, in the order of the document."""
        return thin(
            self.model,
            self.facts,
            self._written(),
            tuple(child.pk for child in self.children),
            tuple(adult.pk for adult in self.adults),
        )

    def _written(self) -> dict[Place, Written]:
        held = {*self.answers, *self.quotations}
        found = {place: self._written_at(place) for place in held}
        for section in self.model.sections:
            if section.kind == "challenge" and self.challenges:
                found[(section.code, None)] = Written(rows=len(self.challenges))
        return found

    def _written_at(self, place: Place) -> Written:
        answer = self.answers.get(place)
        return Written(
            words=len(answer.words.split()) if answer else 0,
            rows=len(answer.rows) if answer else 0,
            quotations=len(self.quotations.get(place, ())),
        )


def gather(
    model: PracticeModel,
    *,
    children: Sequence[Person],
    adults: Sequence[Person],
    answers: Iterable[Answer],
    quotations: Iterable[Quotation],
    challenges: Iterable[Challenge],
    disabled: Iterable[int],
    today: date,
) -> Contents:
    """Put rows in their places. ``disabled`` are ids of people with a recorded disability."""
    placed = {(one.section, one.person_id): one for one in answers}
    quoted: dict[Place, list[Quotation]] = {}
    for one in quotations:
        quoted.setdefault((one.section, one.person_id), []).append(one)
    with_disability = set(disabled)
    people = {one.pk: _about(one, one.pk in with_disability, today) for one in (*children, *adults)}
    given = {section: answer.words for (section, person_id), answer in placed.items() if person_id is None}
    return Contents(
        model, list(children), list(adults), placed, quoted, list(challenges), Facts(answers=given, people=people)
    )


def _about(person: Person, disabled: bool, today: date) -> About:
    return About(unborn=person.unborn, disabled=disabled, age=person.age_on(today))


def titled(title: str, person: Person | None) -> str:
    """Return a section's title with the person's given name in it."""
    name = called(person) if person else ""
    return title.replace("{child}", name).replace("{adult}", name)


def called(person: Any) -> str:
    """Return what a person is called in a sentence: their first name, or all of it where there is one only."""
    first = str(person.shown_name).split()
    return first[0] if first else "this child"
