"""Working days in England: not a Saturday, a Sunday or a bank holiday (Good Friday and Christmas Day are among those).

The definition is that of the Care Planning, Placement and Case Review (England) Regulations 2010, regulation 2.
The bank holidays come from the ``holidays`` library, which has the extra ones (a coronation, a funeral) too.
"""

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache

import holidays

_FRIDAY = 4


def is_working_day(day: date) -> bool:
    """Return whether ``day`` is a working day in England."""
    return day.weekday() <= _FRIDAY and day not in _bank_holidays(day.year)


def add(day: date, n: int) -> date:
    """Return the ``n``th working day after ``day``; ``day`` itself, working or not, for 0.

    ``day`` is not counted: one working day after any hour of a Monday is the Tuesday. Raises ValueError for n < 0.
    """
    if n < 0:
        raise ValueError(f"{n} working days cannot be counted forwards")
    found = day
    left = n
    while left:
        # Jump as though there were no bank holidays, then count what the jump fell short by.
        found = _add_weekdays(found, left)
        left = n - between(day, found)
    return found


def between(a: date, b: date) -> int:
    """Return how many working days lie after ``a`` up to and with ``b``; negative when ``b`` is the earlier."""
    if b < a:
        return -between(b, a)
    return _up_to(b) - _up_to(a)


def _up_to(day: date) -> int:
    """Return the working days from the start of the calendar to the end of ``day``, but for a constant."""
    weeks, rest = divmod(day.toordinal() - 1, 7)  # Ordinal 1 was a Monday.
    return weeks * 5 + min(rest + 1, 5) - _holidays_up_to(day)


def _holidays_up_to(day: date) -> int:
    return _holidays_before_year(day.year) + bisect_right(_bank_holidays(day.year), day)


# Bank holidays begin with the Act of 1871, and no record of ours is older than living memory.
_FIRST_YEAR = 1900


@cache
def _holidays_before_year(year: int) -> int:
    return sum(len(_bank_holidays(one)) for one in range(_FIRST_YEAR, year))


@cache
def _bank_holidays(year: int) -> tuple[date, ...]:
    """Return the bank holidays of England that fall on a weekday in ``year``, in order."""
    if year < _FIRST_YEAR:
        return ()
    known = holidays.country_holidays("GB", subdiv="ENG", years=year)
    return tuple(sorted(day for day in known if day.year == year and day.weekday() <= _FRIDAY))


def _add_weekdays(day: date, n: int) -> date:
    """Return the ``n``th Monday to Friday after ``day``."""
    # From a Saturday or Sunday, count from the Friday before it.
    back = max(0, day.weekday() - _FRIDAY)
    start = day - timedelta(days=back)
    weeks, rest = divmod(n, 5)
    if start.weekday() + rest > _FRIDAY:
        rest += 2
    return start + timedelta(weeks=weeks, days=rest)
