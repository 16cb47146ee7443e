"""Finding practice models: those that are shipped, and the authority's own, which override by code.

An authority puts its models in ``practice/`` of its folder, one TOML file each.
"""

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.core.authority import ConfigurationError, read_toml
from throughline.core.practice.model import Column, Condition, Part, PracticeModel, Section
from throughline.core.practice.reading import model_from

SHIPPED = Path(__file__).parent / "shipped"


def every() -> dict[str, PracticeModel]:
    """Return the models in use, by code. Raises ConfigurationError for a faulty one of the authority's."""
    own = Path(settings.AUTHORITY) / "practice"
    return {**folder(SHIPPED, _stamp(SHIPPED)), **folder(own, _stamp(own))}


def current(code: str) -> PracticeModel:
    """Return the model with this code as it is now; raises LookupError."""
    try:
        return every()[code]
    except KeyError:
        raise LookupError(f"There is no practice model {code!r}. Known: {', '.join(sorted(every()))}.") from None


@lru_cache(maxsize=32)
def folder(path: Path, stamp: tuple[tuple[str, int], ...]) -> dict[str, PracticeModel]:
    """Return the models in ``path``, by code. ``stamp`` (from ``_stamp``) makes a changed file be read anew."""
    found: dict[str, PracticeModel] = {}
    for name, _ in stamp:
        made = model_from(read_toml(path / name), str(path / name))
        if made.code in found:
            raise ConfigurationError(
                f"{path / name} and {found[made.code].origin} both have the code {made.code}. Give one another code."
            )
        found[made.code] = made
    return found


def _stamp(path: Path) -> tuple[tuple[str, int], ...]:
    if not path.is_dir():
        return ()
    return tuple((one.name, one.stat().st_mtime_ns) for one in sorted(path.glob("*.toml")))


def as_data(model: PracticeModel) -> dict[str, Any]:
    """Return the model as JSON-serialisable data, to be kept with the records begun with it."""
    data = asdict(model)
    data.pop("origin")
    kept: dict[str, Any] = json.loads(json.dumps(data))
    return kept


def from_data(data: dict[str, Any]) -> PracticeModel:
    """Return the model that ``as_data`` kept. Settings that came later have their defaults."""
    parts = tuple(Part(**one) for one in data["parts"])
    sections = tuple(_section(one) for one in data["sections"])
    rest = {key: value for key, value in data.items() if key not in ("parts", "sections", "sign_off")}
    return PracticeModel(**rest, parts=parts, sections=sections, sign_off=tuple(data["sign_off"]))


def _section(raw: dict[str, Any]) -> Section:
    made = {
        **raw,
        "prompts": tuple(raw["prompts"]),
        "was": tuple(raw["was"]),
        "relevant": tuple(Condition(**one) for one in raw["relevant"]),
        "columns": tuple(Column(**{**one, "choices": tuple(one["choices"])}) for one in raw["columns"]),
        "choices": tuple((code, words) for code, words in raw["choices"]),
    }
    return Section(**made)


def digest(model: PracticeModel) -> str:
    """Return the SHA-256 of what the model says, in hexadecimal: two that say the same are the same."""
    return hashlib.sha256(json.dumps(as_data(model), sort_keys=True).encode()).hexdigest()
