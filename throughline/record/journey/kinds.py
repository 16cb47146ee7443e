"""Kinds of entry, read from kinds.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Kind:
    """A kind of entry: its code, its name, and how the picture of the journey marks it."""

    code: str
    label: str
    lane: str
    mark: str


@cache
def all_kinds() -> dict[str, Kind]:
    """Return every kind by its code."""
    raw = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
    return {code: Kind(code, **one) for code, one in raw.items()}


def kind(code: str) -> Kind:
    """Return the kind with this code; raises LookupError for one that kinds.toml does not have."""
    try:
        return all_kinds()[code]
    except KeyError:
        raise LookupError(f"{code!r} is not a kind of entry: add it to record/journey/kinds.toml") from None
