"""Whatever a file holds, it is read and checked or refused in words: never a traceback."""

import io
import json
from io import BytesIO

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.returns.cin.samples import child, message
from tests.returns.cin.strategies import cin_returns
from throughline.returns.cin import layout, registry
from throughline.returns.cin.checking import check
from throughline.returns.cin.model import CinReturn
from throughline.returns.cin.read import read_cin
from throughline.returns.cin.write import write_cin
from throughline.returns.common.errors import UnreadableReturn
from throughline.returns.common.reports import FORMATS, write_report

WHOLE = message(
    child("A1", more="<Assessments><AssessmentActualStartDate>2025-06-01</AssessmentActualStartDate></Assessments>"),
    child("A2"),
).getvalue()


@given(cin_returns(), st.sampled_from(list(registry.years())))
@settings(deadline=None, max_examples=40)
def test_any_values_are_checked_and_reported(one: CinReturn, year: int) -> None:
    report = check(one, year)
    for form in FORMATS:
        out = io.StringIO()
        write_report(report, form, out)
        if form == "json":
            assert json.loads(out.getvalue()) == report.to_dict()
    for finding in report.findings:
        assert finding.row is None or 1 <= finding.row <= max(1, rows_of(one, finding.table))


def rows_of(one: CinReturn, table: str) -> int:
    return one.tables[table].height if table in one.tables else 1


def attempt(content: bytes) -> CinReturn | UnreadableReturn:
    """The return, or the refusal; anything else is a fault of ours."""
    try:
        return read_cin(BytesIO(content))
    except UnreadableReturn as problem:
        return problem


@given(st.integers(0, len(WHOLE)))
@settings(deadline=None)
def test_a_file_cut_off_anywhere_is_refused_in_words_or_whole(length: int) -> None:
    read = attempt(WHOLE[:length])
    if isinstance(read, CinReturn):
        assert read.children == 2
        return
    assert read.message.endswith(".")
    if read.partial is not None:
        assert check(read.partial, 2026).children == read.partial.children


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=0, max_size=4)), min_size=1, max_size=4))
@settings(deadline=None)
@example([(0, b"\xff\xfe")])
@example([(len(WHOLE) - 20, b"\x00")])
def test_a_file_with_any_bytes_changed_is_refused_in_words_or_read(changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(WHOLE)
    for place, put in changes:
        content[place : place + len(put)] = put
    read = attempt(bytes(content))
    if isinstance(read, UnreadableReturn):
        assert read.message.endswith(".")
        return
    check(read, 2026)
    again = read_cin(BytesIO(write_cin(read, layout.last_year())))
    assert again.tables.keys() == read.tables.keys()
    assert all(frame.equals(again.tables[name]) for name, frame in read.tables.items())
