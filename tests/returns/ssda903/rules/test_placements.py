"""Placements, their providers and where they are."""

import pytest

from tests.returns.ssda903.rules.found import found
from tests.returns.ssda903.rules.test_episodes import episodes


@pytest.mark.parametrize(("year", "faults"), [(2023, [2, 4, 5]), (2027, [2, 4, 6])])
def test_178_a_provider_is_one_of_six(year: int, faults: list[int]) -> None:
    assert episodes("178", "PLACE PLACE_PROVIDER|U1 PR1|U1 PR9|U1 -|T1 PR1|Z1 PR4|Z11 PR4", year) == faults


def test_213_temporary_placements_have_no_provider() -> None:
    rows = "PLACE PLACE_PROVIDER|T0 PR1|T4 -|Z14 PR4|U1 PR1"
    assert episodes("213", rows) == [1, 3]
    assert episodes("213", rows, 2025) == [1]


def test_526_every_other_placement_has_one() -> None:
    rows = "PLACE PLACE_PROVIDER|U1 -|T4 -|Z1 -|Z14 -|U1 PR1"
    assert episodes("526", rows) == [1, 3]
    assert episodes("526", rows, 2025) == [1, 4]


def test_217_the_same_carer_adopts() -> None:
    assert episodes("217", "PLACE DECOM RNE|A3 1/5 P|A5 1/5 T|A3 1/5/14 P|A4 1/5 P") == [1]


def test_217t_independent_living_ended_in_october_2023() -> None:
    assert episodes("217t", "PLACE DEC|P2 -|P2 28/10/23|P2 29/10/23|K2 -", 2024) == [1, 3]


def test_234_custody_begins_at_10() -> None:
    header, rows = (
        "CHILD DOB|a 2/5/16|b 1/5/16",
        "CHILD DECOM DEC REASON_PLACE_CHANGE|a 1/4 1/5 CUSTOD|b 1/4 1/5 CUSTOD|a 1/4 1/5 CARPL",
    )
    assert found("234", Header=header, Episodes=rows) == {"Episodes": [1], "Header": [1]}


def test_336_foster_care_comes_before_adoption() -> None:
    rows = "CHILD DECOM PLACE|a 1/4 K2|a 1/5 A3|b 1/4 U1|b 1/5 A5|c 1/5 A3|d 1/4 K2|d 1/5 A4"
    assert episodes("336", rows) == [2]


@pytest.mark.parametrize(
    ("code", "year", "place", "years"),
    [
        *(("370", 2023, "P2", 15), ("370", 2024, "P2", 16), ("371", 2023, "H5", 14), ("371", 2024, "H5", 16)),
        *(("371", 2027, "K3", 16), ("372", 2027, "R5", 10), ("373", 2027, "S1", 4), ("374", 2027, "P3", 14)),
    ],
)
def test_a_placement_has_its_least_age(code: str, year: int, place: str, years: int) -> None:
    birth = year - 1 - years
    header = f"CHILD DOB|a 02/05/{birth}|b 01/05/{birth}|c -"
    rows = f"CHILD DECOM DEC PLACE|a 1/5 - {place}|b 1/5 - {place}|a 1/5 1/6 U1|c 1/5 - {place}"
    assert episodes(code, rows, year, Header=header) == [1]


@pytest.mark.parametrize(
    ("code", "place", "fine", "late"),
    [("375", "T1", "12/6", "13/6"), ("376", "T3", "22/5", "23/5"), ("379", "T4", "8/5", "9/5")],
)
def test_a_temporary_placement_is_short(code: str, place: str, fine: str, late: str) -> None:
    assert episodes(code, f"DECOM DEC PLACE|1/5 {fine} {place}|1/5 {late} {place}|1/5 {late} U1|1/5 - {place}") == [2]


def test_377_two_holidays_in_twelve_months() -> None:
    rows = "CHILD DECOM PLACE|a 1/5 T3|a 1/8 T3|a 1/11 T3|b 1/5/24 T3|b 1/5/25 T3|b 1/5 T3|c 1/5 T3|c 1/6 T3"
    assert episodes("377", rows) == [1, 2, 3]


def test_380_and_381_care_neither_begins_nor_ends_in_a_temporary_placement() -> None:
    assert episodes("380", "PLACE RNE|T0 S|T1 P|T4 B|T2 -|U1 S") == [1, 4]
    assert episodes("381", "PLACE REC|T0 E8|T1 X1|T4 -|U1 E8") == [1]


def test_383_a_child_goes_back_to_the_placement() -> None:
    rows = (
        "CHILD DECOM RNE PLACE PL_POST|a 1/4 S U1 AB1|a 1/5 P T1 AB2|a 1/6 P U1 AB1|b 1/4 S U1 AB1|b 1/5 P T1 AB2"
        "|b 1/6 P U4 AB1|c 1/4 S U1 AB1|c 1/5 P T1 AB2|c 1/6 P U1 AB3|d 1/4 S U1 -|d 1/5 P T1 -|d 1/6 B U1 -"
    )
    assert episodes("383", rows) == [6, 9, 12]
    assert episodes("383", rows, 2025) == [6, 12]


@pytest.mark.parametrize(
    ("code", "provider", "places", "fine"),
    [
        *(("527", "PR1", "P1 R2 R5", "U1"), ("528", "PR2", "P1 R2 R5", "U1"), ("529", "PR3", "A3 K1 P1 U6", "R1")),
        *(("530", "PR4", "P1", "U1"), ("531", "PR5", "P1", "U1"), ("550", "PR0", "U1 -", "P1")),
    ],
)
def test_a_provider_fits_the_placement(code: str, provider: str, places: str, fine: str) -> None:
    wrong = places.split()
    rows = "|".join(
        ["PLACE PLACE_PROVIDER", *(f"{place} {provider}" for place in wrong), f"{fine} {provider}", "P1 PR9"]
    )
    assert episodes(code, rows) == list(range(1, len(wrong) + 1))


URNS = "PLACE URN DEC PL_LA"


def test_218_a_placement_has_an_ofsted_number() -> None:
    rows = (
        f"{URNS}|U1 - - E08000025|U1 SC1 - E08000025|P1 - - E08000025|U1 - - WAL|U1 - 1/5/20 E08000025|H5 - - E08000025"
    )
    assert episodes("218", rows) == [1, 6]
    assert episodes("218", rows, 2024) == [1]
    assert episodes("218", "PLACE PL_LA|P2 E08000025|Z1 E08000025|Z11 E08000025", 2025) == [1, 3]


def test_222_some_placements_have_none() -> None:
    rows = "PLACE URN|P1 SC1|P1 XXXXXXX|P1 -|U1 SC1|H5 SC1|P2 SC1|Z1 SC1|Z11 SC1"
    assert episodes("222", rows) == [1, 8]
    assert episodes("222", rows, 2025) == [1, 7]
    assert episodes("222", rows, 2024) == [1, 6, 7]
    assert episodes("222", rows, 2023) == [1, 5, 6, 7]


LIST = "urn place_codes provider_codes closed postcode la_code|SC1 K2,R1 PR1,PR4 - AB12CD E08000025|SC2 U1 PR5 1/6 AB99ZZ E10000001"  # noqa: E501


@pytest.mark.parametrize(
    ("code", "rows", "faults"),
    [
        ("1008", "URN|SC1|SC9|XXXXXXX|-", [2]),
        ("219", "URN PLACE|SC1 K2|SC1 U1|SC9 K2|XXXXXXX U1", [2, 3]),
        ("224", "URN PLACE_PROVIDER|SC1 PR4|SC1 PR5|SC2 -|- PR1", [2, 3]),
        ("227", "URN DECOM|SC2 31/5|SC2 1/6|SC1 1/6|SC9 1/6", [2]),
        ("228", "URN DEC|SC2 1/6|SC2 2/6|SC2 -|SC1 -", [2, 3]),
        ("229", "URN PLACE PLACE_PROVIDER|SC1 K2 PR1|SC1 K2 PR2|SC2 U1 PR1|SC2 U1 PR2|SC2 K3 PR1|SC9 U1 PR1", [2, 3, 6]),  # noqa: E501
        ("221", "URN PLACE LS PL_POST|SC1 K2 C2 AB1_2CD|SC1 K2 C2 AB1_2XX|SC1 K2 V3 AB1_2XX|SC1 U1 C2 AB1_2XX|SC1 K3 C2 X", [2, 5]),  # noqa: E501
    ],
)  # fmt: skip
def test_an_ofsted_number_fits_the_list(code: str, rows: str, faults: list[int]) -> None:
    result = found(code, providers=LIST, authority="E08000025", Episodes=rows)
    assert result == {"Episodes": faults}


def test_221_and_229_change_with_the_year() -> None:
    supported = "URN PLACE LS PL_POST|SC1 H5 C2 X|SC1 K3 C2 X"
    assert found("221", 2023, providers=LIST, Episodes=supported) == {}
    assert found("221", 2024, providers=LIST, Episodes=supported) == {"Episodes": [1]}
    own = "URN PLACE PLACE_PROVIDER|SC2 K3 PR1"
    assert found("229", 2025, providers=LIST, authority="E08000025", Episodes=own) == {"Episodes": [1]}


def test_230_supported_accommodation_was_registered_from_october_2023() -> None:
    rows = "PLACE DEC URN PL_LA|H5 - - E08000025|H5 28/10/23 - E08000025|H5 - XXXXXXX E08000025|H5 - SC1 E08000025|H5 - - WAL"  # noqa: E501
    assert episodes("230", rows, 2024) == [1, 3]


def test_241_supported_accommodation_is_where_the_provider_is() -> None:
    rows = "PLACE URN PL_LA|K3 SC1 E08000025|K3 SC1 E10000001|K2 SC1 E10000001|K3 SC9 E10000001"
    assert found("241", providers=LIST, Episodes=rows) == {"Episodes": [2]}
    several = "urn la_code|SC1 E08000025,E10000002|SC1 E10000001"
    assert found("241", providers=several, Episodes=rows) == {}


def test_242_and_243_when_there_is_no_number() -> None:
    assert episodes("242", "URN PLACE|XXXXXXX A3|XXXXXXX U6|XXXXXXX K2|SC1 K2|XXXXXXX -") == [3, 5]
    assert episodes("243", "URN PL_LA|SC1 WAL|SC1 E08000025|- SCO") == [1]


def test_1015_own_provision_is_at_home() -> None:
    rows = (
        "PLACE PLACE_PROVIDER LS PL_LA|K2 PR1 C2 E08000025|K2 PR1 C2 E10000001|U1 PR1 C2 E10000001|K2 PR1 V3 E10000001"
        "|K2 PR2 C2 E10000001|K3 PR1 C2 E10000001"
    )
    assert found("1015", authority="E08000025", Episodes=rows) == {"Episodes": [2]}
    assert found("1015", 2025, authority="E08000025", Episodes=rows) == {"Episodes": [2, 6]}


def test_distances_are_within_reason() -> None:
    header = "CHILD UASC|a 0|b 1"
    rows = "CHILD LS PL_DISTANCE|a C2 10|a C2 1000|a C2 -1|a C2 -|b C2 10|b C2 -|a V3 -|a C2 351"
    assert episodes("164", rows, Header=header) == [2, 3]
    assert episodes("392a", rows, Header=header) == [4]
    assert episodes("406", rows, Header=header) == [5]
    assert episodes("454", rows) == [2, 8]
    assert episodes("454", "PL_DISTANCE|350|350.1|999.9") == [2]


def test_169_179_411_and_420_the_authority_of_a_placement_is_known() -> None:
    rows = "LS PL_LA PL_LOCATION|C2 E08000025 IN|C2 - -|V3 - -|V3 E08000025 IN|C2 E10000001 IN"
    assert episodes("169", rows) == [2]
    assert episodes("179", rows) == [2]
    assert found("411", authority="E08000025", Episodes=rows) == {"Episodes": [5]}
    assert episodes("420", rows) == [4]


def test_214_and_398_short_breaks_have_no_place() -> None:
    rows = "LS PL_POST HOME_POST URN|V3 AB1 - -|V4 - - SC1|V3 - AB1 -|C2 AB1 AB1 SC1|V3 - - -"
    assert episodes("214", rows) == [1, 2]
    assert episodes("398", rows) == [1, 3]


def test_392b_both_postcodes_are_given() -> None:
    rows = "CHILD LS HOME_POST PL_POST|a C2 AB1 AB2|a C2 - AB2|a C2 AB1 -|a V3 - -|b C2 - -"
    assert episodes("392b", rows, Header="CHILD UASC|a 0|b 0", Header_last="CHILD UASC|b 1") == [2, 3]


def test_392c_postcodes_exist() -> None:
    rows = "HOME_POST PL_POST|ab1_2cd -|AB12CD AB1_2CD|AB1_2CX -|AB1_2CD ZZ1|- -"
    assert found("392c", postcodes=("AB12CD",), Episodes=rows) == {"Episodes": [3, 4]}


def test_392d_home_and_placement_are_two_places() -> None:
    assert episodes("392d", "PLACE HOME_POST PL_POST|U1 AB1_2CD AB12CD|P1 AB1_2CD AB1_2CD|U1 AB1 AB2|U1 - -") == [1]


CARRIED = "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER URN PL_LA PL_LOCATION PL_DISTANCE DEC"
THEN = f"{CARRIED}|a 1/5/25 S C1 N1 U1 PR1 SC1 E1 IN 10 -|b 1/5/25 S C1 N1 U1 PR1 SC1 E1 IN 10 1/6/25"
SAME = f"{CARRIED}|a 1/5/25 S C1 N1 U1 PR1 SC1 E1 IN 10.1 -|a 1/5 P C2 N2 U4 PR2 SC2 E2 OUT 99 -|b 1/5 S C2 N2 U4 PR2 SC2 E2 OUT 99 -"  # noqa: E501
OTHER = f"{CARRIED}|a 2/5/25 P C2 N2 U4 PR2 SC2 E2 OUT 10.2 -|b 1/5 S C2 N2 U4 PR2 SC2 E2 OUT 99 -"
MOVED = f"{CARRIED}|a 1/5/25 S C1 N1 U1 PR1 SC1 E2 IN 20 -"


@pytest.mark.parametrize("code", ["502", *(f"503{letter}" for letter in "ABCDEFGHJ")])
def test_an_episode_that_was_open_carries_over_unchanged(code: str) -> None:
    assert episodes(code, SAME, Episodes_last=THEN) == []
    assert episodes(code, OTHER, Episodes_last=THEN) == [1]


@pytest.mark.parametrize("code", ["452", "453"])
def test_place_and_distance_contradict_only_for_the_same_episode(code: str) -> None:
    assert episodes(code, SAME, Episodes_last=THEN) == []
    assert episodes(code, OTHER, Episodes_last=THEN) == []
    assert episodes(code, MOVED, Episodes_last=THEN) == [1]


def test_503d_a_code_that_was_replaced_may_become_its_successor() -> None:
    then = "CHILD DECOM PLACE|a 1/5/24 H5|b 1/5/24 Z1|c 1/5/24 H5"
    now = "CHILD DECOM PLACE|a 1/5/24 K3|b 1/5/24 Z12|c 1/5/24 U1"
    assert episodes("503D", now, 2026, Episodes_last=then) == [3]
    assert episodes("503D", now, 2025, Episodes_last=then) == [2, 3]
    assert episodes("503D", now, 2023, Episodes_last=then) == [1, 2, 3]


def test_503g_a_distance_that_was_lost_is_a_contradiction() -> None:
    now, then = "CHILD DECOM PL_DISTANCE|a 1/5/25 -|b 1/5/25 5", "CHILD DECOM PL_DISTANCE|a 1/5/25 10|b 1/5/25 -"
    assert episodes("503G", now, Episodes_last=then) == [1, 2]


def test_562_noe_and_1010_years_follow_on() -> None:
    now = "CHILD DECOM|a 1/5/25|b 1/5/25|c 1/5/25|d 1/5"
    then = "CHILD DECOM DEC|a 1/5/25 -|b 1/6/25 -|e 1/5/25 -|f 1/5/25 1/6/25"
    assert episodes("562", now, Episodes_last=then) == [2, 3]
    assert episodes("NoE", now, Episodes_last=then) == [3]
    leavers = "CHILD IN_TOUCH|a YES|e YES|f YES|g YES"
    assert found("1010", Episodes=now, Episodes_last=then, OC3=leavers) == {"OC3": [2]}
