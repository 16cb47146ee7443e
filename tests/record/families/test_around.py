"""Who is around a child: in three queries, and only those whom the user may know of."""

from datetime import date

import pytest

from tests.cast import Cast
from throughline.core.access import actions as access
from throughline.core.errors import Refused
from throughline.record.families.actions import add_professional, end_involvement, make_household, move_in, move_out
from throughline.record.families.models import Membership, Relationship
from throughline.record.families.queries import Around, around
from throughline.record.people.actions import add_address
from throughline.record.people.models import Address


def test_everything_around_a_child_takes_three_queries(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    home = make_household(by=cast.social_worker, family=cast.family, label="Grace's home")
    for one in (cast.ada, cast.ben, cast.mother):
        move_in(by=cast.social_worker, household=home, person=one)
    add_professional(by=cast.social_worker, person=cast.ada, name="Ms Hale", role="Teacher", agency="Hilltop School")
    cast.social_worker._grants_today = None  # type: ignore[attr-defined]
    around(cast.social_worker, cast.ada.pk)
    with django_assert_max_num_queries(3):
        found = around(cast.social_worker, cast.ada.pk)
        said = {one.person.shown_name: one.words for one in found.members}
    assert said == {"Grace Okafor": "mother", "Ben Okafor": "", "Baby Okafor": ""}
    assert found.family == cast.family
    assert [one.person for one in found.main_carers] == [cast.mother]
    assert {one.person for one in found.siblings} == {cast.ben, cast.unborn}
    assert [one.professional.role for one in found.professionals] == ["Teacher"]
    assert [(one.label, len(one.members)) for one in found.households] == [("Grace's home", 3)]


@pytest.mark.parametrize("who", ["outsider", "other_worker", "partner", "administrator"])
def test_those_who_may_not_see_the_child_see_nobody_around_them(cast: Cast, who: str) -> None:
    assert around(getattr(cast, who), cast.ada.pk) == Around()


def test_a_restricted_brother_is_not_around(cast: Cast) -> None:
    Relationship.objects.create(person=cast.ben, other=cast.ada, type="sibling")
    access.restrict(by=cast.front_door_manager, person=cast.ben, reason="A relative works here", permitted=[])
    assert cast.ben not in [one.person for one in around(cast.social_worker, cast.ada.pk).members]


def test_a_half_brother_with_another_team_is_not_told_of_through_their_mother(cast: Cast) -> None:
    Membership.objects.create(family=cast.their_family, person=cast.mother)
    Relationship.objects.create(person=cast.mother, other=cast.theirs, type="mother")
    Relationship.objects.create(person=cast.theirs, other=cast.ada, type="half_sibling")
    for about in (cast.mother, cast.ada):
        found = around(cast.social_worker, about.pk)
        assert cast.theirs not in [one.person for one in found.members]
        assert found.families == [cast.family]


def test_an_address_that_one_has_to_keep_confidential_is_kept_for_the_whole_household(cast: Cast) -> None:
    kept = add_address(by=cast.social_worker, person=cast.mother, lines="1 Refuge Way", confidential=True)
    home = make_household(by=cast.social_worker, family=cast.family, label="Grace's home", address=kept.address)
    move_in(by=cast.social_worker, household=home, person=cast.ada)
    (found,) = around(cast.social_worker, cast.ada.pk).households
    assert found.confidential
    assert found.address is None


def test_an_ordinary_address_is_shown_in_a_line(cast: Cast) -> None:
    address = Address.objects.create(lines="12 Mill Lane\nAldermere", postcode="ZZ99 1AB")
    home = make_household(by=cast.social_worker, family=cast.family, label="Grace's home", address=address)
    move_in(by=cast.social_worker, household=home, person=cast.ada)
    (found,) = around(cast.social_worker, cast.ada.pk).households
    assert found.address == "12 Mill Lane, Aldermere, ZZ99 1AB"


def test_moving_ends_the_last_whole_home_but_not_a_shared_one(cast: Cast) -> None:
    by = cast.social_worker
    first, dads, second = (make_household(by=by, family=cast.family, label=label) for label in ("One", "Dad's", "Two"))
    move_in(by=by, household=first, person=cast.ada, started_on=date(2020, 1, 1))
    move_in(by=by, household=dads, person=cast.ada, started_on=date(2020, 6, 1), part_time=True)
    move_in(by=by, household=second, person=cast.ada, started_on=date(2022, 1, 1))
    assert {one.label for one in around(by, cast.ada.pk).households} == {"Dad's", "Two"}
    assert {one.label for one in around(by, cast.ada.pk, date(2021, 1, 1)).households} == {"One", "Dad's"}
    move_out(by=by, membership=second.members.get(), on=date(2023, 1, 1))
    assert {one.label for one in around(by, cast.ada.pk).households} == {"Dad's"}


def test_a_household_is_of_the_family(cast: Cast) -> None:
    home = make_household(by=cast.front_door, family=cast.family, label="One")
    with pytest.raises(Refused, match="Add the person to the family first"):
        move_in(by=cast.front_door, household=home, person=cast.theirs)


def test_a_professional_is_reused_and_ends(cast: Cast) -> None:
    by = cast.social_worker
    one = add_professional(by=by, person=cast.ada, name="Ms Hale", role="Teacher", agency="Hilltop School")
    other = add_professional(by=by, person=cast.ben, name="ms hale", role="teacher", agency="Hilltop School")
    assert one.professional == other.professional
    with pytest.raises(Refused, match="recorded around this child already"):
        add_professional(by=by, person=cast.ada, name="Ms Hale", role="Teacher", agency="Hilltop School")
    with pytest.raises(Refused, match="not an email address"):
        add_professional(by=by, person=cast.ada, name="Mr Poole", email="poole at school")
    end_involvement(by=by, involvement=one, on=date(2026, 1, 1))
    assert around(by, cast.ada.pk).professionals == []
