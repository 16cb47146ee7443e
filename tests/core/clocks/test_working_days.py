"""Working days in England."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.core.clocks import units, working_days

days = st.dates(date(1989, 11, 16), date(2045, 12, 31))
counts = st.integers(0, 400)


@given(days, counts)
def test_adding_working_days_lands_where_counting_them_one_by_one_does(day: date, n: int) -> None:
    walked, left = day, n
    while left:
        walked += timedelta(days=1)
        left -= working_days.is_working_day(walked)
    assert working_days.add(day, n) == walked


@given(days, counts)
def test_counting_undoes_adding(day: date, n: int) -> None:
    assert working_days.between(day, working_days.add(day, n)) == n


@given(days, days, days)
def test_counts_add_up_and_turn_round(a: date, b: date, c: date) -> None:
    assert working_days.between(a, b) + working_days.between(b, c) == working_days.between(a, c)
    assert working_days.between(a, b) == -working_days.between(b, a)


@given(days, st.integers(1, 400))
def test_a_time_limit_never_ends_on_a_day_that_is_not_worked(day: date, n: int) -> None:
    assert working_days.is_working_day(working_days.add(day, n))


@given(days, st.integers(0, 60))
def test_months_end_in_the_right_month_on_the_same_day_or_its_last(day: date, months: int) -> None:
    end = units.add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2022, 9, 19), False),  # the funeral of Elizabeth II
        (date(2023, 5, 8), False),  # the coronation of Charles III
        (date(2020, 5, 8), False),  # the early May holiday, moved to VE Day
        (date(2020, 5, 4), True),  # where it would have been
        (date(2026, 12, 28), False),  # Boxing Day is a Saturday, so the Monday
        (date(2026, 3, 17), True),  # Northern Ireland's, not England's
        (date(2026, 11, 30), True),  # Scotland's, not England's
        (date(2026, 11, 21), False),  # a Saturday
    ],
)
def test_bank_holidays_are_those_of_england(day: date, worked: bool) -> None:
    assert working_days.is_working_day(day) is worked


def test_one_working_day_after_maundy_thursday_is_the_tuesday_after_easter() -> None:
    assert working_days.add(date(2026, 4, 2), 1) == date(2026, 4, 7)


def test_three_months_from_the_end_of_november_is_the_end_of_february() -> None:
    assert units.due(date(2026, 11, 30), 3, "months") == date(2027, 2, 28)


def test_seventy_two_hours_end_in_the_third_day() -> None:
    assert units.due(date(2026, 11, 21), 72, "hours") == date(2026, 11, 24)


def test_counting_backwards_and_unknown_units_are_refused() -> None:
    with pytest.raises(ValueError, match="-1 working days"):
        working_days.add(date(2026, 1, 1), -1)
    with pytest.raises(LookupError, match="fortnights"):
        units.due(date(2026, 1, 1), 1, "fortnights")
