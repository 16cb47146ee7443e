"""No rule without a test, a citation, a message and an action of its own; none of this drifts unseen."""

import ast
from pathlib import Path

import pytest

from throughline.returns.findings import Severity
from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.registry import Rule, changes, every_rule, load_rules

HERE = Path(__file__).parent / "rules"
COUNTS = {2023: 293, 2024: 312, 2025: 305, 2026: 316, 2027: 327}
"""Rules of the department in each ruleset."""


def _tested() -> set[str]:
    words: set[str] = set()
    for path in HERE.glob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        words |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return words | {f"503{letter}" for letter in "ABCDEFGHJ"}


@pytest.mark.parametrize("rule", every_rule(), ids=lambda one: one.code)
def test_a_rule_is_whole(rule: Rule) -> None:
    assert rule.message.endswith("."), "a message is a sentence"
    assert rule.action.endswith("."), "an action is a sentence"
    assert rule.code in rule.citation or rule.ours
    assert rule.severity in Severity
    assert rule.check.__module__.startswith("throughline.returns.ssda903.rules.")
    for table, fields in rule.fields.items():
        assert fields
        for field in fields:
            assert (table, field) == ("Header", "UASC") or layout.tables()[table].field(field)


def test_every_rule_has_a_test() -> None:
    assert {rule.code for rule in every_rule()} - _tested() == set()


def test_every_ruleset_has_the_rules_of_the_department() -> None:
    for year, count in COUNTS.items():
        assert sum(not rule.ours for rule in load_rules(year).values()) == count


def test_no_two_rules_have_the_same_words() -> None:
    said: dict[str, set[str]] = {}
    for rule in every_rule():
        said.setdefault(rule.message, set()).add(rule.code)
    shared = [codes for codes in said.values() if len(codes) > 1]
    assert shared == []


def test_a_year_inherits_what_it_does_not_change() -> None:
    now = changes("2026-27")
    assert set(now.added) >= {"700", "710"}
    assert now.withdrawn == ()
    assert "230" in changes("2024-25").withdrawn
    assert load_rules("2026-27")["101"] is load_rules("2022-23")["101"]
    assert sum(not code.startswith("TL") for code in changes("2022-23").added) == COUNTS[2023]
