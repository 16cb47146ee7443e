"""Where things stand in the picture of the journey."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from throughline.record.journey import picture
from throughline.record.journey.kinds import all_kinds
from throughline.record.journey.story import Band, Mark, Worker, mark

days = st.dates(min_value=date(2005, 1, 1), max_value=date(2030, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date | None]:
    start = draw(days)
    return start, draw(st.one_of(st.none(), st.integers(0, 4000).map(lambda n: start + timedelta(days=n))))


bands = st.builds(lambda span, kind: Band(kind, kind, span[0], span[1]), spans(), st.sampled_from(picture.BANDS))
marks = st.builds(mark, st.integers(1, 9), st.sampled_from(sorted(all_kinds())), days, st.just("something"))
workers = st.builds(lambda span: Worker("A worker", "A team", "lead worker", span[0], span[1]), spans())


@given(
    st.lists(bands, max_size=6), st.lists(marks, max_size=40), st.lists(workers, max_size=4), days, st.integers(1, 6000)
)
def test_everything_stands_inside_the_frame_and_no_mark_is_lost(
    some_bands: list[Band], some_marks: list[Mark], some_workers: list[Worker], start: date, length: int
) -> None:
    end = start + timedelta(days=length)
    drawn = picture.draw(
        bands=some_bands, marks=some_marks, workers=some_workers, start=start, end=end, today=date(2026, 11, 21)
    )
    for bar in [*drawn.bars, *drawn.workers]:
        assert picture.LEFT <= bar.x <= picture.WIDTH
        assert bar.x + bar.width <= picture.WIDTH + 3
    within = [one for one in some_marks if start <= one.on <= end]
    assert sum(spot.count for spot in drawn.spots) == len(within)
    assert all(picture.LEFT - 1 <= spot.x <= picture.WIDTH for spot in drawn.spots)
    assert all(spot.d.startswith("M") for spot in drawn.spots)


@given(days, st.integers(0, 9000))
def test_a_picture_always_has_an_axis(start: date, length: int) -> None:
    drawn = picture.draw(
        bands=[], marks=[], workers=[], start=start, end=start + timedelta(days=max(length, 14)), today=start
    )
    assert 1 <= len(drawn.ticks) <= 40
    assert drawn.empty


def test_the_whole_journey_begins_with_the_first_thing_known() -> None:
    start, end = picture.span(
        date(2012, 1, 1), [Band("in_need", "Child in need", date(2020, 5, 1), None)], [], date(2026, 5, 1)
    )
    assert start <= date(2020, 5, 1)
    assert start > date(2019, 1, 1)
    assert end > date(2026, 5, 1)
