"""Three-digit codes of local authorities, from ``authorities.toml``."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def authority_codes(year: int) -> frozenset[str]:
    """Codes of authorities, present and past, known in the collection of ``year``."""
    known = tomllib.loads((Path(__file__).parent / "authorities.toml").read_text(encoding="utf-8"))
    added = [code for entry in known["added"] if year >= entry["since"] for code in entry["codes"]]
    return frozenset([*known["codes"], *added])
