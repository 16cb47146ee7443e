"""What cannot be right about a person's dates and names, each in a sentence that says what to do."""

from datetime import date, timedelta

from throughline.record.people.likeness import said
from throughline.record.people.names import words

LONGEST_NAME = 200
OLDEST = 120
# A pregnancy is known for about nine months; ten allow for a wrong scan.
LONGEST_WAIT = timedelta(weeks=44)


def names(given: str, family: str) -> dict[str, str]:
    """Return the faults of a name. One part is enough: some people have one name."""
    faults: dict[str, str] = {}
    for field, text in (("given", given), ("family", family)):
        if len(text) > LONGEST_NAME:
            faults[field] = (
                f"This is {len(text)} characters long; a name here has at most {LONGEST_NAME}. Check what was pasted."
            )
        if "\0" in text:
            faults[field] = "This holds a sign that cannot be kept. Type the name again."
    if not faults and not (words(given) or words(family)):
        faults["given"] = (
            "Enter at least one name. If it is not known, enter what the person is called, such as Baby or Unknown man."
        )
    return faults


def dates(
    *,
    today: date,
    date_of_birth: date | None = None,
    expected_date: date | None = None,
    date_of_death: date | None = None,
    earlier_expected: date | None = None,
) -> dict[str, str]:
    """Return the faults of dates, by field. ``earlier_expected``: already recorded, so not questioned again."""
    faults: dict[str, str] = {}
    if date_of_birth and date_of_birth > today:
        faults["date_of_birth"] = (
            f"{said(date_of_birth)} is in the future. For a child not born yet, enter it as the expected date."
        )
    elif date_of_birth and date_of_birth < _years_before(today, OLDEST):
        faults["date_of_birth"] = (
            f"Born on {said(date_of_birth)}, the person would be over {OLDEST}. Check the year, in four figures."
        )
    if date_of_death:
        if date_of_death > today:
            faults["date_of_death"] = f"{said(date_of_death)} is in the future. Enter the day on which the person died."
        elif date_of_birth and date_of_death < date_of_birth:
            faults["date_of_death"] = f"The person was born on {said(date_of_birth)}: check both dates."
        elif not date_of_birth and date_of_death < _years_before(today, OLDEST + 30):
            faults["date_of_death"] = f"{said(date_of_death)} is too long ago to be right. Check the year."
    if expected_date and expected_date != earlier_expected:
        if expected_date > today + LONGEST_WAIT:
            faults["expected_date"] = (
                f"{said(expected_date)} is more than ten months away. Check the year of the expected date."
            )
        elif not date_of_birth and expected_date < today - timedelta(weeks=6):
            faults["expected_date"] = (
                f"{said(expected_date)} has passed. If the child has been born, enter the date of birth."
            )
    return faults


def spell(started_on: date | None, ended_on: date | None, today: date, field: str = "ended_on") -> dict[str, str]:
    """Return the faults of a dated row: an end before its beginning, a beginning in the future or beyond memory."""
    faults: dict[str, str] = {}
    if started_on and started_on > today:
        faults["started_on"] = f"{said(started_on)} is in the future. Enter it when it has happened."
    if started_on and started_on.year < 1850:
        faults["started_on"] = f"The year {started_on.year} cannot be right. Enter the year in four figures."
    if started_on and ended_on and ended_on < started_on:
        faults[field] = f"It began on {said(started_on)}: choose that day or later."
    return faults


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)
