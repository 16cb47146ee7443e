"""Coded fields hold codes, and dates are dates."""

import pytest

from tests.returns.ssda903.rules.found import found

CODES = [
    ("101", 2027, "Header", "SEX", "M F U", "1 X -"),
    ("101", 2024, "Header", "SEX", "1 2", "M 3 -"),
    ("103", 2027, "Header", "ETHNIC", "WBRI NOBT", "XXXX -"),
    ("114", 2027, "AD1", "FOSTER_CARE", "0 1 -", "2 Y"),
    ("120", 2027, "PlacedAdoption", "REASON_PLACED_CEASED", "RD1 RD4 -", "RD5"),
    ("131", 2027, "OC3", "IN_TOUCH", "YES RHOM", "MAYBE -"),
    ("132", 2027, "OC3", "ACTIV", "F1 G6 0", "F3 -"),
    ("133", 2027, "OC3", "ACCOM", "B1 X2 0", "X1 -"),
    ("143", 2027, "Episodes", "RNE", "S U -", "X"),
    ("144", 2027, "Episodes", "LS", "C1 V4 -", "C3"),
    ("145", 2027, "Episodes", "CIN", "N1 N8 -", "N9"),
    ("146", 2027, "Episodes", "PLACE", "K3 Z14 T4 -", "H5 P2 Z1"),
    ("146", 2025, "Episodes", "PLACE", "K3 H5 Z1 -", "Z14"),
    ("146", 2024, "Episodes", "PLACE", "H5 P2 -", "K3"),
    ("149", 2027, "Episodes", "REC", "X1 E4A E17 -", "E1 E4"),
    ("175", 2027, "AD1", "NB_ADOPTR", "1 2 -", "3"),
    ("176", 2027, "AD1", "SEX_ADOPTR", "M1 MF -", "M2"),
    ("177", 2027, "AD1", "LS_ADOPTR", "L0 L12 -", "L1"),
    ("180", 2027, "OC2", "SDQ_SCORE", "0 40 -", "41 -1 1.5 many"),
    ("196", 2027, "OC2", "SDQ_REASON", "SDQ1 SDQ5 -", "SDQ6"),
    ("631", 2027, "PrevPerm", "PREV_PERM", "P1 Z1 -", "P5"),
    ("633", 2027, "PrevPerm", "LA_PERM", "330 943 SCO -", "123 ENG"),
    ("1006", 2027, "Missing", "MISSING", "M A -", "X"),
    ("1009", 2027, "Episodes", "REASON_PLACE_CHANGE", "CARPL CUSTOD -", "WHIM"),
    ("168", 2027, "Header", "UPN", "A123456789012 A12345678901B UN5 -", "I123456789012 A12345 UN6"),
]

DATES = [
    ("102", "Header", "DOB", True),
    ("112", "AD1", "DATE_INT", False),
    ("113", "AD1", "DATE_MATCH", False),
    ("115", "PlacedAdoption", "DATE_PLACED", False),
    ("116", "PlacedAdoption", "DATE_PLACED_CEASED", False),
    ("141", "Episodes", "DECOM", False),
    ("147", "Episodes", "DEC", False),
    ("166", "Reviews", "REVIEW", True),
    ("171", "Header", "MC_DOB", False),
    ("700", "DoLo", "DOLO_START", True),
    ("701", "DoLo", "DOLO_END", False),
    ("1004", "Missing", "MIS_START", True),
    ("1005", "Missing", "MIS_END", False),
]


@pytest.mark.parametrize(("code", "year", "table", "field", "good", "bad"), CODES)
def test_a_coded_field_holds_a_code_of_its_year(
    code: str, year: int, table: str, field: str, good: str, bad: str
) -> None:
    fine, faults = good.split(), bad.split()
    rows = "|".join([field, *fine, *faults])
    assert found(code, year, **{table: rows}) == {table: list(range(len(fine) + 1, len(fine) + len(faults) + 1))}


@pytest.mark.parametrize(("code", "table", "field", "needed"), DATES)
def test_a_date_is_a_date_in_any_usual_spelling(code: str, table: str, field: str, needed: bool) -> None:
    rows = f"{field}|01/09/2026|2026-09-01|01.09.2026|1-Sep-2026|31/02/2026|01/09/026|soon|-"
    assert found(code, **{table: rows}) == {table: [5, 6, 7, *([8] if needed else [])]}


def test_105_the_xml_form_says_who_is_an_asylum_seeking_child() -> None:
    assert found("105", form="xml", Header="UASC|0|1|2|-") == {"Header": [3, 4]}


def test_104_asylum_status_that_ceased_before_the_year_is_not_reported() -> None:
    assert found("104", UASC="DUC|1/4|31/3/26|never|-") == {"UASC": [2, 3]}


def test_167_participation_goes_with_a_review() -> None:
    assert found("167", Reviews="REVIEW REVIEW_CODE|1/5 PN1|1/5 -|- PN1|- -|1/5 PN9") == {"Reviews": [2, 3, 5]}


def test_181_outcomes_are_yes_or_no() -> None:
    rows = "CONVICTED HEALTH_CHECK TEETH_CHECK|0 1 -|2 1 0|0 Y 1|- - -"
    assert found("181", OC2=rows) == {"OC2": [2, 3]}


def test_301_and_351_people_are_neither_unborn_nor_over_25() -> None:
    births = "DOB|31/03/2027|01/04/2027|01/04/2001|31/03/2001|-"
    assert found("301", Header=births) == {"Header": [2]}
    assert found("351", Header=births) == {"Header": [4]}


def test_353_354_and_385_episodes_stand_between_the_act_and_the_end_of_the_year() -> None:
    assert found("353", Episodes="DECOM|14/10/1991|13/10/1991|-") == {"Episodes": [2]}
    assert found("354", Episodes="DECOM|31/03/2027|01/04/2027") == {"Episodes": [2]}
    assert found("385", Episodes="DEC|31/03/2027|01/04/2027|-") == {"Episodes": [2]}
