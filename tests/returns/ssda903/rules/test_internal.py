"""Tables agree about who the children are."""

import pytest

from tests.returns.ssda903.rules.found import found

ABSENT = [
    *(("INT01", "AD1"), ("INT02", "PlacedAdoption"), ("INT03", "Episodes"), ("INT04", "Missing"), ("INT05", "OC2")),
    *(("INT06", "OC3"), ("INT07", "PrevPerm"), ("INT08", "Reviews"), ("INT09", "UASC")),
]
BIRTHS = [
    *(("INT11", "AD1"), ("INT12", "PlacedAdoption"), ("INT13", "Missing"), ("INT14", "OC2"), ("INT15", "OC3")),
    *(("INT16", "PrevPerm"), ("INT17", "Reviews"), ("INT18", "UASC")),
]
TWICE = [
    *(("INT31", "AD1"), ("INT32", "Header"), ("INT33", "OC2")),
    *(("INT34", "OC3"), ("INT35", "PrevPerm"), ("INT36", "UASC")),
]


@pytest.mark.parametrize(("code", "table"), ABSENT)
def test_every_child_is_in_header(code: str, table: str) -> None:
    assert found(code, Header="CHILD|a|b", **{table: "CHILD|a|c|A|-"}) == {table: [2, 4]}


@pytest.mark.parametrize(("code", "table"), BIRTHS)
def test_a_date_of_birth_is_that_in_header(code: str, table: str) -> None:
    header = "CHILD DOB|a 1/5/15|b 1/5/15|c -"
    assert found(code, Header=header, **{table: "CHILD DOB|a 1/5/15|b 2/5/15|c 1/5/15|b -"}) == {table: [2]}


@pytest.mark.parametrize(("code", "table"), TWICE)
def test_a_child_has_one_row(code: str, table: str) -> None:
    assert found(code, **{table: "CHILD|a|b|a|c|-|-"}) == {table: [1, 3]}


def test_int21_sex_in_uasc_is_that_in_header() -> None:
    assert found("INT21", Header="CHILD SEX|a M|b F|c -", UASC="CHILD SEX|a M|b M|c M") == {"UASC": [2]}


def test_epi_a_child_has_an_episode_or_is_a_care_leaver() -> None:
    tables = {"Header": "CHILD|a|b|c", "Episodes": "CHILD|a", "OC3": "CHILD|b"}
    assert found("EPI", **tables) == {"Header": [3]}


def test_1012_nothing_is_reported_about_a_child_without_an_episode() -> None:
    tables = dict.fromkeys(("PlacedAdoption", "Missing", "Reviews", "AD1", "PrevPerm", "OC2"), "CHILD|a|b")
    result = found("1012", Episodes="CHILD|a", **tables)
    assert result.keys() == tables.keys()
    assert all(rows == [2] for rows in result.values())
