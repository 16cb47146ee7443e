"""Dates that cannot be right: kept as they came, and said."""

from collections.abc import Iterator, Mapping
from datetime import date

from throughline.readings.census.values import FIRST_DAY, Held

_PAIRS = (
    ("CINreferralDate", "CINclosureDate", "The case closed before the referral was made."),
    (
        "AssessmentActualStartDate",
        "AssessmentAuthorisationDate",
        "The assessment was authorised before it began.",
    ),
    ("CINPlanStartDate", "CINPlanEndDate", "The child in need plan ended before it began."),
    ("CPPstartDate", "CPPendDate", "The child protection plan ended before it began."),
)

_ASK = "It is kept as it came. Ask the team for the right date, correct it in the record, and mend it at the source."


def doubts(held: Mapping[str, Held], today: date) -> Iterator[tuple[str, str, str]]:
    """Yield the element, why its date cannot be right, and what to do, of one module's dates.

    A day to come is a doubt for what is said to have happened, and none for what was planned or expected.
    """
    for element, value in held.items():
        for day in value if isinstance(value, tuple) else (value,):
            if not isinstance(day, date):
                continue
            if day < FIRST_DAY:
                yield element, f"The year {day.year} cannot be right.", _ASK
            elif day > today and element not in ("ExpectedPersonBirthDate", "InitialCPCtarget"):
                yield element, f"{day:%-d %B %Y} is still to come.", _ASK
    for first, last, why in _PAIRS:
        began, ended = held.get(first), held.get(last)
        if isinstance(began, date) and isinstance(ended, date) and ended < began:
            yield last, why, _ASK
