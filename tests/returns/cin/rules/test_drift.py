"""The drift guard: no rule without a test of both kinds, a citation, a message and an action."""

import re
from itertools import pairwise

import pytest

from tests.returns.cin.rules import (
    test_assessments_and_enquiries,
    test_children,
    test_episodes,
    test_numbers_and_disabilities,
    test_plans,
)
from tests.returns.cin.rules.cases import Case
from throughline.returns.cin import layout, registry
from throughline.returns.cin.registry import every_rule
from throughline.returns.cin.rule import Rule
from throughline.returns.cin.structure import CHECKS

CASES: list[Case] = [
    case
    for module in (
        test_assessments_and_enquiries,
        test_children,
        test_episodes,
        test_numbers_and_disabilities,
        test_plans,
    )
    for case in module.CASES
]

PUBLISHED = {2023: 105, 2024: 105, 2025: 109, 2026: 109, 2027: 121}
"""How many rules the sector lists for each year."""


def named(rule: Rule) -> str:
    return f"{rule.code} of {rule.since}"


@pytest.mark.parametrize("rule", every_rule(), ids=named)
def test_every_wording_of_every_rule_has_a_test_that_finds_and_one_that_does_not(rule: Rule) -> None:
    mine = [case for case in CASES if case.rule == rule.code and rule.in_year(case.year)]
    assert any(case.rows for case in mine), f"{named(rule)} has no test in which it finds something"
    assert any(not case.rows for case in mine), f"{named(rule)} has no test in which it finds nothing"


@pytest.mark.parametrize("rule", [*every_rule(), *CHECKS.values()], ids=lambda rule: rule.code)
def test_every_rule_says_what_is_wrong_what_to_do_and_where_it_comes_from(rule: Rule) -> None:
    for sentence in (rule.message, rule.action):
        assert re.match(r"[A-Z1-9{“]", sentence)
        assert sentence.endswith(".")
        assert len(sentence) >= 12
        assert "please" not in sentence.lower()
    assert rule.message != rule.action
    assert rule.citation.startswith("Throughline" if rule.ours else "Department for Education")
    assert rule.code in rule.citation or rule.ours
    assert rule.severity.value == (
        "query" if rule.code.endswith("Q") or rule.code in ("TL-YEAR", "TL-TABLE") else "error"
    )


@pytest.mark.parametrize("rule", every_rule(), ids=named)
def test_every_rule_names_tables_and_fields_of_its_years(rule: Rule) -> None:
    years = range(rule.since, (rule.until or registry.LAST_YEAR) + 1)
    for name, fields in rule.fields.items():
        if name == "Header":
            assert set(fields) <= set(layout.header_fields())
            continue
        table = layout.tables()[name]
        for field in fields:
            if (name, field) == ("Assessments", "AssessmentFactors"):
                continue
            assert any(table.field(field).in_year(year) and table.in_year(year) for year in years)


@pytest.mark.parametrize("year", registry.years())
def test_a_year_has_as_many_rules_as_are_published(year: int) -> None:
    rules = registry.load_rules(year)
    assert len([one for one in rules.values() if not one.ours]) == PUBLISHED[year]
    assert [one.code for one in rules.values() if one.ours] == (OURS if year >= 2027 else [])


OURS = [one.code for one in every_rule() if one.ours]


def test_each_year_inherits_and_says_only_what_changed() -> None:
    for before, after in pairwise(registry.years()):
        old, new = registry.load_rules(before), registry.load_rules(after)
        assert set(old) <= set(new)
        changed = {code for code in new if code not in old or new[code].check is not old[code].check}
        assert all(new[code].since == after for code in changed)
        assert all(new[code].since == old[code].since for code in set(new) - changed)


def test_every_case_is_of_a_rule_that_exists_in_its_year() -> None:
    for case in CASES:
        assert case.rule in registry.load_rules(case.year), case.name
