"""The parts of a plan that are words: each with its question and the rule that asks for it, from content.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """One part: ``name`` is the field of Plan; ``rule`` its number in requirements 002, section 4.2."""

    name: str
    rule: int
    heading: str
    question: str
    hint: str


@cache
def parts() -> tuple[Part, ...]:
    """Return the parts in the order in which a plan reads."""
    raw = tomllib.loads((Path(__file__).parent / "content.toml").read_text(encoding="utf-8"))
    return tuple(Part(name, **one) for name, one in raw.items())


@cache
def names() -> frozenset[str]:
    """Return the names of the parts."""
    return frozenset(part.name for part in parts())
