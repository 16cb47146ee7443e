"""Which cases belong in the return of a year.

Source: Department for Education, *Children in need census: guide for local authorities*, scope: every episode of need
that was open at any time from 1 April to 31 March, and every referral made in that time, also one that led to no
further action.
"""

from collections.abc import Collection
from datetime import date

from throughline.readings.census.places.case import closed_on
from throughline.record.in_need.models import Case


def period(year: int) -> tuple[date, date]:
    """Return the first and the last day of the collection ``year`` (2026: 1 April 2025 to 31 March 2026)."""
    return date(year - 1, 4, 1), date(year, 3, 31)


def belongs(case: Case, year: int, came_in: Collection[int] = ()) -> bool:
    """Whether the case belongs in the return of ``year``: open at any time in its period, or referred in it.

    ``came_in`` are the years whose return brought the case: what was returned for a year is returned for it again,
    also where its dates say otherwise, until somebody corrects them.
    """
    if year in came_in:
        return True
    first, last = period(year)
    referred, closed = case.entry.happened_on, closed_on(case)
    if referred > last:
        return False
    if case.no_further_action and case.episode is None:
        # A moment, not a time: it belongs to the year in which it was.
        return referred >= first
    return closed is None or closed >= first
