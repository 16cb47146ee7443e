"""A whole check: what is reported, what is skipped, what is said of a return as a whole."""

import json
from pathlib import Path
from typing import cast

import pytest

from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.findings import Finding
from throughline.returns.ssda903.model import Note, Ssda903, from_columns
from throughline.returns.ssda903.reference import read_reference
from throughline.returns.ssda903.validate import Findings, check, validate


def header(**columns: list[str | None]) -> Ssda903:
    """A return of headers only."""
    return Ssda903({"Header": from_columns("Header", columns)})


def rules_of(care: Ssda903, year: int = 2027, previous: Ssda903 | None = None) -> set[str]:
    """Codes of the rules that found something."""
    return {one.rule for one in check(care, previous, year=year).findings}


def test_a_finding_says_where_what_and_what_to_do() -> None:
    care = header(CHILD=["a", "b"], SEX=["M", "x"], DOB=["01/05/2015"] * 2, ETHNIC=["WBRI"] * 2)
    report = check(care, year=2027)
    one = next(one for one in report.findings if one.rule == "101")
    assert one.to_dict() == {
        "rule": "101",
        "severity": "error",
        "table": "Header",
        "child": "b",
        "row": 2,
        "fields": ["SEX"],
        "message": "The child's sex is blank or is not a code of this year's return.",
        "action": "Give M, F or U (until 2023/24: 1 for male, 2 for female).",
    }
    assert (report.collection, report.ruleset, report.children) == ("903", "2026-27", 2)


def test_rules_that_cannot_be_run_are_said_to_be_skipped(sample: list[Path]) -> None:
    report = validate(sample, ruleset="2026-27")
    reasons = {one.rule: one.reason for one in report.skipped}
    assert reasons["202"] == "needs Header of the previous year, which was not given"
    assert reasons["1008"] == "needs providers.csv in the reference folder"
    assert reasons["392c"] == "needs postcodes.csv in the reference folder"
    assert reasons["1015"] == "needs postcodes.csv in the reference folder"
    assert reasons["105"] == "is only for the XML form of the return"
    assert report.run + len(report.skipped) == 327


def test_with_everything_given_only_the_xml_rule_is_skipped(sample: list[Path], tmp_path: Path) -> None:
    (tmp_path / "postcodes.csv").write_text("postcode,la_code,easting,northing\nAB1 2CD,E08000025,1,2\n")
    (tmp_path / "providers.csv").write_text(
        "urn,place_codes,provider_codes,closed,postcode,la_code\nSC1,K2,PR1,,AB1 2CD,\n"
    )
    (tmp_path / "authority.json").write_text('{"local_authority": "E08000025"}')
    report = validate(sample, sample, "2026/27", tmp_path)
    assert [one.rule for one in report.skipped] == ["105"]


def test_the_report_is_json_and_counts_agree(sample: list[Path]) -> None:
    report = validate(sample, sample)
    told = json.loads(json.dumps(report.to_dict()))
    assert told["rules"]["run"] == report.run
    assert len(told["findings"]) == len(report.findings) > 10_000
    assert report.findings[0].to_dict() == told["findings"][0]
    assert report.findings[-1].to_dict() == told["findings"][-1]
    assert [one.rule for one in report.findings[:3]] == [one["rule"] for one in told["findings"][:3]]


def test_findings_as_text_are_the_findings() -> None:
    care = header(CHILD=['say "a"', "é\n", None], SEX=["x", "M", "x"], DOB=["01/05/2015"] * 3)
    care.notes.append(Note("TL-COLUMN", "A column is odd. Mend it.", table="Header"))
    care.tables["DoLo"] = from_columns("DoLo", {"CHILD": ["z"], "DOLO_START": ["01/05/2026"]})
    found = cast(Findings, check(care, care, year=2027).findings)
    then = Ssda903({"DoLo": from_columns("DoLo", {"CHILD": ["q"], "DOLO_START": ["01/05/2025"]})})
    before = cast(Findings, check(care, then, year=2027).findings)
    for one in (found, before):
        assert [json.loads(text) for text in one.json_texts()] == [finding.to_dict() for finding in one]
    assert [(one.child, one.row) for one in before if one.rule == "706"] == [("q", None)]


def test_ten_thousand_findings_on_one_rule_are_all_there() -> None:
    count = 10_000
    care = header(CHILD=[str(one) for one in range(count)], SEX=["x"] * count)
    report = check(care, year=2027)
    found = [one for one in report.findings if one.rule == "101"]
    assert [one.row for one in found] == list(range(1, count + 1))
    assert isinstance(report.findings[0], Finding)
    with pytest.raises(IndexError):
        report.findings[len(report.findings)]


def test_two_children_with_one_identifier_are_found() -> None:
    assert "INT32" in rules_of(header(CHILD=["a", "A "[:1], "b"]))


def test_a_row_without_a_child_hurts_nothing() -> None:
    care = header(CHILD=[None, "a"], SEX=["M", "M"])
    care.tables["Episodes"] = from_columns("Episodes", {"CHILD": [None], "DECOM": ["01/05/2026"]})
    assert "INT03" in rules_of(care, previous=care)


def test_an_empty_return_says_so() -> None:
    report = check(header(CHILD=[]), year=2027)
    assert [one.rule for one in report.findings] == ["TL-EMPTY"]
    assert "no rows" in report.findings[0].message
    assert report.findings[0].action == "Export the return again."


def test_a_return_of_another_year_says_which() -> None:
    care = Ssda903(
        {"Episodes": from_columns("Episodes", {"CHILD": ["a"], "DECOM": ["01/05/2023"], "DEC": ["01/03/2024"]})}
    )
    report = check(care, year=2027)
    one = next(one for one in report.findings if one.rule == "TL-YEAR")
    assert "No episode begins or ceases in 2026/27: the last date is 01/03/2024." in one.message
    assert "Choose the ruleset of that year, 2023-24" in one.action
    assert "TL-YEAR" not in rules_of(care, 2024)


def test_a_table_of_a_later_year_is_not_checked_and_said_so() -> None:
    care = header(CHILD=["a"])
    care.tables["DoLo"] = from_columns("DoLo", {"CHILD": ["a"]})
    report = check(care, year=2026)
    assert any("DoLo is not part of the return of 2025/26" in note for note in report.notes)
    assert not any(one.table == "DoLo" and one.rule == "700" for one in report.findings)


def test_unknown_rulesets_and_authorities_are_refused_in_words(sample: list[Path], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="There is no ruleset 2018-19"):
        validate(sample, ruleset="2018-19")
    (tmp_path / "authority.json").write_text('{"local_authority": "E99000001"}')
    with pytest.raises(UnreadableReturn, match="is not the code of an English authority"):
        read_reference(tmp_path)
    (tmp_path / "authority.json").write_text("Sandwell")
    with pytest.raises(UnreadableReturn, match="does not say which authority reports"):
        read_reference(tmp_path)
    with pytest.raises(UnreadableReturn, match="does not exist"):
        read_reference(tmp_path / "absent")
    (tmp_path / "authority.json").unlink()
    (tmp_path / "postcodes.csv").write_text("postcode,town\nAB1,X\n")
    with pytest.raises(UnreadableReturn, match=r"postcodes\.csv has no column la_code, easting, northing"):
        read_reference(tmp_path)


def test_places_are_worked_out_from_postcodes(tmp_path: Path) -> None:
    (tmp_path / "postcodes.csv").write_text(
        "postcode,la_code,easting,northing\nAB1 2CD,E08000025,400000,300000\nab3 4ef,E10000001,416093,300000\n"
        "SC1 1AA,SCO,400000,900000\n"
    )
    (tmp_path / "authority.json").write_text('{"local_authority": "E08000025"}')
    from throughline.returns.ssda903.care import Care

    episodes = {
        "CHILD": ["a", "b", "c", "d"],
        "HOME_POST": ["AB12CD"] * 4,
        "PL_POST": ["ab3 4EF", "AB1 2CD", "SC11AA", "X"],
    }
    care = Care(
        Ssda903({"Episodes": from_columns("Episodes", episodes)}), year=2027, reference=read_reference(tmp_path)
    )
    assert care.table("Episodes").select("PL_LA", "PL_LOCATION", "PL_DISTANCE").rows() == [
        ("E10000001", "OUT", 10.0),
        ("E08000025", "IN", 0.0),
        ("SCO", "OUT", 372.8),
        (None, None, None),
    ]


def test_progress_is_told(sample: list[Path]) -> None:
    told: list[tuple[str, int, int]] = []
    validate(sample, progress=lambda *words: told.append(words))
    assert told[0] == ("Reading", 0, len(sample))
    assert told[-1] == ("Checking", 330, 330)


def test_rules_leave_the_tables_as_they_were(sample: list[Path]) -> None:
    from throughline.returns.ssda903.read import read

    care, again = read(sample), read(sample)
    check(care, care, year=2027)
    assert care == again


def test_places_and_counts_of_a_rule_can_be_asked() -> None:
    care = header(CHILD=["a", "b", "c"], SEX=["x", "M", "x"], DOB=["01/05/2015"] * 3, ETHNIC=["WBRI"] * 3)
    found = cast(Findings, check(care, year=2027).findings)
    assert found.rows("101") == {"Header": [1, 3]}
    assert found.counts()["101"] == 2
    assert found.rows("102") == {}


def test_a_broken_reference_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "providers.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableReturn, match=r"providers\.csv"):
        read_reference(tmp_path)


def test_years_given_the_wrong_way_round_are_told() -> None:
    then = Ssda903({"Episodes": from_columns("Episodes", {"CHILD": ["a"], "DECOM": ["01/05/2026"]})})
    now = Ssda903({"Episodes": from_columns("Episodes", {"CHILD": ["a"], "DECOM": ["01/05/2025"]})})
    assert not any("wrong way round" in note for note in check(then, now, year=2027).notes)
    assert any("wrong way round" in note for note in check(now, then, year=2026).notes)
