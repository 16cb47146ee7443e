"""Dates as people write them, and the working days of England.

A return's own spelling is 2025-03-31. Others are read as well, because a date that a person can read
should be compared, and the spelling reported on its own.
"""

import datetime
from functools import cache

import polars as pl

ISO = "%Y-%m-%d"
SPELLINGS = ("%d/%m/%Y", "%d-%m-%Y", "%Y/%m/%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
"""Spellings read after the return's own. English order: 03/04/2025 is 3 April."""

EARLIEST, LATEST = 1000, 9999


def parse_dates(text: pl.Series) -> pl.Series:
    """Text to dates, null where there is no date to read. Blank is null.

    A time after the date ("T00:00:00", " 00:00") and a zone ("Z", "+01:00") are set aside. Years have four digits.
    """
    trimmed = text.str.strip_chars()
    dates = _with_year_of_four(trimmed.str.to_date(ISO, strict=False))
    if not _unread(dates, trimmed):
        return dates
    bare = trimmed.str.replace(r"^([0-9./-]{8,10})(?:[T ][0-9:.]*)?(?:Z|[+-]\d\d:\d\d)?$", "$1")
    for spelling in (ISO, *SPELLINGS):
        if not _unread(dates, bare):
            break
        # 01/02/25 is not the year 25: a year of two digits is left unread, not guessed.
        dates = dates.fill_null(_with_year_of_four(bare.str.to_date(spelling, strict=False)))
    return dates


def _with_year_of_four(dates: pl.Series) -> pl.Series:
    """Null in place of a date whose year Python or a person could not take for one."""
    years = dates.dt.year()
    if dates.null_count() == len(dates) or years.is_between(EARLIEST, LATEST).all():
        return dates
    return dates.set(~years.is_between(EARLIEST, LATEST).fill_null(value=True), None)


def _unread(dates: pl.Series, text: pl.Series) -> bool:
    return bool((dates.is_null() & text.is_not_null() & (text != "")).any())


def parse_date(text: str | None) -> datetime.date | None:
    """One date by the same spellings."""
    value: datetime.date | None = parse_dates(pl.Series([text], dtype=pl.String))[0]
    return value


@cache
def _bank_holidays(year: int) -> frozenset[datetime.date]:
    # Imported here: the library takes longer to load than most returns take to read.
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: datetime.date) -> bool:
    """Neither a Saturday or Sunday nor a bank holiday in England."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def working_days_before(day: datetime.date, count: int) -> datetime.date:
    """The day that is ``count`` working days before ``day``; ``day`` itself is not counted."""
    while count > 0:
        day -= datetime.timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day
