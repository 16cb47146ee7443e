"""Checks of the file itself, and choosing the year of the rules."""

from io import BytesIO

import pytest

from tests.returns.cin.rules.cases import made
from tests.returns.cin.samples import child, message
from throughline.returns.cin.checking import check
from throughline.returns.cin.model import CinReturn
from throughline.returns.cin.read import read_cin
from throughline.returns.findings import Finding, Report


def found(source: BytesIO | CinReturn, rule: str, year: int | None = 2026) -> list[Finding]:
    read = source if isinstance(source, CinReturn) else read_cin(source)
    return [one for one in check(read, year).findings if one.rule == rule]


def said(source: BytesIO | CinReturn, rule: str, year: int | None = 2026) -> list[str]:
    return [one.message for one in found(source, rule, year)]


def test_what_no_field_holds_is_reported_with_its_child_row_and_line() -> None:
    one = found(message(child(), child("A2", identifiers="<Shoe>9</Shoe>")), "TL-ELEMENT")
    assert [(f.child, f.table, f.row, f.fields) for f in one] == [("A2", "ChildIdentifiers", 2, ("Shoe",))]
    assert "unknown element in Shoe “9” (line 4)" in one[0].message


def test_a_date_that_is_none_is_reported_and_counts_as_missing() -> None:
    source = message(child(identifiers="<PersonBirthDate>2015-02-30</PersonBirthDate>"))
    assert said(source, "TL-DATE") == ["PersonBirthDate is “2015-02-30”, which is not a date."]
    source.seek(0)
    assert len(found(source, "8525Q")) == 1


@pytest.mark.parametrize("written", ["27/03/2015", "2015-03-27T00:00:00", "27-Mar-2015"])
def test_a_date_in_another_spelling_is_read_and_reported(written: str) -> None:
    source = message(child(identifiers=f"<PersonBirthDate>{written}</PersonBirthDate>"))
    assert "It was read as 2015-03-27" in said(source, "TL-SPELLING")[0]
    source.seek(0)
    assert found(source, "8525Q") == []


def test_the_spelling_of_dates_does_not_matter_in_a_spreadsheet() -> None:
    read = made({"CINPlanDates": [{"CINPlanStartDate": "01/06/2025"}]})
    read.form = "csv"
    assert found(read, "TL-SPELLING") == []


def test_a_flag_that_is_neither_yes_nor_no_is_reported() -> None:
    assert said(made({"Section47": [{"ICPCnotRequired": "Y"}, {"ICPCnotRequired": "TRUE"}]}), "TL-FLAG") == [
        "ICPCnotRequired is “Y”, which is neither yes nor no."
    ]


def test_a_code_without_a_rule_of_its_own_is_reported() -> None:
    read = made({"ChildIdentifiers": [{"UPNunknown": "UN9"}, {"child": 2, "UPNunknown": " UN1 "}]})
    assert [(one.row, one.fields) for one in found(read, "TL-CODE")] == [(1, ("UPNunknown",))]


def test_a_field_of_another_year_is_reported_once_with_how_many() -> None:
    read = made({"ChildIdentifiers": [{"GenderCurrent": "1"}, {"child": 2, "GenderCurrent": "2"}]})
    assert said(read, "TL-LAYOUT") == ["GenderCurrent has 2 values, and it is not in the layout of 2025-26."]
    assert found(read, "TL-LAYOUT", 2024) == []


@pytest.mark.parametrize(("authority", "fine"), [("201", True), ("943", True), ("999", False), ("E09000001", False)])
def test_an_authority_that_does_not_exist_is_reported(authority: str, fine: bool) -> None:
    read = made({})
    read.header["LEA"] = authority
    assert bool(found(read, "TL-LEA")) is not fine


def test_no_authority_is_reported_as_missing() -> None:
    read = made({})
    del read.header["LEA"]
    assert "is missing" in said(read, "TL-LEA")[0]


def test_a_return_of_another_year_is_said_with_both_years() -> None:
    assert said(made({}, 2024), "TL-YEAR") == [
        "The header says that the return is of 2023-24, and it was checked by the rules of 2025-26."
    ]
    assert said(made({}, 2026), "TL-YEAR") == []


@pytest.mark.parametrize(
    ("stated", "chosen"), [(2024, "2023-24"), (2021, "2022-23"), (2031, "2026-27"), (0, "2026-27")]
)
def test_without_a_ruleset_the_header_decides_or_the_nearest_year(stated: int, chosen: str) -> None:
    read = made({"ChildIdentifiers": [{"Sex": "F"}]})
    read.header |= {"Year": str(stated) if stated else "", "ReferenceDate": f"{stated}-03-31" if stated else ""}
    if not stated:
        read.layout_year = 2027
    assert check(read).ruleset == chosen


def test_ten_thousand_findings_on_one_rule_are_all_there() -> None:
    read = made({"ChildIdentifiers": [{"child": number} for number in range(1, 10_001)]})
    report: Report = check(read, 2026)
    assert len(report.by_rule()["4180"]) == 10_000
    assert [one.row for one in report.by_rule()["4180"][:3]] == [1, 2, 3]
    assert report.children == 10_000


def test_rules_that_ran_are_counted_without_the_checks_of_the_file() -> None:
    assert check(made({}), 2026).run == 109
    assert check(made({}, 2023), 2023).run == 105


def test_a_return_without_a_header_is_still_checked() -> None:
    read = made({})
    read.header.clear()
    assert {"100", "TL-LEA"} <= {one.rule for one in check(read, 2026).findings}


def test_progress_ends_with_every_rule_done() -> None:
    told: list[tuple[str, int, int]] = []
    check(made({}), 2026, lambda what, done, total: told.append((what, done, total)))
    assert told[-1] == ("Checking", 109, 109)


@pytest.mark.parametrize(
    "header",
    [
        {"Year": "999999"},
        {"Year": "-5"},
        {"ReferenceDate": "0001-03-31"},
        {"ReferenceDate": "+12025-01-01"},
        {"ReferenceDate": "9999-12-31"},
        {"ReferenceDate": "2024-02-29"},
    ],
)
def test_a_date_of_another_age_in_the_header_is_a_finding_and_nothing_worse(header: dict[str, str]) -> None:
    read = made({"CINdetails": [{"CINreferralDate": "9999-12-31"}]})
    read.header |= header
    assert found(read, "100")


@pytest.mark.parametrize("written", ["+12025-01-01", "-0044-03-15", "0001-01-01"])
def test_years_that_do_not_have_four_digits_are_no_dates(written: str) -> None:
    assert found(made({"ChildIdentifiers": [{"PersonBirthDate": written}]}), "TL-DATE")
