"""Checks of our own."""

from tests.returns.ssda903.rules.found import found


def test_tl_date_a_date_of_birth_that_is_none_is_shown_in_every_table() -> None:
    tables = {"Reviews": "DOB|1/5/15|soon|-", "OC2": "DOB|never"}
    assert found("TL-DATE", Header="CHILD|a", **tables) == {"Reviews": [2], "OC2": [1]}


def test_tl_upn_the_check_letter_belongs_to_the_figures() -> None:
    # 8 0 1 2 0 0 0 0 1 0 0 1 by 2 to 13: 16 + 0 + 4 + 10 + 0 + 0 + 0 + 0 + 10 + 0 + 0 + 13 = 53; 53 mod 23 = 7, H.
    rows = "UPN|H801200001001|A801200001001|UN1|-|short|H80120000100A"
    assert found("TL-UPN", Header=rows) == {"Header": [2, 6]}
