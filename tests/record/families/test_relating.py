"""Relationships: read from both ends, questioned where unlikely, refused where impossible."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast, person
from throughline.core.access import actions as access
from throughline.core.errors import Refused
from throughline.record.families.actions import end_relationship, relate, set_responsibility
from throughline.record.families.models import Membership, Relationship
from throughline.record.families.queries import around
from throughline.record.families.relations import relation, relations
from throughline.record.people.models import Person


@pytest.fixture
def father(cast: Cast) -> Person:
    made = person("Emeka", "Okafor", date(1989, 2, 3), sex="M")
    Membership.objects.create(family=cast.family, person=made)
    return made


def refusal(**given: Any) -> dict[str, str]:
    before = Relationship.objects.count()
    with pytest.raises(Refused) as refused:
        relate(**given)
    assert Relationship.objects.count() == before
    return refused.value.messages


def words(cast: Cast, about: Person, them: Person) -> str:
    return next(one.words for one in around(cast.social_worker, about.pk).members if one.person == them)


@pytest.mark.parametrize("code", sorted(relations()))
def test_the_inverse_of_the_inverse_is_of_the_same_kind(code: str) -> None:
    there = relation(code)
    back = relation(relation(there.inverse).inverse)
    assert back.kind == there.kind


def test_a_relationship_is_written_once_and_read_from_both_ends(cast: Cast, father: Person) -> None:
    relate(by=cast.social_worker, person=father, other=cast.ada, type="father")
    assert words(cast, cast.ada, father) == "father"
    assert words(cast, father, cast.ada) == "daughter"
    relate(by=cast.social_worker, person=cast.ada, other=cast.ben, type="sibling")
    assert words(cast, cast.ben, cast.ada) == "sister"
    assert words(cast, cast.ada, cast.ben) == "brother"


def test_the_word_for_someone_whose_sex_is_not_recorded_names_neither(cast: Cast) -> None:
    relate(by=cast.social_worker, person=cast.ada, other=cast.unborn, type="half_sibling")
    assert words(cast, cast.ada, cast.unborn) == "half-brother or half-sister"


def test_the_same_fact_from_the_other_end_is_not_recorded_twice(cast: Cast, father: Person) -> None:
    relate(by=cast.social_worker, person=father, other=cast.ada, type="step_parent")
    about: dict[str, Any] = {"by": cast.social_worker, "person": cast.ada, "other": father, "type": "step_child"}
    assert refusal(**about) == {"type": "This is recorded already."}


def test_nobody_is_their_own_relative(cast: Cast) -> None:
    said = refusal(by=cast.social_worker, person=cast.ada, other=cast.ada, type="sibling")
    assert said["other"].startswith("Nobody is their own relative")


def test_a_parent_younger_than_the_child_is_questioned_and_may_be_confirmed(cast: Cast, father: Person) -> None:
    Person.objects.filter(pk=father.pk).update(date_of_birth=date(2019, 1, 1))
    father.refresh_from_db()
    about: dict[str, Any] = {"by": cast.social_worker, "person": father, "other": cast.ada, "type": "father"}
    assert "after Ada Okafor" in refusal(**about)["confirm"]
    relate(**about, confirmed=True)
    assert words(cast, cast.ada, father) == "father"


def test_the_question_is_the_same_from_the_childs_end(cast: Cast, father: Person) -> None:
    Person.objects.filter(pk=father.pk).update(date_of_birth=date(2019, 1, 1))
    father.refresh_from_db()
    said = refusal(by=cast.social_worker, person=cast.ada, other=father, type="child")
    assert "after Ada Okafor" in said["confirm"]


def test_a_very_young_parent_is_asked_about_once(cast: Cast, father: Person) -> None:
    born = cast.ada.date_of_birth
    assert born is not None
    Person.objects.filter(pk=father.pk).update(date_of_birth=date(born.year - 9, 1, 1))
    father.refresh_from_db()
    said = refusal(by=cast.social_worker, person=father, other=cast.ada, type="father")
    assert "was 9 when Ada Okafor was born" in said["confirm"]


def test_a_second_birth_mother_is_questioned(cast: Cast) -> None:
    second = person("Hope", "Okafor", date(1990, 1, 1), sex="F")
    Membership.objects.create(family=cast.family, person=second)
    about: dict[str, Any] = {"by": cast.social_worker, "person": second, "other": cast.ada, "type": "mother"}
    assert "has a birth mother recorded already" in refusal(**about)["confirm"]


def test_a_restricted_birth_mother_is_not_hinted_at(cast: Cast) -> None:
    access.restrict(by=cast.front_door_manager, person=cast.mother, reason="Known to staff", permitted=[])
    second = person("Hope", "Okafor", date(1990, 1, 1), sex="F")
    Membership.objects.create(family=cast.family, person=second)
    relate(by=cast.social_worker, person=second, other=cast.ada, type="mother")
    assert cast.mother not in [one.person for one in around(cast.social_worker, cast.ada.pk).members]


def test_circles_of_descent_are_refused(cast: Cast, father: Person) -> None:
    relate(by=cast.social_worker, person=father, other=cast.mother, type="father", confirmed=True)
    said = refusal(by=cast.social_worker, person=cast.ada, other=father, type="parent", confirmed=True)
    assert said["type"].startswith("Ada Okafor is recorded as a descendant of Emeka Okafor")
    said = refusal(by=cast.social_worker, person=father, other=cast.ada, type="child", confirmed=True)
    assert said["type"].startswith("Ada Okafor is recorded as a descendant of Emeka Okafor")


def test_parental_responsibility_needs_its_basis(cast: Cast, father: Person) -> None:
    about: dict[str, Any] = {
        "by": cast.social_worker, "person": father, "other": cast.ada, "type": "father", "parental_responsibility": True
    }  # fmt: skip
    assert "how parental responsibility is held" in refusal(**about)["responsibility_basis"]
    assert "Say on what basis" in refusal(**about, responsibility_basis="other")["note"]
    made = relate(**about, responsibility_basis="registered_father")
    held = around(cast.social_worker, cast.ada.pk).parental_responsibility
    assert [(one.person, one.responsibility_basis) for one in held if one.person == father] == [
        (father, "father named when the birth was registered (from 1 December 2003)")
    ]
    set_responsibility(by=cast.social_worker, relationship=made, held=False, main_carer=True)
    found = around(cast.social_worker, cast.ada.pk)
    assert father not in [one.person for one in found.parental_responsibility]
    assert father in [one.person for one in found.main_carers]


def test_dates_outside_a_life_are_questioned_and_in_the_future_refused(cast: Cast, father: Person) -> None:
    about: dict[str, Any] = {"by": cast.social_worker, "person": father, "other": cast.mother, "type": "partner"}
    assert "before Grace Okafor was born" in refusal(**about, started_on=date(1990, 1, 1))["confirm"]
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "in the future" in refusal(**about, started_on=tomorrow)["started_on"]
    assert (
        "choose that day or later"
        in refusal(**about, started_on=date(2020, 2, 1), ended_on=date(2020, 1, 1))["ended_on"]
    )


def test_an_ended_relationship_is_no_longer_around_but_was(cast: Cast, father: Person) -> None:
    made = relate(by=cast.social_worker, person=father, other=cast.mother, type="partner", started_on=date(2015, 1, 1))
    end_relationship(by=cast.social_worker, relationship=made, on=date(2020, 1, 1))
    assert words(cast, cast.mother, father) == ""
    then = around(cast.social_worker, cast.mother.pk, date(2019, 1, 1))
    assert [one.words for one in then.members if one.person == father] == ["partner"]
