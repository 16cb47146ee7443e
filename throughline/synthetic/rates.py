"""The rates of the made-up authority, read from rates.toml."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _all() -> dict[str, float]:
    raw = tomllib.loads((Path(__file__).parent / "rates.toml").read_text(encoding="utf-8"))
    return {name: float(one["value"]) for name, one in raw.items()}


def rate(name: str) -> float:
    """Return the rate called ``name``; KeyError for one that rates.toml does not have."""
    return _all()[name]
