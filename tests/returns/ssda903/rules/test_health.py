"""Children looked after all year, and care leavers."""

import pytest

from tests.returns.ssda903.rules.found import found

ALL_YEAR = "CHILD DECOM DEC RNE REC LS|a 1/4/25 - S - C2|b 1/5 - S - C2"
"""Child a was looked after all year, child b was not."""


def oc2(code: str, rows: str, **tables: str) -> list[int]:
    """Rows of OC2 that the rule finds, where child a was looked after all year."""
    result = found(code, OC2=rows, Episodes=ALL_YEAR, **tables)
    return result.get("OC2", [])


@pytest.mark.parametrize(
    ("code", "rows", "faults"),
    [
        ("157", "CHILD DOB SDQ_SCORE SDQ_REASON|a 1/4/22 - SDQ1|a 2/4/22 - SDQ1|a 1/4/22 - SDQ2|b 1/4/22 - SDQ1", [1]),
        ("158", "INTERVENTION_RECEIVED INTERVENTION_OFFERED|1 0|1 -|0 1", [1]),
        ("159", "SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED|1 0 -|1 0 1|1 1 -|0 0 -", [1]),
        ("182", "IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE CONVICTED|1 1 1 - 0|1 1 1 0 0|- - - - -", [1]),  # noqa: E501
        ("185", "CHILD SDQ_SCORE|a 10|b 10|b -", [2]),
        ("186", "CHILD DOB SDQ_SCORE SDQ_REASON|a 1/4/22 - -|a 31/3/10 - -|a 1/4/22 5 -|a 1/4/22 - SDQ2|b 1/4/22 - -", [1]),  # noqa: E501
        ("188", "DOB SDQ_SCORE SDQ_REASON|1/4/23 5 -|1/4/23 - SDQ1|31/3/23 5 -|1/4/23 - -", [1, 2]),
        ("189", "DOB SDQ_SCORE SDQ_REASON|31/3/09 5 -|1/4/09 5 -|31/3/09 - -", [1]),
        ("190", "CHILD CONVICTED TEETH_CHECK|a 1 1|b 1 -|b - 0|b - -", [2, 3]),
        ("192", "SUBSTANCE_MISUSE INTERVENTION_RECEIVED|1 -|1 0|0 -", [1]),
        ("193", "SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED|0 1 -|- - 0|1 1 -|0 - -", [1, 2]),
        ("197a", "SDQ_SCORE SDQ_REASON|5 SDQ2|5 -|- SDQ2", [1]),
        ("197B", "CHILD DOB SDQ_SCORE|a 1/5/22 -|a 1/5/09 -|a 1/5/15 -|a 1/5/22 5|b 1/5/22 -", [1, 2]),
        ("198", "CHILD SDQ_REASON|a SDQ2|b SDQ2|b -", [2]),
        ("542", "DOB CONVICTED|1/4/17 0|31/3/17 0|1/4/17 -", [1]),
        ("543", "CHILD DOB CONVICTED|a 31/3/17 -|a 1/4/17 -|a 31/3/17 1|b 31/3/17 -", [1]),
        ("544", "CONVICTED IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE|1 1 1 1 -|1 1 1 1 0|0 - - - -", [1]),  # noqa: E501
        ("545", "CHILD DOB HEALTH_CHECK|a 1/4/22 -|a 31/3/22 -|a 1/4/22 1|b 1/4/22 -", [1]),
        ("546", "CHILD DOB HEALTH_CHECK|a 31/3/22 1|a 1/4/22 1|a 31/3/22 -", [1]),
        ("547", "HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE|1 1 1 - 0|1 1 1 1 0|0 - - - -", [1]),  # noqa: E501
    ],
)  # fmt: skip
def test_outcomes_of_children_looked_after_all_year(code: str, rows: str, faults: list[int]) -> None:
    assert oc2(code, rows) == faults


@pytest.mark.parametrize(
    ("episodes", "all_year"),
    [
        ("1/4/25 - S - C2", True),
        ("1/4 - S - C2", True),
        ("2/4 - S - C2", False),
        ("1/4/25 31/3 S E8 C2", True),
        ("1/4/25 30/3 S E8 C2", False),
        ("1/4/25 - S - V3", False),
        ("1/4/25 31/3/26 S E8 C2", False),
    ],
)
def test_looked_after_all_year_is_as_the_department_defines_it(episodes: str, all_year: bool) -> None:
    rows = f"CHILD DECOM DEC RNE REC LS|a {episodes}"
    assert found("185", Episodes=rows, OC2="CHILD SDQ_SCORE|a 5") == ({} if all_year else {"OC2": [1]})


def test_187_a_child_who_is_still_looked_after_was_not_adopted_and_has_not_left() -> None:
    tables = {"AD1": "CHILD DATE_INT|a 1/5|b 1/5|a -", "OC3": "CHILD ACTIV|a F1|b F1|a -"}
    assert found("187", Episodes=ALL_YEAR, **tables) == {"AD1": [1], "OC3": [1]}


def test_191_outcomes_are_given_for_each_child_looked_after_all_year() -> None:
    rows = "CHILD IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE|a 1 1 1 -|b - - - -|a 1 1 1 1"
    assert found("191", Episodes=ALL_YEAR, OC2=rows) == {"OC2": [1]}
    assert found("191", Episodes=ALL_YEAR, OC2="CHILD|b") == {"Episodes": [1]}


def test_215_nobody_is_a_care_leaver_and_looked_after_all_year() -> None:
    tables = {"OC3": "CHILD ACTIV|a F1|b -|c F1", "OC2": "CHILD CONVICTED|a 0|b 0|c -"}
    assert found("215", **tables) == {"OC3": [1], "OC2": [1]}


def oc3(code: str, rows: str, year: int = 2027, **tables: str) -> list[int]:
    """Rows of OC3 alone that the rule finds."""
    result = found(code, year, OC3=rows, **tables)
    assert result.keys() <= {"OC3"}
    return result.get("OC3", [])


@pytest.mark.parametrize(
    ("code", "rows", "faults"),
    [
        ("153", "IN_TOUCH ACTIV ACCOM|YES F1 B1|YES - B1|- - -|- - 0", [2, 4]),
        ("344", "IN_TOUCH ACTIV ACCOM|DIED 0 0|DIED F1 0|RHOM 0 -|YES F1 B1", [2, 3]),
        ("345", "IN_TOUCH ACTIV ACCOM|YES F1 B1|YES 0 B1|YES F1 0|NO 0 0", [2, 3]),
        ("347", "DOB ACCOM|1/4/08 T1|2/4/08 T1|2/4/08 T2|2/4/08 U1", [2, 3]),
        ("391", "DOB IN_TOUCH|31/3/10 YES|1/4/10 YES|1/4/10 -", [2]),
    ],
)
def test_care_leaver_items_fit_each_other(code: str, rows: str, faults: list[int]) -> None:
    assert oc3(code, rows) == faults


def test_348_the_dead_stay_dead() -> None:
    assert oc3("348", "CHILD IN_TOUCH|a YES|b DIED|c YES", OC3_last="CHILD IN_TOUCH|a DIED|b DIED|c YES") == [1]


def test_1000_no_care_leaver_died_in_care() -> None:
    episodes, before = "CHILD REC|a E2|b E8", "CHILD REC|c E2|d X1"
    assert oc3("1000", "CHILD|a|b|c|d", Episodes=episodes, Episodes_last=before) == [1, 3]
    assert oc3("1000", "CHILD|a|b|c|d", Episodes=episodes) == [1]


def test_1001_thirteen_weeks_since_14_and_a_day_since_16() -> None:
    header = "CHILD DOB|a 1/5/08|b 1/5/08|c 1/5/08|d 1/5/08|e 1/5/00|f 1/5/08"
    now = "CHILD DECOM DEC LS REC|a 1/4 - C2 -|b 1/4 1/5 C2 E8|c 1/4 1/8 C2 E11|d 1/4 1/8 V3 E8|e 1/4/16 1/5/16 C2 E8"
    leavers = "CHILD|a|b|c|d|e|f"
    assert oc3("1001", leavers, Header=header, Episodes=now, Episodes_last="CHILD DECOM|z 1/4/25") == [2, 3, 4, 6]
    earlier = "CHILD DECOM DEC LS|b 1/4/25 1/4 C2"
    assert oc3("1001", leavers, Header=header, Episodes=now, Episodes_last=earlier) == [3, 4, 6]


def test_1002_a_care_leaver_was_in_care() -> None:
    assert oc3("1002", "CHILD|a|b|c", Episodes="CHILD|a", Episodes_last="CHILD|b") == [3]


def test_1007_nobody_leaves_care_while_looked_after() -> None:
    rows = "CHILD DOB ACTIV|a 1/6/09 F1|b 1/6/09 F1|c 1/6/09 -|d 1/6/07 F1|e 1/6/08 F1"
    episodes = "CHILD DECOM DEC|a 1/4 1/7|b 1/4 1/5|c 1/4 1/7|d 1/4 1/7|e 1/4 -"
    assert oc3("1007", rows, Episodes=episodes) == [1, 5]


def test_1011_another_authority_has_its_own_care_leavers() -> None:
    episodes = "CHILD DECOM REC|a 1/4 E3|b 1/4 E3|b 1/5 E8|c 1/4 E3"
    assert oc3("1011", "CHILD ACTIV|a F1|b F1|c -", Episodes=episodes) == [1]


def test_1016_leaving_after_the_birthday_is_no_care_leaver_yet() -> None:
    rows = "CHILD DOB ACTIV|a 1/6/09 F1|b 1/6/09 F1|c 1/6/08 F1|d 1/6/08 F1|e 1/6/09 -"
    episodes = "CHILD DEC|a 1/6|b 31/5|c 1/6|d 31/5|e 1/6"
    assert oc3("1016", rows, Episodes=episodes) == [1, 3]


def test_3001_staying_with_the_carer_is_for_those_over_18() -> None:
    header = "CHILD DOB|a 1/5/09|b 1/5/08|c 1/5/09"
    assert oc3("3001", "CHILD ACCOM|a Z1|b Z1|c U1", Header=header) == [1]
