"""The layout knows its tables, its codes by year and its years by any spelling."""

import datetime

import pytest

from throughline.returns.ssda903 import layout


def test_sex_is_a_letter_from_2024_25() -> None:
    assert layout.codes("sex", 2024) == ("1", "2")
    assert layout.codes("sex", 2025) == ("M", "F", "U")


def test_placements_change_with_the_regulation_of_supported_accommodation() -> None:
    assert "K3" not in layout.codes("placement", 2024)
    assert {"K3", "H5"} <= set(layout.codes("placement", 2025))
    assert "H5" not in layout.codes("placement", 2026)
    assert {"Z11", "Z12", "Z13", "Z14"} <= set(layout.codes("placement", 2026))


def test_tables_join_the_return_in_their_year() -> None:
    assert not layout.tables()["SWEpisodes"].in_year(2023)
    assert layout.tables()["SWEpisodes"].in_year(2024)
    assert not layout.tables()["DoLo"].in_year(2026)
    assert layout.tables()["DoLo"].in_year(2027)


@pytest.mark.parametrize("spelling", ["2026-27", "2026/27", "2026-2027", " 2026-27 ", 2027, None])
def test_a_ruleset_is_known_by_any_usual_spelling(spelling: str | int | None) -> None:
    assert layout.ruleset_year(spelling) == 2027


@pytest.mark.parametrize("spelling", ["2012-13", 1999])
def test_a_ruleset_that_does_not_exist_names_those_that_do(spelling: str | int) -> None:
    with pytest.raises(ValueError, match=r"Choose one of 2022-23, .* 2026-27"):
        layout.ruleset_year(spelling)


def test_what_is_no_ruleset_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"is not a ruleset\. Write it as"):
        layout.ruleset_year("next")


def test_a_collection_year_runs_from_april_to_march() -> None:
    assert layout.period(2027) == (datetime.date(2026, 4, 1), datetime.date(2027, 3, 31))


def test_every_coded_field_has_a_code_set() -> None:
    for table in layout.tables().values():
        for field in table.fields:
            if field.type == "code":
                assert field.codes, (table.name, field.name)
                assert layout.code_set(field.codes)
    with pytest.raises(KeyError, match="Header has no field NONE"):
        layout.tables()["Header"].field("NONE")
