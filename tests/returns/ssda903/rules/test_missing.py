"""Missing periods and deprivation of liberty, within and without periods of care."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.returns.ssda903.rules.found import found

DATES = "MIS_START MIS_END MISSING"


@pytest.mark.parametrize(
    ("code", "rows", "faults"),
    [
        ("564", f"{DATES}|- - M|1/5 - A|- - -", [1]),
        ("565", f"{DATES}|1/5 - -|1/5 - M|- - -", [1]),
        ("566", f"{DATES}|- 1/5 -|- 1/5 M", [1]),
        ("567", f"{DATES}|2/5 1/5 M|1/5 1/5 M|1/5 - M", [1]),
        ("570", f"{DATES}|01/04/2027 - M|31/03/2027 - M", [1]),
        ("571", f"{DATES}|- 31/03/2026 M|- 1/4 M|- 01/04/2027 M", [1, 3]),
        ("586", "DOB MIS_START|1/5 1/5|30/4 1/5", [1]),
    ],
)
def test_a_missing_period_has_its_dates_in_order(code: str, rows: str, faults: list[int]) -> None:
    assert found(code, Missing=rows) == {"Missing": faults}


def test_574_missing_periods_do_not_overlap() -> None:
    rows = "CHILD MIS_START MIS_END|a 1/5 3/5|a 2/5 4/5|b 1/5 2/5|b 2/5 3/5|c 1/5 -|c 2/5 3/5|d 1/5 9/5|d 2/5 3/5|d 4/5 5/5"  # noqa: E501
    assert found("574", Missing=rows) == {"Missing": [2, 6, 7]}


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(1, 28)), min_size=2, max_size=5))
def test_574_finds_a_fault_exactly_where_two_periods_share_a_day(days: list[tuple[int, int]]) -> None:
    periods = [(min(pair), max(pair)) for pair in days]
    rows = "|".join(["CHILD MIS_START MIS_END", *(f"a {begin}/5 {end}/5" for begin, end in periods)])
    shared = any(
        one[0] < other[1] and other[0] < one[1] for place, one in enumerate(periods) for other in periods[place + 1 :]
    )
    if shared:
        assert found("574", Missing=rows)
    strict = all(end <= begin for (_, end), (begin, _) in zip(sorted(periods), sorted(periods)[1:], strict=False))
    if strict:
        assert not found("574", Missing=rows)


EPISODES = "CHILD DECOM DEC REC|a 1/5 1/6 X1|a 1/6 1/7 E8|b 1/5 -  -|c 1/5 1/6 E8|c 1/8 - -".replace("  ", " ")


def test_575_a_placement_that_ended_ends_the_missing_period() -> None:
    rows = "CHILD MIS_START MIS_END|a 2/5 -|a 2/5 3/5|b 2/5 -"
    assert found("575", Episodes=EPISODES, Missing=rows) == {"Missing": [1]}


def test_576_a_missing_period_carries_over() -> None:
    then = "CHILD MIS_START MIS_END|a 1/3 -|b 1/3 -|c 1/3 2/3|d 1/3 -".replace("1/3", "01/03/2026")
    now = "CHILD MIS_START|a 01/03/2026|b 1/5|c 1/5"
    result = found("576", Missing=now, Missing_last=then)
    assert result == {"Missing": [2], "Missing_last": [4]}


def test_577_578_and_581_missing_periods_are_within_care() -> None:
    rows = "CHILD MIS_START MIS_END|a 2/5 3/5|a 2/5 -|a 2/7 3/7|a 1/4 2/4|b 2/5 -|c 2/7 3/7|c 2/8 -|z 1/4 -"
    assert found("577", Episodes=EPISODES, Missing=rows) == {"Missing": [2, 3, 4, 6]}
    assert found("578", Episodes=EPISODES, Missing=rows) == {"Missing": [3, 4, 6]}
    assert found("581", Episodes=EPISODES, Missing=rows) == {"Missing": [3, 4, 6]}


@pytest.mark.parametrize(
    ("code", "rows", "faults"),
    [
        ("702", "DOLO_START DOLO_END|1/5 1/5|2/5 1/5|1/5 2/5|1/5 -", [1, 2]),
        ("703", "DOLO_START|01/04/2027|31/03/2027|-", [1]),
        ("704", "DOLO_END|31/03/2026|1/4|01/04/2027|-", [1, 3]),
        ("705", "CHILD DOLO_START DOLO_END|a 1/5 3/5|a 2/5 4/5|b 1/5 2/5|b 2/5 -|c 1/5 -|c 2/5 3/5", [2, 6]),
        ("708", "DOB DOLO_START|1/5 1/5|30/4 1/5", [1]),
    ],
)
def test_an_order_has_its_dates_in_order(code: str, rows: str, faults: list[int]) -> None:
    assert found(code, DoLo=rows) == {"DoLo": faults}


def test_706_an_order_carries_over() -> None:
    then = "CHILD DOLO_START DOLO_END|a 01/03/2026 -|b 01/03/2026 -|c 01/03/2026 02/03/2026|d 01/03/2026 -"
    now = "CHILD DOLO_START|a 01/03/2026|b 1/5"
    assert found("706", DoLo=now, DoLo_last=then) == {"DoLo_last": [2, 4]}


def test_707_an_order_ends_with_care() -> None:
    rows = "CHILD DOLO_START DOLO_END|a 2/5 3/5|a 2/5 -|b 2/5 -|c 2/5 2/7"
    assert found("707", Episodes=EPISODES, DoLo=rows) == {"DoLo": [2, 4]}


def test_709_710_and_our_own_deprivation_of_liberty_fits_the_placement() -> None:
    episodes = "CHILD DECOM DEC PLACE|a 1/5 1/6 U1|b 1/5 - K1|c 1/5 1/6 K2|d 1/5 - U1|e 1/5 1/6 U1"
    orders = "CHILD DOLO_START DOLO_END|a 2/5 3/5|b 2/5 3/5|c 2/5 3/5|d 2/5 -|e 2/6 3/6"
    assert found("709", Episodes=episodes, DoLo=orders) == {"Episodes": [1, 2], "DoLo": [1, 2]}
    assert found("710", Episodes=episodes, DoLo=orders) == {"Episodes": [2], "DoLo": [2]}
    assert found("TL-DOLO", Episodes=episodes, DoLo=orders) == {"Episodes": [4], "DoLo": [4]}
