"""Families are made and added to, and nobody ever sees more by it than they saw before."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.cast import LONG_AGO, Cast, person
from throughline.core.access import actions as access
from throughline.core.access import reach
from throughline.core.access.door import NotFound
from throughline.core.access.models import Allocation, User
from throughline.core.errors import Refused
from throughline.record.families.actions import add_member, end_membership, make_family, relate
from throughline.record.families.models import Family, Membership
from throughline.record.people.models import Person


def seen(user: User) -> set[int]:
    return set(reach.people(user).values_list("pk", flat=True))


def just_created(by: User, given: str = "Nia") -> Person:
    made = person(given, "Okafor")
    Person.objects.filter(pk=made.pk).update(recorded_by=by)
    made.refresh_from_db()
    return made


def refused_without_gain(cast: Cast, user: User, wanted: type[Exception], **given: Any) -> None:
    before = seen(user)
    with pytest.raises(wanted):
        add_member(by=user, **given)
    assert seen(user) == before


def test_a_worker_adds_someone_they_have_just_created_and_then_sees_them(cast: Cast) -> None:
    sister = just_created(cast.social_worker)
    assert sister.pk not in seen(cast.social_worker)
    add_member(by=cast.social_worker, family=cast.family, person=sister, subject_child=True)
    assert sister.pk in seen(cast.social_worker)


def test_a_worker_cannot_add_another_teams_child_to_their_own_family(cast: Cast) -> None:
    refused_without_gain(cast, cast.social_worker, NotFound, family=cast.family, person=cast.theirs)


def test_a_record_opened_with_a_reason_is_for_reading_and_cannot_be_added(cast: Cast) -> None:
    access.break_glass(by=cast.social_worker, person_id=cast.theirs.pk, reason="Met at the same school today")
    assert cast.theirs.pk in seen(cast.social_worker)
    with pytest.raises(PermissionDenied):
        add_member(by=cast.social_worker, family=cast.family, person=cast.theirs)


def test_a_worker_cannot_put_their_own_child_into_another_teams_family(cast: Cast) -> None:
    refused_without_gain(cast, cast.social_worker, NotFound, family=cast.their_family, person=cast.ada)


def test_a_shared_parent_does_not_open_the_family_of_her_other_children(cast: Cast) -> None:
    Membership.objects.create(family=cast.their_family, person=cast.mother)
    assert not reach.visible(cast.social_worker, Family).filter(pk=cast.their_family.pk).exists()
    assert not reach.visible(cast.social_worker, Membership).filter(family=cast.their_family).exists()
    refused_without_gain(cast, cast.social_worker, NotFound, family=cast.their_family, person=cast.ada)


def test_a_family_opened_by_a_reason_on_one_child_cannot_be_added_to(cast: Cast) -> None:
    access.break_glass(by=cast.social_worker, person_id=cast.theirs.pk, reason="Met at the same school today")
    assert reach.visible(cast.social_worker, Family).filter(pk=cast.their_family.pk).exists()
    refused_without_gain(cast, cast.social_worker, PermissionDenied, family=cast.their_family, person=cast.ada)


def test_a_family_in_which_another_team_works_with_some_is_added_to_by_those_who_see_it_all(cast: Cast) -> None:
    # A child of the other team's family whom our worker works with too, as co-worker, but no longer: a lone allocation
    # to a child who has since left leaves the rest of the family out of sight.
    shared = person("Maud", "Stone")
    Membership.objects.create(family=cast.their_family, person=shared, subject_child=True)
    Membership.objects.filter(person=cast.theirs).update(started_on=timezone.localdate() + timedelta(days=1))
    Allocation.objects.create(
        person=shared, worker=cast.social_worker, team=cast.team, started_on=LONG_AGO, kind="co_worker"
    )
    assert cast.theirs.pk not in seen(cast.social_worker)
    refused_without_gain(cast, cast.social_worker, Refused, family=cast.their_family, person=cast.ada)


@pytest.mark.parametrize("placed", ["in a family", "once in a family", "worked with", "an hour ago", "by another"])
def test_just_created_is_over_when_anyone_has_placed_them_or_the_hour_has_passed(cast: Cast, placed: str) -> None:
    someone = just_created(cast.social_worker)
    if placed == "in a family":
        Membership.objects.create(family=cast.their_family, person=someone)
    elif placed == "once in a family":
        Membership.objects.create(family=cast.their_family, person=someone, ended_on=LONG_AGO)
    elif placed == "worked with":
        Allocation.objects.create(person=someone, worker=cast.other_worker, team=cast.other_team, started_on=LONG_AGO)
    elif placed == "an hour ago":
        Person.objects.filter(pk=someone.pk).update(recorded_at=timezone.now() - timedelta(minutes=61))
    else:
        Person.objects.filter(pk=someone.pk).update(recorded_by=cast.other_worker)
    refused_without_gain(cast, cast.social_worker, NotFound, family=cast.family, person=someone)


def test_a_restricted_person_just_created_cannot_be_added_by_those_who_are_not_named(cast: Cast) -> None:
    someone = just_created(cast.social_worker)
    access.restrict(by=cast.front_door_manager, person=someone, reason="A relative works here", permitted=[])
    refused_without_gain(cast, cast.social_worker, NotFound, family=cast.family, person=someone)


def test_a_restricted_member_is_not_hinted_at_when_someone_is_added(cast: Cast) -> None:
    access.restrict(by=cast.front_door_manager, person=cast.ben, reason="A relative works here", permitted=[])
    sister = just_created(cast.social_worker)
    add_member(by=cast.social_worker, family=cast.family, person=sister)
    assert cast.ben.pk not in seen(cast.social_worker)


@pytest.mark.parametrize("who", ["outsider", "partner", "parent", "administrator"])
def test_those_without_a_part_in_the_work_add_nobody(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        add_member(by=getattr(cast, who), family=cast.family, person=just_created(getattr(cast, who)))


def test_the_other_team_gets_the_answer_of_a_family_that_does_not_exist(cast: Cast) -> None:
    refused_without_gain(cast, cast.other_worker, NotFound, family=cast.family, person=cast.theirs)
    refused_without_gain(cast, cast.analyst, PermissionDenied, family=cast.family, person=cast.theirs)


def test_someone_who_belongs_already_is_not_added_twice(cast: Cast) -> None:
    with pytest.raises(Refused, match="belongs to the family already"):
        add_member(by=cast.social_worker, family=cast.family, person=cast.ada)


def test_a_future_beginning_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="in the future"):
        add_member(
            by=cast.social_worker,
            family=cast.family,
            person=just_created(cast.social_worker),
            started_on=timezone.localdate() + timedelta(days=1),
        )


def test_the_front_door_makes_a_family_called_by_its_childrens_names(cast: Cast) -> None:
    one, two = person("Ife", "Bello"), person("Sam", "Crane")
    made = make_family(by=cast.front_door, people=[one, two], subject_children=[one, two])
    assert made.label == "Bello and Crane family"
    assert made.memberships.filter(subject_child=True).count() == 2


def test_a_worker_cannot_make_a_family_that_shows_them_another_teams_child(cast: Cast) -> None:
    before = seen(cast.social_worker)
    with pytest.raises(NotFound):
        make_family(by=cast.social_worker, people=[cast.ada, cast.theirs])
    access.break_glass(by=cast.social_worker, person_id=cast.theirs.pk, reason="Met at the same school today")
    with pytest.raises(PermissionDenied):
        make_family(by=cast.social_worker, people=[cast.ada, cast.theirs])
    assert seen(cast.social_worker) == before | {cast.theirs.pk}


def test_a_worker_cannot_make_a_family_that_they_could_not_open_again(cast: Cast) -> None:
    with pytest.raises(Refused, match="you could not open it again"):
        make_family(by=cast.social_worker, people=[just_created(cast.social_worker)])
    assert not Family.objects.filter(memberships__person__shown_name="Nia Okafor").exists()


def test_relating_people_gives_no_sight_and_needs_both(cast: Cast) -> None:
    before = seen(cast.social_worker)
    with pytest.raises(NotFound):
        relate(by=cast.social_worker, person=cast.mother, other=cast.theirs, type="mother")
    relate(by=cast.front_door, person=cast.mother, other=cast.theirs, type="other")
    assert seen(cast.social_worker) == before


def test_ending_a_place_in_a_family_ends_sight_and_keeps_the_reason(cast: Cast) -> None:
    place = Membership.objects.get(family=cast.family, person=cast.mother)
    with pytest.raises(Refused, match="Say why"):
        end_membership(by=cast.social_worker, membership=place, on=timezone.localdate(), why=" ")
    end_membership(
        by=cast.social_worker, membership=place, on=timezone.localdate() - timedelta(days=1), why="Moved abroad"
    )
    assert cast.mother.pk not in seen(cast.social_worker)
    with pytest.raises(NotFound):
        end_membership(by=cast.other_worker, membership=place, on=timezone.localdate(), why="x")
