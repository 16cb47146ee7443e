"""The model of findings, and the names of rulesets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.returns.findings import Finding, Place, Report, RuleInfo, Severity, Skipped, ruleset_name, ruleset_year


def finding(rule: str = "8500", child: str | None = "A1", row: int | None = 3) -> Finding:
    return Finding(rule, Severity.ERROR, "ChildIdentifiers", child, row, ("LAchildID",), "Wrong.", "Mend it.")


def test_the_json_form_is_the_published_contract() -> None:
    report = Report(
        collection="cin",
        ruleset="2025-26",
        children=332,
        run=109,
        findings=[finding()],
        skipped=[Skipped("8510", "why")],
        notes=["not in the JSON"],
    )
    assert report.to_dict() == {
        "collection": "cin",
        "ruleset": "2025-26",
        "children": 332,
        "rules": {"run": 109, "skipped": [{"rule": "8510", "reason": "why"}]},
        "findings": [
            {
                "rule": "8500",
                "severity": "error",
                "table": "ChildIdentifiers",
                "child": "A1",
                "row": 3,
                "fields": ["LAchildID"],
                "message": "Wrong.",
                "action": "Mend it.",
            }
        ],
    }


def test_findings_are_grouped_with_the_most_first_and_the_rest_by_name() -> None:
    findings = [finding("b"), finding("c", "A2"), finding("a", "A2"), finding("c", None, None)]
    report = Report(collection="cin", ruleset="2025-26", children=2, run=3, findings=findings)
    assert list(report.by_rule()) == ["c", "a", "b"]
    assert list(report.by_child()) == ["A2", "A1", None]


def test_a_finding_knows_every_place_it_is_about() -> None:
    other = Place("CINdetails", 1, ("CINreferralDate",))
    one = Finding("8500", Severity.QUERY, "ChildIdentifiers", "A1", 3, ("UPN",), "m", "a", (other,))
    assert one.places == (Place("ChildIdentifiers", 3, ("UPN",)), other)


def test_a_rule_is_in_its_years_only() -> None:
    fields = {"CINdetails": ("ReferralNFA",), "Section47": ("ICPCnotRequired",)}
    rule = RuleInfo(
        code="1", severity=Severity.ERROR, fields=fields, citation="c", message="m", action="a", since=2024, until=2025
    )
    assert [year for year in range(2022, 2028) if rule.in_year(year)] == [2024, 2025]
    assert rule.tables == ("CINdetails", "Section47")


@given(st.integers(2001, 2098))
@settings(deadline=None)
def test_every_spelling_of_a_ruleset_is_its_year(year: int) -> None:
    for name in (ruleset_name(year), f"{year - 1}/{year % 100:02d}", f"{year - 1}-{year}", str(year), f" {year} "):
        assert ruleset_year(name) == year


@pytest.mark.parametrize("name", ["", "2025-27", "25-26", "next", "2025-26-27", "２０２５"])
def test_what_is_no_ruleset_is_refused_with_the_way_to_write_it(name: str) -> None:
    with pytest.raises(ValueError, match="Write it as 2025-26"):
        ruleset_year(name)
