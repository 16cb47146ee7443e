"""Small words of templates: dates, ages, labels, and where a style sheet is. Built in: no ``{% load %}`` needed."""

from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils import timezone

from throughline.core.codes import code_set

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """Return "3 March 2026"; nothing for nothing."""
    when = _day(value)
    return f"{when.day} {when:%B %Y}" if when else ""


@register.filter
def ago(value: date | datetime | None) -> str:
    """Return how long ago, or how far ahead, a day is: "3 days ago", "in 2 weeks", "today"."""
    when = _day(value)
    if when is None:
        return ""
    days = (timezone.localdate() - when).days
    if days in (-1, 0, 1):
        return {-1: "tomorrow", 0: "today", 1: "yesterday"}[days]
    length = _length(abs(days))
    return f"{length} ago" if days > 0 else f"in {length}"


def _length(days: int) -> str:
    # The unit that people would use: days for two weeks, weeks for two months, months for two years.
    if days < 14:
        return f"{days} days"
    if days < 63:
        return _count(days // 7, "week")
    if days < 730:
        return _count(int(days / 30.44), "month")
    return _count(int(days / 365.25), "year")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


@register.filter
def age(person: Any, on: date | None = None) -> str:
    """Return a person's age as people say it: "9 years", "4 months", "6 days", "due 20 January 2027"."""
    born: date | None = getattr(person, "date_of_birth", None)
    died: date | None = getattr(person, "date_of_death", None)
    expected: date | None = getattr(person, "expected_date", None)
    today = on or timezone.localdate()
    if born is None:
        return f"due {day(expected)}" if expected else "age not known"
    if born > today:
        return f"born {day(born)}"
    about = "about " if getattr(person, "date_of_birth_estimated", False) else ""
    if died and died <= today:
        return f"died {day(died)}, aged {_age(born, died)}"
    return about + _age(born, today)


def _age(born: date, on: date) -> str:
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months >= 24:
        return f"{months // 12} years"
    if months >= 2:
        return f"{months} months"
    days = (on - born).days
    return _count(days // 7, "week") if days >= 14 else _count(days, "day")


@register.filter
def code(value: str | None, name: str) -> str:
    """Return the label of a statutory code: ``{{ person.ethnicity|code:"ethnicity" }}``."""
    return code_set(name).label(value) if value else ""


@register.simple_tag
def asset(path: str) -> str:
    """Return the address of a static file: its far-future name, or the plain one before files are collected."""
    try:
        return str(staticfiles_storage.url(path))
    except ValueError:
        return f"/static/{path}"


def _day(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None
