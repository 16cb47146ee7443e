"""What someone looks for: in fields of its own, or in one line as people type it."""

import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from throughline.record.people import addresses, numbers
from throughline.record.people.names import words

_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_FIGURES = re.compile(r"\b(\d{1,2})[./\-](\d{1,2})[./\-](\d{4}|\d{2})\b")
# As in the three boxes of a form. Four figures for the year, or it may be part of a telephone number.
_SPACED = re.compile(r"(?<!\d)(?<!\d )(\d{1,2}) (\d{1,2}) ((?:19|20)\d{2})(?! ?\d)")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WORDED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|\b0)[\d\s()\-]{8,}\d")
_NUMBER = re.compile(r"\b[A-Za-z]\d{11}[0-9A-Za-z]\b|\b\d{3}[ \-]?\d{3}[ \-]?\d{4}\b|\b\d{4,}\b")
_HOUSE = re.compile(r"(?:flat|unit|apartment)\s+\w+|\d{1,4}[a-z]?,?\s+[^\W\d]", re.IGNORECASE)
# No name, address or number that anyone types is longer; more is a paste that went wrong.
LONGEST = 400


@dataclass(frozen=True)
class Sought:
    """What is looked for. ``text`` is one line with anything in it; ``understood`` puts it in its fields.

    ``tolerance``: days by which the date of birth may be out; ``estimated``: it is a guess (two years either way);
    ``weeks``: by which the expected date may be out.
    """

    text: str = ""
    given: str = ""
    family: str = ""
    date_of_birth: date | None = None
    identifier: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    expected_date: date | None = None
    estimated: bool = False
    tolerance: int = 0
    weeks: int = 6

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not any(
            (self.text.strip(), self.given.strip(), self.family.strip(), self.identifier.strip(), self.phone.strip(),
             self.address.strip(), self.postcode.strip(), self.date_of_birth, self.expected_date)
        )  # fmt: skip

    @property
    def by_name(self) -> bool:
        """Whether a name is looked for."""
        return bool(words(self.given) or words(self.family) or words(self.text))

    def ways(self) -> list[str]:
        """Return by what it looks, in words, for the account: never the values themselves."""
        ways = {
            "name": self.by_name,
            "date of birth": self.date_of_birth,
            "expected date": self.expected_date,
            "number": self.identifier,
            "telephone": self.phone,
            "address": self.address or self.postcode,
        }
        return [way for way, asked in ways.items() if asked]

    def as_data(self) -> dict[str, Any]:
        """Return the fields as JSON-serialisable data, without the empty ones."""
        said = {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(self).items()}
        return {key: value for key, value in said.items() if value}


def from_data(data: dict[str, Any]) -> Sought:
    """Return what ``as_data`` wrote. Raises ValueError or TypeError for anything else."""
    dates = {key: date.fromisoformat(data[key]) for key in ("date_of_birth", "expected_date") if data.get(key)}
    return Sought(**{**data, **dates})


def understood(sought: Sought) -> tuple[Sought, list[str]]:
    """Take apart the one line of text, and put every field in order.

    Returns what is sought with the text's dates, numbers, telephone and postcode in their fields (where those were
    empty) and only names left in ``text``; and a sentence for each thing that could not be used.
    """
    notes: list[str] = []
    # A nil sign cannot be in the database, so it cannot be what anyone looks for.
    said: dict[str, Any] = {
        key: value.replace("\0", "") for key, value in asdict(sought).items() if isinstance(value, str)
    }
    sought = replace(sought, **said)
    text = sought.text[:LONGEST]
    if len(sought.text) > LONGEST:
        notes.append(f"Only the first {LONGEST} characters were looked for.")
    found: dict[str, Any] = {}
    code, text = addresses.postcode_in(text)
    text = _take_date(text, found, notes)
    text = _take_numbers(text, found)
    text = _take_address(text, code, found)
    placed = replace(
        sought,
        text=" ".join(words(text)),
        given=sought.given[:LONGEST].strip(),
        family=sought.family[:LONGEST].strip(),
        date_of_birth=sought.date_of_birth or found.get("date_of_birth"),
        identifier=numbers.tidy(sought.identifier or found.get("identifier", ""))[:60],
        phone=numbers.phone_digits(sought.phone or found.get("phone", "")),
        postcode=addresses.postcode(sought.postcode or code)[:10],
        address=(sought.address or found.get("address", ""))[:LONGEST].strip(),
        tolerance=min(max(sought.tolerance, 0), 62),
        weeks=min(max(sought.weeks, 1), 20),
    )
    return placed, notes


def _take_date(text: str, found: dict[str, Any], notes: list[str]) -> str:
    for pattern, order in ((_ISO, "ymd"), (_FIGURES, "dmy"), (_SPACED, "dmy"), (_WORDED, "dmy")):
        for match in pattern.finditer(text):
            parts = dict(zip(order, match.groups(), strict=True))
            day = _date(parts["y"], parts["m"], parts["d"])
            if day is None and pattern is _WORDED and parts["m"][:3].lower() not in _MONTHS:
                continue
            if day is None:
                notes.append(f"{match[0].strip()} is not a date, so it was not looked for.")
            else:
                found.setdefault("date_of_birth", day)
            return f"{text[: match.start()]} {text[match.end() :]}"
    return text


def _date(year: str, month: str, day: str) -> date | None:
    number = _MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in _MONTHS else month
    full = int(year)
    if len(year) == 2:
        # People born this century up to this year, or last century: nobody looks for someone not born yet by figures.
        this_year = date.today().year  # noqa: DTZ011  (a year, not a moment)
        full += 2000 if 2000 + full <= this_year else 1900
    try:
        return date(full, int(number), int(day))
    except ValueError:
        return None


def _take_numbers(text: str, found: dict[str, Any]) -> str:
    phone = _PHONE.search(text)
    if phone is not None and not numbers.nhs_passes(numbers.tidy(phone[0])):
        found["phone"] = phone[0]
        text = f"{text[: phone.start()]} {text[phone.end() :]}"
    number = _NUMBER.search(text)
    if number is not None:
        found["identifier"] = number[0]
        text = f"{text[: number.start()]} {text[number.end() :]}"
    return text


def _take_address(text: str, code: str, found: dict[str, Any]) -> str:
    # "12 Mill Lane" or "Flat 2, ...": a line that begins with a house, or stands beside a postcode with a figure.
    if _HOUSE.match(text.strip()) or (code and any(letter.isdigit() for letter in text)):
        found["address"] = " ".join(text.split())
        return ""
    return text


def names_typed(sought: Sought) -> tuple[str, str]:
    """Return the given and family name as they were typed, for the form in which a person is created.

    >>> names_typed(Sought(text="ada van Dyke 12/3/2015"))
    ('Ada Van', 'Dyke')
    """
    if sought.given or sought.family:
        return sought.given.strip(), sought.family.strip()
    left = understood(sought)[0].text.split()
    typed = [word.strip(",.;") for word in sought.text.split()]
    kept = [word for word in typed if words(word) and all(part in left for part in words(word))]
    named = [word.capitalize() if word.islower() else word for word in kept]
    return " ".join(named[:-1] or named), named[-1] if len(named) > 1 else ""
