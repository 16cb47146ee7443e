"""Numbers by which people are known: how each is written, and whether it passes its own check."""

import re

from throughline.record.people.models import IdentifierType

# The letters of a unique pupil number's check: 23, without I, O and S (Department for Education, UPN guide).
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
_NOT_DIGITS = re.compile(r"\D")


def tidy(text: str) -> str:
    """Return a number without spaces and hyphens, in capitals.

    >>> tidy(" 943 476-5919 ")
    '9434765919'
    """
    return re.sub(r"[\s\-]+", "", text).upper()


def nhs_passes(value: str) -> bool:
    """Return whether ten digits pass modulus 11 (NHS Data Dictionary: weights 10 to 2, eleven becomes 0).

    >>> nhs_passes("9434765919"), nhs_passes("9434765918")
    (True, False)
    """
    if len(value) != 10 or not (value.isascii() and value.isdigit()):
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(value, range(10, 1, -1), strict=False)) % 11
    return check % 11 == int(value[9]) if check != 10 else False


def upn_letter(rest: str) -> str:
    """Return the check letter of the twelve characters that follow it (weights 2 to 13, modulus 23).

    A temporary number ends in a letter, which counts as its place among the 23. Raises ValueError otherwise.

    >>> upn_letter("801200001001")
    'H'
    """
    values = [int(digit) for digit in rest[:11]]
    values.append(int(rest[11]) if rest[11].isdigit() else _UPN_LETTERS.index(rest[11]))
    return _UPN_LETTERS[sum(value * weight for value, weight in zip(values, range(2, 14), strict=True)) % 23]


def upn_passes(value: str) -> bool:
    """Return whether a tidied unique pupil number has its form and its check letter."""
    if not value.isascii() or not _UPN.fullmatch(value) or value[12] in "IOS":
        return False
    return upn_letter(value[1:]) == value[0]


def fault(type_: str, value: str) -> str:
    """Return a sentence that says what is wrong with a tidied number and what to do, or "" when nothing is."""
    if not value:
        return "Enter the number, or leave the whole line out."
    if len(value) > 60:
        return f"This is {len(value)} characters long; no number here has more than 60. Check what was pasted."
    if type_ == IdentifierType.NHS:
        return _nhs_fault(value)
    if type_ in (IdentifierType.UPN, IdentifierType.FORMER_UPN):
        return _upn_fault(value)
    if type_ == IdentifierType.ULN and not re.fullmatch(r"[0-9]{10}", value):
        return "A unique learner number is ten digits. Compare it with the letter or the school's record."
    return ""


def _nhs_fault(value: str) -> str:
    if not re.fullmatch(r"[0-9]{10}", value):
        digits = len(_NOT_DIGITS.sub("", value))
        return f"An NHS number is ten digits; this has {digits}. Compare it with the letter or ask the surgery."
    if not nhs_passes(value):
        return (
            "This NHS number does not pass its own check, so at least one digit is wrong. "
            "Compare it with the letter or ask the surgery."
        )
    return ""


def _upn_fault(value: str) -> str:
    if not value.isascii() or not _UPN.fullmatch(value):
        return (
            "A unique pupil number is a letter and twelve digits (a temporary one ends in a letter). "
            "Compare it with the school's record."
        )
    if not upn_passes(value):
        return (
            "The first letter does not fit the rest of this unique pupil number, so a character is wrong. "
            "Compare it with the school's record."
        )
    return ""


def phone_digits(text: str) -> str:
    """Return a telephone number as national digits: +44 and 0044 become 0, everything else is dropped.

    >>> phone_digits("+44 (0)7700 900123")
    '07700900123'
    """
    digits = _NOT_DIGITS.sub("", text)
    abroad = text.strip().startswith("+")
    if digits.startswith("0044"):
        digits, abroad = digits[2:], True
    if digits.startswith("44") and (abroad or len(digits) == 12):
        return "0" + digits[2:].removeprefix("0")
    return digits[:30]
