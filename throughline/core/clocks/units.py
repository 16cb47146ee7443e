"""Amounts of time as the law counts them: working days, days, weeks, months, hours."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from throughline.core.clocks import working_days

_NAMES = {"working_days": "working day", "days": "day", "weeks": "week", "months": "month", "hours": "hour"}
UNITS = frozenset(_NAMES)


def due(started_on: date, amount: int, unit: str) -> date:
    """Return the last day of ``amount`` ``unit`` from ``started_on``. Raises LookupError for an unknown unit."""
    count: dict[str, Callable[[], date]] = {
        "working_days": lambda: working_days.add(started_on, amount),
        "days": lambda: started_on + timedelta(days=amount),
        "weeks": lambda: started_on + timedelta(weeks=amount),
        "months": lambda: add_months(started_on, amount),
        # The record knows the day, not always the hour: the day in which the last hour falls.
        "hours": lambda: started_on + timedelta(hours=amount),
    }
    if unit not in count:
        raise LookupError(f"{unit!r} is not a unit of time: {', '.join(sorted(UNITS))}")
    return count[unit]()


def add_months(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later, or the month's last day where it has no such day.

    This is the corresponding date rule: Dodds v Walker [1981] 1 WLR 1027.
    """
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def in_words(amount: int, unit: str) -> str:
    """Return "1 working day", "45 working days", "3 months"."""
    return f"{amount} {_NAMES[unit]}{'' if amount == 1 else 's'}"
