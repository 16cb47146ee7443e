"""Dates as people write them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
EXAMPLE = "for example 27 3 2026"
EARLIEST_YEAR, LATEST_YEAR = 1890, 2200


class Unreadable(ValueError):
    """What was written is not a day; the text says what to do."""


def read_date(written: Any) -> date:
    """Return the day that was written: a date, "3/4/2026", "2026-04-03", "3 April 2026", or [day, month, year].

    Days come before months, as in England. Raises Unreadable with one sentence.
    """
    if isinstance(written, date):
        return written
    if isinstance(written, str):
        return _from_text(written)
    parts = [str(part or "").strip() for part in written]
    # A whole date pasted into the first box.
    if parts[0] and not any(parts[1:]) and not parts[0].isdigit():
        return _from_text(parts[0])
    return _from_parts(parts)


def _from_text(text: str) -> date:
    words = [word for word in re.split(r"[\s/.\-,]+", text.strip().lower()) if word]
    words = [re.sub(r"^(\d+)(st|nd|rd|th)$", r"\1", word) for word in words if word != "of"]
    if len(words) == 1 and re.fullmatch(r"\d{8}", words[0]):
        raise Unreadable(f"Write the day, month and year apart, {EXAMPLE}.")
    if len(words) != 3:
        raise Unreadable(f"Write the day, month and year, {EXAMPLE}.")
    if re.fullmatch(r"\d{4}", words[0]):
        words.reverse()
    return _from_parts(words)


def _from_parts(parts: Sequence[str]) -> date:
    day, month, year = parts
    missing = [name for name, part in (("day", day), ("month", month), ("year", year)) if not part]
    if missing:
        raise Unreadable(f"The date has no {' and no '.join(missing)}: write it, {EXAMPLE}.")
    number = _month(month)
    if not _digits(day, 2) or number is None or not re.fullmatch(r"[0-9]+", year):
        raise Unreadable(f"Write the day, month and year as numbers, {EXAMPLE}.")
    if len(year) != 4:
        raise Unreadable(f"Write the year in four figures, {EXAMPLE}.")
    try:
        found = date(int(year), number, int(day))
    except ValueError as problem:
        name = MONTHS[number - 1].capitalize() if 1 <= number <= 12 else f"month {number}"
        raise Unreadable(f"There is no {int(day)} {name} {year}. Check the date.") from problem
    if found.year < EARLIEST_YEAR:
        raise Unreadable(f"{year} is too long ago. Check the year.")
    if found.year > LATEST_YEAR:
        raise Unreadable(f"{year} is too far ahead. Check the year.")
    return found


def _month(written: str) -> int | None:
    if _digits(written, 2):
        return int(written)
    name = written.lower()
    if len(name) < 3:
        return None
    return next((number for number, known in enumerate(MONTHS, 1) if known.startswith(name)), None)


def _digits(text: str, most: int) -> bool:
    return re.fullmatch(rf"[0-9]{{1,{most}}}", text) is not None
