"""Restricted records, permits, and opening with a reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.cast import Cast
from throughline.core.access import actions, door, reach
from throughline.core.access.models import Allocation, BreakGlass, Grant, Permit, Restriction, User
from throughline.core.access.roles import Action
from throughline.core.audit.models import Event
from throughline.core.errors import Refused
from throughline.record.journey.models import EntrySubject

GOOD_REASON = "Grandmother rang: the child is at her door tonight."


def closed_to_all_but(cast: Cast, *permitted: User) -> Restriction:
    """Restrict Ada's record as her manager."""
    return actions.restrict(
        by=cast.team_manager, person=cast.ada, reason="A relative works here.", permitted=list(permitted)
    )


def test_a_restricted_record_is_closed_to_every_role_without_a_permit(cast: Cast) -> None:
    closed_to_all_but(cast)
    for someone in (cast.social_worker, cast.front_door, cast.front_door_manager, cast.auditor, cast.analyst):
        assert cast.ada not in reach.people(someone)
        assert cast.ada not in reach.unrestricted(someone)
        with pytest.raises(door.NotFound):
            door.person(someone, cast.ada.pk)
    assert cast.ada in reach.people(cast.team_manager)


def test_a_permit_opens_the_record_only_as_far_as_the_role_goes(cast: Cast) -> None:
    closed_to_all_but(cast, cast.social_worker, cast.other_worker, cast.outsider)
    assert cast.ada in reach.people(cast.social_worker)
    assert cast.ada not in reach.people(cast.social_worker, Action.DECIDE)
    assert cast.ada not in reach.people(cast.other_worker)
    assert cast.ada not in reach.people(cast.outsider)


def test_the_brother_of_a_restricted_child_stays_open_and_her_part_is_hidden(cast: Cast) -> None:
    from throughline.record.journey.actions import Part, write_entry

    entry = write_entry(
        by=cast.social_worker,
        kind="note",
        happened_on=timezone.localdate(),
        summary="Both",
        parts=[Part(cast.ada, words="hers"), Part(cast.ben, words="his")],
    )
    closed_to_all_but(cast)
    parts = reach.visible(cast.social_worker, EntrySubject).filter(entry=entry)
    assert [part.part for part in parts] == ["his"]


def test_a_permit_that_ended_closes_the_record_again(cast: Cast) -> None:
    restriction = closed_to_all_but(cast, cast.social_worker)
    restriction.permits.filter(user=cast.social_worker).update(ended_at=timezone.now())
    assert cast.ada not in reach.people(cast.social_worker)


def test_a_permit_of_a_lifted_restriction_does_not_open_the_next_one(cast: Cast) -> None:
    first = closed_to_all_but(cast, cast.social_worker)
    actions.lift(by=cast.team_manager, restriction=first, reason="The relative left.")
    assert cast.ada in reach.people(cast.social_worker)
    closed_to_all_but(cast)
    assert cast.ada not in reach.people(cast.social_worker)


def test_restricting_needs_a_reason_and_happens_once(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.restrict(by=cast.team_manager, person=cast.ada, reason="  ", permitted=[])
    assert "reason" in refused.value.messages
    closed_to_all_but(cast)
    with pytest.raises(Refused, match="restricted already"):
        closed_to_all_but(cast)


def test_a_social_worker_does_not_restrict_and_the_other_team_finds_no_such_child(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.restrict(by=cast.social_worker, person=cast.ada, reason="Because.", permitted=[])
    with pytest.raises(door.NotFound):
        actions.restrict(by=cast.other_worker, person=cast.ada, reason="Because.", permitted=[])


def test_someone_is_permitted_once_however_often_it_is_asked(cast: Cast) -> None:
    restriction = closed_to_all_but(cast)
    for _ in range(2):
        actions.permit(by=cast.team_manager, restriction=restriction, user=cast.social_worker)
    assert Permit.objects.filter(restriction=restriction, user=cast.social_worker).count() == 1
    assert cast.ada in reach.people(cast.social_worker)


def test_a_permit_withdrawn_closes_the_record_and_is_told(cast: Cast) -> None:
    restriction = closed_to_all_but(cast, cast.social_worker)
    permit = restriction.permits.get(user=cast.social_worker)
    actions.withdraw(by=cast.team_manager, permit=permit)
    assert cast.ada not in reach.people(cast.social_worker)
    assert Event.objects.filter(verb="access.permit_withdrawn", person_id=cast.ada.pk).exists()


def test_the_last_one_who_may_lift_a_restriction_is_not_shut_out_with_it(cast: Cast) -> None:
    restriction = closed_to_all_but(cast, cast.social_worker)
    with pytest.raises(Refused, match="nobody who may lift"):
        actions.withdraw(by=cast.team_manager, permit=restriction.permits.get(user=cast.team_manager))


def test_a_lifted_restriction_takes_no_more_permits_and_is_lifted_once(cast: Cast) -> None:
    restriction = closed_to_all_but(cast)
    actions.lift(by=cast.team_manager, restriction=restriction, reason="The relative left.")
    with pytest.raises(Refused, match="lifted already"):
        actions.lift(by=cast.team_manager, restriction=restriction, reason="Again.")
    with pytest.raises(Refused, match="lifted already"):
        actions.permit(by=cast.team_manager, restriction=restriction, user=cast.other_worker)


def test_breaking_the_glass_opens_for_the_configured_hours_and_then_closes(cast: Cast) -> None:
    glass = actions.break_glass(by=cast.other_worker, person_id=cast.ada.pk, reason=GOOD_REASON)
    assert cast.ada in reach.people(cast.other_worker)
    assert reach.why(cast.other_worker, cast.ada.pk) == f"opened with a reason: {GOOD_REASON}"
    assert abs(glass.expires_at - glass.opened_at - timedelta(hours=4)) < timedelta(seconds=5)
    BreakGlass.objects.filter(pk=glass.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert cast.ada not in reach.people(cast.other_worker)
    assert reach.why(cast.other_worker, cast.ada.pk) == ""


def test_broken_glass_lets_one_look_and_do_nothing_else_and_opens_no_relative(cast: Cast) -> None:
    actions.break_glass(by=cast.other_worker, person_id=cast.ada.pk, reason=GOOD_REASON)
    for action in (Action.RECORD, Action.DECIDE, Action.ALLOCATE):
        assert cast.ada not in reach.people(cast.other_worker, action)
    assert cast.ben not in reach.people(cast.other_worker)
    assert cast.mother not in reach.people(cast.other_worker)


def test_glass_is_broken_for_oneself_only(cast: Cast) -> None:
    actions.break_glass(by=cast.other_worker, person_id=cast.ada.pk, reason=GOOD_REASON)
    assert cast.ada not in reach.people(cast.outsider)
    assert cast.ada not in reach.people(cast.chair)


def test_no_reason_opens_a_restricted_record_and_it_answers_as_if_missing(cast: Cast) -> None:
    closed_to_all_but(cast)
    for wanted in (cast.ada.pk, 999_999):
        with pytest.raises(door.NotFound):
            actions.break_glass(by=cast.other_worker, person_id=wanted, reason=GOOD_REASON)


def test_a_restriction_made_afterwards_closes_what_glass_had_opened(cast: Cast) -> None:
    actions.break_glass(by=cast.other_worker, person_id=cast.ada.pk, reason=GOOD_REASON)
    closed_to_all_but(cast)
    assert cast.ada not in reach.people(cast.other_worker)


@pytest.mark.parametrize("reason", ["", "   ", "because"])
def test_glass_asks_for_a_sentence(cast: Cast, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.break_glass(by=cast.other_worker, person_id=cast.ada.pk, reason=reason)
    assert "managers will read" in refused.value.messages["reason"]
    assert not BreakGlass.objects.exists()


def test_roles_that_see_no_child_break_no_glass(cast: Cast) -> None:
    for someone in (cast.outsider, cast.partner, cast.parent, cast.young_person, cast.administrator):
        with pytest.raises(PermissionDenied):
            actions.break_glass(by=someone, person_id=cast.ada.pk, reason=GOOD_REASON)


def test_glass_closes_with_the_last_role_of_whoever_broke_it(cast: Cast) -> None:
    actions.break_glass(by=cast.other_worker, person_id=cast.ada.pk, reason=GOOD_REASON)
    Grant.objects.filter(user=cast.other_worker).update(ended_on=timezone.localdate() - timedelta(days=1))
    assert not reach.people(User.objects.get(pk=cast.other_worker.pk)).exists()


def test_a_look_through_the_door_is_written_down_with_why_it_was_allowed(cast: Cast) -> None:
    door.person(cast.social_worker, cast.ada.pk, page="the child's page")
    told = Event.objects.get(verb="access.viewed")
    assert (told.actor_id, told.person_id) == (cast.social_worker.pk, cast.ada.pk)
    assert told.data == {"page": "the child's page", "why": "works with the child"}


def test_a_look_that_is_refused_opens_nothing_and_says_nothing(cast: Cast) -> None:
    with pytest.raises(door.NotFound):
        door.person(cast.other_worker, cast.ada.pk, page="the child's page")
    assert not Event.objects.filter(verb="access.viewed").exists()


def test_to_require_for_several_is_to_be_allowed_for_each(cast: Cast) -> None:
    door.require(cast.social_worker, Action.RECORD, cast.ada.pk, cast.ben.pk)
    with pytest.raises(door.NotFound):
        door.require(cast.social_worker, Action.RECORD, cast.ada.pk, cast.theirs.pk)
    with pytest.raises(door.NotFound):
        door.require(cast.social_worker, Action.RECORD)
    with pytest.raises(PermissionDenied):
        door.require(cast.social_worker, Action.DECIDE, cast.ada.pk)


def test_a_hand_over_ends_one_lead_and_starts_the_other(cast: Cast) -> None:
    made = actions.allocate(by=cast.team_manager, person=cast.ada, team=cast.team, worker=cast.team_manager)
    last = Allocation.objects.get(person=cast.ada, worker=cast.social_worker)
    assert (last.ended_on, last.reason_ended) == (timezone.localdate(), "handed over")
    assert made.ended_on is None
    assert list(Event.objects.filter(person_id=cast.ada.pk).order_by("pk").values_list("verb", flat=True)) == [
        "access.allocation_ended",
        "access.allocated",
    ]


def test_a_hand_over_before_the_last_one_is_refused_with_its_day(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.allocate(
            by=cast.team_manager,
            person=cast.ada,
            team=cast.team,
            worker=cast.team_manager,
            on=timezone.localdate() - timedelta(days=500),
        )
    assert "choose that day or later" in refused.value.messages["on"]
    assert Allocation.objects.get(person=cast.ada, ended_on__isnull=True).worker == cast.social_worker


def test_a_worker_is_not_allocated_twice_in_the_same_part(cast: Cast) -> None:
    actions.allocate(by=cast.team_manager, person=cast.ada, team=cast.team, worker=cast.chair, kind="chair")
    with pytest.raises(Refused, match="already"):
        actions.allocate(by=cast.team_manager, person=cast.ada, team=cast.team, worker=cast.chair, kind="chair")


def test_an_account_that_is_closed_is_given_no_child(cast: Cast) -> None:
    cast.chair.is_active = False
    cast.chair.save()
    with pytest.raises(Refused, match="closed"):
        actions.allocate(by=cast.team_manager, person=cast.ada, team=cast.team, worker=cast.chair, kind="chair")


def test_ending_work_needs_a_reason_a_possible_day_and_the_right(cast: Cast) -> None:
    mine = Allocation.objects.get(person=cast.ada)
    with pytest.raises(Refused, match="may ask one day"):
        actions.end_allocation(by=cast.team_manager, allocation=mine, reason=" ")
    with pytest.raises(Refused, match="choose that day or later"):
        actions.end_allocation(
            by=cast.team_manager, allocation=mine, reason="Moved away.", on=timezone.localdate() - timedelta(days=900)
        )
    with pytest.raises(PermissionDenied):
        actions.end_allocation(by=cast.social_worker, allocation=mine, reason="Moved away.")
    actions.end_allocation(by=cast.team_manager, allocation=mine, reason="Moved away.")
    with pytest.raises(Refused, match="ended already"):
        actions.end_allocation(by=cast.team_manager, allocation=mine, reason="Moved away again.")
