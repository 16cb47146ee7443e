"""Enquiries, conferences and child protection plans, as rows that a return and a later room can read."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.cast import Cast
from throughline.core.access.door import NotFound
from throughline.record.journey.models import Entry
from throughline.record.protection import actions, queries
from throughline.record.protection.models import Conference, Plan, Stage

pytestmark = pytest.mark.django_db


def a_plan(cast: Cast) -> Plan:
    return actions.write_plan(
        by=cast.social_worker,
        person=cast.ada,
        started_on=date(2025, 9, 1),
        initial_category="NEG",
        latest_category="EMO",
        previous_plans=1,
    )


def test_a_plan_opens_an_episode_and_says_its_category(cast: Cast) -> None:
    plan = a_plan(cast)
    assert (plan.episode.kind, plan.episode.opened_by) == ("protection", plan.entry)
    assert plan.entry.summary == "Child protection plan: emotional abuse"


def test_an_enquiry_leads_to_an_initial_conference_and_a_plan_to_reviews(cast: Cast) -> None:
    enquiry = actions.write_enquiry(
        by=cast.social_worker, person=cast.ada, started_on=date(2025, 8, 20), conference_not_required=False
    )
    plan = a_plan(cast)
    actions.write_conference(by=cast.social_worker, person=cast.ada, held_on=date(2025, 9, 1), enquiry=enquiry)
    actions.write_conference(by=cast.social_worker, person=cast.ada, held_on=date(2025, 11, 28), reviewed=plan)
    assert [one.stage for one in Conference.objects.order_by("entry__happened_on")] == [Stage.INITIAL, Stage.REVIEW]
    assert enquiry.conference.entry.happened_on == date(2025, 9, 1)
    assert [one.entry.kind for one in plan.reviews.all()] == ["protection_review"]
    assert Entry.objects.get(kind="enquiry").summary == "Section 47 enquiry"


def test_nobody_plans_for_a_child_whom_they_do_not_work_with(cast: Cast) -> None:
    for user in (cast.other_worker, cast.outsider):
        with pytest.raises(NotFound):
            actions.write_plan(by=user, person=cast.ada, started_on=date(2025, 9, 1))
        with pytest.raises(NotFound):
            actions.write_enquiry(by=user, person=cast.ada, started_on=date(2025, 9, 1))
    assert not Entry.objects.exists()


def test_plans_are_seen_by_those_who_see_the_child_in_one_query(
    cast: Cast, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    plan = a_plan(cast)
    assert list(queries.plans(cast.other_worker, [cast.ada.pk])) == []
    assert list(queries.plans(cast.outsider, [cast.ada.pk])) == []
    with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
        (found,) = queries.plans(cast.social_worker, [cast.ada.pk])
        assert (found, found.episode.started_on) == (plan, date(2025, 9, 1))
