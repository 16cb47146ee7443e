"""A child's case: opened by a referral, closed with a reason, seen by those who may."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.cast import Cast
from throughline.core.access.door import NotFound
from throughline.core.audit.models import Event
from throughline.core.audit.sentences import tell
from throughline.core.errors import Refused
from throughline.record.in_need import actions, queries
from throughline.record.in_need.models import AssessmentOutline, Case
from throughline.record.journey.models import Episode, EpisodeKind
from throughline.record.people.models import Person

pytestmark = pytest.mark.django_db


def a_case(cast: Cast, *, nfa: bool | None = None) -> Case:
    return actions.write_case(
        by=cast.social_worker,
        person=cast.ada,
        referred_on=date(2025, 9, 1),
        source="2A",
        primary_need="N1",
        no_further_action=nfa,
    )


def test_a_referral_opens_the_case_and_the_time_in_need(cast: Cast) -> None:
    case = a_case(cast)
    assert case.episode is not None
    assert (case.episode.kind, case.episode.started_on, case.episode.ended_on) == ("in_need", date(2025, 9, 1), None)
    assert case.entry.summary == "Referral from: school"
    assert (
        tell(Event.objects.get(verb="in_need.referred"))
        == "Ruth Bell recorded a referral of 1 September 2025 as a case."
    )


def test_a_referral_that_leads_to_nothing_opens_no_time_in_need(cast: Cast) -> None:
    assert a_case(cast, nfa=True).episode is None
    assert not Episode.objects.exists()


def test_closing_a_case_ends_the_time_in_need_and_says_why(cast: Cast) -> None:
    case = a_case(cast)
    actions.close_case(by=cast.social_worker, case=case, closed_on=date(2025, 11, 3), reason="RC6")
    case.refresh_from_db()
    assert case.episode is not None
    assert case.closed_by is not None
    assert case.episode.ended_on == case.closed_by.happened_on == date(2025, 11, 3)
    assert case.closed_by.summary == "Case closed: transferred to adult social care"
    assert case.closed_by.follows == case.entry


def test_nobody_records_a_case_of_a_child_whom_they_do_not_work_with(cast: Cast) -> None:
    for user, refused in ((cast.other_worker, NotFound), (cast.outsider, NotFound), (cast.analyst, PermissionDenied)):
        with pytest.raises(refused):
            actions.write_case(by=user, person=cast.ada, referred_on=date(2025, 9, 1))
    assert not Case.objects.exists()


def test_a_referral_is_made_a_case_once_and_with_codes_that_the_census_knows(cast: Cast) -> None:
    case = a_case(cast)
    with pytest.raises(Refused, match="already"):
        actions.record_referral(by=cast.social_worker, person=cast.ada, entry=case.entry)
    with pytest.raises(Refused, match="ZZ is not a code"):
        actions.record_referral(by=cast.social_worker, person=cast.ben, entry=case.entry, source="ZZ")


def test_cases_are_seen_by_those_who_see_the_child_in_one_query(
    cast: Cast, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    case = a_case(cast)
    assert list(queries.cases(cast.other_worker, [cast.ada.pk])) == []
    assert list(queries.cases(cast.outsider, [cast.ada.pk])) == []
    with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
        (found,) = queries.cases(cast.social_worker, [cast.ada.pk])
        assert (found, found.entry.happened_on, found.episode.kind) == (case, date(2025, 9, 1), "in_need")


def test_an_assessment_that_found_no_factor_differs_from_one_that_was_not_asked(cast: Cast) -> None:
    case = a_case(cast)
    for factors in (None, [], ["4B"]):
        actions.write_assessment(by=cast.social_worker, case=case, started_on=date(2025, 9, 2), factors=factors)
    assert list(AssessmentOutline.objects.order_by("pk").values_list("factors", flat=True)) == [None, [], ["4B"]]


DAYS = st.dates(date(2015, 1, 1), date(2026, 1, 1))
TIMES = st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=5)


class TimesInNeed(TestCase):
    """Whatever times a return gives, each is kept, and those that stand do not overlap."""

    @given(TIMES)
    @settings(max_examples=25, deadline=None)
    def test_every_time_is_kept_and_those_that_stand_do_not_overlap(
        self, times: list[tuple[date, date | None]]
    ) -> None:
        child = Person.objects.create()
        for started, ended in times:
            case = actions.write_case(by=None, person=child, referred_on=started)
            if ended is not None:
                actions.close_case(by=None, case=case, closed_on=ended)
        kept = Episode.objects.filter(person=child, kind=EpisodeKind.IN_NEED)
        assert sorted(kept.values_list("started_on", "ended_on"), key=str) == sorted(times, key=str)
        standing = list(kept.filter(disputed=False))
        for one in standing:
            assert one.ended_on is None or one.ended_on >= one.started_on
            for other in standing:
                apart = (
                    one.pk == other.pk
                    or (one.ended_on is not None and one.ended_on <= other.started_on)
                    or (other.ended_on is not None and other.ended_on <= one.started_on)
                )
                assert apart
