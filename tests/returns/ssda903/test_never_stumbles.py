"""Whatever stands in the tables, every rule of every year gives an answer."""

import datetime

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.returns.ssda903 import layout
from throughline.returns.ssda903.model import Ssda903, empty, from_columns
from throughline.returns.ssda903.reference import Reference, provider_table
from throughline.returns.ssda903.typed import dates
from throughline.returns.ssda903.validate import check

YEARS = range(layout.first_year(), layout.last_year() + 1)
CODES = sorted(
    {code for name in ("placement", "legal_status", "reason_episode_ceased") for code in layout.codes(name, 2027)}
)
VALUE = (
    st.none()
    | st.sampled_from(["01/05/2026", "29/02/2008", "31/03/2027", "ZZ/ZZ/2015", "0", "1", "SC1", "XXXXXXX", "AB1 2CD"])
    | st.sampled_from(CODES)
    | st.text(max_size=5)
)
REFERENCE = Reference(
    pl.DataFrame({"postcode": ["AB12CD"], "la_code": ["E08000025"], "easting": [1.0], "northing": [2.0]}),
    provider_table(
        pl.DataFrame(
            {
                **{"urn": ["SC1", "SC1"], "place_codes": ["K2", None], "provider_codes": [None, "PR1"]},
                **{"closed": ["01/06/2026", "never"], "postcode": [None, "AB1"], "la_code": [None, "E08000025"]},
            },
            schema=dict.fromkeys(("urn", "place_codes", "provider_codes", "closed", "postcode", "la_code"), pl.String),
        )
    ),
    "E08000025",
)


@st.composite
def anything(draw: st.DrawFn) -> Ssda903:
    """Some of the tables, with a few rows about a few children."""
    tables = {}
    for table in layout.tables().values():
        if not draw(st.integers(0, 4)):
            continue
        height = draw(st.integers(0, 3))
        columns = {
            name: draw(st.lists(VALUE, min_size=height, max_size=height)) for name in table.columns if name != "CHILD"
        }
        columns["CHILD"] = draw(st.lists(st.sampled_from(["a", "A", "b", None]), min_size=height, max_size=height))
        tables[table.name] = from_columns(table.name, columns)
    return Ssda903(tables, draw(st.sampled_from(["csv", "xml"])))


@given(anything(), anything(), st.sampled_from(YEARS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_values_in_any_tables_are_answered(this: Ssda903, previous: Ssda903, year: int) -> None:
    report = check(this, previous, year=year, reference=REFERENCE)
    for finding in report.findings:
        assert finding.table in this.tables or finding.row is None
        assert finding.row is None or 1 <= finding.row <= this.tables[finding.table].height


@pytest.mark.parametrize("year", YEARS)
def test_tables_without_rows_are_answered(year: int) -> None:
    nothing = Ssda903({name: empty(name) for name in layout.tables()})
    report = check(nothing, nothing, year=year, reference=REFERENCE)
    assert {one.rule for one in report.findings} == {"TL-EMPTY"}
    assert {one.rule for one in report.skipped} == {"105"}


SPELLINGS = (
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d-%b-%Y",
    "%d %B %Y",
    "%d/%m/%Y 00:00:00",
    "%Y-%m-%dT00:00:00",
)


@given(
    st.lists(
        st.tuples(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(SPELLINGS)),
        min_size=1,
    )
)
def test_a_date_is_the_same_in_every_spelling(days: list[tuple[datetime.date, str]]) -> None:
    text = pl.Series("when", [day.strftime(spelling) for day, spelling in days])
    assert dates(text).to_list() == [day for day, _spelling in days]


@given(st.lists(st.none() | st.text(max_size=12), min_size=1))
def test_what_is_no_date_is_blank_and_never_a_traceback(words: list[str | None]) -> None:
    text = pl.Series("when", words, dtype=pl.String)
    for unknown in (False, True):
        assert len(dates(text, unknown=unknown)) == len(words)
