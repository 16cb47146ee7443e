"""Dates as people write them, and working days."""

import datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.returns.common.dates import is_working_day, parse_date, parse_dates, working_days_before


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)))
@settings(deadline=None)
def test_every_spelling_of_a_day_is_that_day(day: datetime.date) -> None:
    spellings = [
        day.isoformat(),
        f"  {day.isoformat()} ",
        f"{day.isoformat()}T00:00:00",
        f"{day.isoformat()} 09:30",
        f"{day.isoformat()}Z",
        f"{day.isoformat()}+01:00",
        day.strftime("%d/%m/%Y"),
        day.strftime("%d-%m-%Y"),
        day.strftime("%d.%m.%Y"),
        day.strftime("%Y/%m/%d"),
        day.strftime("%d %B %Y"),
        day.strftime("%d-%b-%Y"),
        day.strftime("%d/%m/%Y 00:00:00"),
    ]
    read = parse_dates(pl.Series(spellings)).to_list()
    assert read == [day] * len(spellings)


@pytest.mark.parametrize(
    "text", ["", " ", "soon", "2025-02-30", "31/04/2025", "13/13/2025", "01/02/25", "20250401x", None]
)
def test_what_is_no_day_is_not_guessed(text: str | None) -> None:
    assert parse_date(text) is None


def test_days_and_months_stand_in_english_order() -> None:
    assert parse_date("03/04/2025") == datetime.date(2025, 4, 3)


def test_one_bad_date_does_not_disturb_the_others() -> None:
    read = parse_dates(pl.Series(["2025-04-01", "soon", "02/04/2025", None]))
    assert read.to_list() == [datetime.date(2025, 4, 1), None, datetime.date(2025, 4, 2), None]


@pytest.mark.parametrize(
    ("day", "works"),
    [("2025-04-18", False), ("2025-04-21", False), ("2025-04-22", True), ("2025-04-19", False), ("2025-12-26", False)],
)
def test_bank_holidays_of_england_and_weekends_are_not_worked(day: str, works: bool) -> None:
    assert is_working_day(datetime.date.fromisoformat(day)) is works


@given(st.dates(datetime.date(2015, 1, 1), datetime.date(2030, 12, 31)), st.integers(0, 60))
@settings(deadline=None)
def test_between_a_day_and_so_many_working_days_before_it_lie_exactly_so_many(day: datetime.date, count: int) -> None:
    before = working_days_before(day, count)
    between = [before + datetime.timedelta(days=n) for n in range((day - before).days)]
    assert sum(map(is_working_day, between)) == count
    assert count == 0 or is_working_day(before)
