"""Lawful bases of sharing what one knows about a family, read from lawful_bases.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Basis:
    """A basis in plain words, and what it rests on: UK GDPR Articles 6 and 9, Data Protection Act 2018 Schedule 1."""

    code: str
    label: str
    hint: str
    article_6: str
    condition: str


@cache
def bases() -> dict[str, Basis]:
    """Return every basis by its code."""
    raw = tomllib.loads((Path(__file__).parent / "lawful_bases.toml").read_text(encoding="utf-8"))
    return {code: Basis(code, **one) for code, one in raw.items()}
