"""What is read is written back, and what is written passes the schema."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.returns.cin.samples import SAMPLES, child, message, sample
from tests.returns.cin.strategies import cin_returns
from throughline.returns.cin import layout
from throughline.returns.cin.model import CinReturn
from throughline.returns.cin.read import read_cin
from throughline.returns.cin.write import outside_layout, write_cin
from throughline.returns.common.errors import UnwritableReturn

# Every exception to "read then write keeps every element": text between elements that no field can hold.
STRAY = {name: ["PersonBirthDate"] for name in SAMPLES if name != "fake_CIN_data.xml"}


def elements(content: bytes) -> Counter[tuple[str, str]]:
    """Each element by its path with the place among its like, and its own text."""
    root = etree.fromstring(content)
    tree = root.getroottree()
    return Counter((tree.getpath(node), (node.text or "").strip()) for node in root.iter() if isinstance(node.tag, str))


@given(cin_returns(), st.integers(layout.first_year(), layout.last_year()))
@settings(deadline=None)
def test_any_return_comes_back_as_it_was_written(one: CinReturn, year: int) -> None:
    assert read_cin(BytesIO(write_cin(one, year))) == one


@pytest.mark.parametrize("name", SAMPLES)
def test_each_published_sample_keeps_every_element(name: str) -> None:
    path = sample(name)
    read = read_cin(path)
    assert elements(write_cin(read, 2027)) == elements(path.read_bytes())
    assert [one.text for one in read.unplaced] == STRAY.get(name, [])


def valid_child(year: int) -> str:
    sex = "<Sex>U</Sex>" if year >= 2025 else "<GenderCurrent>9</GenderCurrent>"
    return (
        "<ChildIdentifiers><LAchildID>A1</LAchildID><UPN>A123456789123</UPN><FormerUPN>X98765432123B</FormerUPN>"
        f"<UPNunknown>UN3</UPNunknown><PersonBirthDate>2015-03-27</PersonBirthDate>{sex}"
        "<PersonDeathDate>2020-01-01</PersonDeathDate></ChildIdentifiers>"
        "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>HAND</Disability>"
        "<Disability>HEAR</Disability></Disabilities></ChildCharacteristics>"
        + "<CINdetails><CINreferralDate>2019-10-06</CINreferralDate><ReferralSource>1A</ReferralSource>"
        "<PrimaryNeedCode>N4</PrimaryNeedCode><CINclosureDate>2020-02-27</CINclosureDate>"
        "<ReasonForClosure>RC1</ReasonForClosure><DateOfInitialCPC>2019-12-06</DateOfInitialCPC>"
        "<Assessments><AssessmentActualStartDate>2019-10-07</AssessmentActualStartDate>"
        "<AssessmentInternalReviewDate>2019-10-08</AssessmentInternalReviewDate>"
        "<AssessmentAuthorisationDate>2019-10-09</AssessmentAuthorisationDate>"
        "<FactorsIdentifiedAtAssessment><AssessmentFactors>2A</AssessmentFactors>"
        "<AssessmentFactors>2B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>"
        "<CINPlanDates><CINPlanStartDate>2019-11-01</CINPlanStartDate><CINPlanEndDate>2019-11-02</CINPlanEndDate>"
        "</CINPlanDates><Section47><S47ActualStartDate>2019-11-03</S47ActualStartDate>"
        "<InitialCPCtarget>2019-11-20</InitialCPCtarget><DateOfInitialCPC>2019-11-19</DateOfInitialCPC>"
        "<ICPCnotRequired>0</ICPCnotRequired></Section47><ReferralNFA>0</ReferralNFA>"
        "<ChildProtectionPlans><CPPstartDate>2019-11-19</CPPstartDate><CPPendDate>2019-12-19</CPPendDate>"
        "<InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>"
        "<NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews><CPPreviewDate>2019-12-01</CPPreviewDate>"
        "<CPPreviewDate>2019-12-10</CPPreviewDate></Reviews></ChildProtectionPlans></CINdetails>" * 2
    )


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_a_valid_return_passes_the_schema_of_its_year(year: int) -> None:
    schema = etree.XMLSchema(etree.parse(sample(f"schema/CIN_schema_{year}.xsd")))
    read = read_cin(message(valid_child(year), valid_child(year), year=year))
    assert outside_layout(read, year) == []
    schema.assertValid(etree.fromstring(write_cin(read, year)))


def test_a_field_of_another_year_is_written_and_named() -> None:
    read = read_cin(message(child(identifiers="<GenderCurrent>1</GenderCurrent>")))
    assert outside_layout(read, 2026) == [("ChildIdentifiers", "GenderCurrent", 1)]
    assert b"<GenderCurrent>1</GenderCurrent>" in write_cin(read, 2026)


def test_reviews_and_factors_keep_the_grouping_they_came_in() -> None:
    reviews = "".join(f"<Reviews><CPPreviewDate>2025-0{n}-01</CPPreviewDate></Reviews>" for n in (6, 7))
    factors = "<AssessmentFactors>1A</AssessmentFactors><FactorsIdentifiedAtAssessment/>"
    source = message(
        child(
            more=f"<Assessments>{factors}</Assessments><ChildProtectionPlans>{reviews}</ChildProtectionPlans>",
        )
    )
    read = read_cin(source)
    assert read.tables["Reviews"]["block"].to_list() == [1, 2]
    assert read.tables["AssessmentFactors"].select("block", "AssessmentFactors").rows() == [(None, "1A"), (1, None)]
    assert read.unplaced == []
    # The referral's no-further-action moves to its place in the order; nothing else may differ.
    assert Counter(value for _, value in elements(write_cin(read, 2026))) == Counter(
        value for _, value in elements(source.getvalue())
    )
    assert read_cin(BytesIO(write_cin(read, 2026))) == read


def test_writing_for_an_unknown_year_says_which_years_there_are() -> None:
    with pytest.raises(UnwritableReturn, match="2017 to 2027"):
        write_cin(read_cin(message(child())), 2012)


def test_a_row_without_its_parent_is_refused_with_its_child() -> None:
    import polars as pl

    read = read_cin(message(child(more="<Assessments/>")))
    read.tables["Assessments"] = read.tables["Assessments"].with_columns(pl.lit(7, pl.Int64).alias("CINdetailsID"))
    with pytest.raises(UnwritableReturn, match="Assessments has a row for child 1 whose CINdetails does not exist"):
        write_cin(read, 2026)


def test_a_control_character_is_refused_with_its_field(tmp_path: Path) -> None:
    import polars as pl

    read = read_cin(message(child()))
    read.tables["ChildCharacteristics"] = read.tables["ChildCharacteristics"].with_columns(
        pl.lit("\x00").alias("Ethnicity")
    )
    with pytest.raises(UnwritableReturn, match="Ethnicity in ChildCharacteristics of child 1"):
        write_cin(read, 2026)


def test_the_levels_that_some_systems_put_in_the_header_are_kept() -> None:
    levels = b"<Content><CBDSLevels><CBDSLevel>Child</CBDSLevel></CBDSLevels></Content></Header>"
    source = message(child()).getvalue().replace(b"</Header>", levels)
    read = read_cin(BytesIO(source))
    assert read.unplaced == []
    assert elements(write_cin(read, 2026)) == elements(source)
