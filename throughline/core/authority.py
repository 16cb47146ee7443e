"""The authority's own configuration: text files that are reviewed like code (principle 7).

``authority.toml`` in the folder ``THROUGHLINE_AUTHORITY`` names the authority and sets what it may choose.
Clocks, front door and practice models have files of their own beside it, read by their own rooms.
"""

import tomllib
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

T = TypeVar("T")


class ConfigurationError(ValueError):
    """The authority's configuration cannot be used; the text names the file and says what to mend."""


@dataclass(frozen=True)
class AccessChoices:
    """What the authority chooses about access."""

    break_glass_hours: int = 4


@dataclass(frozen=True)
class Authority:
    """The authority that this installation serves."""

    name: str
    # The three-digit number by which the Department for Education knows the authority.
    la_code: str
    # The national statistics code.
    ons_code: str = ""
    out_of_hours: str = ""
    access: AccessChoices = field(default_factory=AccessChoices)


def current() -> Authority:
    """Return the authority's configuration; raises ConfigurationError with the file and the fault."""
    return load(Path(settings.AUTHORITY))


@lru_cache(maxsize=8)
def load(folder: Path) -> Authority:
    """Read ``authority.toml`` in ``folder``."""
    path = folder / "authority.toml"
    raw = read_toml(path)
    access = _only_known(AccessChoices, raw.pop("access", {}), path, "access")
    return _only_known(Authority, {**raw, "access": access}, path, "the file")


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file of the configuration, or raise ConfigurationError that says what to do."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as problem:
        raise ConfigurationError(
            f"{path} is missing. Copy the example authority folder, or set THROUGHLINE_AUTHORITY to yours."
        ) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigurationError(f"{path} cannot be read: {problem}.") from problem


def _only_known(kind: type[T], raw: dict[str, Any], path: Path, where: str) -> T:
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(raw) - known)
    if unknown:
        raise ConfigurationError(
            f"{path}: {where} has {', '.join(unknown)}, which is not a setting. Known: {', '.join(sorted(known))}."
        )
    try:
        return kind(**raw)
    except TypeError as problem:
        raise ConfigurationError(f"{path}: {where} is incomplete: {problem}.") from problem
