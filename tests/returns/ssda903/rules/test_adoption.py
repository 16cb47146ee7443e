"""Adoption, decisions to place for adoption, previous permanence and reviews."""

import pytest

from tests.returns.ssda903.rules.found import found

ITEMS = "DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR"
WHOLE = "1/5/25 1/6/25 0 1 M1 L0"


@pytest.mark.parametrize(
    ("code", "rows", "faults"),
    [
        ("151", f"{ITEMS}|{WHOLE}|1/5/25 - - - - -|- - - - - -|1/5/25 1/6/25 0 1 M1 -", [2, 4]),
        ("333", "DATE_INT DATE_MATCH|1/5 1/5|2/5 1/5|- 1/5|1/5 -", [2, 3]),
        ("511", "NB_ADOPTR SEX_ADOPTR|2 M1|2 MF|1 M1", [1]),
        ("514", "LS_ADOPTR SEX_ADOPTR|L0 MF|L0 -|L0 F1|L2 MF", [1, 2]),
        ("517", "LS_ADOPTR SEX_ADOPTR|L3 MM|L3 MF|L4 MM", [1]),
        ("518", "LS_ADOPTR SEX_ADOPTR|L4 MF|L4 MM|L4 FF", [1]),
        ("519", "LS_ADOPTR SEX_ADOPTR|L2 M1|L2 MF|L2 FF", [1]),
        ("520", "LS_ADOPTR SEX_ADOPTR|L11 MM|L11 MF|L12 MM", [1]),
        ("524", "LS_ADOPTR SEX_ADOPTR|L12 MF|L12 FF|L11 MF", [1]),
    ],
)
def test_items_about_adopters_fit_each_other(code: str, rows: str, faults: list[int]) -> None:
    assert found(code, AD1=rows) == {"AD1": faults}


def test_134_a_care_leaver_is_not_adopted() -> None:
    tables = {"AD1": "CHILD DATE_INT|a 1/5|b 1/5|c -", "OC3": "CHILD ACTIV|a F1|b -|c F1"}
    assert found("134", **tables) == {"AD1": [1]}


def test_331_matching_comes_before_the_placement() -> None:
    tables = {"AD1": "CHILD DATE_MATCH|a 2/5|b 1/5|c 2/5", "Episodes": "CHILD DECOM REC|a 1/5 E11|b 1/5 E12|c 1/5 X1"}
    assert found("331", **tables) == {"Episodes": [1], "AD1": [1]}


def test_334_the_decision_comes_in_this_period_of_care() -> None:
    tables = {
        "AD1": "CHILD DATE_INT|a 1/4|b 1/6",
        "Episodes": "CHILD DECOM RNE|a 1/5/24 S|a 1/5 S|a 1/6 L|b 1/5 S",
    }
    assert found("334", **tables) == {"Episodes": [2], "AD1": [1]}


def test_335_the_carer_adopts_from_the_carers_home() -> None:
    tables = {
        "AD1": "CHILD FOSTER_CARE|a 0|b 1|c 1|d 0",
        "Episodes": "CHILD PLACE REC|a A3 E11|b A4 E12|c A5 E11|d A6 E11|a A3 X1",
    }
    assert found("335", **tables) == {"Episodes": [1, 2], "AD1": [1, 2]}


def test_521_the_decision_comes_before_the_placement() -> None:
    tables = {"AD1": "CHILD DATE_INT|a 2/5|b 1/5", "Episodes": "CHILD DECOM PLACE|a 1/5 A3|b 1/5 A6|a 1/5 U1"}
    assert found("521", **tables) == {"Episodes": [1], "AD1": [1]}


def test_582_matching_on_the_day_of_adoption_is_a_query() -> None:
    tables = {"AD1": "CHILD DATE_MATCH|a 1/5|b 2/5", "Episodes": "CHILD DEC REC|a 1/5 E11|b 1/5 E11|a 1/5 X1"}
    assert found("582", **tables) == {"Episodes": [1]}


def test_601_and_602_adoption_is_in_both_tables() -> None:
    ad1 = f"CHILD {ITEMS}|a {WHOLE}|b 1/5/25 - - - - -|d {WHOLE}|e - - - - - -"
    episodes = "CHILD DEC REC|a 1/5 E11|b 1/5 E12|c 1/5 E11|d 1/5/20 E11"
    assert found("601", AD1=ad1, Episodes=episodes) == {"AD1": [2], "Episodes": [2, 3]}
    assert found("602", AD1=ad1, Episodes=episodes) == {"AD1": [3]}


PLACED = "CHILD DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED"


@pytest.mark.parametrize(
    ("code", "rows", "faults"),
    [
        ("119", f"{PLACED}|a 1/5 1/6 RD1|b 1/5 1/6 -|c 1/5 - RD1|d 1/5 - -", [2, 3]),
        ("522", f"{PLACED}|a 1/5 1/5 RD1|b 1/5 30/4 RD1", [2]),
        ("563", f"{PLACED}|a - 1/6 RD1|b 1/5 1/6 RD1|c - - -", [1]),
        ("579", f"{PLACED}|a 1/5 1/7 RD1|a 1/6 - -|b 1/5 1/6 RD1|b 1/6 - -|c 1/5 - -|c 1/6 - -", [2, 6]),
        ("583", f"{PLACED}|a 1/5 - -|a 1/6 - -|b 1/5 1/6 RD1|b 1/6 - -", [1]),
    ],
)
def test_a_decision_has_its_dates_in_order(code: str, rows: str, faults: list[int]) -> None:
    assert found(code, PlacedAdoption=rows) == {"PlacedAdoption": faults}


def test_117_nothing_is_decided_after_care_or_the_year() -> None:
    episodes = "CHILD DECOM DEC REC|a 1/4 1/5 X1|a 1/5 1/6 E8|b 1/4 - -|c 1/4 1/6 E8"
    decisions = f"{PLACED}|a 2/6 - -|b 1/4/27 - -|c 1/5 2/6 RD1|b 1/5 - -|a 1/6 - -"
    assert found("117", Episodes=episodes, PlacedAdoption=decisions) == {
        "Episodes": [2, 3, 4],
        "PlacedAdoption": [1, 2, 3],
    }


def test_118_nothing_is_reversed_before_care_or_the_year() -> None:
    episodes = "CHILD DECOM LS|a 1/5 C2|b 1/4/25 C2|c 1/5 V3|d 1/5 C2"
    decisions = f"{PLACED}|a - 30/4 -|b - 31/3/26 -|c - 30/4 -|d - 1/5 -"
    assert found("118", Episodes=episodes, PlacedAdoption=decisions) == {"Episodes": [1, 2], "PlacedAdoption": [1, 2]}


def test_184_nothing_is_decided_before_birth() -> None:
    tables = {"Header": "CHILD DOB|a 2/5/20|b 1/5/20", "PlacedAdoption": f"{PLACED}|a 1/5/20 - -|b 1/5/20 - -|b - - -"}
    assert found("184", **tables) == {"PlacedAdoption": [1]}


def test_523_one_decision_has_one_date() -> None:
    tables = {"AD1": "CHILD DATE_INT|a 1/5|b 1/5|c -", "PlacedAdoption": f"{PLACED}|a 2/5 - -|b 1/5 - -|c 1/5 - -"}
    assert found("523", **tables) == {"PlacedAdoption": [1], "AD1": [1]}


def test_525_a_reversed_decision_leads_to_no_adoption() -> None:
    tables = {
        "AD1": "CHILD DATE_INT|a 1/5|b 1/5|c -",
        "PlacedAdoption": f"{PLACED}|a 1/5 1/6 RD1|b 1/5 - -|c 1/5 1/6 -",
    }
    assert found("525", **tables) == {"PlacedAdoption": [1], "AD1": [1]}


def test_551_a_placement_for_adoption_has_a_decision() -> None:
    tables = {"Episodes": "CHILD PLACE|a A3|b A4|c A5|a U1", "PlacedAdoption": f"{PLACED}|a 1/5 - -|b - - -"}
    assert found("551", **tables) == {"Episodes": [2, 3]}


def test_552_the_decision_comes_before_the_placement() -> None:
    tables = {
        "Episodes": "CHILD DECOM PLACE|a 1/5 A3|a 1/7 A3|b 1/5 A3",
        "PlacedAdoption": f"{PLACED}|a 1/4 - -|a 1/6 - -|b 1/5 - -",
    }
    assert found("552", **tables) == {"PlacedAdoption": [2], "Episodes": [1]}


@pytest.mark.parametrize(("code", "order", "year"), [("553", "E1", 2027), ("555", "D1", 2024)])
def test_an_order_has_a_decision_that_stands(code: str, order: str, year: int) -> None:
    tables = {
        "Episodes": f"CHILD LS DEC|a {order} -|b {order} -|c {order} 1/6|d C2 -|e {order} -",
        "PlacedAdoption": f"{PLACED}|b 1/5 1/6 RD1|c 1/5 1/6 RD1|d 1/5 1/6 RD1|e 1/5 - -",
    }
    assert found(code, year, **tables) == {"Episodes": [1], "PlacedAdoption": [1]}


def test_554_and_556_the_decision_comes_before_the_order() -> None:
    decisions = f"{PLACED}|a 2/5 - -|b 1/5 - -"
    orders = "CHILD DECOM LS|a 1/5 E1|a 1/6 E1|b 1/5 E1"
    assert found("554", Episodes=orders, PlacedAdoption=decisions) == {"Episodes": [1], "PlacedAdoption": [1]}
    freed = orders.replace("E1", "D1")
    assert found("556", 2024, Episodes=freed, PlacedAdoption=decisions) == {"Episodes": [1]}


def test_557_leaving_care_otherwise_ends_the_decision() -> None:
    episodes = "CHILD PLACE LS REC|a A3 C2 E8|b U1 E1 E8|c A3 C2 E11|d A3 C2 E8|e U1 D1 E8"
    decisions = f"{PLACED}|a 1/5 - -|d 1/5 1/6 RD1|c 1/5 - -"
    assert found("557", Episodes=episodes, PlacedAdoption=decisions) == {"Episodes": [1, 2], "PlacedAdoption": [1]}
    assert found("557", 2024, Episodes=episodes, PlacedAdoption=decisions)["Episodes"] == [1, 2, 5]


def test_558_an_adopted_childs_last_decision_stands() -> None:
    episodes = "CHILD REC|a E11|b E11|c E12|d E8"
    decisions = f"{PLACED}|a - 1/5 -|a - 1/6 -|b - 1/5 -|b - - -|c - 1/5 -|d - 1/5 -|d - 1/6 -"
    assert found("558", Episodes=episodes, PlacedAdoption=decisions) == {"Episodes": [1]}


def test_559_an_old_decision_was_in_last_years_return() -> None:
    now, then = f"{PLACED}|a 31/3/26 - -|b 31/3/26 - -|c 1/4 - -", f"{PLACED}|b 31/3/26 - -"
    assert found("559", PlacedAdoption=now, PlacedAdoption_last=then) == {"PlacedAdoption": [1]}


def test_560_561_and_584_decisions_are_as_last_year_had_them() -> None:
    then = f"{PLACED}|a 1/5/25 - -|b 1/5/25 1/6/25 RD1|c 1/5/25 - -|d 1/5/25 1/6/25 RD1|e 1/5/25 - -"
    now = f"{PLACED}|a 2/5/25 - -|b 1/5/25 - -|c 1/5/25 - -|d 1/7/25 - -|e 1/5/25 1/6 RD1|e 1/7 - -"
    assert found("560", PlacedAdoption=now, PlacedAdoption_last=then) == {"PlacedAdoption": [1]}
    assert found("561", PlacedAdoption=now, PlacedAdoption_last=then) == {"PlacedAdoption": [2]}
    assert found("584", PlacedAdoption=now, PlacedAdoption_last=then) == {"PlacedAdoption": [2]}


def test_1003_the_decision_comes_in_care() -> None:
    tables = {"Episodes": "CHILD DECOM RNE|a 1/5 S|b 1/5 S|a 1/6 L", "PlacedAdoption": f"{PLACED}|a 30/4 - -|b 1/5 - -"}
    assert found("1003", **tables) == {"Episodes": [1], "PlacedAdoption": [1]}


def test_440_and_441_taking_part_depends_on_age() -> None:
    rows = "DOB REVIEW REVIEW_CODE|1/5/22 2/5 PN0|1/5/22 1/5 PN0|1/5/22 30/4 PN1|1/5/22 1/5 PN1|1/5/22 30/4 PN0"
    assert found("440", Reviews=rows) == {"Reviews": [1, 2]}
    assert found("441", Reviews=rows) == {"Reviews": [3]}


def test_630_who_comes_into_care_has_previous_permanence() -> None:
    episodes = "CHILD DECOM RNE|a 1/5 S|b 1/5 S|c 1/5 S|d 1/5 S|e 1/5/25 S|f 1/5 P"
    permanence = "CHILD PREV_PERM LA_PERM DATE_PERM|b Z1 - -|c P1 330 -|d P1 330 1/5/20"
    assert found("630", Episodes=episodes, PrevPerm=permanence) == {"Episodes": [1, 3]}


def test_632_a_previous_order_came_before_with_what_is_known_of_its_date() -> None:
    episodes = "CHILD DECOM|a 1/5|b 1/5|c 1/5|d 1/5|e 1/5|f 1/5"
    permanence = "CHILD DATE_PERM|a 1/5|b ZZ/04/2026|c ZZ/ZZ/2026|d ZZ/ZZ/ZZZZ|e zz/xx/2020|f -"
    assert found("632", Episodes=episodes, PrevPerm=permanence) == {"Episodes": [1, 3, 5], "PrevPerm": [1, 3, 5]}


def test_634_it_is_asked_since_april_2016() -> None:
    episodes = "CHILD DECOM|a 31/3/16|b 1/4/16|c 31/3/16|d 31/3/16|d 1/5"
    permanence = "CHILD PREV_PERM|a P1|b P1|c -|d P1"
    assert found("634", Episodes=episodes, PrevPerm=permanence) == {"Episodes": [1], "PrevPerm": [1]}


def test_635_an_order_has_a_kind() -> None:
    rows = "PREV_PERM LA_PERM DATE_PERM|- 330 -|Z1 - 1/5/20|P1 330 1/5/20|Z1 - -"
    assert found("635", PrevPerm=rows) == {"PrevPerm": [1, 2]}
