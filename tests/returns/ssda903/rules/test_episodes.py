"""Episodes follow on from each other, with a legal status that may be and may last."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.returns.ssda903.rules.found import found


def episodes(code: str, rows: str, year: int = 2027, **tables: str) -> list[int]:
    """Rows of Episodes alone that the rule finds."""
    result = found(code, year, Episodes=rows, **tables)
    assert result.keys() <= {"Episodes"}
    return result.get("Episodes", [])


def test_142_an_episode_that_is_followed_has_ended() -> None:
    rows = "CHILD DECOM DEC REC|a 1/4 - -|a 1/5 - -|b 1/4 1/5 X1|b 1/5 - -|c 1/4 1/5 -|c 1/5 - -"
    assert episodes("142", rows) == [1, 5]


def test_148_an_end_has_a_reason_and_a_reason_an_end() -> None:
    assert episodes("148", "DEC REC|1/5 E2|- -|1/5 -|- E2|never E2") == [3, 4]


def test_225_a_change_of_placement_has_a_reason() -> None:
    rows = "CHILD DECOM RNE PLACE REC REASON_PLACE_CHANGE|a 1/4 S U1 X1 -|a 1/5 P U4 X1 CARPL|a 1/6 L U4 X1 -|a 1/7 P T1 - -"  # noqa: E501
    assert episodes("225", rows) == [1]


@pytest.mark.parametrize("year", [2023, 2027])
def test_226_a_temporary_placement_is_no_change(year: int) -> None:
    rows = "CHILD DECOM PLACE REASON_PLACE_CHANGE|a 1/4 U1 CARPL|a 1/5 T1 -|a 1/6 U1 -|b 1/4 T1 CARPL|c 1/4 T1 -"
    assert episodes("226", rows, year) == [2, 4]


def test_233_an_open_episode_has_no_reason_for_a_change() -> None:
    assert episodes("233", "DEC REASON_PLACE_CHANGE|- CARPL|1/5 CARPL|- -") == [1]


def test_355_and_356_an_episode_ends_after_it_begins() -> None:
    rows = "DECOM DEC|1/5 1/5|1/5 2/5|2/5 1/5|1/5 -|- -"
    assert episodes("355", rows) == [1]
    assert episodes("356", rows) == [3]


def test_357_care_begins_with_a_start() -> None:
    rows = "CHILD DECOM RNE|a 1/5 P|a 1/6 P|b 1/5 S|c 1/5/20 P|d 1/5 -"
    assert episodes("357", rows) == [1, 5]


def test_388_a_reason_fits_what_follows() -> None:
    rows = "CHILD DECOM DEC REC|a 1/4 1/5 X1|a 2/5 1/6 E8|a 1/6 - -|b 1/4 1/5 X1|b 1/5 1/6 X1|c 1/4 1/5 E8|c 1/6 - -"
    assert episodes("388", rows) == [1, 2, 5]


def test_431_a_start_comes_after_a_gap() -> None:
    rows = "CHILD DECOM DEC RNE|a 1/4 1/5 S|a 1/5 - S|b 1/4 1/5 S|b 2/5 - S|c 1/4 1/5 S|c 1/5 - P"
    assert episodes("431", rows) == [2]


def test_432_care_that_ended_starts_anew() -> None:
    rows = "CHILD DECOM REC RNE|a 1/4 E8 S|a 1/6 - P|b 1/4 X1 S|b 1/5 - P|c 1/4 E8 S|c 1/6 - S"
    assert episodes("432", rows) == [2]


def test_433_what_carries_on_begins_where_the_last_ended() -> None:
    rows = "CHILD DECOM DEC RNE|a 1/4 1/5 S|a 2/5 1/6 P|a 1/6 - L|b 1/4 - S|b 1/5 - P"
    assert episodes("433", rows) == [2, 5]


SETTING = "CHILD DECOM RNE LS PLACE PL_POST URN PLACE_PROVIDER"


def test_434_only_the_legal_status_changed() -> None:
    rows = (
        f"{SETTING}|a 1/4 S C1 U1 AB1 1 PR1|a 1/5 L C2 U1 AB1 1 PR1|a 1/6 L C2 U1 AB1 1 PR1|a 1/7 L C1 U1 AB2 1 PR1"
        "|b 1/4 S C1 P1 - - -|b 1/5 L C2 P1 - - -"
    )
    assert episodes("434", rows) == [3, 4]


def test_435_only_the_placement_changed() -> None:
    rows = f"{SETTING}|a 1/4 S C1 U1 AB1 1 PR1|a 1/5 P C1 U1 AB1 1 PR1|a 1/6 T C1 U4 AB1 1 PR1|a 1/7 P C2 U1 AB1 1 PR1"
    assert episodes("435", rows) == [2, 4]


def test_436_status_and_placement_both_changed() -> None:
    rows = f"{SETTING}|a 1/4 S C1 U1 - 1 PR1|a 1/5 B C1 U4 - 1 PR1|a 1/6 U C2 U4 - 1 PR1|a 1/7 B C1 U1 - 2 PR1"
    assert episodes("436", rows) == [2, 3]


def test_437_nothing_follows_death() -> None:
    rows = "CHILD DECOM REC|a 1/4 E2|a 1/5 -|b 1/4 E15|c 1/4 E8|c 1/5 -"
    assert episodes("437", rows) == [1]


def test_501_episodes_do_not_overlap() -> None:
    rows = "CHILD DECOM DEC|a 1/4 1/6|a 1/5 -|b 1/4 1/5|b 1/5 -"
    assert episodes("501", rows) == [2]


@given(st.lists(st.integers(1, 28), min_size=2, max_size=6, unique=True))
def test_501_episodes_end_to_end_never_overlap_in_whatever_order_they_stand(days: list[int]) -> None:
    ordered = sorted(days)
    pairs = [f"a {begin}/5 {end}/5" for begin, end in pairwise(ordered)]
    shuffled = [pair for _day, pair in sorted(zip(days, pairs, strict=False))]
    assert episodes("501", "|".join(["CHILD DECOM DEC", *shuffled])) == []


def test_504_the_category_of_need_stays_through_a_period() -> None:
    rows = "CHILD DECOM DEC REC CIN|a 1/4 1/5 X1 N1|a 1/5 1/6 E8 N2|a 1/7 - - N3|b 1/4 1/5 X1 N1|b 1/5 - - N1"
    assert episodes("504", rows) == [2]


def test_199_an_adopted_child_comes_back_as_another() -> None:
    rows = "CHILD DECOM REC|a 1/4 E11|a 1/6 -|b 1/6 -|c 1/4 E12|d 1/4 -"
    assert episodes("199", rows, Episodes_last="CHILD DECOM REC|b 1/4/25 E11|c 1/4 E12") == [2, 3]


def test_302_episodes_begin_after_birth() -> None:
    header = "CHILD DOB|a 2/4|b 1/4"
    assert found("302", Header=header, Episodes="CHILD DECOM|a 1/4|b 1/4") == {"Episodes": [1], "Header": [1]}


def test_352_care_begins_before_18() -> None:
    header = "CHILD DOB|a 1/5/08|b 2/5/08"
    assert episodes("352", "CHILD DECOM RNE|a 1/5 S|b 1/5 S|a 1/6 P", Header=header) == [1]


def test_358_youth_justice_begins_at_10() -> None:
    header, rows = "CHILD DOB|a 2/5/16|b 1/5/16", "CHILD DECOM LS|a 1/5 J1|b 1/5 J2|a 1/6 C2"
    assert found("358", Header=header, Episodes=rows) == {"Episodes": [1], "Header": [1]}


def test_359_after_18_only_in_a_home_under_section_20() -> None:
    header = "CHILD DOB|a 1/5/08|b 1/5/12"
    rows = "CHILD DEC LS PLACE|a - C2 U1|a - V2 K2|a 1/5 C2 U1|b - C2 U1"
    assert episodes("359", rows, Header=header) == [1]


@pytest.mark.parametrize(("code", "status", "fine", "late"), [("361", "L1", 4, 5), ("362", "L2", 22, 23)])
def test_an_order_lasts_no_longer_than_the_act_allows(code: str, status: str, fine: int, late: int) -> None:
    rows = f"CHILD DECOM DEC LS|a 1/5 {fine}/5 {status}|b 1/5 {late}/5 {status}|c 1/5 {late}/5 C2"
    assert episodes(code, rows) == [2]


@pytest.mark.parametrize(("code", "status", "days"), [("363", "L3", 7), ("364", "J2", 21)])
def test_an_order_in_several_episodes_is_counted_as_one(code: str, status: str, days: int) -> None:
    rows = (
        f"CHILD DECOM DEC LS|a 1/5 3/5 {status}|a 3/5 {days + 2}/5 {status}|b 1/5 3/5 {status}|b 4/5 {days + 2}/5 {status}"  # noqa: E501
        f"|c 1/5 {days + 1}/5 {status}"
    )
    assert episodes(code, rows) == [1, 2]


def test_365_a_short_break_is_short() -> None:
    assert episodes("365", "DECOM DEC LS|1/5 18/5 V3|1/5 19/5 V3|1/5 - V3|1/5 - C2") == [2, 3]


def test_366_a_short_break_is_a_start() -> None:
    assert episodes("366", "LS RNE|V3 S|V3 P|V3 -|C2 P") == [2, 3]


def test_367_short_breaks_come_to_75_days() -> None:
    rows = "CHILD DECOM DEC LS|a 1/4 14/6 V3|a 1/7 3/7 V3|b 1/4 14/6 V3|c 1/3/26 14/6 V3"
    assert episodes("367", rows) == [1, 2]


@pytest.mark.parametrize(
    ("code", "rows", "faults"),
    [
        ("378", "PLACE LS|P1 V2|P1 C2|U1 V2", [1]),
        ("382", "PLACE LS|T1 V3|T4 V4|U1 V3|T1 C2", [1, 2]),
        ("384", "PLACE LS|U1 V3|U4 V4|U6 V3|U1 C2", [1, 2]),
        ("408", "PLACE LS|A5 E1|A6 C2|A5 -|A3 C2", [2, 3]),
    ],
)
def test_placement_and_legal_status_go_together(code: str, rows: str, faults: list[int]) -> None:
    assert episodes(code, rows) == faults


def test_399_short_breaks_alone_have_no_review_and_no_mother_field() -> None:
    tables = {"Header": "CHILD MOTHER|a 1|b -|c 1|d -", "Reviews": "CHILD REVIEW|b 1/5|c 1/5"}
    result = found("399", Episodes="CHILD LS|a V3|b V4|c V3|c C2|d V3", **tables)
    assert result == {"Episodes": [1, 2], "Header": [1, 2], "Reviews": [1]}


def test_426_one_kind_of_short_break_in_a_year() -> None:
    assert episodes("426", "CHILD LS|a V3|a V4|a C2|b V3|b V3|c V4") == [1, 2]


def test_445_446_and_451_freeing_orders_ended_when_placement_orders_began() -> None:
    assert episodes("445", "LS DECOM|D1 1/1/06|D1 31/12/05|C2 1/1/06", 2024) == [1]
    assert episodes("446", "LS DECOM|E1 30/11/05|E1 1/12/05|C2 1/1/05") == [1]
    assert episodes("451", "LS DEC REC|D1 - -|D1 1/5 E8|C2 - -", 2024) == [1]


@pytest.mark.parametrize(
    ("code", "reason", "young", "old"),
    [("386", "E11", "1/5/08", "2/5/08"), ("387", "E5", "2/5/12", "1/5/12"), ("389", "E7", "2/5/10", "1/5/10")],
)
def test_the_age_on_leaving_care_fits_the_reason(code: str, reason: str, young: str, old: str) -> None:
    header = f"CHILD DOB|a {young}|b {old}|c -"
    assert episodes(code, f"CHILD DEC REC|a 1/5 {reason}|b 1/5 {reason}|a 1/5 E8|c 1/5 {reason}", Header=header) == [1]


def test_390_adoption_follows_an_adoptive_placement() -> None:
    assert episodes("390", "REC PLACE|E11 A3|E12 U1|E11 -|E8 U1") == [2, 3]


def test_407_guardianship_is_for_children() -> None:
    header, rows = "CHILD DOB|a 1/5/08|b 2/5/08", "CHILD DEC REC|a 1/5 E45|b 1/5 E48|a 1/5 E8"
    assert found("407", Header=header, Episodes=rows) == {"Episodes": [1], "Header": [1]}


def test_460_staying_put_begins_at_18() -> None:
    assert episodes("460", "CHILD DEC REC|a 1/5 E17|b 1/5 E17", Header="CHILD DOB|a 2/5/08|b 1/5/08") == [1]


def test_516_a_guardian_who_was_the_carer_had_the_child() -> None:
    assert episodes("516", "REC PLACE|E45 U1|E46 K2|E45 -|E47 K2") == [2, 3]


def test_580_missing_at_18_is_another_reason() -> None:
    missing = "CHILD DOB MIS_END|a 1/5/08 1/5|b 1/5/08 1/5|c 1/5/08 2/5"
    assert episodes("580", "CHILD DEC REC|a 1/5 E17|b 1/5 E8|c 1/5 E17", Missing=missing) == [1]
