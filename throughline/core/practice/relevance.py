"""Whether a section is asked for, from conditions that are data. What has words in it is always shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from throughline.core.practice.model import Condition, Section


@dataclass(frozen=True)
class About:
    """What conditions may ask about one person. ``age`` in whole years, None where it is not known."""

    unborn: bool = False
    disabled: bool = False
    age: int | None = None


@dataclass(frozen=True)
class Facts:
    """What conditions may ask: the family's answers to choices, by section, and each person."""

    answers: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[int, About] = field(default_factory=dict)


def relevant(section: Section, facts: Facts, person_id: int | None = None) -> bool:
    """Return whether every condition of the section holds. What is not known does not make it irrelevant."""
    about = facts.people.get(person_id, About()) if person_id is not None else About()
    return all(_holds(one, facts, about) for one in section.relevant)


def _holds(condition: Condition, facts: Facts, about: About) -> bool:
    if condition.answer:
        return facts.answers.get(condition.answer, "") == condition.equals
    if condition.person == "unborn":
        return about.unborn
    if condition.person == "born":
        return not about.unborn
    if condition.person == "disabled":
        return about.disabled
    return _age_fits(condition, about)


def _age_fits(condition: Condition, about: About) -> bool:
    if about.age is None:
        # A child not yet born is of no age; of anyone else whose age is not known, people judge.
        return condition.age_at_least is None if about.unborn else True
    if condition.age_at_least is not None and about.age < condition.age_at_least:
        return False
    return condition.age_at_most is None or about.age <= condition.age_at_most
