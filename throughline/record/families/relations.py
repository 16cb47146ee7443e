"""What people can be to one another, and how parental responsibility is held: read from TOML beside this file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Relation:
    """What one person is to another: ``label`` whoever they are, ``female`` and ``male`` where the sex is recorded."""

    code: str
    label: str
    inverse: str
    kind: str
    female: str = ""
    male: str = ""
    older: bool = False

    def words(self, sex: str = "") -> str:
        """Return the word for a person of this statutory sex code ("F", "M", or neither).

        >>> relation("sibling").words("F"), relation("sibling").words()
        ('sister', 'brother or sister')
        """
        return {"F": self.female, "M": self.male}.get(sex) or self.label


@dataclass(frozen=True)
class Basis:
    """How parental responsibility is held, and the law that gives it."""

    code: str
    label: str
    law: str


@cache
def relations() -> dict[str, Relation]:
    """Return every relation by its code."""
    raw = tomllib.loads((_HERE / "relationships.toml").read_text(encoding="utf-8"))
    return {code: Relation(code, **one) for code, one in raw.items()}


def relation(code: str) -> Relation:
    """Return the relation with this code; raises LookupError for one that relationships.toml does not have."""
    try:
        return relations()[code]
    except KeyError:
        raise LookupError(f"{code!r} is not a relation: add it to record/families/relationships.toml") from None


@cache
def bases() -> dict[str, Basis]:
    """Return every basis of parental responsibility by its code."""
    raw = tomllib.loads((_HERE / "responsibility.toml").read_text(encoding="utf-8"))
    return {code: Basis(code, **one) for code, one in raw.items()}


def basis_words(basis: str) -> str:
    """Return a basis in words; one that is not a code (an import's own words) as it is."""
    known = bases().get(basis)
    return known.label if known else basis


def choices() -> list[tuple[str, str]]:
    """Return the relations as Django choices."""
    return [(one.code, one.label) for one in relations().values()]


def basis_choices() -> list[tuple[str, str]]:
    """Return the bases of parental responsibility as Django choices."""
    return [(one.code, one.label) for one in bases().values()]
