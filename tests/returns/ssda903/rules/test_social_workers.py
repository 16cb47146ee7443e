"""Social worker episodes, whose rules change from year to year."""

import pytest

from tests.returns.ssda903.rules.found import found


def workers(code: str, rows: str, year: int = 2027, **tables: str) -> list[int]:
    """Rows of SWEpisodes alone that the rule finds."""
    result = found(code, year, SWEpisodes=rows, **tables)
    assert result.keys() <= {"SWEpisodes"}
    return result.get("SWEpisodes", [])


def test_sw01_a_looked_after_child_has_a_social_worker() -> None:
    rows = "CHILD SW_ID SW_DECOM SW_REASON|a SW1 1/5 MANAGE|b SW1 - MANAGE"
    episodes = "CHILD DEC LS|a - C2|b - C2|c - C2|d 1/6 C2|e - V3"
    assert found("SW01STG1", 2024, SWEpisodes=rows, Episodes=episodes) == {"Episodes": [2, 3]}


def test_sw01_in_2024_25_asks_less_of_earlier_episodes() -> None:
    rows = "SW_ID SW_DECOM SW_REASON|- 31/3/23 -|SW1 31/3/23 -|- 1/4/23 MANAGE|SW1 1/4/23 -|SW1 - MANAGE"
    assert workers("SW01aSTG1", rows, 2025) == [1, 5]
    assert workers("SW01bSTG1", rows, 2025) == [3, 4, 5]


def test_sw02_an_identifier_begins_with_its_letters() -> None:
    rows = "SW_ID|SW123|XX1|AB123|-|SW12"
    assert workers("SW02STG1", rows) == [2, 3, 4]
    assert workers("SW02STG1", rows, 2025) == [3, 4]


def test_sw03_an_episode_is_whole() -> None:
    assert workers("SW03STG1", "SW_ID SW_DECOM SW_REASON|SW1 1/5 MANAGE|- 1/5 MANAGE|SW1 - MANAGE|SW1 1/5 -", 2024) == [
        2,
        3,
        4,
    ]


@pytest.mark.parametrize(("code", "field"), [("SW04STG1", "SW_DECOM"), ("SW05STG1", "SW_DEC")])
def test_sw04_and_sw05_unknown_days_were_allowed_until_2024_25(code: str, field: str) -> None:
    rows = f"{field}|1/5|ZZ/ZZ/ZZZZ|zz|31/02/2026|-"
    assert workers(code, rows) == [2, 3, 4]
    assert workers(code, rows, 2025) == [3, 4]


def test_sw06_and_sw07_episodes_are_of_the_years_reported() -> None:
    assert workers("SW06STG2", "SW_DECOM|31/03/2027|01/04/2027|-") == [2]
    rows = "SW_DEC|31/03/2024|01/04/2024|31/03/2023|-"
    assert workers("SW07STG2", rows, 2024) == [2, 3]
    assert workers("SW07STG2", "SW_DEC|31/03/2025|01/04/2025|01/04/2027|-") == [1, 3]


ORDER = "CHILD SW_DECOM SW_DEC SW_REASON"


def test_sw08_and_sw14_one_worker_ends_before_the_next() -> None:
    rows = f"{ORDER}|a 1/4 - MANAGE|a 1/5 - MANAGE|b 1/4 1/5 MANAGE|b 1/5 - MANAGE"
    assert workers("SW08STG2", rows) == [1]
    assert workers("SW14STG2", rows, 2024) == [1]


def test_sw09_an_episode_is_not_too_short() -> None:
    rows = f"{ORDER}|a 1/5 1/5 MANAGE|b 1/5 3/5 MANAGE|c 1/5 4/5 MANAGE|d 1/5 - MANAGE"
    assert workers("SW09STG2", rows) == [1, 2]
    assert workers("SW09STG2", rows, 2025) == [1]


def test_sw10_workers_follow_within_a_week() -> None:
    rows = f"{ORDER}|a 1/4 1/5 MANAGE|a 9/5 1/6 MANAGE|a 8/6 1/7 MANAGE|a 1/9 1/10 FCONTA|b 1/4 - MANAGE|b 1/5 - -"
    assert workers("SW10STG2", rows, 2024) == [2, 4, 6]
    assert workers("SW10STG2", rows, 2025) == [2, 6]
    assert workers("SW10aSTG2", rows) == [2, 6]


def test_sw10b_a_first_contact_comes_after_the_end() -> None:
    rows = f"{ORDER}|a 1/4 1/5 MANAGE|a 1/5 - FCONTA|b 1/4 1/5 MANAGE|b 2/5 - FCONTA|c 1/4 1/5 MANAGE|c 1/5 - MANAGE"
    assert workers("SW10bSTG2", rows) == [2]


def test_sw11_somebody_takes_over() -> None:
    rows = f"{ORDER}|a 1/4 1/5 MANAGE|a 7/5 - MANAGE|b 1/4 1/5 MANAGE|b 6/5 - MANAGE"
    assert workers("SW11aSTG2", rows, 2024) == [2]
    last = f"{ORDER}|a 1/4 31/3 MANAGE|b 1/4 25/3 MANAGE|c 1/4 26/3 MANAGE|c 27/3 - MANAGE|d 1/4 26/3 MANAGE"
    assert workers("SW11bSTG2", last) == [1, 5]


def test_sw12_the_whole_year_is_reported() -> None:
    episodes = (
        "CHILD DECOM DEC RNE REC LS|a 1/5 - S - C2|b 1/5 - S - C2|c 1/4/25 1/6 L E8 C2|d 1/5 - S - V3|e 1/5 1/6 P X1 C2"
    )
    rows = "CHILD SW_DECOM|b 1/5|c 2/6"
    assert found("SW12STG2", SWEpisodes=rows, Episodes=episodes) == {"Episodes": [1, 3]}
    old = "CHILD DECOM DEC RNE REC LS|a 1/5/20 1/6/20 S E8 C2"
    assert found("SW12STG2", SWEpisodes=rows, Episodes=old) == {}
    assert found("SW12STG2", 2024, SWEpisodes=rows, Episodes=old) == {"Episodes": [1]}


def test_sw13_a_change_has_a_reason() -> None:
    rows = "SW_DECOM SW_REASON|1/5 MANAGE|1/5 WHIM|1/5 -|31/3/23 -|- -"
    assert workers("SW13STG1", rows) == [2, 3]
    assert workers("SW13STG1", rows, 2024) == [2, 3, 4, 5]


def test_sw17_somebody_is_there_on_31_march() -> None:
    assert workers("SW17STG2", f"{ORDER}|a 1/4 1/5 MANAGE|a 1/5 1/6 MANAGE|b 1/4 - MANAGE") == [2]


def test_sw18_and_sw19_days_are_in_order_and_not_shared() -> None:
    assert workers("SW18STG2", f"{ORDER}|a 1/5 1/5 MANAGE|b 2/5 1/5 MANAGE|c 1/5 2/5 MANAGE|d 1/5 - MANAGE") == [1, 2]
    assert workers("SW19STG2", f"{ORDER}|a 1/5 2/5 MANAGE|a 1/5 - MANAGE|b 1/5 - MANAGE|b - - MANAGE|b - - MANAGE") == [
        2
    ]


def test_sw15_and_sw16_were_withdrawn_before_they_were_used() -> None:
    then = f"CHILD SW_ID {ORDER[6:]}|a SW1 01/05/2025 - MANAGE|b SW1 01/05/2025 01/06/2025 MANAGE"
    now = f"CHILD SW_ID {ORDER[6:]}|a SW2 02/05/2025 - OTHERS|b SW2 1/5 - OTHERS"
    for code in ("SW16aSTG2", "SW16bSTG2", "SW16cSTG2"):
        assert workers(code, now, SWEpisodes_last=then) == [1]
        assert workers(code, then, SWEpisodes_last=then) == []
    assert workers("SW15STG2", "SW_DECOM SW_REASON|1/5 -|1/5 MANAGE|31/3/25 -") == [1]
