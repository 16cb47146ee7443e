"""What the text of a census element means, and how the record's value is written back.

``read`` gives the value that the record can hold and, where it cannot hold what came, why not. The spelling that
means the same (" 2025-03-31 ", "2025-03-31T00:00:00", "true") is not kept: it is written back as the schema spells it.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from throughline.returns.cin import layout

Held = date | str | bool | int | tuple[str, ...] | tuple[date, ...] | None
"""A value as the record holds it; None or "" where it holds none."""

Raw = str | list[list[object]]
"""A value as the file has it: text, or for a list its pairs of wrapping element and text."""

FIRST_DAY: Final = date(1900, 1, 1)
"""The first day on which the record lets something happen (journey.actions)."""

_UPN = re.compile(r"[A-Za-z]\d{11}[\dA-Za-z]")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T00:00:00(?:\.0+)?)?(?:Z|[+-]\d\d:\d\d)?")
_GENDER_TO_SEX = {"0": "U", "1": "M", "2": "F", "9": "I"}
_SEX_TO_GENDER = {sex: gender for gender, sex in _GENDER_TO_SEX.items()}


def read(kind: str, raw: Raw | None, codes: str | None = None) -> tuple[Held, str]:
    """Return the value that ``raw`` holds and "" , or nothing and why the record cannot hold it.

    ``kind`` is a field type of the layout, or "gender", "codes" or "dates" for a list.
    """
    if raw is None:
        return _nothing(kind), ""
    if not isinstance(raw, str):
        return _read_list(kind, raw, codes)
    text = raw.strip()
    if not text:
        return _nothing(kind), "The element is there and empty."
    return _READERS[kind](text, codes)


def _nothing(kind: str) -> Held:
    return "" if kind in ("code", "text", "upn", "gender", "sex", "short") else None


def _date(text: str, _codes: str | None) -> tuple[Held, str]:
    found = _MIDNIGHT.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        return date.fromisoformat(found[1]), ""
    except ValueError:
        return None, f"“{text}” is not a date. A date is written as year, month and day: 2025-03-31."


def _code(text: str, codes: str | None) -> tuple[Held, str]:
    if codes and text not in {code.code for code in layout.codes(codes)}:
        return "", f"“{text}” is not a code of this item in any year."
    return text, ""


def _gender(text: str, _codes: str | None) -> tuple[Held, str]:
    if text not in _GENDER_TO_SEX:
        return "", f"“{text}” is not a code of this item in any year."
    return _GENDER_TO_SEX[text], ""


def _upn(text: str, _codes: str | None) -> tuple[Held, str]:
    if not _UPN.fullmatch(text):
        return "", f"“{text}” is not a pupil number: a letter, eleven digits, then a digit or a letter."
    return text, ""


def _yesno(text: str, _codes: str | None) -> tuple[Held, str]:
    meant = {"1": True, "true": True, "0": False, "false": False}.get(text.lower())
    return meant, "" if meant is not None else f"“{text}” is neither 1 (yes) nor 0 (no)."


def _integer(text: str, _codes: str | None) -> tuple[Held, str]:
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return int(text), ""
    return None, f"“{text}” is not a whole number."


def _text(text: str, _codes: str | None) -> tuple[Held, str]:
    return text, ""


def _short(text: str, _codes: str | None) -> tuple[Held, str]:
    return (text, "") if len(text) <= 8 else ("", f"“{text[:40]}” is longer than an outcome's code can be.")


_READERS: Final[dict[str, Callable[[str, str | None], tuple[Held, str]]]] = {
    "date": _date,
    "code": _code,
    "gender": _gender,
    "sex": _code,
    "upn": _upn,
    "yesno": _yesno,
    "integer": _integer,
    "text": _text,
    "short": _short,
}


def _read_list(kind: str, raw: list[list[object]], codes: str | None) -> tuple[Held, str]:
    """Read a list. Several wrapping elements, none, or an empty one cannot be told from the record: say so."""
    held: list[str | date] = []
    faults: list[str] = []
    for _block, value in raw:
        if value is None:
            continue
        item, fault = read("date" if kind == "dates" else "code", str(value), codes)
        if fault:
            faults.append(fault)
        elif item in held:
            faults.append(f"“{value}” is given twice.")
        else:
            held.append(item)  # type: ignore[arg-type]
    if kind == "dates":
        held.sort()
    if not faults and held and {block for block, _value in raw} != {1}:
        faults.append("The list is grouped in another way than its layout has it.")
    return tuple(held), " ".join(faults)  # type: ignore[return-value]


def text(held: Held) -> str:
    """Return a held value as text, alike for values that mean the same: for comparing, and for writing."""
    if held is None:
        return ""
    if isinstance(held, bool):
        return "1" if held else "0"
    if isinstance(held, date):
        return held.isoformat()
    if isinstance(held, tuple):
        return ",".join(text(item) for item in held)
    return str(held)


def write(kind: str, held: Held) -> Raw | None:
    """Return what the file has for a held value; None for no element."""
    if isinstance(held, tuple):
        if not held:
            return [[1, None]] if kind == "codes" else None
        return [[1, text(item)] for item in held]
    if held is None or held == "":
        return None
    if kind == "gender":
        return _SEX_TO_GENDER.get(str(held), str(held))
    # The layout since 2025 knows no "indeterminate".
    return "U" if kind == "sex" and held == "I" else text(held)
