"""Which rules are in force in which collection year.

Each year is a package under ``rules``. It holds the rules that the year added or amended; ``WITHDRAWN``
in its ``__init__`` lists codes that it dropped. Every other rule is inherited from the year before.
"""

import importlib
import pkgutil
from dataclasses import replace
from functools import cache

from throughline.returns.cin.rule import Rule
from throughline.returns.findings import ruleset_name, ruleset_year

FIRST_YEAR = 2023
LAST_YEAR = 2027


def years() -> range:
    """Collection years that have a ruleset; 2023 is 2022/23."""
    return range(FIRST_YEAR, LAST_YEAR + 1)


def load_rules(ruleset: str | int | None = None) -> dict[str, Rule]:
    """The rules of one collection year by code, in order of code; without a year, of the latest.

    Each rule's ``since`` is the year that brought this wording of it. Raises ``ValueError`` with a
    sentence for a ruleset that there is not.
    """
    return _rules(chosen_year(ruleset))


def chosen_year(ruleset: str | int | None) -> int:
    """The collection year of "2025-26" or of 2026; None is the latest. Raises ``ValueError`` with a sentence."""
    if ruleset is None:
        return LAST_YEAR
    year = ruleset if isinstance(ruleset, int) else ruleset_year(ruleset)
    if year not in years():
        first, last = ruleset_name(FIRST_YEAR), ruleset_name(LAST_YEAR)
        raise ValueError(f"There are no rules for {ruleset_name(year)}. Choose a ruleset from {first} to {last}.")
    return year


@cache
def _rules(year: int) -> dict[str, Rule]:
    rules = dict(_rules(year - 1)) if year > FIRST_YEAR else {}
    package = f"{__package__}.rules.y{year - 1}_{year % 100:02d}"
    home = importlib.import_module(package)
    for code in home.WITHDRAWN:
        del rules[code]
    for module in pkgutil.iter_modules(home.__path__):
        contents = vars(importlib.import_module(f"{package}.{module.name}"))
        rules.update({one.code: replace(one, since=year) for one in contents.values() if isinstance(one, Rule)})
    return {code: rules[code] for code in sorted(rules, key=_order)}


def _order(code: str) -> tuple[int, int, str]:
    digits = "".join(character for character in code if character.isdigit())
    return (0 if code[0].isdigit() else 1, int(digits or 0), code)


@cache
def every_rule() -> tuple[Rule, ...]:
    """Every wording of every rule, with the years it is in force."""
    found: dict[tuple[str, int], Rule] = {}
    for year in years():
        current = _rules(year)
        for key, one in list(found.items()):
            if one.until is None and (one.code not in current or current[one.code].since != one.since):
                found[key] = replace(one, until=year - 1)
        for one in current.values():
            found.setdefault((one.code, one.since), one)
    return tuple(sorted(found.values(), key=lambda one: (_order(one.code), one.since)))
