"""National code sets as data: one meaning everywhere (principle 7).

Each TOML file here holds one set: ``citation``, and ``codes`` as code = "label".
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class CodeSet:
    """A national code set: its name, where it comes from, and its codes with labels in order."""

    name: str
    citation: str
    codes: dict[str, str]

    def label(self, code: str) -> str:
        """Return the label of ``code``; an unknown code is returned as it is, for people to see."""
        return self.codes.get(code, code)

    def choices(self) -> list[tuple[str, str]]:
        """Return the codes as Django choices."""
        return list(self.codes.items())


@cache
def code_set(name: str) -> CodeSet:
    """Return the code set called ``name``; raises FileNotFoundError for one that does not exist."""
    raw = tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))
    return CodeSet(name, raw["citation"], dict(raw["codes"]))
